"""An explanation as rows of words, and the sentences around them: the same in every format."""

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
from outage_cli.writers.page.services import Column, Table
from outage_cli.writers.page.words import frame, number, visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English

EXACT = "exact"
"""What the one reading is called where no time leaves a choice."""


def title(told: Explanation, say: English) -> str:
    """Return which service is explained, by its name and its id."""
    service = told.service.service
    name = f"{visible(service.name)}{say.aside(visible(service.id))}"
    return name if service.name != service.id else visible(service.id)


def about(told: Explanation, say: English) -> str:
    """Return the line that says what the figures are about, and on which reading of the times."""
    window = told.told.window
    line = frame(told.report._replace(window=window), say)
    name = say.readings[told.told.name]
    return line if len(told.readings) == 1 else f"{line} · {say.on_reading(name)}"


def says(mark: SourceRef, told: Explanation) -> str:
    """Return what the line at a mark says."""
    if mark.way == AS_OF:
        return "as-of closes what is open"
    if mark.way[-1:] == ("hours",):
        return f"hours: {', '.join(told.service.service.hours)}"
    if mark.way[-1:] == ("in_service",):
        return "in_service"
    return told.report.lines.tell(mark)


def line(mark: SourceRef, told: Explanation, say: English) -> str:
    """Return `file:line` of a mark, and what stands there."""
    if mark.way == AS_OF:
        return say.as_of_closes
    place = told.report.lines.find(mark)
    where = f"{place.file}:{place.line}" if place.line else place.file
    if mark.way[-1:] == ("hours",):
        said = say.hours_line(told.service.service.hours)
    elif mark.way[-1:] == ("in_service",):
        said = say.in_service_line
    else:
        said = told.report.lines.tell(mark)
    return visible(f"{where} {said}" if said else where)


def intervals(told: Explanation, say: English) -> Table:
    """Return one row an interval: its figures, then the lines that opened and closed it."""
    has_weights = any(
        each.so_far.weighted != each.so_far.downtime * WHOLE for each in told.intervals
    )
    has_rules = any(each.rule for each in told.intervals)
    columns = [
        (Column("from", say.since), True),
        (Column("to", say.until, spare=3), True),
        (Column("seconds", say.seconds, is_figure=True), True),
        (Column("bucket", say.bucket), True),
        (Column("weight", say.weight, is_figure=True), True),
        (Column("downtime", say.downtime, is_figure=True), True),
        (Column("weighted", say.weighted, is_figure=True, spare=1), has_weights),
        (Column("considered", say.considered, is_figure=True, spare=2), True),
        (Column("rule", say.rule, is_text=True), has_rules),
        (Column("opened-by", say.opened_by, is_text=True), True),
        (Column("closed-by", say.closed_by, is_text=True), True),
    ]
    kept = [at for at, (_, is_kept) in enumerate(columns) if is_kept]
    rows = []
    start = say.clock(told.told.window.start, told.report.timezone)
    for each in told.intervals:
        end = say.clock(each.end, told.report.timezone) if each.length else start
        cells = (*_figures(each, start, end, say), *_texts(each, told, say))
        start = end
        rows.append(tuple(cells[at] for at in kept))
    return Table(tuple(columns[at][0] for at in kept), tuple(rows))


def _figures(each: Interval, start: str, end: str, say: English) -> Iterator[str]:
    yield f"← {start}" if each.cut_before else start
    yield f"{end} →" if each.cut_after else end
    yield number(each.length)
    hides = State.UP < each.beneath < each.bucket
    bucket = say.state_word(each.bucket)
    yield f"{bucket}{say.aside(say.state_word(each.beneath))}" if hides else bucket
    yield _weight(each.weight)
    yield number(each.so_far.downtime)
    yield number(each.so_far.weighted // WHOLE)
    yield number(each.so_far.considered)


def _weight(weight: Share) -> str:
    return f"{weight / WHOLE:g}"


def _texts(each: Interval, told: Explanation, say: English) -> Iterator[str]:
    zone = told.report.timezone
    yield f"{say.rule_word(each.rule)}{say.aside(each.clause or '')}" if each.rule else ""
    silent = say.nothing_said_yet if each.bucket is State.UP else ""
    opened = line(each.opened_by, told, say) if each.opened_by else silent
    yield f"{_by_way(each, say)}{opened}"
    closed = line(each.closed_by, told, say) if each.closed_by else ""
    yield f"{closed}{_bounds(each.ends, zone, say)}".strip()


def _by_way(each: Interval, say: English) -> str:
    """Return through which services an interval was inherited, the nearest first."""
    if not each.via:
        return ""
    way = " ← ".join(visible(name) for name in each.via)
    return say.inherited_by(way, own=each.counts_as_own)


def _bounds(span: Span, zone: str, say: English) -> str:
    """Return between what instants an edge lies; nothing where it is exact."""
    return "" if span.start == span.end else say.somewhere_between(*span, zone)


def sums(told: Explanation, say: English) -> Table:
    """Return what the intervals add up to on each reading of the times: the report's figures."""
    columns = (
        Column("reading", say.reading),
        Column("downtime", say.downtime, is_figure=True, spare=4),
        Column("seconds", say.seconds, is_figure=True),
        Column("own", say.own, is_figure=True, spare=2),
        Column("inherited", say.inherited, is_figure=True, spare=3),
        Column("weighted", say.weighted, is_figure=True, spare=1),
        Column("considered", say.considered, is_figure=True),
        Column("availability", say.availability, is_figure=True),
    )
    return Table(columns, tuple(tuple(_sums(each, told, say)) for each in told.readings))


def contract(told: Explanation, say: English) -> str:
    """Return the line that says where the cited clauses are defined; nothing if none is cited."""
    clauses = sorted(_cited(told))
    return say.clauses_defined(clauses) if clauses else ""


def _cited(told: Explanation) -> set[str]:
    """Return the clauses that the tables and sentences cite."""
    if one := told.instant:
        shown = [one.interval]
        cited = {"M1"} if one.sayings else {"M1", "S4"}
    else:
        shown = list(told.intervals)
        is_silent = any(each.bucket is State.UP and not each.opened_by for each in shown)
        cited = {"S4"} if is_silent else set()
    return cited | {each.clause for each in shown if each.rule and each.clause}


def _sums(each: ScenarioFigures, told: Explanation, say: English) -> Iterator[str]:
    figures = each.figures
    yield say.readings[each.name if len(told.readings) > 1 else EXACT]
    yield say.duration(figures.downtime)
    yield number(figures.downtime)
    yield number(figures.own)
    yield number(figures.inherited)
    yield number(figures.weighted_downtime)
    yield number(figures.considered)
    yield words.told(figures.availability, told.report.method, say)


# One instant


def verdict(told: Explanation, one: InstantExplanation, say: English) -> str:
    """Return the sentence that says what an instant is, and how it counts."""
    here = one.interval
    if here.weight:
        counts = say.counts_as(_weight(here.weight), own=here.counts_as_own)
    else:
        counts = say.considered_not_down if here.is_considered else say.not_considered
    applied = [say.rule_word(here.rule), here.clause or ""] if here.rule else []
    rule = say.aside(say.listed(applied)) if applied else ""
    clock = say.clock(one.at, told.report.timezone)
    return say.it_counts(clock, say.state_word(here.bucket), f"{counts}{rule}")


def details(told: Explanation, one: InstantExplanation, say: English) -> Iterator[str]:
    """Yield the sentences about an instant: why this bucket, in which interval, and how surely."""
    fitting = [say.state_word(step.bucket) for step in one.steps if step.fits]
    tried = [step.bucket for step in one.steps if step.bucket > one.interval.bucket]
    yield say.first_that_fits([say.state_word(each) for each in tried], fitting[0])
    if len(fitting) > 2:  # noqa: PLR2004 - the bucket itself, and up, which always fits
        yield say.were_it_not(*fitting[:2])
    yield _within(one.interval, told, say)
    yield from _vague(told, one, say)
    if len({bucket for _, bucket in one.readings}) > 1:
        yield say.by_reading(
            [
                (say.readings[name], say.outside_the_window if at is None else say.state_word(at))
                for name, at in one.readings
            ]
        )


def _within(here: Interval, told: Explanation, say: English) -> str:
    zone = told.report.timezone
    start, end = (
        f"{say.clock(at, zone)}{_bounds(span, zone, say)}"
        for at, span in ((here.start, here.starts), (here.end, here.ends))
    )
    return say.lies_in(start, end, number(here.length))


def _vague(told: Explanation, one: InstantExplanation, say: English) -> Iterator[str]:
    """Yield what lies inside the bounds of a moment that was asked for vaguely."""
    asked, zone = one.asked, told.report.timezone
    if asked.is_exact:
        return
    if asked.earliest is None or asked.latest is None:
        yield say.requested_one_sided(no_later=asked.earliest is None)
        return
    between = list(dict.fromkeys(say.state_word(each.bucket) for each in one.between))
    yield say.requested_between(asked.earliest, asked.latest, zone, between)


def voices(told: Explanation, one: InstantExplanation, say: English) -> Table:
    """Return one row for each that has a say in an instant: streams, requirements, calendars."""
    columns = (
        Column("who", say.who),
        Column("says", say.says),
        Column("since", say.holds_since),
        Column("until", say.holds_until, spare=1),
        Column("line", say.line, is_text=True),
    )
    rows = [*_sayings(told, one, say), *_requirements(told, one, say), *_planned(told, one, say)]
    return Table(columns, tuple(rows))


def _sayings(told: Explanation, one: InstantExplanation, say: English) -> Iterator[tuple[str, ...]]:
    for each in one.sayings:
        yield (
            say.stated,
            _said(each, say),
            _when(each.since, told, say),
            _when(each.until, told, say),
            line(each.opened_by, told, say) if each.opened_by else visible(each.file),
        )
    if not one.sayings:
        yield say.stated, say.nothing_stated, "", "", say.no_line_is_about_it


def _said(each: StatementInForce, say: English) -> str:
    if not each.opened_by:
        return say.nothing_yet
    state, counts_as = say.state_word(each.state), say.state_word(each.counts_as)
    return say.overruns(state, counts_as) if each.counts_as != each.state else state


def _requirements(
    told: Explanation, one: InstantExplanation, say: English
) -> Iterator[tuple[str, ...]]:
    for each in one.requirements:
        state = say.state_word(each.inherited or each.state)
        yield (
            say.requires([visible(name) for name in each.services], each.needed),
            say.imposed_not_inherited(state) if each.state and not each.inherited else state,
            _when(each.since, told, say) if each.state else "",
            _when(each.until, told, say) if each.state else "",
            _passed_on(each, told, say),
        )


def _passed_on(each: RequirementInForce, told: Explanation, say: English) -> str:
    parts = (
        [say.listed([visible(name) for name in each.services])] if len(each.services) > 1 else []
    )
    if not each.state:
        return "".join(parts)
    parts += [line(each.opened_by, told, say)] if each.opened_by else []
    if len(each.via) > 1:
        parts.append(say.way_of(" ← ".join(visible(name) for name in each.via)))
    if each.inherited and each.inherited != each.state:
        parts.append(say.at_worst(say.state_word(each.at_worst)))
    if each.spoken:
        parts.append(say.speaks_for_itself(line(each.spoken, told, say)))
    elif each.state and not each.inherited:
        is_harmless = each.at_worst is State.UP
        parts.append(say.not_inherited_at_worst_up if is_harmless else say.not_inherited)
    return say.one_by_one(parts)


def _planned(told: Explanation, one: InstantExplanation, say: English) -> Iterator[tuple[str, ...]]:
    for each in one.planned:
        key = str(each.mark.way[-1]) if each.mark.way else ""
        silent = {"hours": say.is_open, "in_service": say.is_in_service}.get(key, say.not_now)
        yield (
            say.calendars.get(key, say.calendars["maintenance"]),
            say.state_word(each.state) if each.state else silent,
            _when(each.since, told, say),
            _when(each.until, told, say),
            line(each.mark, told, say),
        )


def _when(at: Instant | None, told: Explanation, say: English) -> str:
    return "" if at is None else say.clock(at, told.report.timezone)
