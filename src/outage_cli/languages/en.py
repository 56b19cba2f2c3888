"""English, and the list of all words and phrases that a language has.

Attributes are words. Methods are phrases, because languages differ in counting, in the order of
words and in writing times. Another language is a class that derives from this one and has every
public name of it, which tests check. Phrases never round up a figure (SEMANTICS M8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from outage_cli.model.duration import spell, spell_days, spell_range, spell_user_time
from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND, Duration, Instant, Span
from outage_cli.model.state import State
from outage_cli.when.clock.shown import shown
from outage_cli.when.clock.zones import known, local

if TYPE_CHECKING:
    from outage_cli.model.method import Treatment
    from outage_cli.model.promises import ClaimReport


class English:
    """The words and phrases of the tool in English."""

    code = "en"
    """Its language tag (BCP 47), as HTML has it."""

    typesetting = ""
    """The CSS rules of a page for breaking lines."""

    fonts = "system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif"
    """The fonts of a page, in order of preference."""

    # Headings of pages and of their sections
    outage_report = "Outage report"
    story = "What happened"
    methods_compared = "Methods compared"
    services = "Services"
    totals = "Totals"
    periods = "Periods"
    outages = "Outages"
    planned_work = "Planned work"
    blast_radius = "Blast radius"
    objectives = "Objectives"
    claims = "Claims"
    milestones = "Milestones"
    means = "Means"
    failures = "Failures"
    error_budgets = "Error budgets"
    worst_windows = "Worst windows"
    chart = "Chart"
    states_heading = "States"
    events = "Events"
    sources = "Sources"
    services_moved = "Services, moved"
    totals_moved = "Totals, moved"

    # Headings of columns
    service = "Service"
    seconds = "Seconds"
    between = "Between"
    at_end = "At end"
    states_strip = "States"
    identifier = "Id"
    operator = "Operator"
    group_name = "Group"
    category = "Category"
    start = "Start"
    end = "End"
    period_start = "Start"
    period_end = "End"
    length = "Length"
    worst = "Worst"
    what_happened = "What happened"
    period = "Period"
    hours = "Hours"
    work = "Planned work"
    windows = "Windows"
    announced = "Announced"
    used = "Used"
    overrun = "Overrun"
    total = "Totals"
    service_count = "Services"
    any_down = "Any down"
    all_down = "All down"
    service_time = "Service time"
    mean_availability = "Mean availability"
    user_weighted = "User-weighted"
    failure_of = "Failure of"
    took_down = "Took down"
    by_way_of = "By way of"
    taken_for = "For"
    users = "Users"
    claim = "Claim"
    by = "By"
    computed = "Computed"
    difference = "Difference"
    verdict = "Verdict"
    incident = "Incident"
    impact_start = "Impact start"
    stated_start = "Stated start"
    stated_end = "Stated end"
    mean_time = "Mean time"
    how_many = "n"
    mean = "Mean"
    median = "Median"
    p90 = "p90"
    maximum = "Max"
    left_out = "Left out"
    failure_count = "Failures"
    user_minutes_lost = "User-minutes lost"
    budget_unspent = "Left"
    worst_window = "Worst"
    since = "From"
    until = "To"
    day = "Day"
    time = "Time"
    since_the_start = "Since the start"
    phase = "Phase"
    changes = "Changes"
    source = "Source"
    line = "Line"
    state = "State"
    method = "Method"
    weighted_downtime = "Weighted downtime"
    beside_standard = "Beside standard"
    bucket = "Bucket"
    weight = "Weight"
    rule = "Rule"
    opened_by = "Opened by"
    closed_by = "Closed by"
    reading = "Reading"
    who = "Who"
    says = "Says"
    holds_since = "Since"
    holds_until = "Until"

    # Words in cells
    not_applicable = "n/a"
    ongoing = "ongoing"
    all_periods = "all"
    all_together = "all together"
    not_announced = "not announced"
    not_known = "not known"
    not_known_when = "not known when"
    nothing_stated = "nothing"
    nothing_yet = "nothing yet"
    stated = "stated"
    not_now = "not now"
    is_open = "open"
    is_in_service = "in service"
    no_outage = "no outage"
    no_data = "no data"
    whole_minutes_only = "whole minutes only"
    parts_of_minutes = "parts of minutes left out"
    up_all_the_time = "up all the time"
    some_time_that_day = "that day"

    # Words around a chart
    skip_the_chart = "Skip the chart"
    how_to_read_the_chart = (
        "The higher a bar, the worse the state. Point at a bar to see the line\n"
        "of the file behind it; the table below has the same."
    )
    chart_as_a_table = "The chart as a table"
    stretches_not_up = "Stretches in which a service was not up"
    stretches_moved = "Stretches in which a service was not up, moved"
    some_time_in_here = "some time in here"
    summed_up = "bars sum up several stretches: the higher, the longer they are together"
    blank = "(blank)"
    when_is_not_sure = "when is not known for sure"
    states_of_services = "States of services"

    more_bar = "more"

    # Sentences of an explanation
    as_of_closes = "as-of closes what is open"
    in_service_line = "in_service"
    nothing_said_yet = "nothing is said yet (S4)"
    no_line_is_about_it = "no line is about it, and so it is up (S4)"
    not_inherited = "not inherited"
    not_inherited_at_worst_up = "not inherited: at worst up"
    outside_the_window = "outside the window"
    considered_not_down = "is considered and is no downtime"
    not_considered = "is not considered"

    states: Mapping[State, str] = MappingProxyType(
        {
            State.UP: "up",
            State.DEGRADED: "degraded",
            State.PARTIAL: "partial",
            State.DOWN: "down",
            State.MAINTENANCE: "maintenance",
            State.UNKNOWN: "unknown",
            State.OUT_OF_HOURS: "out of hours",
            State.NOT_IN_SERVICE: "not in service",
        }
    )
    figures: Mapping[str, str] = MappingProxyType(
        {
            "downtime": "Downtime",
            "own": "Own",
            "inherited": "Inherited",
            "weighted_downtime": "Weighted",
            "considered": "Considered",
            "availability": "Availability",
            "outages": "Outages",
            "longest_outage": "Longest",
            "up_time": "Up",
            "degraded_time": "Degraded",
            "partial_time": "Partial",
            "down_time": "Down",
            "maintenance_time": "Maintenance",
            "unknown_time": "Unknown",
            "out_of_hours_time": "Out of hours",
            "not_in_service_time": "Not in service",
            "user_time_lost": "Users lost",
            "slo": "SLO",
            "budget": "Budget",
            "budget_left": "Budget left",
            "budget_used": "Spent",
            "burn_rate": "Burn rate",
            "mtbf": "MTBF",
            "downtime_per_failure": "Down per failure",
            "whole_outages": "Whole outages",
            "mean_outage": "Mean",
            "median_outage": "Median",
            "p90_outage": "p90",
        }
    )
    """The headings of figures, by the key of the figure."""

    phases: Mapping[str, str] = MappingProxyType(
        {
            "started": "started",
            "detected": "detected",
            "acknowledged": "acknowledged",
            "identified": "identified",
            "mitigated": "mitigated",
            "resolved": "resolved",
        }
    )
    findings: Mapping[str, str] = MappingProxyType(
        {"agrees": "agrees", "differs": "differs", "undecidable": "undecidable"}
    )
    times_to: Mapping[str, str] = MappingProxyType(
        {
            "time_to_detect": "To detect",
            "time_to_acknowledge": "To acknowledge",
            "time_to_mitigate": "To mitigate",
            "time_to_repair": "To repair",
            "time_to_recover": "To recover",
        }
    )
    times_taken: Mapping[str, str] = MappingProxyType(
        {
            "time_to_detect": "to detect",
            "time_to_acknowledge": "to acknowledge",
            "time_to_mitigate": "to mitigate",
            "time_to_repair": "to repair",
            "time_to_recover": "to recover",
        }
    )
    groupings: Mapping[str, str] = MappingProxyType(
        {"operator": "operator", "group": "group", "category": "category", "tag": "tag"}
    )
    window_lengths: Mapping[str, str] = MappingProxyType(
        {"1h": "1 h", "1d": "1 d", "7d": "7 d", "30d": "30 d"}
    )
    readings: Mapping[str, str] = MappingProxyType(
        {"best": "best", "kindest": "kindest", "harshest": "harshest", "exact": "exact"}
    )
    calendars: Mapping[str, str] = MappingProxyType(
        {"hours": "hours", "in_service": "in_service", "maintenance": "maintenance"}
    )

    # Punctuation

    def listed(self, parts: Sequence[str]) -> str:
        """Return parts of a sentence, joined by commas: `standard, whole minutes only`."""
        return ", ".join(parts)

    def one_by_one(self, parts: Sequence[str]) -> str:
        """Return the parts of a cell, which may have commas, joined by semicolons."""
        return "; ".join(parts)

    def aside(self, text: str) -> str:
        """Return a remark that follows a text."""
        return f" ({text})"

    # Durations

    def duration(self, duration: Duration) -> str:
        """Return a duration: `30 h 41 min`, `−5 min`, `under 1 s`."""
        return spell(duration)

    def exact_duration(self, duration: Duration) -> str:
        """Return a duration with its seconds, however long it is: a claim may depend on them."""
        rest = duration % MINUTE // SECOND * SECOND
        return f"{spell(duration)} {spell(rest)}" if duration >= HOUR and rest else spell(duration)

    def window_length(self, duration: Duration) -> str:
        """Return the length of a window, in hours if it has whole ones: `744 h`."""
        return spell(duration) if duration % HOUR else f"{duration // HOUR} h"

    def days(self, duration: Duration) -> str:
        """Return how far something is moved: `1 day`, `2 days`, `4 h 30 min`."""
        days, rest = divmod(duration, DAY)
        return spell(duration) if rest else f"{days} day{'s' if days != 1 else ''}"

    def any_stretch_of(self, duration: Duration) -> str:
        """Return a rolling period: `any 30 d`."""
        return f"any {spell_days(duration)}"

    def duration_range(self, least: Duration, most: Duration) -> str:
        """Return the bounds of a duration: `30:26–30:56`; equal ones are written once."""
        return spell_range(least, most)

    def bounded(self, best: Duration, least: Duration, most: Duration) -> str:
        """Return a duration, with its bounds if they differ: `30 h 41 min (30:26–30:56)`."""
        return f"{spell(best)} ({spell_range(least, most)})" if least < most else spell(best)

    # Figures. Percentages are digits, cut already (M8)

    def percentage(self, digits: str) -> str:
        """Return a percentage: `99.998 %`."""
        return f"{digits} %"

    def percentage_range(self, low: str, high: str) -> str:
        """Return the bounds of a percentage: `99.997–99.998 %`."""
        return f"{low}–{high} %"

    def percentage_bounded(self, best: str, low: str, high: str) -> str:
        """Return a percentage with its bounds: `99.998 % (99.997–99.998)`."""
        return f"{best} % ({low}–{high})"

    def figure_bounded(self, best: str, low: str, high: str) -> str:
        """Return a figure, with its bounds if their texts differ: `2 (1–2)`."""
        return best if low == high else f"{best} ({low}–{high})"

    def user_time(self, lost: int) -> str:
        """Return users × microseconds to three digits: `4.5 M user-h`; under an hour minutes."""
        return spell_user_time(lost)

    def user_time_bounded(self, best: int, least: int, most: int) -> str:
        """Return user-time lost with its bounds: `1.42 G user-h (462 M–1.43 G)`."""
        low, high = self.user_time(least), self.user_time(most)
        unit = " user-h"
        if low.endswith(unit) and high.endswith(unit) and low != high:
            low, high = low.removesuffix(unit), high.removesuffix(unit)
        return self.figure_bounded(self.user_time(best), low, high)

    def people(self, count: int) -> str:
        """Return how many users there are."""
        return f"{count:,}"

    # Times, on the clocks of a zone

    def date(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant: `2022-10-15`."""
        return shown(at, timezone).partition(" ")[0]

    def day_heading(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant, as the heading of its events."""
        return self.date(at, timezone)

    def time_of_day(self, at: Instant, timezone: str) -> str:
        """Return the time of day: `15:33`, `15:33:20`, `02:30+02:00` if clocks show 02:30 twice."""
        return shown(at, timezone).partition(" ")[2]

    def clock(self, at: Instant, timezone: str) -> str:
        """Return an instant: `2022-10-15 15:33`."""
        return shown(at, timezone)

    def clock_within(self, at: Instant, timezone: str, window: Span) -> str:
        """Return an instant inside a window, for a table that names the window above."""
        del window
        return self.clock(at, timezone)

    def from_to(self, start: Instant, end: Instant, timezone: str) -> str:
        """Return a period: `2022-10-15 15:33 to 2022-10-16 22:00`."""
        return f"{self.clock(start, timezone)} to {self.clock(end, timezone)}"

    def edge(self, at: Instant, first: Instant, last: Instant, timezone: str) -> str:
        """Return an instant with its bounds: `2022-10-15 15:33 (15:18–15:48)`."""
        days = {self.date(instant, timezone) for instant in (at, first, last)}
        write = self.time_of_day if len(days) == 1 else self.clock
        return f"{self.clock(at, timezone)} ({write(first, timezone)}–{write(last, timezone)})"

    def clock_range(self, first: Instant, last: Instant, timezone: str) -> str:
        """Return the bounds of an instant: `2022-10-15 15:18–15:48`."""
        day, _, clock = self.clock(last, timezone).partition(" ")
        low = self.clock(first, timezone)
        return f"{low}–{clock if low.startswith(day) else self.clock(last, timezone)}"

    def somewhere_between(self, first: Instant, last: Instant, timezone: str) -> str:
        """Return the bounds of a start or an end, after the line that states it."""
        return f" (between {self.clock(first, timezone)} and {self.clock(last, timezone)})"

    def by_time(self, time: str) -> str:
        """Return a time that is the latest possible."""
        return f"by {time}"

    def after_time(self, time: str) -> str:
        """Return a time that is the earliest possible."""
        return f"after {time}"

    def give_or_take(self, time: str, about: Duration) -> str:
        """Return a time and how far it may be off: `15:33 ± 15 min`."""
        return f"{time} ± {spell(about)}"

    def elapsed(self, since: Duration, *, is_exact: bool) -> str:
        """Return the time of an event after the start: `start`, `~+4 h`, `−5 min`."""
        about = "" if is_exact else "~"
        if not since:
            return f"{about}start"
        return f"{about}{spell(since)}" if since < 0 else f"{about}+{spell(since)}"

    def tick(self, label: str) -> str:
        """Return the label of an axis, given with dates such as `10-15` and `2022-10-15`."""
        return label

    def mermaid_dates(self, pattern: str) -> str:
        """Return the pattern of an axis in Mermaid, with dates such as `%m-%d`."""
        return pattern

    def period_label(self, label: str) -> str:
        """Return the name of a part of the calendar: `2022-10`, `2022-W41`, `2022-Q4`."""
        return label

    # The request of a report

    def window(self, label: str, period: str, timezone: str, length: str) -> str:
        """Return the window of a report: its label if it has one, its period, zone and length."""
        before = f"{label}: " if label else ""
        return f"{before}{period}, {timezone} ({length})"

    def as_of(self, clock: str, *, is_now: bool) -> str:
        """Return the as-of of a report, which may be the present."""
        return f"as of {'now, ' if is_now else ''}{clock}"

    def counted_by(self, method: str) -> str:
        """Return the name of the method, in the line under a title."""
        return f"method {method}"

    def outages_of(self, least: Duration) -> str:
        """Return the rule that leaves short outages out."""
        return f"outages of {spell(least)} and more"

    def what_if(self, far: str, start: Instant, timezone: str, *, later: bool, seen: bool) -> str:
        """Return how far an outage was moved and its new start, and whether the window has it."""
        weekday = f"{local(start, known(timezone)):%A}"
        way = "later" if later else "earlier"
        remark = "" if seen else " (outside the window: ask for another with --window)"
        return f"What if it had been {far} {way}: {weekday} {self.clock(start, timezone)}{remark}"

    # What is left out

    def more_rows(self, count: int, form: str) -> str:
        """Return how many rows a table leaves out, and which format has them all."""
        return f"… and {count:,} more rows; -f {form} has them all"

    def more_services(self, count: int) -> str:
        """Return how many services a chart leaves out."""
        return f"… and {count:,} more services"

    def more_in_less(self, count: int) -> str:
        """Return how many stretches a page leaves out."""
        return f"… and {count:,} more: ask for a shorter window."

    def more_elsewhere(self, count: int) -> str:
        """Return how many events lie outside the window, or are about other services."""
        return f"… and {count:,} more, elsewhere or about other services"

    def more_here(self, count: int) -> str:
        """Return how many more events share a mark."""
        return f"… and {count:,} more"

    def more_characters(self, count: int) -> str:
        """Return how many characters of a text are left out."""
        return f"… ({count:,} more characters)"

    def further_away(self, count: int) -> str:
        """Return how many services a failure took down beyond the nearest ones."""
        return f"{count:,} more, further away"

    def services_added_up(self, services: int, possible: int) -> str:
        """Return how many services a failure took down, with the greatest possible number."""
        least = f"{services:,}"
        number = f"{least}–{possible:,}" if services < possible else least
        return f"{number} services, added up"

    def rows_of(self, first: int, last: int, count: int) -> str:
        """Return the range of rows in a part of a long table."""
        return f"{first:,} to {last:,} of {count:,}"

    # States and their changes

    def state_word(self, state: State) -> str:
        """Return a state as tables show it; in English it is the word of the files."""
        return state.word

    def via(self, service: str) -> str:
        """Return the service that something was inherited through, after a text."""
        return f" (by way of {service})"

    def services_are(self, services: Sequence[str], state: str) -> str:
        """Return the state of some services."""
        return f"{', '.join(services)}: {state}"

    def stated_as(self, state: str) -> str:
        """Return the state that a line states while a worse one is in effect."""
        return f"said to be {state}"

    def still(self, state: str) -> str:
        """Return a state that continues."""
        return f"still {state}"

    def group(self, kind: str, label: str) -> str:
        """Return the kind and label of a group; the label is empty for services without one."""
        return f"{kind} {label}".strip() if label else f"no {kind}"

    def with_ongoing(self, length: str) -> str:
        """Return the length of an outage that had not ended at as-of: `10 h, ongoing`."""
        return f"{length}, {self.ongoing}"

    def left_out_of_mean(self, ongoing: int, negative: int, not_stated: int) -> str:
        """Return how many values a mean leaves out, and why."""
        counts = ((ongoing, "ongoing"), (negative, "negative"), (not_stated, "not stated"))
        return ", ".join(f"{count} {word}" for count, word in counts if count)

    # Published figures

    def claimed(self, report: ClaimReport, timezone: str) -> str:
        """Return what a claim says: `downtime at least 30h since fire`."""
        from outage_cli.languages.claims import claimed

        del timezone  # the words of the file
        return claimed(report.claim)

    def going_on_at(self, clock: str) -> str:
        """Return the computed end of an ongoing outage."""
        return f"still going on at {clock}"

    def and_now(self, least: str) -> str:
        """Return the bounds of the end of an ongoing outage."""
        return f"{least} and now"

    def apart(self, far: str, figure: str, *, more: bool) -> str:
        """Return the difference of a computed figure from the published one: `30 min later`."""
        words = ("later", "earlier") if figure in ("starts", "ends") else ("more", "less")
        return f"{far} {words[not more]}"

    def points(self, digits: str) -> str:
        """Return a difference of percentages."""
        return f"{digits} points"

    # The chart

    def chart_frame(self, period: str, timezone: str, *, covers: bool) -> str:
        """Return the period of a chart, and whether it shows all of the window."""
        part = "" if covers else ", the part of the window in which things happened"
        return f"{period}, {timezone}{part}"

    def states_of(self, title: str) -> str:
        """Return the title of a chart."""
        return f"States of services: {title}"

    def lane(self, service: str, times: Sequence[tuple[State, Duration]]) -> str:
        """Return the time of a service in each state."""
        words = [f"{self.states[state]} {spell(time)}" for state, time in times]
        return f"{service}: {', '.join(words) or self.up_all_the_time}"

    def stretch(self, state: State, period: str, length: str, via: str) -> str:
        """Return the state of a stretch, its period and length, and the service it is from."""
        way = f", by way of {via}" if via else ""
        return f"{self.states[state]}: {period}, {length}{way}"

    def stretch_period(self, start: str, end: str) -> str:
        """Return the start and the end of a stretch, with their bounds."""
        return f"{start} to {end}"

    def place_says(self, place: str, what: str) -> str:
        """Return the line behind a stretch, after a sentence."""
        return f". {place}: {what}" if what else f". {place}"

    def summary(
        self, period: str, count: int, state: State, times: Sequence[tuple[State, Duration]]
    ) -> str:
        """Return the content of a cell: how often it has a state, and the time in each state."""
        in_states = ", ".join(f"{self.states[other]} {spell(time)}" for other, time in times)
        counted = f"{count} stretch{'es' if count != 1 else ''} {self.states[state]}"
        return f"{period}: {counted} ({in_states})" if times else f"{period}: {counted}"

    def description(self, frame: str, lanes: Sequence[str], more: int) -> str:
        """Return the content of a picture as a text, for screen readers."""
        sentences = [*lanes, *([f"and {more:,} more services"] if more else [])]
        return f"{frame}. {'. '.join(sentences)}."

    def event_signs(self, signs: Sequence[tuple[str, str]]) -> str:
        """Return the meaning of the letters above a chart."""
        return f"Events: {', '.join(f'{sign} {word}' for sign, word in signs)}"

    def column_is(self, duration: Duration) -> str:
        """Return the time that one column of a chart stands for."""
        return f"a column is {spell(duration)} and shows the worst of it"

    def sign_is(self, duration: Duration) -> str:
        """Return the time that one sign of a strip stands for."""
        return f"a sign is {spell(duration)} and shows the worst of it"

    def either(self, first: str, then: str) -> str:
        """Return two states, one of which holds; it is not known which."""
        return f"{first} or {then}"

    def times_state(self, count: int, state: str) -> str:
        """Return how many stretches of a state a bar sums up."""
        return f"{count} x {state}"

    def written_by(self, version: str) -> str:
        """Return the program and version that wrote a page."""
        return f"Written by outage {version}."

    # Methods side by side

    def shorter_left_out(self, count: int, least: Duration) -> str:
        """Return how many outages were too short to count."""
        return f"{count} outage{'' if count == 1 else 's'} shorter than {spell(least)} left out"

    def treated(self, state: State, aside: Treatment) -> str:
        """Return how a method treats maintenance, unknown time or time out of hours."""
        treated = {"as-up": "is up", "count": "counts", "exclude": "is left out"}
        return f"{self.states[state]} {treated[aside.value]}"

    def weighs(self, state: State, weight: str) -> str:
        """Return the weight of a state: `0` does not count, `1` counts in full."""
        if weight == "0":
            return f"{self.states[state]} does not count"
        return f"{self.states[state]} " + ("counts" if weight == "1" else f"at {weight}")

    def makes_a_difference(self, name: str, lost: str, considered: Duration) -> str:
        """Return the name of a difference, and its effect on downtime and considered time."""
        changes = [lost] if lost else []
        if considered:
            more = "more" if considered > 0 else "less"
            changes.append(f"{spell(abs(considered))} {more} considered")
        return f"{name}: {', '.join(changes)}" if changes else name

    # An explanation

    def on_reading(self, name: str) -> str:
        """Return the scenario of an explanation."""
        return f"{name} reading"

    def hours_line(self, hours: Sequence[str]) -> str:
        """Return the hours of a service, as written in its file."""
        return f"hours: {', '.join(hours)}"

    def rule_word(self, rule: str) -> str:
        """Return the rule that took time out of the downtime, by its name in JSON."""
        return rule

    def inherited_by(self, way: str, *, own: bool) -> str:
        """Return the service that an interval was inherited through, before the line behind it."""
        return f"inherited from {way}{'; counts as own' if own else ''}: "

    def it_counts(self, clock: str, bucket: str, counts: str) -> str:
        """Return the bucket of an instant, and how it counts, as a sentence."""
        return f"{clock}: {bucket}. It {counts}."

    def counts_as(self, weight: str, *, own: bool) -> str:
        """Return how an instant of downtime counts."""
        return f"counts as {'own' if own else 'inherited'} downtime, weight {weight}"

    def first_that_fits(self, tried: Sequence[str], fits: str) -> str:
        """Return the buckets that do not fit an instant, and the first that does (M1)."""
        answers = [*(f"{bucket} no" for bucket in tried), f"{fits} yes"]
        return f"M1 takes the first bucket that fits: {', '.join(answers)}."

    def clauses_defined(self, clauses: Sequence[str]) -> str:
        """Return the page that defines the clauses a screen cites."""
        return f"{', '.join(clauses)}: see docs/accounting.md"

    def were_it_not(self, bucket: str, other: str) -> str:
        """Return the bucket that an instant would have without the first one."""
        return f"Were it not {bucket}, it would be {other}."

    def by_reading(self, states: Sequence[tuple[str, str]]) -> str:
        """Return the bucket of an instant in each scenario."""
        return f"By reading of the times: {', '.join(f'{name} {word}' for name, word in states)}."

    def lies_in(self, start: str, end: str, seconds: str) -> str:
        """Return the interval that an instant lies in."""
        return f"It lies in the interval from {start} to {end}: {seconds} s."

    def requested_one_sided(self, *, no_later: bool) -> str:
        """Return that the requested time is a bound on one side."""
        way = "no later" if no_later else "no earlier"
        return f"Asked for is a time {way} than this; this is the best estimate."

    def requested_between(
        self, first: Instant, last: Instant, timezone: str, states: Sequence[str]
    ) -> str:
        """Return the bounds of the requested time, and the states between them."""
        span = f"from {self.clock(first, timezone)} to {self.clock(last, timezone)}"
        return f"Asked for is a time {span}: {', then '.join(states)}. This is the best estimate."

    def overruns(self, state: str, counts_as: str) -> str:
        """Return a stated state, and the state it counts as once its window is over."""
        return f"{state}, overrun: {counts_as}"

    def requires(self, services: Sequence[str], needed: int) -> str:
        """Return the services that a service requires, or how many of them."""
        return f"requires {services[0] if len(services) == 1 else f'{needed} of {len(services)}'}"

    def imposed_not_inherited(self, state: str) -> str:
        """Return the state of a requirement that a service does not inherit."""
        return f"{state}, not inherited"

    def way_of(self, way: str) -> str:
        """Return the service through which something is inherited."""
        return f"by way of {way}"

    def at_worst(self, state: str) -> str:
        """Return the worst state that is inherited."""
        return f"at worst {state}"

    def speaks_for_itself(self, line: str) -> str:
        """Return the line of the service itself, which ends an inheritance."""
        return f"not inherited, because the service speaks for itself: {line}"


CATALOGUE = English()
