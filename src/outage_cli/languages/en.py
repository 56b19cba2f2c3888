"""English, and with it the list of all that a language has to say.

The attributes are words; the methods are phrases, because languages differ in how they count, in
the order of words and in how they write times. Another language is a class that derives from this
one and has every public name of it; tests hold it to that. What is here takes figures as they are
and never rounds up (SEMANTICS M8).
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
    """What the tool says in English."""

    code = "en"
    """Its language tag (BCP 47), as HTML has it."""

    typesetting = ""
    """The style of a page that lines are broken by."""

    fonts = "system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif"
    """The fonts of a page, those first that the reader's machine is likely to have."""

    # What a table is about: headings of pages, and of sections in them
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
        """Return what is told in one breath: `standard, whole minutes only`."""
        return ", ".join(parts)

    def one_by_one(self, parts: Sequence[str]) -> str:
        """Return what stands in one cell, and may itself have commas."""
        return "; ".join(parts)

    def aside(self, text: str) -> str:
        """Return a remark, behind what it is about."""
        return f" ({text})"

    # Durations

    def duration(self, duration: Duration) -> str:
        """Return a duration: `30 h 41 min`, `−5 min`, `under 1 s`."""
        return spell(duration)

    def exact_duration(self, duration: Duration) -> str:
        """Return a duration with its seconds, however long it is: they may decide a claim."""
        rest = duration % MINUTE // SECOND * SECOND
        return f"{spell(duration)} {spell(rest)}" if duration >= HOUR and rest else spell(duration)

    def window_length(self, duration: Duration) -> str:
        """Return how long a window is: in hours where these are whole, `744 h`."""
        return spell(duration) if duration % HOUR else f"{duration // HOUR} h"

    def days(self, duration: Duration) -> str:
        """Return how far something is moved: `1 day`, `2 days`, `4 h 30 min`."""
        days, rest = divmod(duration, DAY)
        return spell(duration) if rest else f"{days} day{'s' if days != 1 else ''}"

    def any_stretch_of(self, duration: Duration) -> str:
        """Return a rolling period: `any 30 d`."""
        return f"any {spell_days(duration)}"

    def duration_range(self, least: Duration, most: Duration) -> str:
        """Return the bounds of a duration: `30:26–30:56`; of two that are the same, the one."""
        return spell_range(least, most)

    def bounded(self, best: Duration, least: Duration, most: Duration) -> str:
        """Return a duration, with its bounds where it has some: `30 h 41 min (30:26–30:56)`."""
        return f"{spell(best)} ({spell_range(least, most)})" if least < most else spell(best)

    # Figures. Percentages come as digits that are cut already (M8)

    def percentage(self, digits: str) -> str:
        """Return a percentage: `99.998 %`."""
        return f"{digits} %"

    def percentage_range(self, low: str, high: str) -> str:
        """Return between what a percentage lies: `99.997–99.998 %`."""
        return f"{low}–{high} %"

    def percentage_bounded(self, best: str, low: str, high: str) -> str:
        """Return a percentage with its bounds: `99.998 % (99.997–99.998)`."""
        return f"{best} % ({low}–{high})"

    def figure_bounded(self, best: str, low: str, high: str) -> str:
        """Return a figure, with its bounds where they differ as they are written: `2 (1–2)`."""
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
        """Return the day of an instant as the heading of what happened on it."""
        return self.date(at, timezone)

    def time_of_day(self, at: Instant, timezone: str) -> str:
        """Return an instant without its day: `15:33`, `15:33:20`, `02:30+02:00` of two."""
        return shown(at, timezone).partition(" ")[2]

    def clock(self, at: Instant, timezone: str) -> str:
        """Return an instant: `2022-10-15 15:33`."""
        return shown(at, timezone)

    def clock_within(self, at: Instant, timezone: str, window: Span) -> str:
        """Return an instant inside a window that was named before, as the cell of a table."""
        del window
        return self.clock(at, timezone)

    def from_to(self, start: Instant, end: Instant, timezone: str) -> str:
        """Return from when to when something was: `2022-10-15 15:33 to 2022-10-16 22:00`."""
        return f"{self.clock(start, timezone)} to {self.clock(end, timezone)}"

    def edge(self, at: Instant, first: Instant, last: Instant, timezone: str) -> str:
        """Return an instant, and between what it lies: `2022-10-15 15:33 (15:18–15:48)`."""
        days = {self.date(each, timezone) for each in (at, first, last)}
        tell = self.time_of_day if len(days) == 1 else self.clock
        return f"{self.clock(at, timezone)} ({tell(first, timezone)}–{tell(last, timezone)})"

    def clock_range(self, first: Instant, last: Instant, timezone: str) -> str:
        """Return between what an instant lies: `2022-10-15 15:18–15:48`."""
        day, _, clock = self.clock(last, timezone).partition(" ")
        low = self.clock(first, timezone)
        return f"{low}–{clock if low.startswith(day) else self.clock(last, timezone)}"

    def somewhere_between(self, first: Instant, last: Instant, timezone: str) -> str:
        """Return between what an edge lies, behind the line that it is from."""
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
        """Return how long after the start something was: `start`, `~+4 h`, `−5 min`."""
        about = "" if is_exact else "~"
        if not since:
            return f"{about}start"
        return f"{about}{spell(since)}" if since < 0 else f"{about}+{spell(since)}"

    def tick(self, label: str) -> str:
        """Return the label of an axis, of which the dates are written `10-15` and `2022-10-15`."""
        return label

    def mermaid_dates(self, pattern: str) -> str:
        """Return the pattern of an axis in Mermaid, with dates such as `%m-%d`."""
        return pattern

    def period_label(self, label: str) -> str:
        """Return the name of a part of the calendar: `2022-10`, `2022-W41`, `2022-Q4`."""
        return label

    # What a report is about

    def window(self, label: str, period: str, timezone: str, length: str) -> str:
        """Return the window of a report: its label if it has one, from when to when, how long."""
        before = f"{label}: " if label else ""
        return f"{before}{period}, {timezone} ({length})"

    def as_of(self, clock: str, *, is_now: bool) -> str:
        """Return when what is open was closed, which may be the present."""
        return f"as of {'now, ' if is_now else ''}{clock}"

    def counted_by(self, method: str) -> str:
        """Return the name of the method, in the line under a title."""
        return f"method {method}"

    def outages_of(self, least: Duration) -> str:
        """Return the rule that leaves short outages out."""
        return f"outages of {spell(least)} and more"

    def what_if(self, far: str, start: Instant, timezone: str, *, later: bool, seen: bool) -> str:
        """Return how far an outage was moved and to when; whether the window has that in it."""
        weekday = f"{local(start, known(timezone)):%A}"
        way = "later" if later else "earlier"
        remark = "" if seen else " (outside the window: ask for another with --window)"
        return f"What if it had been {far} {way}: {weekday} {self.clock(start, timezone)}{remark}"

    # What there is more of

    def more_rows(self, count: int, form: str) -> str:
        """Return how many rows a table leaves out, and which format has them all."""
        return f"… and {count:,} more rows; -f {form} has them all"

    def more_services(self, count: int) -> str:
        """Return how many services a chart has no room for."""
        return f"… and {count:,} more services"

    def more_in_less(self, count: int) -> str:
        """Return how many stretches a page leaves out."""
        return f"… and {count:,} more: ask for a shorter window."

    def more_elsewhere(self, count: int) -> str:
        """Return how many events lie outside the window, or are about other services."""
        return f"… and {count:,} more, elsewhere or about other services"

    def more_here(self, count: int) -> str:
        """Return how many events share a mark, beyond those that are told."""
        return f"… and {count:,} more"

    def more_characters(self, count: int) -> str:
        """Return how much of a text is left out."""
        return f"… ({count:,} more characters)"

    def further_away(self, count: int) -> str:
        """Return how many services a failure took down by a long way."""
        return f"{count:,} more, further away"

    def services_added_up(self, services: int, possible: int) -> str:
        """Return how many services a failure took down, and how many it may have."""
        least = f"{services:,}"
        number = f"{least}–{possible:,}" if services < possible else least
        return f"{number} services, added up"

    def rows_of(self, first: int, last: int, count: int) -> str:
        """Return which rows of a long table a part of it has."""
        return f"{first:,} to {last:,} of {count:,}"

    # States, and what changed

    def state_word(self, state: State) -> str:
        """Return a state as a table has it; in English, as files write it."""
        return state.word

    def via(self, service: str) -> str:
        """Return by way of whom something was inherited, behind what it is about."""
        return f" (by way of {service})"

    def services_are(self, services: Sequence[str], told: str) -> str:
        """Return what some services are."""
        return f"{', '.join(services)}: {told}"

    def said_to_be(self, state: str) -> str:
        """Return what a line says, where something else shows."""
        return f"said to be {state}"

    def still(self, state: str) -> str:
        """Return what goes on."""
        return f"still {state}"

    def group(self, kind: str, label: str) -> str:
        """Return what services of a group have in common; the label is empty where they lack it."""
        return f"{kind} {label}".strip() if label else f"no {kind}"

    def with_ongoing(self, length: str) -> str:
        """Return the length of an outage that had not ended at as-of: `10 h, ongoing`."""
        return f"{length}, {self.ongoing}"

    def left_out_of_mean(self, ongoing: int, negative: int, not_stated: int) -> str:
        """Return how many values a mean leaves out, and why."""
        counts = ((ongoing, "ongoing"), (negative, "negative"), (not_stated, "not stated"))
        return ", ".join(f"{count} {word}" for count, word in counts if count)

    # Published figures

    def claimed(self, told: ClaimReport, timezone: str) -> str:
        """Return what a claim says: `downtime at least 30h since fire`."""
        from outage_cli.languages.claims import claimed

        del timezone  # the words of the file
        return claimed(told.claim)

    def going_on_at(self, clock: str) -> str:
        """Return the computed end of what has none."""
        return f"still going on at {clock}"

    def and_now(self, least: str) -> str:
        """Return between what lies the end of what still goes on."""
        return f"{least} and now"

    def apart(self, far: str, figure: str, *, more: bool) -> str:
        """Return how far a computed figure is from the published one: `30 min later`."""
        words = ("later", "earlier") if figure in ("starts", "ends") else ("more", "less")
        return f"{far} {words[not more]}"

    def points(self, digits: str) -> str:
        """Return a difference of percentages."""
        return f"{digits} points"

    # The chart

    def chart_frame(self, period: str, timezone: str, *, covers: bool) -> str:
        """Return from when to when a chart is, and whether it shows all of the window."""
        part = "" if covers else ", the part of the window in which things happened"
        return f"{period}, {timezone}{part}"

    def states_of(self, title: str) -> str:
        """Return the title of a chart."""
        return f"States of services: {title}"

    def lane(self, service: str, told: Sequence[tuple[State, Duration]]) -> str:
        """Return how long a service was in which state."""
        words = [f"{self.states[state]} {spell(time)}" for state, time in told]
        return f"{service}: {', '.join(words) or self.up_all_the_time}"

    def stretch(self, state: State, period: str, length: str, via: str) -> str:
        """Return what a service was, from when to when, how long, and by way of whom."""
        way = f", by way of {via}" if via else ""
        return f"{self.states[state]}: {period}, {length}{way}"

    def stretch_period(self, start: str, end: str) -> str:
        """Return from when to when a stretch is, both ends as they are known."""
        return f"{start} to {end}"

    def place_says(self, place: str, what: str) -> str:
        """Return the line behind a stretch, after a sentence."""
        return f". {place}: {what}" if what else f". {place}"

    def summary(
        self, period: str, count: int, state: State, told: Sequence[tuple[State, Duration]]
    ) -> str:
        """Return what a cell sums up: how many stretches of a state, and how long in which."""
        times = ", ".join(f"{self.states[each]} {spell(time)}" for each, time in told)
        counted = f"{count} stretch{'es' if count != 1 else ''} {self.states[state]}"
        return f"{period}: {counted} ({times})" if times else f"{period}: {counted}"

    def description(self, frame: str, lanes: Sequence[str], more: int) -> str:
        """Return what a picture shows, for those who hear it."""
        told = [*lanes, *([f"and {more:,} more services"] if more else [])]
        return f"{frame}. {'. '.join(told)}."

    def event_signs(self, signs: Sequence[tuple[str, str]]) -> str:
        """Return what the letters above a chart mean."""
        return f"Events: {', '.join(f'{sign} {word}' for sign, word in signs)}"

    def column_is(self, duration: Duration) -> str:
        """Return what one sign of a chart stands for."""
        return f"a column is {spell(duration)} and shows the worst of it"

    def sign_is(self, duration: Duration) -> str:
        """Return what one sign of a strip stands for."""
        return f"a sign is {spell(duration)} and shows the worst of it"

    def either(self, first: str, then: str) -> str:
        """Return two states, of which nobody knows which holds."""
        return f"{first} or {then}"

    def times_state(self, count: int, state: str) -> str:
        """Return how many stretches of a state a bar sums up."""
        return f"{count} x {state}"

    def written_by(self, version: str) -> str:
        """Return what made a page."""
        return f"Written by outage {version}."

    # Methods side by side

    def shorter_left_out(self, count: int, least: Duration) -> str:
        """Return how many outages were too short to count."""
        return f"{count} outage{'' if count == 1 else 's'} shorter than {spell(least)} left out"

    def treated(self, state: State, aside: Treatment) -> str:
        """Return what becomes of time beside the ladder."""
        treated = {"as-up": "is up", "count": "counts", "exclude": "is left out"}
        return f"{self.states[state]} {treated[aside.value]}"

    def weighs(self, state: State, weight: str) -> str:
        """Return what a state weighs: `0` and `1` are nothing and all."""
        if weight == "0":
            return f"{self.states[state]} does not count"
        return f"{self.states[state]} " + ("counts" if weight == "1" else f"at {weight}")

    def makes_a_difference(self, told: str, lost: str, considered: Duration) -> str:
        """Return a difference, what it adds to downtime and to what is considered."""
        changes = [lost] if lost else []
        if considered:
            more = "more" if considered > 0 else "less"
            changes.append(f"{spell(abs(considered))} {more} considered")
        return f"{told}: {', '.join(changes)}" if changes else told

    # An explanation

    def on_reading(self, name: str) -> str:
        """Return on which reading of the times an explanation is."""
        return f"{name} reading"

    def hours_line(self, hours: Sequence[str]) -> str:
        """Return the hours of a service, as its file says them."""
        return f"hours: {', '.join(hours)}"

    def rule_word(self, rule: str) -> str:
        """Return what took time out of the downtime, by the name that JSON has."""
        return rule

    def inherited_by(self, way: str, *, own: bool) -> str:
        """Return through whom an interval was inherited, before the line behind it."""
        return f"inherited from {way}{'; counts as own' if own else ''}: "

    def it_counts(self, clock: str, bucket: str, counts: str) -> str:
        """Return the sentence that says what an instant is, and how it counts."""
        return f"{clock}: {bucket}. It {counts}."

    def counts_as(self, weight: str, *, own: bool) -> str:
        """Return how an instant of downtime counts."""
        return f"counts as {'own' if own else 'inherited'} downtime, weight {weight}"

    def first_that_fits(self, tried: Sequence[str], fits: str) -> str:
        """Return which buckets were tried in vain, and which one fits (M1)."""
        told = [*(f"{each} no" for each in tried), f"{fits} yes"]
        return f"M1 takes the first bucket that fits: {', '.join(told)}."

    def clauses_defined(self, clauses: Sequence[str]) -> str:
        """Return where the clauses are defined that a screen cites."""
        return f"{', '.join(clauses)}: see docs/accounting.md"

    def were_it_not(self, bucket: str, other: str) -> str:
        """Return what an instant would be otherwise."""
        return f"Were it not {bucket}, it would be {other}."

    def by_reading(self, told: Sequence[tuple[str, str]]) -> str:
        """Return what an instant is on each reading of the times."""
        return f"By reading of the times: {', '.join(f'{name} {word}' for name, word in told)}."

    def lies_in(self, start: str, end: str, seconds: str) -> str:
        """Return the interval that an instant lies in."""
        return f"It lies in the interval from {start} to {end}: {seconds} s."

    def asked_one_sided(self, *, no_later: bool) -> str:
        """Return how vague the time is that was asked for."""
        way = "no later" if no_later else "no earlier"
        return f"Asked for is a time {way} than this; this is the best estimate."

    def asked_between(
        self, first: Instant, last: Instant, timezone: str, told: Sequence[str]
    ) -> str:
        """Return between what the time lies that was asked for, and what was then."""
        span = f"from {self.clock(first, timezone)} to {self.clock(last, timezone)}"
        return f"Asked for is a time {span}: {', then '.join(told)}. This is the best estimate."

    def overruns(self, state: str, counts_as: str) -> str:
        """Return what a line says, and as what it counts once its window is over."""
        return f"{state}, overrun: {counts_as}"

    def requires(self, services: Sequence[str], needed: int) -> str:
        """Return what a service requires."""
        return f"requires {services[0] if len(services) == 1 else f'{needed} of {len(services)}'}"

    def imposed_not_inherited(self, state: str) -> str:
        """Return what a requirement is, where the service does not inherit it."""
        return f"{state}, not inherited"

    def way_of(self, way: str) -> str:
        """Return the way by which something is inherited."""
        return f"by way of {way}"

    def at_worst(self, state: str) -> str:
        """Return what is inherited at most."""
        return f"at worst {state}"

    def speaks_for_itself(self, line: str) -> str:
        """Return why nothing is inherited any more."""
        return f"not inherited, because the service speaks for itself: {line}"


CATALOGUE = English()
