"""Parts of a report that are computed only when an output reads them."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from outage_cli.model.event import Key, SourceRef
from outage_cli.model.problem import Place
from outage_cli.model.timeline import ReadResult

if TYPE_CHECKING:
    from outage_cli.model.planned_work import PlannedWork
    from outage_cli.model.state_span import StateSpan


class SourceLines(NamedTuple):
    """What stands at a source reference: its place, the number of its line, and the text there.

    Each is looked up on demand; the number of a line costs less than its place.
    """

    find: Callable[[SourceRef], Place] = lambda mark: Place(mark.file)
    line: Callable[[SourceRef], int] = lambda _: 0
    text: Callable[[SourceRef], str] = lambda _: ""


def source_lines(readings: Iterable[ReadResult]) -> SourceLines:
    """Return the lines of the files that were read; an unknown reference has an empty text."""
    by_file = {reading.timeline.file: reading for reading in readings if reading.timeline}

    def find(mark: SourceRef) -> Place:
        reading = by_file.get(mark.file)
        return reading.find(mark) if reading else Place(mark.file)

    def line(mark: SourceRef) -> int:
        reading = by_file.get(mark.file)
        return reading.line(mark) if reading else 0

    @cache
    def texts(file: str) -> dict[tuple[Key, ...], str]:
        timeline = by_file[file].timeline if file in by_file else None
        if timeline is None:
            return {}
        works = {work.mark.way: work.what for work in timeline.maintenance}
        return works | {event.mark.way: event.what for event in timeline.events}

    return SourceLines(find, line, lambda mark: texts(mark.file).get(mark.way, ""))


class StatesByService:
    """The states of each service in the window, by its id, on the best estimates.

    They are computed on demand. They follow from the ledger as the figures do, so they are left out
    when two reports are compared.
    """

    def __init__(self, of: "Callable[[str], Sequence[StateSpan]]" = lambda _: ()) -> None:
        self.of = of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatesByService)

    def __hash__(self) -> int:
        return hash(StatesByService)


class PlannedWorkList:
    """The work that is planned in a window or after it, in order of time (SEMANTICS M6).

    It is computed on demand. It follows from the files, so it is left out when two reports are
    compared.
    """

    def __init__(self, all_: "Callable[[], Sequence[PlannedWork]]" = lambda: ()) -> None:
        self.all = all_

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlannedWorkList)

    def __hash__(self) -> int:
        return hash(PlannedWorkList)
