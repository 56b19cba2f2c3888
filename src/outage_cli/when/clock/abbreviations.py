"""What abbreviations of time zones can mean: many stand for several, so none is taken on its word.

SEMANTICS T2: one is accepted only where it is what the timeline's own zone is called then. Of any
other, a trouble says what people mean by it, with the offsets to write.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from outage_cli.model.problem import ProblemText
from outage_cli.when.clock.zones import abbreviation, known, readings, spell_offset

_FIXED = {
    "ACDT": "+10:30 Central Australia",
    "ACST": "+09:30 Central Australia",
    "ADT": "-03:00 Atlantic Canada",
    "AEDT": "+11:00 Eastern Australia",
    "AEST": "+10:00 Eastern Australia",
    "AKDT": "-08:00 Alaska",
    "AKST": "-09:00 Alaska",
    "ART": "-03:00 Argentina",
    "AST": "-04:00 Atlantic Canada, +03:00 Arabia",
    "AWST": "+08:00 Western Australia",
    "BRT": "-03:00 Brazil",
    "BST": "+01:00 British Summer Time, +06:00 Bangladesh",
    "CAT": "+02:00 Central Africa",
    "CDT": "-05:00 US Central, -04:00 Cuba",
    "CEST": "+02:00 Central Europe",
    "CET": "+01:00 Central Europe",
    "CST": "-06:00 US Central, +08:00 China, -05:00 Cuba",
    "EAT": "+03:00 East Africa",
    "EDT": "-04:00 US Eastern",
    "EEST": "+03:00 Eastern Europe",
    "EET": "+02:00 Eastern Europe",
    "EST": "-05:00 US Eastern",
    "GST": "+04:00 the Gulf, -02:00 South Georgia",
    "HKT": "+08:00 Hong Kong",
    "HST": "-10:00 Hawaii",
    "ICT": "+07:00 Indochina",
    "IDT": "+03:00 Israel",
    "IST": "+05:30 India, +02:00 Israel, +01:00 Ireland",
    "JST": "+09:00 Japan",
    "KST": "+09:00 Korea",
    "MDT": "-06:00 US Mountain",
    "MESZ": "+02:00 Central Europe",
    "MEZ": "+01:00 Central Europe",
    "MSK": "+03:00 Moscow",
    "MST": "-07:00 US Mountain, +08:00 Malaysia, +06:30 Myanmar",
    "NDT": "-02:30 Newfoundland",
    "NST": "-03:30 Newfoundland",
    "NZDT": "+13:00 New Zealand",
    "NZST": "+12:00 New Zealand",
    "PDT": "-07:00 US Pacific",
    "PHT": "+08:00 the Philippines",
    "PKT": "+05:00 Pakistan",
    "PST": "-08:00 US Pacific, +08:00 the Philippines",
    "SAST": "+02:00 South Africa",
    "SGT": "+08:00 Singapore",
    "SST": "-11:00 Samoa, +08:00 Singapore",
    "WEST": "+01:00 Western Europe",
    "WET": "+00:00 Western Europe",
    "WIB": "+07:00 Western Indonesia",
}
"""What an abbreviation means, the commonest meaning first."""

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
    each = (part.partition(" ") for part in _FIXED.get(named.upper(), "").split(", ") if part)
    return [(offset, where) for offset, _, where in each]


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
