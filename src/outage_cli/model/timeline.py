"""A timeline: the content of one source, and the result of reading a source."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from outage_cli.model.event import CitedSource, Claim, Event, Maintenance, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.problem import Place, Problem
from outage_cli.model.service import Service
from outage_cli.model.span import MINUTE, Duration, Instant

UTC = "UTC"
ABOUT: Duration = 15 * MINUTE
"""What "about" means where a source does not say (SEMANTICS T5)."""


class _TimelineFields(NamedTuple):
    """The fields of a timeline."""

    file: str
    sha256: str
    title: str = ""
    timezone: str = UTC
    services: Mapping[str, Service] = {}
    events: tuple[Event, ...] = ()
    maintenance: tuple[Maintenance, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    notes: tuple[str, ...] = ()
    window: str | None = None
    as_of: Moment | None = None
    unread: frozenset[str] = frozenset()
    about: Duration = ABOUT


class Timeline(_TimelineFields):
    """The content of one source. Services and events are in the order of the source.

    `unread` are the services with an event whose time cannot be read; such events are left out.
    `about` is the tolerance of "about" in it (SEMANTICS T5).
    """

    @cached_property
    def is_exact(self) -> bool:
        """Whether all its times are exact, so that there is one scenario only (SEMANTICS M7)."""
        moments = [event.at for event in self.events]
        moments += [edge for work in self.maintenance for edge in (work.start, work.end)]
        moments += [edge for service in self.services.values() for edge in service.in_service]
        return not [at for at in moments if at and not at[0] == at[1] == at[2]]

    @cached_property
    def timed_events(self) -> Sequence[tuple[Instant, Event]]:
        """The events that have a time, sorted by best estimate, then by place in the source."""
        timed = [(event.at.best, event) for event in self.events if event.at]
        return sorted(timed, key=itemgetter(0))


class ReadResult(NamedTuple):
    """The result of reading a source: its timeline and problems, and the places of references.

    `timeline` is None where the source cannot be read at all; `problems` then says why. `find`
    returns the place of a source reference, `line` the number of its line.
    """

    timeline: Timeline | None
    problems: tuple[Problem, ...] = ()
    find: Callable[[SourceRef], Place] = lambda mark: Place(mark.file)
    line: Callable[[SourceRef], int] = lambda _: 0
    values: Callable[[], object] = lambda: None

    @property
    def native(self) -> object:
        """The source as the native form would write it: nested mappings and lists of texts."""
        return self.values()
