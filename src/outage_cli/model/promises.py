"""Claims and objectives, each with the computed figures (SEMANTICS C)."""

from enum import StrEnum
from typing import NamedTuple

from outage_cli.model.accepted import AcceptedRange
from outage_cli.model.accepted import Ratio as Parts
from outage_cli.model.event import Claim
from outage_cli.model.outage import Outage
from outage_cli.model.service import Objective
from outage_cli.model.service_figures import Figures
from outage_cli.model.span import Span


class ObjectiveReport(NamedTuple):
    """An objective with a period of its own, in one such period: a month, or the worst 30 days.

    `best` are the figures there on the best reading of the times, `others` on the kindest and the
    harshest; of a rolling period each has the window that is the worst on it.
    """

    service: str
    objective: Objective
    label: str
    window: Span
    best: Figures
    others: tuple[Figures, ...]

    @property
    def readings(self) -> tuple[Figures, ...]:
        """The figures on every scenario of the times, the best one first (SEMANTICS M7)."""
        return self.best, *self.others


class ClaimVerdict(StrEnum):
    """How a claim compares with the figure (SEMANTICS C)."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNDECIDABLE = "undecidable"


class ClaimReport(NamedTuple):
    """A published figure beside the computed one, on the stretch of time that it is about.

    `best` is the figure on the best reading of the times, `least` and `most` its bounds. It is None
    where there is none: no outage began, or nothing is known. `most` is None too where something is
    still going on. `outages` are those that the figure is made of.
    """

    claim: Claim
    finding: ClaimVerdict
    accepted: AcceptedRange
    stretch: Span
    best: Parts | None
    least: Parts | None
    most: Parts | None
    outages: tuple[Outage, ...]
    is_ongoing: bool = False
    has_data: bool = True
