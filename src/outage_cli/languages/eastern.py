"""What Japanese and Korean share: they count in ten thousands, and leave out what was just said.

The class says how; what it says stands in the words of each language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from outage_cli.languages.en import English
from outage_cli.model.duration import pieces
from outage_cli.model.event import Figure
from outage_cli.model.span import HOUR, MINUTE, SECOND, Duration, Instant, Span
from outage_cli.when.zones import known, local

if TYPE_CHECKING:
    from outage_cli.model.report import ClaimReport
    from outage_cli.model.state import State

MYRIAD = 10_000
_ROUNDS_UP = 0.9995
"""What three digits show as one of the next unit: 9996 万 is 1 億."""

_PART = re.compile(r"(\d{4})(?:-(?:(Q)(\d)|(W)(\d\d)|(\d\d)(?:-(\d\d))?))?")
_LAST = re.compile(r"(?i)last\s+(\d+)\s*d(?:ays?)?")
_DIGITS = re.compile(r"\d+(?:\.\d+)?(?=%$)")
_TIME = re.compile(
    r"(?P<sign>by|after|before|about|around|circa|~|)\s*\d{4}-\d\d-\d\d(?P<time>[ T]\d\d:\d\d\S*)?",
    re.IGNORECASE,
)


class Eastern(English):
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
        low, high = self.duration(least), self.duration(most)
        if low == high:
            low, high = self.exact_duration(least), self.exact_duration(most)
        return low if low == high else f"{low}{self.tilde}{high}"

    def bounded(self, best: Duration, least: Duration, most: Duration) -> str:
        """Return a duration with its bounds: `30時間41分（30時間26分〜30時間56分）`."""
        told = self.duration(best)
        return told + self.within(self.duration_range(least, most)) if least < most else told

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

    def user_time(self, lost: int) -> str:
        """Return users × microseconds to three digits: `14.2億時間`; under an hour minutes."""
        if lost >= HOUR:
            return f"{three_digits(lost / HOUR, self.myriads)}{self.gap}{self.units['h']}"
        minutes = lost // MINUTE
        return f"{minutes}{self.units['min']}" if minutes or not lost else self.under_a_minute

    def people(self, count: int) -> str:
        """Return how many users there are: `4750万人`, `4750만 명`, `4751만 2345명`."""
        number = in_myriads(count, self.myriads, self.gap)
        return f"{number}{'' if number[-1].isdigit() else self.gap}{self.counter}"

    def day_of_year(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant whose year goes without saying: `10月16日`."""
        raise NotImplementedError

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

    def part_of_the_calendar(self, kind: str, numbers: Sequence[int]) -> str:
        """Return a year, a month or a day; of the kinds `Q` and `W` a quarter or a week."""
        raise NotImplementedError

    def last_days(self, days: int) -> str:
        """Return the days that end at as-of."""
        raise NotImplementedError

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
        said = self._said(told, timezone)
        is_time = claim.figure in {Figure.STARTS, Figure.ENDS}
        words = self.bounds if is_time else self.amounts
        value = words[said[0]].format(said[1]) if said else claim.says
        texts = {"since": claim.since, "until": claim.until, "window": claim.window}
        rests = [f"{self.leaning_on[key]}{text}" for key, text in texts.items() if text]
        rest = self.within("".join(rests)) if rests else ""
        return f"{self.claimed_figures[claim.figure.value]} {value}{rest}"

    def _said(self, told: ClaimReport, timezone: str) -> tuple[str, str] | None:
        """Return the comparison that a claim makes and its value; None of words to be quoted."""
        from outage_cli.when import published

        figure, says = told.claim.figure, told.claim.says.strip()
        low, high = told.accepted.said
        if not says.isascii():
            return None  # in a language of its own already
        if figure in {Figure.STARTS, Figure.ENDS}:
            read = _TIME.fullmatch(says)
            signs = {"by": published.AT_MOST, "after": published.AT_LEAST, "before": published.LESS}
            if not read:
                return None
            near = published.NEAR if read["sign"] else published.EQUAL
            spell = self.clock if read["time"] else self.date
            return signs.get(read["sign"].lower(), near), spell(low, timezone)
        sign, rest = published.compared(says)
        if figure is Figure.AVAILABILITY:
            digits = _DIGITS.match(rest)
            return (sign, self.percentage(digits[0])) if digits else None
        value = self.exact_duration(low)
        return sign, value if low == high else f"{value}{self.tilde}{self.exact_duration(high)}"


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
