"""Milestones: how long incidents took to be detected, acknowledged, mitigated and over.

One file tells one incident. Its impact starts with the first outage in it and ends with the last,
of whichever service: what is counted as downtime is what has an impact. `phase: started` and
`phase: resolved` stand for them only where the file tells no states; else they are shown beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from outage_cli.accounting.books import Books, ScenarioLedger
from outage_cli.accounting.ledger import ledger
from outage_cli.accounting.state_sequence import NEVER
from outage_cli.accounting.statements import Statements
from outage_cli.measures.outages import outages
from outage_cli.model.event import Event, Phase, SourceRef
from outage_cli.model.method import Method
from outage_cli.model.milestones import (
    Elapsed,
    Incident,
    MeanTime,
    MilestonePoint,
    Milestones,
    PointReached,
    TimeBetween,
)
from outage_cli.model.outage import Outage
from outage_cli.model.problem import WARNING, Place, Problem
from outage_cli.model.span import Instant, Span
from outage_cli.model.statistics import Statistics

LAST = (Phase.MITIGATED, Phase.RESOLVED)
"""The phases of which the last one counts: an incident that comes back is not mitigated before."""


def milestones(books: Books, find: Callable[[SourceRef], Place]) -> Milestones | None:
    """Return the milestones of the files on the best estimates, with their bounds.

    None where no incident in the window has a phase: there are then no milestones, only outages.
    `find` gives the place of a mark.
    """
    window = books.best.window
    outages_of = [_all_outages(scenario, books.method) for scenario in books.scenarios]
    incidents: list[Incident] = []
    problems: list[Problem] = []
    has_phases = False
    for file, *scenarios in zip(books.best.scope.statements, *outages_of, strict=True):
        incident = _incident(file, scenarios)
        start = _start(incident)
        if start is None or not (window.start <= start < window.end or start == window.start):
            continue
        incidents.append(incident)
        problems += _problems(incident, find)
        has_phases = has_phases or len(incident.points.keys() - _IMPACT) > 0
    if not has_phases:
        return None
    means = {stretch: _mean(stretch, incidents) for stretch in TimeBetween}
    return Milestones(tuple(incidents), means, tuple(problems))


_IMPACT = {MilestonePoint.IMPACT_START, MilestonePoint.IMPACT_END}


def _start(incident: Incident) -> Instant | None:
    """Return when an incident begins: with its impact, or with the first thing told of it."""
    if begun := incident.points.get(MilestonePoint.IMPACT_START):
        return begun.at
    return min((each.at for each in incident.points.values()), default=None)


def _incident(statements: Statements, scenarios: Sequence[Sequence[Outage]]) -> Incident:
    """Return the incident of one file, from its outages on each scenario of the times."""
    timeline = statements.timeline
    points: dict[MilestonePoint, PointReached] = {}
    is_open = any(outage.ongoing for outage in scenarios[0])
    if scenarios[0]:
        with_outages = [outages_ for outages_ in scenarios if outages_]
        points[MilestonePoint.IMPACT_START] = _impact_start(with_outages)
        if not is_open:
            points[MilestonePoint.IMPACT_END] = _impact_end(with_outages)
        if not all(any(each.start < each.end for each in outages_) for outages_ in scenarios):
            # A scenario without any impact says nothing of when it was: the lines themselves do.
            points = {point: _as_stated(reached, statements) for point, reached in points.items()}
    phases = _phases(statements)
    points |= {MilestonePoint(phase.value): reached for phase, reached in phases.items()}
    if not statements.streams:
        for phase, point in (
            (Phase.STARTED, MilestonePoint.IMPACT_START),
            (Phase.RESOLVED, MilestonePoint.IMPACT_END),
        ):
            if phase in phases:
                points[point] = phases[phase]
        is_open = bool(phases) and Phase.RESOLVED not in phases
    ordered = _in_order({point: points[point] for point in MilestonePoint if point in points})
    elapsed = {
        stretch: _elapsed(ordered[since], ordered[until])
        for stretch in TimeBetween
        for since, until in [stretch.ends]
        if since in ordered and until in ordered
    }
    return Incident(timeline.file, timeline.title, ordered, elapsed, is_open)


def _all_outages(scenario: ScenarioLedger, method: Method) -> list[list[Outage]]:
    """Return the outages of each file, of all its services and uncut (SEMANTICS M5)."""
    files: list[list[Outage]] = []
    statements, window = scenario.scope.statements, scenario.window
    for file in statements:
        ends = [
            statement.at
            for stream in file.streams.values()
            for statement in (stream[0], stream[-1])
        ]
        span = Span(min(ends, default=0), max(ends, default=0) + 1)
        accounts = scenario.accounts
        if len(statements) > 1 or span.within(window) != span:  # else all of it is accounted for
            accounts = ledger(file.timeline.services, [file], span) if ends else {}
        files.append(
            [outage for account in accounts.values() for outage in outages(account.entries, method)]
        )
    return files


def _impact_start(scenarios: Sequence[Sequence[Outage]]) -> PointReached:
    firsts = [min(each, key=lambda outage: outage.start) for each in scenarios]
    starts = [first.start for first in firsts]
    return PointReached(starts[0], Span(min(starts), max(starts)), firsts[0].started_by)


def _impact_end(scenarios: Sequence[Sequence[Outage]]) -> PointReached:
    lasts = [max(each, key=lambda outage: outage.end) for each in scenarios]
    ends = [last.end for last in lasts]
    return PointReached(ends[0], Span(min(ends), max(ends)), lasts[0].ended_by)


def _as_stated(reached: PointReached, statements: Statements) -> PointReached:
    """Return a point with the bounds of its line added to its own."""
    until = NEVER if statements.as_of is None else statements.as_of
    timed = statements.timeline.told
    for number, (_, event) in enumerate(timed):
        if event.mark == reached.mark:
            line = _between(number, timed, until)
            start = min(line.start, reached.between.start)
            return reached._replace(between=Span(start, max(line.end, reached.between.end)))
    return reached


def _in_order(points: Mapping[MilestonePoint, PointReached]) -> dict[MilestonePoint, PointReached]:
    """Return points with bounds in which what comes first on the best estimates does (M7)."""
    reached = points.values()
    return {
        point: each._replace(
            between=Span(
                max(one.between.start for one in reached if one.at <= each.at),
                min(one.between.end for one in reached if one.at >= each.at),
            )
        )
        for point, each in points.items()
    }


def _phases(statements: Statements) -> dict[Phase, PointReached]:
    """Return when each phase was reached: the first time, or the last one of those in `LAST`."""
    phases: dict[Phase, PointReached] = {}
    until = NEVER if statements.as_of is None else statements.as_of
    timed = [(at, event) for at, event in statements.timeline.told if at <= until]
    for number, (at, event) in enumerate(timed):
        phase = event.phase
        if phase and (phase in LAST or phase not in phases):
            phases[phase] = PointReached(at, _between(number, timed, until), event.mark)
    return phases


def _between(number: int, timed: Sequence[tuple[Instant, Event]], until: Instant) -> Span:
    """Return the bounds of an event: what they leave open ends at the event beside it (T5)."""
    at, event = timed[number]
    earliest, latest = (event.at.earliest, event.at.latest) if event.at else (at, at)
    if earliest is None:
        earliest = timed[number - 1][0] if number else at
    if latest is None and number + 1 < len(timed):
        latest = timed[number + 1][0]
    elif latest is None:
        latest = at if until == NEVER else until
    return Span(min(earliest, at), max(latest, at))


def _elapsed(since: PointReached, until: PointReached) -> Elapsed:
    """Return how long it was. What comes first on the best estimates always does (SEMANTICS M7)."""
    best = until.at - since.at
    if since.mark is not None and since.mark == until.mark:
        return Elapsed(best, best, best)
    least = until.between.start - since.between.end
    most = until.between.end - since.between.start
    return Elapsed(best, max(least, 0), most) if best >= 0 else Elapsed(best, least, min(most, 0))


def _mean(stretch: TimeBetween, incidents: Sequence[Incident]) -> MeanTime:
    since, until = stretch.ends
    lengths = [each.elapsed[stretch] for each in incidents if stretch in each.elapsed]
    kept = [each for each in lengths if each.best >= 0]
    ongoing = sum(
        each.ongoing and since in each.points and until not in each.points for each in incidents
    )
    return MeanTime(
        best=Statistics.of(each.best for each in kept),
        least=Statistics.of(each.least for each in kept),
        most=Statistics.of(each.most for each in kept),
        ongoing=ongoing,
        negative=len(lengths) - len(kept),
        not_stated=len(incidents) - len(lengths) - ongoing,
    )


_WORDS = {
    MilestonePoint.IMPACT_START: "the first outage begins",
    MilestonePoint.IMPACT_END: "the last outage ends",
}


def _problems(incident: Incident, find: Callable[[SourceRef], Place]) -> Iterator[Problem]:
    """Yield a warning for what is in no order: it is shown, and left out of means (SEMANTICS K)."""
    points = incident.points
    for stretch, elapsed in incident.elapsed.items():
        if elapsed.best < 0:
            since, until = stretch.ends
            early, late = (until, since) if until not in _IMPACT else (since, until)
            way = "stands before" if early is until else "stands after"
            hint = f"mend one of the times; the {stretch.words} is left out of means"
            message = f"`{early}` {way} {_WORDS.get(late, f'`{late}`')}"
            yield _warning("negative-milestone", message, hint, points[early].mark, find)
    resolved, end = points.get(MilestonePoint.RESOLVED), points.get(MilestonePoint.IMPACT_END)
    if resolved and (incident.ongoing or (end and resolved.between.end < end.between.start)):
        goes_on = "while an outage goes on" if incident.ongoing else "before the last outage ends"
        hint = "the outages count: add the recovery that is missing, or move `phase: resolved`"
        yield _warning("resolves-early", f"`resolved` stands {goes_on}", hint, resolved.mark, find)
    started, start = points.get(MilestonePoint.STARTED), points.get(MilestonePoint.IMPACT_START)
    if started and start and started.between.start > start.between.end:
        hint = "the outages count: move `phase: started` to what began them, or mend the time"
        message = "`started` stands after the first outage begins"
        yield _warning("starts-late", message, hint, started.mark, find)


def _warning(
    code: str, message: str, hint: str, mark: SourceRef | None, find: Callable[[SourceRef], Place]
) -> Problem:
    return Problem(code, message, find(mark) if mark else Place(""), hint, WARNING)
