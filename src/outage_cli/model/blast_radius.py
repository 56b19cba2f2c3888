"""The blast radius: what the failure of one service took down (SEMANTICS S5)."""

from typing import NamedTuple

from outage_cli.model.span import Duration


class ServiceTakenDown(NamedTuple):
    """For how long a failure took a service down (SEMANTICS S5).

    It came down `through` these, from the one that the service requires to the one that failed.
    Best, least and greatest time (M7); `users` are those of the service that was taken down.
    """

    service: str
    through: tuple[str, ...]
    time: Duration
    least: Duration
    greatest: Duration
    users: int | None


class BlastRadius(NamedTuple):
    """What the failure of one service took down: its blast radius (SEMANTICS S5).

    `rooted` is the part of the inherited time that began with this service and did not only pass
    through it: over all services it adds up to what was inherited. Best, least and greatest.
    `took_down` are the near ones; `more` lie further away. It took down `services` on the best
    reading, `possible` on any. Their `users`, added up, are None where nobody says of any.
    """

    service: str
    took_down: tuple[ServiceTakenDown, ...]
    time: tuple[Duration, Duration, Duration]
    rooted: tuple[Duration, Duration, Duration]
    services: int
    possible: int
    users: int | None
    without_users: int
    more: int
