"""No service requires itself, directly or through others (SEMANTICS S5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outage_cli.model.event import SourceRef
from outage_cli.model.problem import ProblemText
from outage_cli.model.service import Service
from outage_cli.model.timeline import Timeline


def check(timeline: Timeline) -> Iterator[tuple[SourceRef, ProblemText]]:
    """Yield `circular-requires` for each circle of services (SEMANTICS S5)."""
    for last, circle in circles(timeline.services):
        mark = SourceRef(timeline.file, ("services", last, "requires"))
        hint = "leave one of these requirements out"
        yield mark, ProblemText("circular-requires", f"goes round in a circle: {circle}", hint)


LONGEST = 12
"""How many services of a circle are named."""


def circles(services: Mapping[str, Service]) -> Iterator[tuple[str, str]]:
    """Yield each circle of requirements as text, after the service that closes it."""
    needs = {
        name: [each for need in service.requires for each in need.services]
        for name, service in services.items()
    }
    done: set[str] = set()
    for name in needs:
        path: dict[str, None] = {}
        waiting = [(name, False)]
        while waiting:
            at, left = waiting.pop()
            if left:
                path.pop(at)
                done.add(at)
            elif at in path:
                names = list(path)
                round_ = names[names.index(at) :]
                if len(round_) > LONGEST:
                    left_out = f"({len(round_) - 2:,} more)"
                    round_ = [round_[0], left_out, round_[-1]]
                yield names[-1], " → ".join([*round_, at])
            elif at not in done:
                path[at] = None
                waiting.append((at, True))
                waiting += [(each, False) for each in needs.get(at, ())]
