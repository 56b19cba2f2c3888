"""Events, planned work and published figures, each with its source reference."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from outage_cli.model.moment import Moment
from outage_cli.model.state import State

Key: TypeAlias = str | int


class SourceRef(NamedTuple):
    """A source reference: a file, and the keys and indices that lead to a value in it."""

    file: str
    way: tuple[Key, ...]


AS_OF: tuple[Key, ...] = ("as_of",)
"""The `way` of the reference of a close at as-of (SEMANTICS T6), which no event makes."""


class Phase(StrEnum):
    """The milestones of an incident (SEMANTICS K)."""

    STARTED = "started"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


class Event(NamedTuple):
    """One event of a timeline.

    `at` is None where the source has `?`: it has not happened, as far as is known (SEMANTICS T5).
    `states` are the states of services from then on, each service at most once. `users` is the
    number of users affected from then on, by service.
    """

    at: Moment | None
    what: str
    mark: SourceRef
    states: tuple[tuple[State, tuple[str, ...]], ...] = ()
    id: str | None = None
    phase: Phase | None = None
    users: Mapping[str, int] = {}
    source: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None


class Maintenance(NamedTuple):
    """Planned work on some services (SEMANTICS M6).

    `repeats` is an iCalendar RRULE, and `exceptions` the days or times it leaves out, as written.
    """

    services: tuple[str, ...]
    start: Moment
    end: Moment | None
    mark: SourceRef
    what: str = ""
    repeats: str | None = None
    exceptions: tuple[str, ...] = ()
    source: str | None = None


class ClaimKind(StrEnum):
    """What a claim can be about (SEMANTICS C)."""

    DOWNTIME = "downtime"
    AVAILABILITY = "availability"
    STARTS = "starts"
    ENDS = "ends"


class Claim(NamedTuple):
    """A figure that somebody published, in the words it was published in."""

    service: str
    figure: ClaimKind
    says: str
    mark: SourceRef
    since: str | None = None
    until: str | None = None
    window: str | None = None
    by: str | None = None
    url: str | None = None
    note: str | None = None


class CitedSource(NamedTuple):
    """A publication that a timeline cites: of a newspaper, an operator or an authority."""

    name: str
    date: str | None = None
    url: str | None = None
    note: str | None = None
