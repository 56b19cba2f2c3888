"""A timeline: what one source says of an outage, and what reading it brought to light."""

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
    """What a timeline is made of."""

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
    """Everything one source says. Services stand in the order of the source, events too.

    Of services that are `unread` something is said at a time that cannot be read, and left out.
    `about` is how far off "about" may be in it.
    """

    @cached_property
    def is_exact(self) -> bool:
        """Whether no time in it leaves anything open, so that there is one reading only (M7)."""
        moments = [event.at for event in self.events]
        moments += [edge for work in self.maintenance for edge in (work.start, work.end)]
        moments += [edge for service in self.services.values() for edge in service.in_service]
        return not [at for at in moments if at and not at[0] == at[1] == at[2]]

    @cached_property
    def timed_events(self) -> Sequence[tuple[Instant, Event]]:
        """The events that have a time, by their best estimates; at equal ones as written."""
        timed = [(event.at.best, event) for event in self.events if event.at]
        return sorted(timed, key=itemgetter(0))


class ReadResult(NamedTuple):
    """A source that was read: its timeline, what is wrong with it, and how to find a mark's place.

    `timeline` is None where the source cannot be read at all; `problems` then says why. `native`
    is the source as the native form would write it: nested mappings and lists of texts.
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
