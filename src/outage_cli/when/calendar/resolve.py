"""The instant in a zone of a date and a time of day as written (SEMANTICS T2 to T4)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from outage_cli.model.problem import ProblemText
from outage_cli.model.span import Instant
from outage_cli.when.clock.civil_time import Wall, midnight, skipped
from outage_cli.when.clock.zones import (
    EPOCH,
    FIRST_YEAR,
    LAST_YEAR,
    abbreviation,
    instant,
    local,
    readings,
    spell_offset,
    zone,
)

_DAY = timedelta(days=1)


def resolve(
    wall: Wall, before: datetime | None, info: ZoneInfo
) -> Instant | tuple[Instant, Instant] | ProblemText:
    """Return the instant that `wall` means in a zone, or the two ends of a day without a time.

    `before` is what the clocks showed at the time before it in the source (naive), from which it
    takes what is not written. Troubles: `not-a-moment`, `no-date`, `unknown-zone`, `no-such-time`
    and `ambiguous-time` (SEMANTICS T2 to T4).
    """
    if wall.instant is not None:
        return wall.instant
    if wall.zone and "/" in wall.zone:
        named = zone(wall.zone)
        return (
            named
            if isinstance(named, ProblemText)
            else resolve(wall._replace(zone=None), before, named)
        )
    if wall.same_hour and before:
        wall = wall._replace(hour=before.hour)
    on = _day(wall, before.date() if before else None)
    if isinstance(on, ProblemText):
        return on
    if wall.hour is None:
        start, end = midnight(on, info), midnight(on + _DAY, info)
        return (start, end) if start < end else skipped(on, info)
    if wall.hour == 24 and not (wall.minute or wall.second or wall.microsecond):  # noqa: PLR2004
        wall, on = wall._replace(hour=0), on + _DAY
    try:
        clock = time(wall.hour or 0, wall.minute, wall.second, wall.microsecond)
    except ValueError:
        return _fault(wall)
    return _placed(datetime.combine(on, clock), wall.zone, info)


def shown_in(at: Instant, named: str | None, info: ZoneInfo) -> datetime:
    """Return what clocks show at an instant: those of the offset that is named, else of a zone."""
    offset = None
    if named and named.upper() in {"Z", "UTC", "GMT"}:
        offset = timedelta()
    elif named and named[0] in "+-" and isinstance(zero := _offset(EPOCH, named), int):
        offset = -timedelta(microseconds=zero)
    shown = local(at, info) if offset is None else local(at, timezone(offset))
    return shown.replace(tzinfo=None)


def _day(wall: Wall, before: date | None) -> date | ProblemText:
    if before is None and (wall.day is None or wall.year is None):
        return ProblemText(
            "no-date",
            "not a whole date, and nothing before it says the rest",
            "write the date too, as in 2022-10-15 15:19",
        )
    try:
        if wall.day is None and before:
            on = before
        elif wall.year is None and before:
            on = _nearest(wall, before)
        else:
            on = date(wall.year or 0, wall.month or 0, wall.day or 0)
        on += timedelta(days=wall.days_on)
    except (ValueError, OverflowError):
        return _fault(wall)
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        hint = f"a year from {FIRST_YEAR} to {LAST_YEAR} is expected"
        return ProblemText("not-a-moment", f"the year {on.year} is out of reach", hint)
    return on


def _fault(wall: Wall) -> ProblemText:
    """Return what is wrong with what no calendar or no clock shows."""
    from outage_cli.when.words.time_problems import fault

    hint = "check the year, month and day"
    return fault(wall, wall.written) or ProblemText(
        "not-a-moment", "no calendar has that day", hint
    )


def _nearest(wall: Wall, before: date) -> date:
    """Return the day without a year, or without a month too, that is nearest to the one before it.

    Raises ValueError where no calendar has it.
    """
    if wall.month is None:
        months = [before.year * 12 + before.month - 1 + step for step in (-1, 0, 1)]
        candidates = [(month // 12, month % 12 + 1) for month in months]
    else:
        candidates = [(before.year + step, wall.month) for step in (-1, 0, 1)]
    days = []
    for year, month in candidates:
        try:
            days.append(date(year, month, wall.day or 0))
        except ValueError:
            continue  # 30 February, or 29 February in most years
    return min(days, key=lambda day: abs(day - before))


def _placed(shown: datetime, named: str | None, info: ZoneInfo) -> Instant | ProblemText:
    if named:
        if named.upper() in {"Z", "UTC", "GMT"}:
            return instant(shown, timedelta())
        if named[0] in "+-":
            return _offset(shown, named)
    offsets = readings(shown, info)
    if named:
        called = [each for each in offsets if abbreviation(shown, each, info) == named.upper()]
        if not called:
            from outage_cli.when.clock.abbreviations import otherwise, unknown

            called = otherwise(named, shown, info)
            if not called:
                return unknown(named, shown, info)
        if len(offsets) == 1 or offsets[0] > offsets[1]:
            offsets = called  # a name chooses of what exists twice, but makes nothing exist
    if len(offsets) == 1:
        return instant(shown, offsets[0])
    written = shown.isoformat(" ", "auto" if shown.second or shown.microsecond else "minutes")
    before, after = (_offered(shown, written, each) for each in offsets)
    if offsets[0] > offsets[1]:
        message = f"{shown:%H:%M} exists twice on {shown:%Y-%m-%d} in {info.key}, clocks went back"
        hint = f"write {before} for the first time, {after} for the second"
        return ProblemText("ambiguous-time", message, hint)
    message = f"{shown:%H:%M} does not exist on {shown:%Y-%m-%d} in {info.key}, clocks went forward"
    return ProblemText("no-such-time", message, f"write {before} or {after}")


def _offered(shown: datetime, written: str, offset: timedelta) -> str:
    """Return a time with its offset; in UTC where no offset that is read is that one."""
    at, named = instant(shown, offset), spell_offset(offset)
    if _offset(shown, named) == at:
        return f"{written}{named}"
    return f"{(EPOCH + timedelta(microseconds=at)).isoformat(' ')}Z"


def _offset(shown: datetime, named: str) -> Instant | ProblemText:
    digits = named[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if named[0] == "-" and hours < 24 and (hours * 60 + minutes > 720 or minutes % 15):  # noqa: PLR2004
        start, end = f"{shown:%Y-%m-%d %H:%M}", f"{hours:02}:{minutes:02}"
        hint = f"write {start}..{end} for some time between, or an offset as in {start}-07:00"
        return ProblemText(
            "not-a-moment", f"no clock is {named} from UTC, this looks like a range", hint
        )
    if hours * 60 + minutes > 840 or minutes > 59:  # noqa: PLR2004
        hint = "offsets run from -12:00 to +14:00, as in +09:00"
        return ProblemText("unknown-zone", f"no clock is {named} from UTC", hint)
    ahead = timedelta(hours=hours, minutes=minutes)
    return instant(shown, -ahead if named[0] == "-" else ahead)
