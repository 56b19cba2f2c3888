"""The books: the ledger of every scenario of the times (SEMANTICS M7), counted by one method (M4).

Each scenario has its scope, the state history of each service, the ledger, and the
entries as the method counts them. The best scenario is the first; it is the only one where all
times are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from outage_cli.accounting.inheritance import StateHistories, histories_of, worse_than_stated
from outage_cli.accounting.ledger import LedgerEntry, ServiceLedger, ledger, within
from outage_cli.accounting.scope import ReportRequest, Scope, scope_of
from outage_cli.accounting.statements import Scenario, ScenarioInput
from outage_cli.model.method import Method
from outage_cli.model.service import Service
from outage_cli.model.span import Span
from outage_cli.model.timeline import Timeline


class ServiceEntries(NamedTuple):
    """The entries of one service in a window, before and after a method is applied (SEMANTICS M4).

    `entries` have their own buckets, `counted` those that the method counts them in. `runs` are the
    entries that outages are made of: they differ from `counted` only under `whole_minutes`, where
    outages keep their full extent. Where a method changes nothing, all three are one sequence.
    """

    entries: Sequence[LedgerEntry]
    counted: Sequence[LedgerEntry]
    runs: Sequence[LedgerEntry]

    def within(self, window: Span) -> ServiceEntries:
        """Return the part of them that lies in a window inside their own."""
        entries = within(self.entries, window)
        counted = entries if self.counted is self.entries else within(self.counted, window)
        runs = counted if self.runs is self.counted else within(self.runs, window)
        return ServiceEntries(entries, counted, runs)


class ScenarioLedger(NamedTuple):
    """One scenario of the times: the ledger of a window, before and after a method is applied.

    `window` is that of the scope, or one that the ledger was extended to. `counted` is empty where
    the method counts every entry in its own bucket.
    """

    scope: Scope
    window: Span
    histories: StateHistories
    accounts: Mapping[str, ServiceLedger]
    counted: Mapping[str, ServiceEntries]

    def of(self, service: str, part: Span | None = None) -> ServiceEntries:
        """Return the entries of a service, or of a part of the window only."""
        if service in self.counted:
            entries = self.counted[service]
        else:
            raw = self.accounts[service].entries
            entries = ServiceEntries(raw, raw, raw)
        return entries if part is None or part == self.window else entries.within(part)


class Books(NamedTuple):
    """The ledgers of all services on every scenario, and the services that are asked for.

    `names` are the ids of those, in the order of the report.
    """

    timelines: Sequence[Timeline]
    services: Mapping[str, Service]
    names: tuple[str, ...]
    method: Method
    scenarios: tuple[ScenarioLedger, ...]

    @property
    def best(self) -> ScenarioLedger:
        """The ledger on the best estimates of all times."""
        return self.scenarios[0]

    @property
    def asked_for(self) -> list[Service]:
        """The services that are asked for."""
        return [self.services[name] for name in self.names]

    def under(self, method: Method) -> Books:
        """Return the books as another method counts them; the ledgers stay the same."""
        scenarios = tuple(
            each._replace(counted=_counted(self.services, each, method)) for each in self.scenarios
        )
        return self._replace(method=method, scenarios=scenarios)

    def extended(self, scenario: ScenarioLedger, window: Span) -> ScenarioLedger:
        """Return a scenario over another window: accounted for anew, unless it is its own."""
        if window == scenario.window:
            return scenario
        return _entered(self.services, scenario.scope, window, self.method)


def books(
    timelines: Sequence[Timeline],
    services: Mapping[str, Service],
    best: Scope,
    request: ReportRequest,
    method: Method,
) -> Books:
    """Return the books of timelines, of which `best` is the scope on the best estimates.

    `services` are those of all timelines; without any asked for, all of them are.
    """
    first = _entered(services, best, best.window, method)
    others = (
        _entered(services, other, other.window, method)
        for other in _other_scopes(timelines, first.histories, request)
    )
    names = tuple(dict.fromkeys(request.services)) or tuple(services)
    return Books(timelines, services, names, method, (first, *others))


def _entered(
    services: Mapping[str, Service], scope: Scope, window: Span, method: Method
) -> ScenarioLedger:
    """Return one scenario, accounted for in a window and counted by a method."""
    histories = histories_of(services, scope.statements, window)
    accounts = ledger(services, scope.statements, window, histories)
    scenario = ScenarioLedger(scope, window, histories, accounts, {})
    return scenario._replace(counted=_counted(services, scenario, method))


def _other_scopes(
    timelines: Sequence[Timeline], best: StateHistories, request: ReportRequest
) -> Iterator[Scope]:
    """Yield the scopes of the kindest and the harshest scenario, where times leave a choice."""
    if all(timeline.is_exact for timeline in timelines):
        return
    implied = {
        name: worse for name, history in best.of.items() if (worse := worse_than_stated(history))
    }
    for estimate in (Scenario.KINDEST, Scenario.HARSHEST):
        other = scope_of(timelines, request, ScenarioInput(estimate, implied))
        if isinstance(other, Scope):
            yield other


def _counted(
    services: Mapping[str, Service], scenario: ScenarioLedger, method: Method
) -> Mapping[str, ServiceEntries]:
    """Return the entries of each service as a method counts them; none where it changes nothing."""
    if not method.rules_runs and not method.counts_aside:
        return {}
    from outage_cli.accounting.method_rules import around, as_counted, with_outages_uncut

    statements, accounts = scenario.scope.statements, scenario.accounts
    wider = around(services, statements, scenario.window, accounts, method)
    running = with_outages_uncut(method)
    counted: dict[str, ServiceEntries] = {}
    for name, account in accounts.items():
        entries = as_counted(account.entries, method, wider.get(name))
        runs = entries
        if method.whole_minutes:
            runs = as_counted(account.entries, running, wider.get(name))
        counted[name] = ServiceEntries(account.entries, entries, runs)
    return counted
