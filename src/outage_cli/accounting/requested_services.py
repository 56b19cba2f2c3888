"""The services of all timelines, and whether those that a request names exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from outage_cli.model.problem import ProblemText
from outage_cli.model.service import Service
from outage_cli.model.timeline import Timeline


def united(timelines: Iterable[Timeline]) -> Mapping[str, Service]:
    """Return the services of all timelines; of each field the first value that is stated counts."""
    services: dict[str, Service] = {}
    for timeline in timelines:
        for name, service in timeline.services.items():
            first = services.get(name, service)
            blank = Service(name, name, timezone=first.timezone, mark=first.mark)
            fields = zip(Service._fields, first, service, blank, strict=True)
            more: dict[str, Any] = {
                key: new for key, old, new, empty in fields if old == empty != new
            }
            services[name] = first._replace(**more)
    return services


def unknown_service(names: Iterable[str], services: Mapping[str, Service]) -> ProblemText | None:
    """Return the problem with the first name that is the id of no service; None if all exist."""
    for name in names:
        if name not in services:
            from difflib import get_close_matches

            close = get_close_matches(name, services, 1)
            hint = f"did you mean {close[0]}?" if close else f"services are {', '.join(services)}"
            return ProblemText("unknown-service", f"no service has the id `{name}`", hint)
    return None
