"""The contract for what is said of several services at once: totals, groups, blast radius."""

from __future__ import annotations

from typing import TypedDict


class JsonRollUp(TypedDict):
    """Figures of several services as one; the name of each says how they are rolled up."""

    services: list[str]
    any_down_seconds: int | float
    any_down_seconds_range: list[int | float]
    all_down_seconds: int | float
    all_down_seconds_range: list[int | float]
    service_seconds: int | float
    service_seconds_range: list[int | float]
    mean_availability: float | None
    mean_availability_range: list[float] | None
    user_weighted_availability: float | None
    user_weighted_availability_range: list[float] | None


class JsonGroup(JsonRollUp):
    """Figures of the services that have in common what `group_by` names; null of those without."""

    group: str | None


class JsonTakenDown(TypedDict):
    """A service that a failure took down.

    It came down through `inherited_through`, from the one that the service requires directly to
    the one that failed.
    """

    service: str
    inherited_through: list[str]
    seconds: int | float
    seconds_range: list[int | float]
    users: int | None


class JsonBlastRadius(TypedDict):
    """What the failure of one service took down.

    Along a chain the same second stands at every service that it passes. In
    `root_service_seconds` it stands only where it began. `took_down` has those that are at most
    ten steps away; `more` are further.
    """

    service: str
    services: int
    service_seconds: int | float
    service_seconds_range: list[int | float]
    root_service_seconds: int | float
    root_service_seconds_range: list[int | float]
    users_summed: int | None
    services_without_users: int
    took_down: list[JsonTakenDown]
    more: int
