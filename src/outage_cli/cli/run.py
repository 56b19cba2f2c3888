"""What commands that compute something have in common: files in, a request, outputs out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple, TypeAlias, TypeVar

from outage_cli.cli import clock, methods, progress, terminal
from outage_cli.cli.input_files import readings
from outage_cli.cli.options import Given, Options
from outage_cli.cli.outputs import Outputs
from outage_cli.model.method import Method
from outage_cli.model.problem import ProblemText
from outage_cli.model.timeline import ReadResult
from outage_cli.pipeline import ReportRequest

Computed = TypeVar("Computed")
Files: TypeAlias = tuple[list[ReadResult], dict[str, bytes]]
"""The files as they were read, and their bytes by name."""


class Run(NamedTuple):
    """The timelines to go on with, the bytes they were read from by name, and open outputs."""

    given: Options
    outputs: Outputs
    timelines: list[ReadResult]
    sources: Mapping[str, bytes]

    def request(self) -> ReportRequest:
        """Return the request that the options make, as far as all commands know them."""
        given = self.given
        services = tuple(given.service or ())
        return ReportRequest(clock.now(), given.window, given.tz, given.as_of, services)

    @property
    def formats(self) -> list[str]:
        """The formats of the outputs."""
        return [output.format for output in self.outputs.outputs]


def _read(given: Options) -> Files:
    return readings(given.files, given.from_)


@contextmanager
def opened(
    given: Given, own_methods: Iterable[str] = (), read: Callable[[Given], Files] = _read
) -> Iterator[Run]:
    """Open the outputs, read the files, and go on with those that are usable.

    Exits with 3 where a file has errors, with 2 where an output would replace what was read:
    timelines, or methods that are files. `read` reads what is not named in the usual way.
    """
    with Outputs(given.format_, given.output, given.color, is_again=given.watch) as outputs:
        results, sources = read(given)
        outputs.spare(given.files, results, sources, methods.in_files(own_methods))
        usable = terminal.usable(results, sources, given.color, keep_going=given.keep_going)
        yield Run(given, outputs, usable, sources)


def computed(make: Callable[[], Computed | ProblemText]) -> Computed:
    """Return what is made of the timelines, or exit saying why it cannot be made."""
    with progress.shown("adding up"):
        made = make()
    if isinstance(made, ProblemText):
        raise terminal.refuse(made)
    return made


def method_of(given: Options) -> Method:
    """Return the method that the options ask for, with its rules for runs."""
    return methods.method(
        given.method, given.min_outage, given.color, whole_minutes=given.whole_minutes
    )
