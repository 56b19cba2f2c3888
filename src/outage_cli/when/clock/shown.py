"""Instants as the clocks of a zone show them."""

from __future__ import annotations

from datetime import timedelta

from outage_cli.model.span import MINUTE, SECOND, Instant
from outage_cli.when.clock.zones import known, local, readings, spell_offset


def shown(at: Instant, timezone: str) -> str:
    """Return an instant as the clocks of a zone show it, to the minute where it is a whole one.

    The offset stands behind a time that those clocks show twice.
    """
    info = known(timezone)
    clock = local(at, info)
    is_twice = len(readings(clock.replace(tzinfo=None, fold=0), info)) > 1
    offset = spell_offset(clock.utcoffset() or timedelta()) if is_twice else ""
    digits = "%Y-%m-%d %H:%M" if at % MINUTE == 0 else "%Y-%m-%d %H:%M:%S"
    fraction = f".{at % SECOND:06}".rstrip("0") if at % SECOND else ""
    return f"{clock:{digits}}{fraction}{offset}"
