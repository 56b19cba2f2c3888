"""What of a report is looked up or laid out only when somebody asks for it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.problem import Place

if TYPE_CHECKING:
    from outage_cli.model.planned_work import PlannedWork
    from outage_cli.model.state_span import StateSpan


class SourceLines(NamedTuple):
    """The way back from a mark to its line: where it stands, and what it says happened.

    Nothing is looked for before somebody asks; the number of a line costs less than its place.
    """

    find: Callable[[SourceRef], Place] = lambda mark: Place(mark.file)
    line: Callable[[SourceRef], int] = lambda _: 0
    text: Callable[[SourceRef], str] = lambda _: ""


class StatesByService:
    """What each service was all through the window, by its id, on the best reading.

    Nothing is laid out before somebody asks. It follows from what the figures follow from, and so
    makes no difference between two reports.
    """

    def __init__(self, of: "Callable[[str], Sequence[StateSpan]]" = lambda _: ()) -> None:
        self.of = of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatesByService)

    def __hash__(self) -> int:
        return hash(StatesByService)


class PlannedWorkList:
    """The work that goes on in a window or comes after it, in order of time (SEMANTICS M6).

    Nothing is laid out before somebody asks. It follows from the files, and so makes no difference
    between two reports.
    """

    def __init__(self, all_: "Callable[[], Sequence[PlannedWork]]" = lambda: ()) -> None:
        self.all = all_

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlannedWorkList)

    def __hash__(self) -> int:
        return hash(PlannedWorkList)
