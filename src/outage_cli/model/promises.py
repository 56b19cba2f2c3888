"""Claims and objectives, each with the computed figures (SEMANTICS C)."""

from enum import StrEnum
from typing import NamedTuple

from outage_cli.model.accepted_range import AcceptedRange
from outage_cli.model.accepted_range import Ratio as Parts
from outage_cli.model.event import Claim, ClaimKind
from outage_cli.model.outage import Outage
from outage_cli.model.service import Objective
from outage_cli.model.service_figures import Figures
from outage_cli.model.span import Duration, Span


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

    @property
    def difference(self) -> Parts | None:
        """The computed figure less the published one, or None where there is no figure.

        A duration is in microseconds over 1, a share is a fraction. An ongoing outage that was
        published to end later has no difference yet.
        """
        if self.best is None:
            return None
        ratio = self.accepted.difference(self.best)
        may_end_later = self.is_ongoing and self.claim.figure is ClaimKind.ENDS
        return None if may_end_later and ratio[0] < 0 else ratio

    @property
    def time_difference(self) -> Duration | None:
        """The difference of durations and times, in microseconds; None for shares."""
        is_share = self.claim.figure is ClaimKind.AVAILABILITY
        return None if is_share or self.difference is None else self.difference[0]
