"""The part of the JSON that is about several services at once: totals, groups, blast radius."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from outage_cli.model import blast_radius as model_blast_radius
from outage_cli.model import totals as model_totals
from outage_cli.model.blast_radius import ServiceTakenDown
from outage_cli.model.span import seconds
from outage_cli.model.totals import Totals

if TYPE_CHECKING:
    from outage_cli.writers.json.contract_together import (
        JsonBlastRadius,
        JsonGroup,
        JsonRollUp,
        JsonTakenDown,
    )


def roll_up(told: Totals) -> JsonRollUp:
    """Return totals by the names of their roll-ups (SEMANTICS M9)."""

    def between(figure: Callable[[model_totals.RollUp], int]) -> list[int | float]:
        return [seconds(bound) for bound in told.between(figure)]

    means = [one.mean.fraction for one in (told.best, *told.others)]
    weighted = [one.user_weighted.fraction for one in (told.best, *told.others)]
    return {
        "services": list(told.services),
        "any_down_seconds": seconds(told.best.any_down),
        "any_down_seconds_range": between(lambda one: one.any_down),
        "all_down_seconds": seconds(told.best.all_down),
        "all_down_seconds_range": between(lambda one: one.all_down),
        "service_seconds": seconds(told.best.service_time),
        "service_seconds_range": between(lambda one: one.service_time),
        "mean_availability": means[0],
        "mean_availability_range": _extremes(means),
        "user_weighted_availability": weighted[0],
        "user_weighted_availability_range": _extremes(weighted),
    }


def _extremes(shares: list[float | None]) -> list[float] | None:
    known = [share for share in shares if share is not None]
    return [min(known), max(known)] if known else None


def group(told: Totals) -> JsonGroup:
    """Return the totals of a group."""
    return {"group": told.label or None, **roll_up(told)}


def blast_radius(told: model_blast_radius.BlastRadius) -> JsonBlastRadius:
    """Return what a failure took down (SEMANTICS S5)."""
    (time, *bounds), (rooted, *rooted_bounds) = told.time, told.rooted
    return {
        "service": told.service,
        "services": told.services,
        "service_seconds": seconds(time),
        "service_seconds_range": [seconds(bound) for bound in bounds],
        "root_service_seconds": seconds(rooted),
        "root_service_seconds_range": [seconds(bound) for bound in rooted_bounds],
        "users_summed": told.users,
        "services_without_users": told.without_users,
        "took_down": [_taken_down(each) for each in told.took_down],
        "more": told.more,
    }


def _taken_down(each: ServiceTakenDown) -> JsonTakenDown:
    return {
        "service": each.service,
        "inherited_through": list(each.through),
        "seconds": seconds(each.time),
        "seconds_range": [seconds(each.least), seconds(each.greatest)],
        "users": each.users,
    }
