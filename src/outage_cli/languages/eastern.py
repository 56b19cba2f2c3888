"""Phrases that Japanese and Korean build alike, such as numbers in ten thousands.

The words in these phrases are attributes, which each of the two languages sets.
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
    from outage_cli.model.accepted_range import AcceptedRange
    from outage_cli.model.promises import ClaimReport
    from outage_cli.model.state import State

MYRIAD = 10_000
_ROUNDS_UP = 0.9995
"""What three digits show as one of the next unit: 9996 万 is 1 億."""

_IN_DAYS = 10 * DAY
"""From here on a duration is written in days: see `model.duration`."""

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
    """Phrases that Japanese and Korean build alike, from words that each of them sets."""

    units: Mapping[str, str] = {}
    myriads: tuple[str, ...] = ()
    counter = ""
    """The counter of people."""
    occasions = ""
    """The counter of how often something was."""
    cases = ""
    """The counter of outages, rows and values."""
    gap = ""
    """What separates the parts of one value: `30시간 41분`."""
    weekdays = ""
    """One letter for each day, from Monday."""
    present = ""
    lacking = ""
    negative = ""
    shorter_than = ""
    under_a_second = ""
    under_a_minute = ""
    tilde = "~"
    until_a_time = "~"
    brackets = "({})"
    comma = ", "
    colon = ": "
    full_stop = ". "
    slash = " / "
    letters = ""
    """The script of the language: a claim written in it is quoted as it is."""
    amounts: Mapping[str, str] = {}
    """The pattern of an amount for each sign of `when.words.claim_values`."""
    bounds: Mapping[str, str] = {}
    """The pattern of a time for each of these signs."""
    rules: Mapping[str, str] = {}
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
        whole = self.duration(duration)
        return f"{whole}{self.gap}{self.duration(rest)}" if duration >= HOUR and rest else whole

    def window_length(self, duration: Duration) -> str:
        """Return how long a window is: `744時間`."""
        hours, rest = divmod(duration, HOUR)
        return self.duration(duration) if rest else f"{hours}{self.units['h']}"

    def duration_range(self, least: Duration, most: Duration) -> str:
        """Return the bounds of a duration: `30時間26分〜30時間56分`, to the second if need be."""
        write = self._in_one_unit(least, most)
        low, high = write(least), write(most)
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
        """Return a function that writes both durations, in hours where days would fit only one."""
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
        """Return parts of a sentence, joined by commas."""
        return self.comma.join(parts)

    def one_by_one(self, parts: Sequence[str]) -> str:
        """Return the parts of a cell, which may have commas, joined by slashes."""
        return self.slash.join(parts)

    def aside(self, text: str) -> str:
        """Return a remark that follows a text."""
        return self.within(text)

    def within(self, text: str) -> str:
        """Return a text in brackets."""
        return self.brackets.format(text)

    def percentage(self, digits: str) -> str:
        """Return a percentage: `99.998%`."""
        return f"{digits}%"

    def percentage_range(self, low: str, high: str) -> str:
        """Return the bounds of a percentage: `99.997〜99.998%`."""
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
        """Return the day of an instant without its year: `10月16日`."""

    def clock(self, at: Instant, timezone: str) -> str:
        """Return an instant: `2022年10月15日 15:33`."""
        return f"{self.date(at, timezone)} {self.time_of_day(at, timezone)}"

    def clock_within(self, at: Instant, timezone: str, window: Span) -> str:
        """Return an instant inside a window, without the year if the window has only one."""
        first, last = (
            wall(window.start, timezone),
            wall(max(window.start, window.end - 1), timezone),
        )
        if first.year != last.year or wall(at, timezone).year != first.year:
            return self.clock(at, timezone)
        return f"{self.day_of_year(at, timezone)} {self.time_of_day(at, timezone)}"

    def clock_after(self, start: Instant, end: Instant, timezone: str) -> str:
        """Return an instant after another one, without the date they share: `10月16日 22:00`."""
        first, last = (wall(at, timezone) for at in (start, end))
        if first.year != last.year:
            return self.clock(end, timezone)
        time = self.time_of_day(end, timezone)
        is_same_day = first.date() == last.date()
        return time if is_same_day else f"{self.day_of_year(end, timezone)} {time}"

    def from_to(self, start: Instant, end: Instant, timezone: str) -> str:
        """Return a period: `2022年10月15日 15:33〜10月16日 22:00`."""
        until = self.clock_after(start, end, timezone)
        return f"{self.clock(start, timezone)}{self.until_a_time}{until}"

    def clock_range(self, first: Instant, last: Instant, timezone: str) -> str:
        """Return the bounds of an instant: `2022年10月15日 15:18〜15:48`."""
        return self.from_to(first, last, timezone)

    def edge(self, at: Instant, first: Instant, last: Instant, timezone: str) -> str:
        """Return an instant with its bounds: `2022年10月15日 15:33（15:18〜15:48）`."""
        low = self.clock_after(at, first, timezone)
        high = self.clock_after(first, last, timezone)
        return self.clock(at, timezone) + self.within(f"{low}{self.until_a_time}{high}")

    def period_label(self, label: str) -> str:
        """Return the name of a window or of a part of the calendar."""
        if last := _LAST.fullmatch(label):
            return self.last_days(int(last[1]))
        parts = [calendar_part(text) for text in label.split("..")]
        names = [self.part_of_the_calendar(*part) for part in parts if part]
        return self.until_a_time.join(names) if len(names) == len(parts) else label

    @abstractmethod
    def part_of_the_calendar(self, kind: str, numbers: Sequence[int]) -> str:
        """Return a quarter for the kind `Q`, a week for `W`, else a year, a month or a day."""

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

    def times(self, times: Sequence[tuple[State, Duration]]) -> str:
        """Return the time in each state: `停止 5時間、性能低下 30分`."""
        return self.comma.join(
            f"{self.states[state]} {self.duration(time)}" for state, time in times
        )

    def days(self, duration: Duration) -> str:
        """Return how far something is moved: `2日`."""
        days, rest = divmod(duration, DAY)
        return self.duration(duration) if rest else f"{days}{self.units['d']}"

    def day_heading(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant with its weekday: `2022年10月15日（土）`."""
        weekday = self.weekdays[wall(at, timezone).weekday()]
        return f"{self.date(at, timezone)}{self.within(weekday)}"

    def counted_by(self, method: str) -> str:
        """Return the name of the method: `算出方法：standard`."""
        return f"{self.method}{self.colon}{method}"

    def group(self, kind: str, label: str) -> str:
        """Return the label of a group of services, or that they have none."""
        return f"{kind}{self.colon}{label}" if label else f"{kind}{self.gap}{self.lacking}"

    def with_ongoing(self, length: str) -> str:
        """Return the length of an outage that had not ended at as-of: `10時間、継続中`."""
        return f"{length}{self.comma}{self.ongoing}"

    def left_out_of_mean(self, ongoing: int, negative: int, not_stated: int) -> str:
        """Return how many values a mean leaves out, and why: `継続中2件`."""
        words = (self.ongoing, self.negative, self.nothing_stated)
        counts = zip(words, (ongoing, negative, not_stated), strict=True)
        return self.comma.join(
            f"{word}{self.gap}{count}{self.cases}" for word, count in counts if count
        )

    def and_now(self, least: str) -> str:
        """Return the bounds of the end of an ongoing outage."""
        return f"{least}{self.until_a_time}{self.present}"

    def services_are(self, services: Sequence[str], state: str) -> str:
        """Return the state of some services."""
        return f"{self.comma.join(services)}{self.colon}{state}"

    def states_of(self, title: str) -> str:
        """Return the title of a chart."""
        return f"{self.states_of_services}{self.colon}{title}"

    def lane(self, service: str, times: Sequence[tuple[State, Duration]]) -> str:
        """Return the time of a service in each state."""
        return f"{service}{self.colon}{self.times(times) or self.up_all_the_time}"

    def stretch_period(self, start: str, end: str) -> str:
        """Return the start and the end of a stretch, with their bounds."""
        return f"{start}{self.until_a_time}{end}"

    def place_says(self, place: str, what: str) -> str:
        """Return the line behind a stretch, after a sentence."""
        return f"{self.full_stop}{place}{self.colon if what else ''}{what}"

    def times_state(self, count: int, state: str) -> str:
        """Return how many stretches of a state a bar sums up: `停止 3回`."""
        return f"{state} {count}{self.occasions}"

    def summary(
        self, period: str, count: int, state: State, times: Sequence[tuple[State, Duration]]
    ) -> str:
        """Return the content of a cell: how often it has a state, and the time in each state."""
        in_states = self.within(self.times(times)) if times else ""
        return f"{period}{self.colon}{self.times_state(count, self.states[state])}{in_states}"

    def event_signs(self, signs: Sequence[tuple[str, str]]) -> str:
        """Return the meaning of the letters above a chart."""
        return f"{self.events}{self.colon}{self.comma.join(' '.join(pair) for pair in signs)}"

    def sign_is(self, duration: Duration) -> str:
        """Return the time that one sign of a strip stands for."""
        return self.column_is(duration)

    def on_reading(self, name: str) -> str:
        """Return the scenario of an explanation."""
        return f"{self.reading}{self.colon}{name}"

    def hours_line(self, hours: Sequence[str]) -> str:
        """Return the hours of a service, as written in its file."""
        return f"{self.calendars['hours']}{self.colon}{self.comma.join(hours)}"

    def way_of(self, way: str) -> str:
        """Return the service through which something is inherited."""
        return f"{self.by_way_of}{self.colon}{way}"

    def claimed(self, report: ClaimReport, timezone: str) -> str:
        """Return what a claim says: `ダウンタイム 30時間以上（起点：fire）`."""
        claim = report.claim
        is_own = re.search(self.letters, claim.says)
        value = claim.says if is_own else self._claimed_value(report, timezone)
        window = self._claimed_window(claim.window) if claim.window else None
        texts = {"since": claim.since, "until": claim.until}
        times = {key: self._claimed_end(text) for key, text in texts.items() if text}
        limits = times | ({"window": window} if window else {})
        limit = self.comma.join(f"{self.leaning_on[key]}{text}" for key, text in limits.items())
        figure = self.claimed_figures[claim.figure.value]
        return f"{figure} {value}{self.within(limit) if limit else ''}"

    def _claimed_window(self, text: str) -> str:
        """Return the window of a claim; ids of events stay as they are."""
        if (name := self.period_label(text)) != text:
            return name
        ends = text.split("..")
        shown = [self._claimed_end(end) for end in ends]
        return text if shown == ends else self.until_a_time.join(shown)

    def _claimed_end(self, text: str) -> str:
        """Return the start or the end of a claim's period; the id of an event as it is."""
        if not (read := _TIME.fullmatch(text.strip())):
            return text
        day = self.period_label(read["day"])
        sign = _SIGNS.get(read["sign"].lower(), "~" if read["sign"] else "=")
        return self.bounds[sign].format(f"{day} {read['time']}" if read["time"] else day)

    def rule_word(self, rule: str) -> str:
        """Return the rule that took time out of the downtime; `shorter-than-5m` with its length."""
        from outage_cli.when.words.durations import duration

        text = rule.removeprefix("shorter-than-")
        if text == rule:
            return self.rules.get(rule, rule)
        length = duration(text)
        return self.shorter_than.format(text if length is None else self.duration(length))

    def _claimed_value(self, report: ClaimReport, timezone: str) -> str:
        """Return the value of a claim and how it compares; else its own words."""
        from outage_cli.when.words import claim_values

        figure, says, accepted = report.claim.figure, report.claim.says.strip(), report.accepted
        if figure in {ClaimKind.STARTS, ClaimKind.ENDS}:
            return says if _ID.fullmatch(says) else self._claimed_time(says, accepted, timezone)
        low, high = accepted.stated
        sign, rest = claim_values.compared(says)
        if figure is ClaimKind.AVAILABILITY:
            value = self._claimed_share(rest)
        elif low % SECOND or high % SECOND:
            return says
        else:
            value = self.exact_duration(low)
            value += "" if low == high else f"{self.tilde}{self.exact_duration(high)}"
        return self.amounts[sign].format(value)

    def _claimed_share(self, says: str) -> str:
        """Return a percentage or its bounds, with the decimals of the claim."""
        from decimal import Decimal

        digits = _NUMBER.findall(says)
        if not _PERCENT.search(says):  # a fraction: 0.9995
            digits = [f"{Decimal(each).scaleb(2):f}" for each in digits]
        return self.percentage_range(*digits) if len(digits) > 1 else self.percentage(digits[0])

    def _claimed_time(self, says: str, accepted: AcceptedRange, timezone: str) -> str:
        """Return a claimed time as it was understood; it may be relative: `fire + 2h`."""
        read, best = _TIME.fullmatch(says), accepted.stated[0]
        is_day = read is not None and not read["time"]
        time = self.date(best, timezone) if is_day else self.clock(best, timezone)
        least, most = accepted.least, accepted.most
        if least is None or most is None:
            strict = "<" if accepted.excludes_most else "<="
            return self.bounds[strict if least is None else ">="].format(time)
        if _ABOUT.match(says):
            return self.bounds["~"].format(time)
        if is_day or (accepted.excludes_most and most - least < 2 * MINUTE):
            return time
        if "±" in says or "+-" in says:
            return self.give_or_take(time, most - best)
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
    """Return an instant as a date and a time in a zone."""
    return local(at, known(timezone))


def calendar_part(label: str) -> tuple[str, tuple[int, ...]] | None:
    """Return the kind and the numbers of a label: `Q` and (2022, 4), or `` and (2022, 10, 15)."""
    read = _PART.fullmatch(label)
    if not read:
        return None
    year, _, quarter, _, week, month, day = read.groups()
    kind = "Q" if quarter else "W" if week else ""
    numbers = (year, quarter or week) if kind else (year, month, day)
    return kind, tuple(int(number) for number in numbers if number)
