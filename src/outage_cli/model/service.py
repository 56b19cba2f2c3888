"""Services: what people use, who runs it, how many depend on it, and what it depends on itself."""

from typing import NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.share import Share
from outage_cli.model.span import Duration
from outage_cli.model.state import State


class Requirement(NamedTuple):
    """Services of which `needed` must work (SEMANTICS S5): n for all, 1 for any, k for at least k.

    What is inherited is never worse than `at_worst`.
    """

    services: tuple[str, ...]
    needed: int
    at_worst: State = State.DOWN


class InService(NamedTuple):
    """The part of history in which a service is offered at all. None: no such bound."""

    start: Moment | None = None
    end: Moment | None = None


class Per(NamedTuple):
    """Per what an objective is to be met: each unit of the calendar, or any stretch of a length."""

    unit: str | None
    length: Duration | None


class Objective(NamedTuple):
    """A target that has a period of its own. Without one it is for whatever is looked at."""

    target: Share
    per: Per | None


class Service(NamedTuple):
    """One service of a timeline. All but its id may be unknown.

    `slo` is the target for the window of a report, `objective` one with a period of its own.
    `hours` are as written; they follow the clocks of `timezone`. `mark` is where it is declared.
    """

    id: str
    name: str
    operator: str | None = None
    group: str | None = None
    category: str | None = None
    users: int | None = None
    population: int | None = None
    requires: tuple[Requirement, ...] = ()
    slo: Share | None = None
    hours: tuple[str, ...] = ()
    in_service: InService = InService()
    replaced_by: tuple[str, ...] = ()
    note: str | None = None
    timezone: str = "UTC"
    mark: SourceRef = SourceRef("", ())
    objective: Objective | None = None
