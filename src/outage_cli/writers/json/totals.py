"""The JSON of what concerns several services at once: totals, groups and blast radii."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from outage_cli.model.blast_radius import BlastRadius, ServiceTakenDown
from outage_cli.model.span import seconds
from outage_cli.model.totals import RollUp, Totals

if TYPE_CHECKING:
    from outage_cli.writers.json.contract_totals import (
        JsonBlastRadius,
        JsonGroup,
        JsonRollUp,
        JsonTakenDown,
    )


def roll_up(totals: Totals) -> JsonRollUp:
    """Return totals by the names of their roll-ups (SEMANTICS M9)."""

    def between(figure: Callable[[RollUp], int]) -> list[int | float]:
        return [seconds(bound) for bound in totals.between(figure)]

    means = [one.mean.fraction for one in (totals.best, *totals.others)]
    weighted = [one.user_weighted.fraction for one in (totals.best, *totals.others)]
    return {
        "services": list(totals.services),
        "any_down_seconds": seconds(totals.best.any_down),
        "any_down_seconds_range": between(lambda one: one.any_down),
        "all_down_seconds": seconds(totals.best.all_down),
        "all_down_seconds_range": between(lambda one: one.all_down),
        "service_seconds": seconds(totals.best.service_time),
        "service_seconds_range": between(lambda one: one.service_time),
        "mean_availability": means[0],
        "mean_availability_range": _extremes(means),
        "user_weighted_availability": weighted[0],
        "user_weighted_availability_range": _extremes(weighted),
    }


def _extremes(shares: list[float | None]) -> list[float] | None:
    known = [share for share in shares if share is not None]
    return [min(known), max(known)] if known else None


def group(totals: Totals) -> JsonGroup:
    """Return the totals of a group."""
    return {"group": totals.label or None, **roll_up(totals)}


def blast_radius(blast: BlastRadius) -> JsonBlastRadius:
    """Return what a failure took down (SEMANTICS S5)."""
    (time, *bounds), (rooted, *rooted_bounds) = blast.time, blast.rooted
    return {
        "service": blast.service,
        "services": blast.services,
        "service_seconds": seconds(time),
        "service_seconds_range": [seconds(bound) for bound in bounds],
        "root_service_seconds": seconds(rooted),
        "root_service_seconds_range": [seconds(bound) for bound in rooted_bounds],
        "users_summed": blast.users,
        "services_without_users": blast.without_users,
        "took_down": [_taken_down(each) for each in blast.took_down],
        "more": blast.more,
    }


def _taken_down(taken: ServiceTakenDown) -> JsonTakenDown:
    return {
        "service": taken.service,
        "inherited_through": list(taken.through),
        "seconds": seconds(taken.time),
        "seconds_range": [seconds(taken.least), seconds(taken.greatest)],
        "users": taken.users,
    }
