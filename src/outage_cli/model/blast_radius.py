"""The blast radius: what the failure of one service took down (SEMANTICS S5)."""

from typing import NamedTuple

from outage_cli.model.span import Duration


class ServiceTakenDown(NamedTuple):
    """A service that inherited a failure, and the duration of that (SEMANTICS S5).

    `through` has the chain from the service that it requires directly to the one that failed.
    `time` is the best estimate, `least` and `greatest` its bounds (M7); `users` are the service's.
    """

    service: str
    through: tuple[str, ...]
    time: Duration
    least: Duration
    greatest: Duration
    users: int | None


class BlastRadius(NamedTuple):
    """The services that the failure of one service took down (SEMANTICS S5).

    `time` is what they inherited through it, `rooted` the part whose root it is: over all services
    `rooted` adds up to all inherited time. Both are best estimate, least and greatest (M7).
    `took_down` lists the near services, `more` counts the others. `services` is their number on the
    best estimates, `possible` on any scenario. `users` is the sum of their users, None where no
    number is known; `without_users` counts the services without one.
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
