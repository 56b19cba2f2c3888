"""An explanation as rows of words, and the sentences around them: the same in every format."""

from __future__ import annotations

from collections.abc import Iterator

from outage_cli.model.duration import spell
from outage_cli.model.event import AS_OF, Mark
from outage_cli.model.explanation import AnInstant, Explanation, Interval, Known, Requiring, Saying
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import Instant, Span
from outage_cli.model.state import State
from outage_cli.writers.rows import Column, Table
from outage_cli.writers.words import clock, frame, number, percentage, visible

EXACT = "exact"
"""What the one reading is called where no time leaves a choice."""


def title(told: Explanation) -> str:
    """Return which service is explained, by its name and its id."""
    service = told.service.service
    name = f"{visible(service.name)} ({visible(service.id)})"
    return name if service.name != service.id else visible(service.id)


def about(told: Explanation) -> str:
    """Return the line that says what the figures are about, and on which reading of the times."""
    window = told.told.window
    line = frame(told.report._replace(window=window))
    return line if len(told.readings) == 1 else f"{line} · {told.told.name} reading"


def says(mark: Mark, told: Explanation) -> str:
    """Return what the line at a mark says."""
    if mark.way == AS_OF:
        return "as-of closes what is open"
    if mark.way[-1:] == ("hours",):
        return f"hours: {', '.join(told.service.service.hours)}"
    if mark.way[-1:] == ("in_service",):
        return "in_service"
    return told.report.lines.tell(mark)


def line(mark: Mark, told: Explanation) -> str:
    """Return `file:line` of a mark, and what stands there."""
    if mark.way == AS_OF:
        return says(mark, told)
    place = told.report.lines.find(mark)
    where = f"{place.file}:{place.line}" if place.line else place.file
    said = says(mark, told)
    return visible(f"{where} {said}" if said else where)


def intervals(told: Explanation) -> Table:
    """Return one row an interval: its figures, then the lines that opened and closed it."""
    has_weights = any(
        each.so_far.weighted != each.so_far.downtime * WHOLE for each in told.intervals
    )
    has_rules = any(each.rule for each in told.intervals)
    columns = [
        (Column("from", "From"), True),
        (Column("to", "To", spare=3), True),
        (Column("seconds", "Seconds", is_figure=True), True),
        (Column("bucket", "Bucket"), True),
        (Column("weight", "Weight", is_figure=True), True),
        (Column("downtime", "Downtime", is_figure=True), True),
        (Column("weighted", "Weighted", is_figure=True, spare=1), has_weights),
        (Column("considered", "Considered", is_figure=True, spare=2), True),
        (Column("rule", "Rule", is_text=True), has_rules),
        (Column("opened-by", "Opened by", is_text=True), True),
        (Column("closed-by", "Closed by", is_text=True), True),
    ]
    kept = [at for at, (_, is_kept) in enumerate(columns) if is_kept]
    rows = []
    start = clock(told.told.window.start, told.report.timezone)
    for each in told.intervals:
        end = clock(each.end, told.report.timezone) if each.length else start
        cells = (*_figures(each, start, end), *_texts(each, told))
        start = end
        rows.append(tuple(cells[at] for at in kept))
    return Table(tuple(columns[at][0] for at in kept), tuple(rows))


def _figures(each: Interval, start: str, end: str) -> Iterator[str]:
    yield f"← {start}" if each.cut_before else start
    yield f"{end} →" if each.cut_after else end
    yield number(each.length)
    hides = State.UP < each.beneath < each.bucket
    yield f"{each.bucket.word} ({each.beneath.word})" if hides else each.bucket.word
    yield _weight(each.weight)
    yield number(each.so_far.downtime)
    yield number(each.so_far.weighted // WHOLE)
    yield number(each.so_far.considered)


def _weight(weight: Share) -> str:
    return f"{weight / WHOLE:g}"


def _texts(each: Interval, told: Explanation) -> Iterator[str]:
    zone = told.report.timezone
    yield f"{each.rule} ({each.clause})" if each.rule else ""
    silent = "nothing is said yet (S4)" if each.bucket is State.UP else ""
    opened = line(each.opened_by, told) if each.opened_by else silent
    yield f"{_by_way(each)}{opened}"
    closed = line(each.closed_by, told) if each.closed_by else ""
    yield " ".join(part for part in (closed, _bounds(each.ends, zone)) if part)


def _by_way(each: Interval) -> str:
    """Return through which services an interval was inherited, the nearest first."""
    if not each.via:
        return ""
    own = "; counts as own" if each.counts_as_own else ""
    return f"inherited from {' ← '.join(visible(name) for name in each.via)}{own}: "


def _bounds(span: Span, zone: str) -> str:
    """Return between what instants an edge lies; nothing where it is exact."""
    if span.start == span.end:
        return ""
    return f"(between {clock(span.start, zone)} and {clock(span.end, zone)})"


def sums(told: Explanation) -> Table:
    """Return what the intervals add up to on each reading of the times: the report's figures."""
    columns = (
        Column("reading", "Reading"),
        Column("downtime", "Downtime", is_figure=True, spare=4),
        Column("seconds", "Seconds", is_figure=True),
        Column("own", "Own", is_figure=True, spare=2),
        Column("inherited", "Inherited", is_figure=True, spare=3),
        Column("weighted", "Weighted", is_figure=True, spare=1),
        Column("considered", "Considered", is_figure=True),
        Column("availability", "Availability", is_figure=True),
    )
    return Table(columns, tuple(tuple(_sums(each, told)) for each in told.readings))


def _sums(each: Known, told: Explanation) -> Iterator[str]:
    figures = each.figures
    yield each.name if len(told.readings) > 1 else EXACT
    yield spell(figures.downtime)
    yield number(figures.downtime)
    yield number(figures.own)
    yield number(figures.inherited)
    yield number(figures.weighted_downtime)
    yield number(figures.considered)
    yield percentage(figures.availability, told.report.method)


# One instant


def verdict(told: Explanation, one: AnInstant) -> str:
    """Return the sentence that says what an instant is, and how it counts."""
    here = one.interval
    if here.weight:
        kind = "own" if here.counts_as_own else "inherited"
        counts = f"counts as {kind} downtime, weight {_weight(here.weight)}"
    elif here.is_considered:
        counts = "is considered and is no downtime"
    else:
        counts = "is not considered"
    rule = f" ({here.rule}, {here.clause})" if here.rule else ""
    return f"{clock(one.at, told.report.timezone)}: {here.bucket.word}. It {counts}{rule}."


def details(told: Explanation, one: AnInstant) -> Iterator[str]:
    """Yield the sentences about an instant: why this bucket, in which interval, and how surely."""
    fitting = [step.bucket.word for step in one.steps if step.fits]
    tried = [f"{step.bucket.word} no" for step in one.steps if step.bucket > one.interval.bucket]
    yield f"M1 takes the first bucket that fits: {', '.join([*tried, f'{fitting[0]} yes'])}."
    if len(fitting) > 2:  # noqa: PLR2004 - the bucket itself, and up, which always fits
        yield f"Were it not {fitting[0]}, it would be {fitting[1]}."
    yield _within(one.interval, told)
    yield from _vague(told, one)
    if len({bucket for _, bucket in one.readings}) > 1:
        words = [
            f"{name} {'outside the window' if bucket is None else bucket.word}"
            for name, bucket in one.readings
        ]
        yield f"By reading of the times: {', '.join(words)}."


def _within(here: Interval, told: Explanation) -> str:
    zone = told.report.timezone
    start, end = (
        f"{clock(at, zone)}{' ' + said if (said := _bounds(span, zone)) else ''}"
        for at, span in ((here.start, here.starts), (here.end, here.ends))
    )
    return f"It lies in the interval from {start} to {end}: {number(here.length)} s."


def _vague(told: Explanation, one: AnInstant) -> Iterator[str]:
    """Yield what lies inside the bounds of a moment that was asked for vaguely."""
    asked, zone = one.asked, told.report.timezone
    if asked.is_exact:
        return
    if asked.earliest is None or asked.latest is None:
        way = "no later" if asked.earliest is None else "no earlier"
        yield f"Asked for is a time {way} than this; this is the best estimate."
        return
    words = dict.fromkeys(each.bucket.word for each in one.between)
    span = f"from {clock(asked.earliest, zone)} to {clock(asked.latest, zone)}"
    yield f"Asked for is a time {span}: {', then '.join(words)}. This is the best estimate."


def voices(told: Explanation, one: AnInstant) -> Table:
    """Return one row for each that has a say in an instant: streams, requirements, calendars."""
    columns = (
        Column("who", "Who"),
        Column("says", "Says"),
        Column("since", "Since"),
        Column("until", "Until", spare=1),
        Column("line", "Line", is_text=True),
    )
    rows = [*_sayings(told, one), *_requirements(told, one), *_planned(told, one)]
    return Table(columns, tuple(rows))


def _sayings(told: Explanation, one: AnInstant) -> Iterator[tuple[str, ...]]:
    for each in one.sayings:
        yield (
            "stated",
            _said(each),
            _when(each.since, told),
            _when(each.until, told),
            line(each.opened_by, told) if each.opened_by else visible(each.file),
        )
    if not one.sayings:
        yield "stated", "nothing", "", "", "no line is about it, and so it is up (S4)"


def _said(each: Saying) -> str:
    if not each.opened_by:
        return "nothing yet"
    overruns = each.counts_as != each.state
    return f"{each.state.word}, overrun: {each.counts_as.word}" if overruns else each.state.word


def _requirements(told: Explanation, one: AnInstant) -> Iterator[tuple[str, ...]]:
    for each in one.requirements:
        some = f"{each.needed} of {len(each.services)}"
        yield (
            f"requires {visible(each.services[0]) if len(each.services) == 1 else some}",
            each.inherited.word
            if each.inherited
            else f"{each.state.word}, not inherited"
            if each.state
            else "up",
            _when(each.since, told) if each.state else "",
            _when(each.until, told) if each.state else "",
            _passed_on(each, told),
        )


def _passed_on(each: Requiring, told: Explanation) -> str:
    parts = [", ".join(map(visible, each.services))] if len(each.services) > 1 else []
    if not each.state:
        return "".join(parts)
    parts += [line(each.opened_by, told)] if each.opened_by else []
    if len(each.via) > 1:
        parts.append(f"by way of {' ← '.join(visible(name) for name in each.via)}")
    if each.inherited and each.inherited != each.state:
        parts.append(f"at worst {each.at_worst.word}")
    if each.spoken:
        parts.append(
            f"not inherited, because the service speaks for itself: {line(each.spoken, told)}"
        )
    elif each.state and not each.inherited:
        parts.append("not inherited: at worst up" if each.at_worst is State.UP else "not inherited")
    return "; ".join(parts)


_CALENDARS = {"hours": ("hours", "open"), "in_service": ("in_service", "in service")}


def _planned(told: Explanation, one: AnInstant) -> Iterator[tuple[str, ...]]:
    for each in one.planned:
        key = str(each.mark.way[-1]) if each.mark.way else ""
        who, otherwise = _CALENDARS.get(key, ("maintenance", "not now"))
        says = each.state.word if each.state else otherwise
        yield who, says, _when(each.since, told), _when(each.until, told), line(each.mark, told)


def _when(at: Instant | None, told: Explanation) -> str:
    return "" if at is None else clock(at, told.report.timezone)
