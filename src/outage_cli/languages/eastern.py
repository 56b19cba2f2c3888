"""What Japanese and Korean share: they count in ten thousands, and leave out what was just said.

The class says how; what it says stands in the words of each language.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from outage_cli.languages.en import English
from outage_cli.model.duration import pieces
from outage_cli.model.event import ClaimKind
from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND, Duration, Instant, Span
from outage_cli.when.clock.zones import known, local

if TYPE_CHECKING:
    from outage_cli.model.accepted import AcceptedRange
    from outage_cli.model.promises import ClaimReport
    from outage_cli.model.state import State

MYRIAD = 10_000
_ROUNDS_UP = 0.9995
"""What three digits show as one of the next unit: 9996 万 is 1 億."""

_IN_DAYS = 10 * DAY
"""From here on a duration is told in days: see `model.duration`."""

_PART = re.compile(r"(\d{4})(?:-(?:(Q)(\d)|(W)(\d\d)|(\d\d)(?:-(\d\d))?))?")
_LAST = re.compile(r"(?i)last\s+(\d+)\s*d(?:ays?)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERCENT = re.compile("%|per ?cent|パーセント|퍼센트|프로")
_TIME = re.compile(
    r"(?P<sign>by|after|before|about|around|circa|~|)\s*"
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[ T](?P<time>\d\d:\d\d\S*))?",
    re.IGNORECASE,
)
_SIGNS = {"by": "<=", "after": ">=", "before": "<"}
_ABOUT = re.compile(r"(?i)about\b|around\b|circa\b|~")
_ID = re.compile(r"[^\W\d][\w.-]*")


class Eastern(English, ABC):
    """What is written alike in Japanese and in Korean, with the words of the one or the other."""

    units: Mapping[str, str] = {}
    myriads: tuple[str, ...] = ()
    counter = ""
    gap = ""
    """What stands between two parts of one value: `30시간 41분`."""
    under_a_second = ""
    under_a_minute = ""
    tilde = "~"
    until_a_time = "~"
    brackets = "({})"
    comma = ", "
    slash = " / "
    letters = ""
    """The script of the language: what a claim says in it is quoted, not told again."""
    amounts: Mapping[str, str] = {}
    """How a claim compares, by the signs of `when.published`."""
    bounds: Mapping[str, str] = {}
    claimed_figures: Mapping[str, str] = {}
    leaning_on: Mapping[str, str] = {}

    def duration(self, duration: Duration) -> str:
        """Return a duration: `30時間41分`, `−5分`, `1秒未満`."""
        if duration < 0:
            return f"−{self.duration(-duration)}"
        if 0 < duration < SECOND:
            return self.under_a_second
        return self.gap.join(f"{count}{self.units[unit]}" for count, unit in pieces(duration))

    def exact_duration(self, duration: Duration) -> str:
        """Return a duration with its seconds: `30時間41分5秒`."""
        rest = duration % MINUTE // SECOND * SECOND
        told = self.duration(duration)
        return f"{told}{self.gap}{self.duration(rest)}" if duration >= HOUR and rest else told

    def window_length(self, duration: Duration) -> str:
        """Return how long a window is: `744時間`."""
        hours, rest = divmod(duration, HOUR)
        return self.duration(duration) if rest else f"{hours}{self.units['h']}"

    def duration_range(self, least: Duration, most: Duration) -> str:
        """Return the bounds of a duration: `30時間26分〜30時間56分`, to the second if need be."""
        tell = self._in_one_unit(least, most)
        low, high = tell(least), tell(most)
        if low == high:
            low, high = self.exact_duration(least), self.exact_duration(most)
        return low if low == high else f"{low}{self.tilde}{high}"

    def bounded(self, best: Duration, least: Duration, most: Duration) -> str:
        """Return a duration with its bounds: `30時間41分（30時間26分〜30時間56分）`."""
        if least >= most:
            return self.duration(best)
        bounds = self.within(self.duration_range(least, most))
        return f"{self._in_one_unit(least, most)(best)}{bounds}"

    def _in_one_unit(self, least: Duration, most: Duration) -> Callable[[Duration], str]:
        """Return how to tell durations of which some are long enough to be told in days."""
        short, long = sorted((abs(least), abs(most)))
        return self._in_hours if HOUR <= short < _IN_DAYS <= long else self.duration

    def _in_hours(self, duration: Duration) -> str:
        if duration < 0:
            return f"−{self._in_hours(-duration)}"
        if duration < _IN_DAYS:
            return self.duration(duration)
        hours, rest = divmod(duration // MINUTE, HOUR // MINUTE)
        minutes = f"{self.gap}{rest}{self.units['min']}" if rest else ""
        return f"{hours}{self.units['h']}{minutes}"

    def listed(self, parts: Sequence[str]) -> str:
        """Return what is told in one breath."""
        return self.comma.join(parts)

    def one_by_one(self, parts: Sequence[str]) -> str:
        """Return what stands in one cell, and may itself have commas."""
        return self.slash.join(parts)

    def aside(self, text: str) -> str:
        """Return a remark, behind what it is about."""
        return self.within(text)

    def within(self, text: str) -> str:
        """Return a text in brackets."""
        return self.brackets.format(text)

    def percentage(self, digits: str) -> str:
        """Return a percentage: `99.998%`."""
        return f"{digits}%"

    def percentage_range(self, low: str, high: str) -> str:
        """Return between what a percentage lies: `99.997〜99.998%`."""
        return f"{low}{self.tilde}{high}%"

    def percentage_bounded(self, best: str, low: str, high: str) -> str:
        """Return a percentage with its bounds."""
        return f"{best}%{self.within(self.percentage_range(low, high))}"

    def figure_bounded(self, best: str, low: str, high: str) -> str:
        """Return a figure, with its bounds where they differ as they are written: `2（1〜2）`."""
        return best if low == high else f"{best}{self.within(f'{low}{self.tilde}{high}')}"

    def user_time(self, lost: int) -> str:
        """Return users × microseconds to three digits: `14.2億時間`; under an hour minutes."""
        if lost >= HOUR:
            number = three_digits(lost / HOUR, self.myriads)
            return f"{number}{'' if number[-1].isdigit() else self.gap}{self.units['h']}"
        minutes = lost // MINUTE
        return f"{minutes}{self.units['min']}" if minutes or not lost else self.under_a_minute

    def user_time_bounded(self, best: int, least: int, most: int) -> str:
        """Return user-time lost with its bounds: `14.2億時間（4.62億〜14.3億時間）`."""
        low, high = self.user_time(least), self.user_time(most)
        unit = self.units["h"]
        if low.endswith(unit) and high.endswith(unit) and low != high:
            low = low.removesuffix(unit).rstrip()
        return self.figure_bounded(self.user_time(best), low, high)

    def people(self, count: int) -> str:
        """Return how many users there are: `4750万人`, `4750만 명`, `4751만 2345명`."""
        number = in_myriads(count, self.myriads, self.gap)
        return f"{number}{'' if number[-1].isdigit() else self.gap}{self.counter}"

    @abstractmethod
    def day_of_year(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant whose year goes without saying: `10月16日`."""

    def clock(self, at: Instant, timezone: str) -> str:
        """Return an instant: `2022年10月15日 15:33`."""
        return f"{self.date(at, timezone)} {self.time_of_day(at, timezone)}"

    def clock_within(self, at: Instant, timezone: str, window: Span) -> str:
        """Return an instant inside a window; of one in a single year that year is left out."""
        first, last = (
            wall(window.start, timezone),
            wall(max(window.start, window.end - 1), timezone),
        )
        if first.year != last.year or wall(at, timezone).year != first.year:
            return self.clock(at, timezone)
        return f"{self.day_of_year(at, timezone)} {self.time_of_day(at, timezone)}"

    def clock_after(self, start: Instant, end: Instant, timezone: str) -> str:
        """Return an instant beside another one, without what both have: `10月16日 22:00`."""
        first, last = (wall(at, timezone) for at in (start, end))
        if first.year != last.year:
            return self.clock(end, timezone)
        time = self.time_of_day(end, timezone)
        is_same_day = first.date() == last.date()
        return time if is_same_day else f"{self.day_of_year(end, timezone)} {time}"

    def from_to(self, start: Instant, end: Instant, timezone: str) -> str:
        """Return from when to when something was: `2022年10月15日 15:33〜10月16日 22:00`."""
        until = self.clock_after(start, end, timezone)
        return f"{self.clock(start, timezone)}{self.until_a_time}{until}"

    def clock_range(self, first: Instant, last: Instant, timezone: str) -> str:
        """Return between what an instant lies: `2022年10月15日 15:18〜15:48`."""
        return self.from_to(first, last, timezone)

    def edge(self, at: Instant, first: Instant, last: Instant, timezone: str) -> str:
        """Return an instant, and between what it lies: `2022年10月15日 15:33（15:18〜15:48）`."""
        low = self.clock_after(at, first, timezone)
        high = self.clock_after(first, last, timezone)
        return self.clock(at, timezone) + self.within(f"{low}{self.until_a_time}{high}")

    def period_label(self, label: str) -> str:
        """Return the name of a part of the calendar, or of a window that was asked for."""
        if last := _LAST.fullmatch(label):
            return self.last_days(int(last[1]))
        found = [part(each) for each in label.split("..")]
        named = [self.part_of_the_calendar(*each) for each in found if each]
        return self.until_a_time.join(named) if len(named) == len(found) else label

    @abstractmethod
    def part_of_the_calendar(self, kind: str, numbers: Sequence[int]) -> str:
        """Return a year, a month or a day; of the kinds `Q` and `W` a quarter or a week."""

    @abstractmethod
    def last_days(self, days: int) -> str:
        """Return the days that end at as-of."""

    def tick(self, label: str) -> str:
        """Return the label of an axis: `10/15`, `2022/10/15`."""
        return label.replace("-", "/")

    def mermaid_dates(self, pattern: str) -> str:
        """Return the pattern of an axis in Mermaid."""
        return pattern.replace("-", "/")

    def state_word(self, state: State) -> str:
        """Return a state as a table has it."""
        return self.states[state]

    def times(self, told: Sequence[tuple[State, Duration]], between: str) -> str:
        """Return how long something was in which state."""
        return between.join(f"{self.states[state]} {self.duration(time)}" for state, time in told)

    def claimed(self, told: ClaimReport, timezone: str) -> str:
        """Return what a claim says: `ダウンタイム 30時間以上（起点：fire）`."""
        claim = told.claim
        said = claim.says if re.search(self.letters, claim.says) else self._said(told, timezone)
        window = self._window_said(claim.window) if claim.window else None
        texts = {"since": claim.since, "until": claim.until}
        times = {key: self._when_said(text) for key, text in texts.items() if text}
        rests = times | ({"window": window} if window else {})
        rest = self.comma.join(f"{self.leaning_on[key]}{text}" for key, text in rests.items())
        value = f"{said}{self.within(rest) if rest else ''}"
        return f"{self.claimed_figures[claim.figure.value]} {value}"

    def _window_said(self, text: str) -> str:
        """Return the window of a claim; ids of events stay as they are."""
        if (named := self.period_label(text)) != text:
            return named
        ends = text.split("..")
        told = [self._when_said(each) for each in ends]
        return text if told == ends else self.until_a_time.join(told)

    def _when_said(self, text: str) -> str:
        """Return a time that a claim leans on, or its own words: the id of an event."""
        if not (read := _TIME.fullmatch(text.strip())):
            return text
        day = self.period_label(read["day"])
        sign = _SIGNS.get(read["sign"].lower(), "~" if read["sign"] else "=")
        return self.bounds[sign].format(f"{day} {read['time']}" if read["time"] else day)

    def length_of_rule(self, rule: str) -> str:
        """Return the length in the name of a rule, `shorter-than-5m`."""
        from outage_cli.when.words.durations import duration

        written = rule.removeprefix("shorter-than-")
        length = duration(written)
        return written if length is None else self.duration(length)

    def _said(self, told: ClaimReport, timezone: str) -> str:
        """Return the value that a claim says and how it compares; else its own words."""
        from outage_cli.when.words import claim_values

        figure, says = told.claim.figure, told.claim.says.strip()
        if figure in {ClaimKind.STARTS, ClaimKind.ENDS}:
            return says if _ID.fullmatch(says) else self._time_said(says, told.accepted, timezone)
        low, high = told.accepted.stated
        sign, rest = claim_values.compared(says)
        if figure is ClaimKind.AVAILABILITY:
            value = self._share_said(rest)
        elif low % SECOND or high % SECOND:
            return says
        else:
            value = self.exact_duration(low)
            value += "" if low == high else f"{self.tilde}{self.exact_duration(high)}"
        return self.amounts[sign].format(value)

    def _share_said(self, says: str) -> str:
        """Return a share, or between what it lies, to the decimals that were written."""
        from decimal import Decimal

        digits = _NUMBER.findall(says)
        if not _PERCENT.search(says):  # a part of one: 0.9995
            digits = [f"{Decimal(each).scaleb(2):f}" for each in digits]
        return self.percentage_range(*digits) if len(digits) > 1 else self.percentage(digits[0])

    def _time_said(self, says: str, accepted: AcceptedRange, timezone: str) -> str:
        """Return a time as it was understood, which may lean on another one: `fire + 2h`."""
        read, best = _TIME.fullmatch(says), accepted.stated[0]
        is_day = read is not None and not read["time"]
        told = self.date(best, timezone) if is_day else self.clock(best, timezone)
        least, most = accepted.least, accepted.most
        if least is None or most is None:
            strict = "<" if accepted.excludes_most else "<="
            return self.bounds[strict if least is None else ">="].format(told)
        if _ABOUT.match(says):
            return self.bounds["~"].format(told)
        if is_day or (accepted.excludes_most and most - least < 2 * MINUTE):
            return told
        if "±" in says or "+-" in says:
            return self.give_or_take(told, most - best)
        return self.clock_range(least, most, timezone)


def three_digits(value: float, units: Sequence[str]) -> str:
    """Return a number to three digits, in ten thousands and their powers: `14.2億`, `1420万`."""
    power = 0
    while value >= MYRIAD * _ROUNDS_UP and power < len(units):
        value, power = value / MYRIAD, power + 1
    digits = f"{round(value, -1):.0f}" if value >= 1000 * _ROUNDS_UP else f"{value:.3g}"
    return digits + (units[power - 1] if power else "")


def in_myriads(count: int, units: Sequence[str], between: str = "") -> str:
    """Return a whole number in ten thousands and their powers: `4751万2345`."""
    parts: list[str] = []
    for unit in ("", *units):
        count, rest = divmod(count, MYRIAD) if unit != units[-1] else (0, count)
        if rest:
            parts.append(f"{rest}{unit}")
    return between.join(reversed(parts)) or "0"


def wall(at: Instant, timezone: str) -> datetime:
    """Return what the clocks of a zone show."""
    return local(at, known(timezone))


def part(label: str) -> tuple[str, tuple[int, ...]] | None:
    """Return which part of the calendar a label names: `Q` of (2022, 4), `` of (2022, 10, 15)."""
    read = _PART.fullmatch(label)
    if not read:
        return None
    year, _, quarter, _, week, month, day = read.groups()
    kind = "Q" if quarter else "W" if week else ""
    numbers = (year, quarter or week) if kind else (year, month, day)
    return kind, tuple(int(each) for each in numbers if each)
