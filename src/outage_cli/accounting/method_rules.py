"""The rules of a method, applied to ledger entries: what they weigh, or why they do not count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outage_cli.accounting.ledger import LedgerEntry, ServiceLedger, ledger
from outage_cli.accounting.runs import CountedEntry, is_in_run, removed, subtract
from outage_cli.accounting.statements import Statements
from outage_cli.model.method import Method, Treatment
from outage_cli.model.service import Service
from outage_cli.model.span import DAY, MINUTE, Span
from outage_cli.model.state import State

_BEYOND = 366 * DAY

_RULES = {
    (State.NOT_IN_SERVICE, Treatment.EXCLUDE): "not-in-service",
    (State.OUT_OF_HOURS, Treatment.EXCLUDE): "out-of-hours",
    (State.OUT_OF_HOURS, Treatment.AS_UP): "out-of-hours-as-up",
    (State.UNKNOWN, Treatment.EXCLUDE): "unknown",
    (State.UNKNOWN, Treatment.AS_UP): "unknown-as-up",
    (State.MAINTENANCE, Treatment.EXCLUDE): "maintenance-excluded",
    (State.MAINTENANCE, Treatment.AS_UP): "maintenance-as-up",
}


def counted(
    entries: Sequence[LedgerEntry], method: Method, around: Sequence[LedgerEntry] | None = None
) -> list[CountedEntry]:
    """Return the entries of a window as a method counts them, in order; a rule may split some.

    `around` are the entries of a wider window, from which the length of a run that the window cuts
    is taken. Without it a run ends where the window does.
    """
    stretches = [_counted(entry, method) for entry in entries]
    if not method.rules_runs:
        return stretches
    whole = stretches if around is None else [_counted(entry, method) for entry in around]
    return list(subtract(stretches, list(removed(whole, method)), method))


def as_counted(
    entries: Sequence[LedgerEntry], method: Method, around: Sequence[LedgerEntry] | None = None
) -> Sequence[LedgerEntry]:
    """Return entries in the buckets that a method has for them, so that their weights are right.

    What counts although it was planned, closed or unknown is in the state that it counts as; what a
    rule for runs leaves out is up. All else stays, and where there is no such rule, everything.
    """
    if not method.rules_runs and not method.counts_aside:
        return entries
    rebucketed: list[LedgerEntry] = []
    for stretch in counted(entries, method, around):
        entry = _rebucketed(stretch, method)
        hides = stretch.entry.bucket is State.MAINTENANCE and stretch.entry.beneath <= State.DOWN
        if rebucketed and hides and State.UP < entry.bucket <= State.DOWN:
            # Planned work hides the line that tells what went on meanwhile: that line is the one
            # which ended what was before it.
            entry = entry._replace(opened_by=rebucketed[-1].closed_by or entry.opened_by)
        rebucketed.append(entry)
    return rebucketed


def with_outages_uncut(method: Method) -> Method:
    """Return a method under which outages end when they did, not with their last whole minute."""
    return method._replace(whole_minutes=False, min_outage=max(method.min_outage, MINUTE))


def around(
    services: Mapping[str, Service],
    statements: Sequence[Statements],
    window: Span,
    accounts: Mapping[str, ServiceLedger],
    method: Method,
) -> Mapping[str, Sequence[LedgerEntry]]:
    """Return the entries of a wider window, of those services whose runs go on beyond this one.

    So a run is as long in October and in November as it is over both, up to a year beyond. Nothing
    is wider where no rule asks how long a run is, or where none reaches an edge.
    """
    if not method.rules_runs:
        return {}
    cut = [name for name, account in accounts.items() if _is_cut(account.entries, method)]
    if not cut:
        return {}
    times = [
        statement.at
        for file in statements
        for stream in file.streams.values()
        for statement in stream
    ]
    start = max(min([window.start, *times]), window.start - _BEYOND)
    end = min(max([window.end, *times]), window.end + _BEYOND)
    wider = ledger(services, statements, Span(start, end))
    return {name: wider[name].entries for name in cut}


def _is_cut(entries: Sequence[LedgerEntry], method: Method) -> bool:
    """Whether a run may go on before the first or after the last of some entries."""
    edges = [entries[0], entries[-1]] if entries else []
    return any(is_in_run(_counted(entry, method), method) for entry in edges)


def clause(rule: str) -> str:
    """Return the clause of the contract that a rule is from."""
    return "M2" if rule in _RULES.values() else "M4"


def is_of_runs(rule: str | None) -> bool:
    """Whether a rule is about how long a run is, so that it takes time out of the downtime."""
    return rule is not None and rule not in _RULES.values()


def counted_state(entry: LedgerEntry, method: Method) -> State:
    """Return the state that an entry counts as (SEMANTICS M4): its bucket, or what is beneath it.

    A second that is stated to be maintenance is down where planned work counts, and so is one of
    which nothing is known where that counts.
    """
    state = entry.bucket
    if state is State.OUT_OF_HOURS and method.out_of_hours is Treatment.COUNT:
        state = entry.beneath
    if state is State.MAINTENANCE and method.maintenance is Treatment.COUNT:
        state = entry.beneath if entry.beneath < State.MAINTENANCE else State.DOWN
    if state is State.UNKNOWN and method.unknown is Treatment.COUNT:
        state = State.DOWN
    return state


def _counted(entry: LedgerEntry, method: Method) -> CountedEntry:
    """Return an entry as a method counts it, without the rules about runs."""
    state = counted_state(entry, method)
    treatment = method.aside(state)
    if treatment is None:
        return CountedEntry(entry, method.weight(state), considered=True, rule=None)
    return CountedEntry(
        entry, 0, treatment is not Treatment.EXCLUDE, _RULES.get((state, treatment))
    )


def _rebucketed(stretch: CountedEntry, method: Method) -> LedgerEntry:
    """Return the entry of a stretch in the bucket that it counts as."""
    entry = stretch.entry
    if is_of_runs(stretch.rule):
        return entry._replace(bucket=State.UP, stated=State.UP, beneath=State.UP)
    bucket = counted_state(entry, method)
    if bucket is entry.bucket:
        return entry
    stated = counted_state(entry._replace(bucket=entry.stated, beneath=entry.stated), method)
    beneath = bucket if entry.beneath > State.DOWN else entry.beneath
    return entry._replace(bucket=bucket, stated=stated, beneath=beneath)
