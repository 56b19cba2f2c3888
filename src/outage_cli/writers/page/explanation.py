"""The tables and sentences of an explanation, which all formats share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from outage_cli.model.event import AS_OF, SourceRef
from outage_cli.model.explanation import (
    Explanation,
    InstantExplanation,
    Interval,
    RequirementInForce,
    ScenarioFigures,
    StatementInForce,
)
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import Instant, Span
from outage_cli.model.state import State
from outage_cli.writers.page import words
from outage_cli.writers.page.table import Column, Table
from outage_cli.writers.page.words import frame, number, visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English

EXACT = "exact"
"""The name of the only reading where every time is exact."""


def title_of(explanation: Explanation, say: English) -> str:
    """Return which service is explained, by its name and its id."""
    service = explanation.service.service
    name = f"{visible(service.name)}{say.aside(visible(service.id))}"
    return name if service.name != service.id else visible(service.id)


def caption_of(explanation: Explanation, say: English) -> str:
    """Return window, zone, as-of and method; of several readings of the times, which one."""
    window = explanation.scenario.window
    line = frame(explanation.report._replace(window=window), say)
    name = say.readings[explanation.scenario.name]
    return line if len(explanation.readings) == 1 else f"{line} · {say.on_reading(name)}"


def source_text(mark: SourceRef, explanation: Explanation) -> str:
    """Return the text of a line of a source, or what stands for it."""
    if mark.way == AS_OF:
        return "as-of closes what is open"
    if mark.way[-1:] == ("hours",):
        return f"hours: {', '.join(explanation.service.service.hours)}"
    if mark.way[-1:] == ("in_service",):
        return "in_service"
    return explanation.report.lines.text(mark)


def source_line(mark: SourceRef, explanation: Explanation, say: English) -> str:
    """Return `file:line` of a source reference and the text of that line."""
    if mark.way == AS_OF:
        return say.as_of_closes
    place = explanation.report.lines.find(mark)
    where = f"{place.file}:{place.line}" if place.line else place.file
    if mark.way[-1:] == ("hours",):
        text = say.hours_line(explanation.service.service.hours)
    elif mark.way[-1:] == ("in_service",):
        text = say.in_service_line
    else:
        text = explanation.report.lines.text(mark)
    return visible(f"{where} {text}" if text else where)


def intervals(explanation: Explanation, say: English) -> Table:
    """Return one row an interval: its figures, then the lines that opened and closed it."""
    has_weights = any(
        interval.so_far.weighted != interval.so_far.downtime * WHOLE
        for interval in explanation.intervals
    )
    has_rules = any(interval.rule for interval in explanation.intervals)
    columns = [
        (Column("from", say.since), True),
        (Column("to", say.until, spare=3), True),
        (Column("seconds", say.seconds, is_figure=True), True),
        (Column("bucket", say.bucket), True),
        (Column("weight", say.weight, is_figure=True), True),
        (Column("downtime", say.figures["downtime"], is_figure=True), True),
        (
            Column("weighted", say.figures["weighted_downtime"], is_figure=True, spare=1),
            has_weights,
        ),
        (Column("considered", say.figures["considered"], is_figure=True, spare=2), True),
        (Column("rule", say.rule, is_text=True), has_rules),
        (Column("opened-by", say.opened_by, is_text=True), True),
        (Column("closed-by", say.closed_by, is_text=True), True),
    ]
    kept = [at for at, (_, is_kept) in enumerate(columns) if is_kept]
    rows = []
    start = say.clock(explanation.scenario.window.start, explanation.report.timezone)
    for interval in explanation.intervals:
        end = say.clock(interval.end, explanation.report.timezone) if interval.length else start
        cells = (*_figures(interval, start, end, say), *_texts(interval, explanation, say))
        start = end
        rows.append(tuple(cells[at] for at in kept))
    return Table(tuple(columns[at][0] for at in kept), tuple(rows))


def _figures(interval: Interval, start: str, end: str, say: English) -> Iterator[str]:
    yield f"← {start}" if interval.cut_before else start
    yield f"{end} →" if interval.cut_after else end
    yield number(interval.length)
    hides = State.UP < interval.beneath < interval.bucket
    bucket = say.state_word(interval.bucket)
    yield f"{bucket}{say.aside(say.state_word(interval.beneath))}" if hides else bucket
    yield _weight(interval.weight)
    yield number(interval.so_far.downtime)
    yield number(interval.so_far.weighted // WHOLE)
    yield number(interval.so_far.considered)


def _weight(weight: Share) -> str:
    return f"{weight / WHOLE:g}"


def _texts(interval: Interval, explanation: Explanation, say: English) -> Iterator[str]:
    zone = explanation.report.timezone
    yield (
        f"{say.rule_word(interval.rule)}{say.aside(interval.clause or '')}" if interval.rule else ""
    )
    silent = say.nothing_said_yet if interval.bucket is State.UP else ""
    opened = source_line(interval.opened_by, explanation, say) if interval.opened_by else silent
    yield f"{_by_way(interval, say)}{opened}"
    closed = source_line(interval.closed_by, explanation, say) if interval.closed_by else ""
    yield f"{closed}{_bounds(interval.ends, zone, say)}".strip()


def _by_way(interval: Interval, say: English) -> str:
    """Return through which services an interval was inherited, the nearest first."""
    if not interval.via:
        return ""
    way = " ← ".join(visible(name) for name in interval.via)
    return say.inherited_by(way, own=interval.counts_as_own)


def _bounds(span: Span, zone: str, say: English) -> str:
    """Return the bounds of an edge; empty where it is exact."""
    return "" if span.start == span.end else say.somewhere_between(*span, zone)


def readings(explanation: Explanation, say: English) -> Table:
    """Return one row a reading of the times: the sums of its intervals, as the report has them."""
    columns = (
        Column("reading", say.reading),
        Column("downtime", say.figures["downtime"], is_figure=True, spare=4),
        Column("seconds", say.seconds, is_figure=True),
        Column("own", say.figures["own"], is_figure=True, spare=2),
        Column("inherited", say.figures["inherited"], is_figure=True, spare=3),
        Column("weighted", say.figures["weighted_downtime"], is_figure=True, spare=1),
        Column("considered", say.figures["considered"], is_figure=True),
        Column("availability", say.figures["availability"], is_figure=True),
    )
    return Table(
        columns, tuple(tuple(_reading(each, explanation, say)) for each in explanation.readings)
    )


def clauses_note(explanation: Explanation, say: English) -> str:
    """Return where the cited clauses are defined; empty if none is cited."""
    clauses = sorted(_cited(explanation))
    return say.clauses_defined(clauses) if clauses else ""


def _cited(explanation: Explanation) -> set[str]:
    """Return the clauses that the tables and sentences cite."""
    if instant := explanation.instant:
        shown = [instant.interval]
        cited = {"M1"} if instant.statements else {"M1", "S4"}
    else:
        shown = list(explanation.intervals)
        is_silent = any(each.bucket is State.UP and not each.opened_by for each in shown)
        cited = {"S4"} if is_silent else set()
    return cited | {each.clause for each in shown if each.rule and each.clause}


def _reading(scenario: ScenarioFigures, explanation: Explanation, say: English) -> Iterator[str]:
    figures = scenario.figures
    yield say.readings[scenario.name if len(explanation.readings) > 1 else EXACT]
    yield say.duration(figures.downtime)
    yield number(figures.downtime)
    yield number(figures.own)
    yield number(figures.inherited)
    yield number(figures.weighted_downtime)
    yield number(figures.considered)
    yield words.in_percent(figures.availability, explanation.report.method, say)


# One instant


def instant_verdict(explanation: Explanation, instant: InstantExplanation, say: English) -> str:
    """Return the bucket of an instant and how it counts, as a sentence."""
    interval = instant.interval
    if interval.weight:
        counts = say.counts_as(_weight(interval.weight), own=interval.counts_as_own)
    else:
        counts = say.considered_not_down if interval.is_considered else say.not_considered
    applied = [say.rule_word(interval.rule), interval.clause or ""] if interval.rule else []
    rule = say.aside(say.listed(applied)) if applied else ""
    clock = say.clock(instant.at, explanation.report.timezone)
    return say.it_counts(clock, say.state_word(interval.bucket), f"{counts}{rule}")


def instant_details(
    explanation: Explanation, instant: InstantExplanation, say: English
) -> Iterator[str]:
    """Yield sentences on an instant: the reason of its bucket, its interval, other readings."""
    fitting = [say.state_word(step.bucket) for step in instant.steps if step.fits]
    tried = [step.bucket for step in instant.steps if step.bucket > instant.interval.bucket]
    yield say.first_that_fits([say.state_word(each) for each in tried], fitting[0])
    if len(fitting) > 2:  # noqa: PLR2004 - the bucket itself, and up, which always fits
        yield say.were_it_not(*fitting[:2])
    yield _within(instant.interval, explanation, say)
    yield from _vague(explanation, instant, say)
    if len({bucket for _, bucket in instant.readings}) > 1:
        yield say.by_reading(
            [
                (say.readings[name], say.outside_the_window if at is None else say.state_word(at))
                for name, at in instant.readings
            ]
        )


def _within(interval: Interval, explanation: Explanation, say: English) -> str:
    zone = explanation.report.timezone
    start, end = (
        f"{say.clock(at, zone)}{_bounds(span, zone, say)}"
        for at, span in ((interval.start, interval.starts), (interval.end, interval.ends))
    )
    return say.lies_in(start, end, number(interval.length))


def _vague(explanation: Explanation, instant: InstantExplanation, say: English) -> Iterator[str]:
    """Yield the buckets within the bounds of the requested moment, unless it is exact."""
    moment, zone = instant.requested, explanation.report.timezone
    if moment.is_exact:
        return
    if moment.earliest is None or moment.latest is None:
        yield say.requested_one_sided(no_later=moment.earliest is None)
        return
    between = list(dict.fromkeys(say.state_word(each.bucket) for each in instant.between))
    yield say.requested_between(moment.earliest, moment.latest, zone, between)


def sources_in_force(explanation: Explanation, instant: InstantExplanation, say: English) -> Table:
    """Return a row for each statement, requirement and calendar in force at an instant."""
    columns = (
        Column("who", say.who),
        Column("says", say.says),
        Column("since", say.holds_since),
        Column("until", say.holds_until, spare=1),
        Column("line", say.line, is_text=True),
    )
    rows = [
        *_statements(explanation, instant, say),
        *_requirements(explanation, instant, say),
        *_planned(explanation, instant, say),
    ]
    return Table(columns, tuple(rows))


def _statements(
    explanation: Explanation, instant: InstantExplanation, say: English
) -> Iterator[tuple[str, ...]]:
    for statement in instant.statements:
        yield (
            say.stated,
            _statement(statement, say),
            _when(statement.since, explanation, say),
            _when(statement.until, explanation, say),
            source_line(statement.opened_by, explanation, say)
            if statement.opened_by
            else visible(statement.file),
        )
    if not instant.statements:
        yield say.stated, say.nothing_stated, "", "", say.no_line_is_about_it


def _statement(statement: StatementInForce, say: English) -> str:
    if not statement.opened_by:
        return say.nothing_yet
    state, counts_as = say.state_word(statement.state), say.state_word(statement.counts_as)
    return say.overruns(state, counts_as) if statement.counts_as != statement.state else state


def _requirements(
    explanation: Explanation, instant: InstantExplanation, say: English
) -> Iterator[tuple[str, ...]]:
    for requirement in instant.requirements:
        state = say.state_word(requirement.inherited or requirement.state)
        yield (
            say.requires([visible(name) for name in requirement.services], requirement.needed),
            say.imposed_not_inherited(state)
            if requirement.state and not requirement.inherited
            else state,
            _when(requirement.since, explanation, say) if requirement.state else "",
            _when(requirement.until, explanation, say) if requirement.state else "",
            _passed_on(requirement, explanation, say),
        )


def _passed_on(requirement: RequirementInForce, explanation: Explanation, say: English) -> str:
    parts = (
        [say.listed([visible(name) for name in requirement.services])]
        if len(requirement.services) > 1
        else []
    )
    if not requirement.state:
        return "".join(parts)
    parts += [source_line(requirement.opened_by, explanation, say)] if requirement.opened_by else []
    if len(requirement.via) > 1:
        parts.append(say.way_of(" ← ".join(visible(name) for name in requirement.via)))
    if requirement.inherited and requirement.inherited != requirement.state:
        parts.append(say.at_worst(say.state_word(requirement.at_worst)))
    if requirement.spoken:
        parts.append(say.speaks_for_itself(source_line(requirement.spoken, explanation, say)))
    elif requirement.state and not requirement.inherited:
        is_harmless = requirement.at_worst is State.UP
        parts.append(say.not_inherited_at_worst_up if is_harmless else say.not_inherited)
    return say.one_by_one(parts)


def _planned(
    explanation: Explanation, instant: InstantExplanation, say: English
) -> Iterator[tuple[str, ...]]:
    for calendar in instant.planned:
        key = str(calendar.mark.way[-1]) if calendar.mark.way else ""
        silent = {"hours": say.is_open, "in_service": say.is_in_service}.get(key, say.not_now)
        yield (
            say.calendars.get(key, say.calendars["maintenance"]),
            say.state_word(calendar.state) if calendar.state else silent,
            _when(calendar.since, explanation, say),
            _when(calendar.until, explanation, say),
            source_line(calendar.mark, explanation, say),
        )


def _when(at: Instant | None, explanation: Explanation, say: English) -> str:
    return "" if at is None else say.clock(at, explanation.report.timezone)
