"""What abbreviations of time zones can mean: many stand for several, so none is taken on its word.

SEMANTICS T2: one is accepted only where it is what the timeline's own zone is called then. Of any
other, a trouble says what people mean by it, with the offsets to write.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from outage_cli.model.problem import ProblemText
from outage_cli.when.clock.abbreviation_table import MEANINGS
from outage_cli.when.clock.zones import abbreviation, known, readings, spell_offset

_BY_SEASON = {
    "CT": ("America/Chicago", "US Central"),
    "ET": ("America/New_York", "US Eastern"),
    "MT": ("America/Denver", "US Mountain"),
    "PT": ("America/Los_Angeles", "US Pacific"),
}
"""Names for winter and summer alike: the day tells the offset."""


_GERMAN = {"MEZ": "CET", "MESZ": "CEST"}


def otherwise(named: str, shown: datetime, info: ZoneInfo) -> list[timedelta]:
    """Return the offsets of a zone that has yet another name: MEZ in Berlin, PT in Los Angeles.

    `shown` is what its clocks show (naive).
    """
    here = readings(shown, info)
    if german := _GERMAN.get(named.upper()):
        return [each for each in here if abbreviation(shown, each, info) == german]
    region, _ = _BY_SEASON.get(named.upper(), ("", ""))
    is_american = info.key.startswith(("America/", "US/", "Canada/"))
    return here if region and is_american and readings(shown, known(region)) == here else []


def meanings(named: str, shown: datetime) -> list[tuple[str, str]]:
    """Return the offsets that an abbreviation can stand for at some time, and where."""
    if named.upper() in _BY_SEASON:
        zone, where = _BY_SEASON[named.upper()]
        return [(spell_offset(each), where) for each in readings(shown, known(zone))]
    parts = (text.partition(" ") for text in MEANINGS.get(named.upper(), ()))
    return [(offset, where) for offset, _, where in parts]


def unknown(named: str, shown: datetime, info: ZoneInfo) -> ProblemText:
    """Return `unknown-zone`: what the abbreviation can mean, and what to write for it."""
    can_mean = meanings(named, shown)
    message = f"`{named}` is not what clocks in {info.key} are called at that time"
    if len(can_mean) > 1:
        several = ", ".join(f"{where} {offset}" for offset, where in can_mean)
        message += f", and can mean {several}"
    clock = shown.isoformat(" ", "auto" if shown.second or shown.microsecond else "minutes")
    offset = can_mean[0][0] if can_mean else spell_offset(readings(shown, info)[0])
    meant = f", if {can_mean[0][1]} is meant" if can_mean else ""
    hint = f"write the offset, as in {clock}{offset}{meant}, or leave it out for {info.key}"
    return ProblemText("unknown-zone", message, hint)
