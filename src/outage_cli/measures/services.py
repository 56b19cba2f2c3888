"""The figures of each service on every scenario, in the whole window or in a part of it."""

from __future__ import annotations

from collections.abc import Iterable

from outage_cli.accounting.books import Books, ScenarioLedger, ServiceEntries
from outage_cli.measures import availability, user_time
from outage_cli.measures.outages import outages
from outage_cli.model.method import Method
from outage_cli.model.outage import Outage
from outage_cli.model.service import Service
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.share import WHOLE
from outage_cli.model.span import Span


class Measures:
    """The figures of the services in books, by the method of the books."""

    def __init__(self, books: Books, *, with_worst_windows: bool = False) -> None:
        self.books = books
        self.with_worst_windows = with_worst_windows
        self._affected = user_time.affected(books.services, books.timelines)

    def under(self, method: Method) -> Measures:
        """Return the measures of the same ledgers by another method."""
        return Measures(self.books.under(method), with_worst_windows=self.with_worst_windows)

    def services(self, part: Span | None = None) -> tuple[ServiceReport, ...]:
        """Return the figures of the services that are asked for, in the window or a part of it."""
        return tuple(self._service(service, part) for service in self.books.asked_for)

    def figures(self, name: str, scenario: ScenarioLedger, part: Span | None = None) -> Figures:
        """Return the figures of one service on one scenario, without its worst windows."""
        return self._figures(name, scenario.of(name, part))

    def _service(self, service: Service, part: Span | None) -> ServiceReport:
        best, *others = (
            self._all_figures(service.id, scenario.of(service.id, part))
            for scenario in self.books.scenarios
        )
        state = self.books.best.accounts[service.id].final
        return ServiceReport(service, state, best, tuple(others))

    def _all_figures(self, name: str, entries: ServiceEntries) -> Figures:
        figures = self._figures(name, entries)
        if not self.with_worst_windows:
            return figures
        from outage_cli.measures.worst_windows import worst_windows

        worst = worst_windows(entries.counted, self.books.method)
        return figures._replace(worst_windows=worst)

    def _figures(self, name: str, entries: ServiceEntries) -> Figures:
        """Return the figures on one scenario: buckets as they are, the rest as counted."""
        raw, counted, _ = entries
        method, slo = self.books.method, self.books.services[name].slo
        affected = self._affected.get(name)
        spent = availability.buckets(raw)
        considered = availability.considered(spent, method)
        lost = availability.weighted(
            spent if raw is counted else availability.buckets(counted), method
        )
        downtime, own = availability.downtime(counted, method)
        return Figures(
            buckets=spent,
            considered=considered,
            downtime=downtime,
            own=own,
            weighted_downtime=lost // WHOLE,
            availability=availability.availability(considered, lost),
            target=None if slo is None else availability.target(slo, considered, lost),
            outages=tuple(_outages(entries, method)),
            user_time_lost=None if affected is None else user_time.lost(counted, affected, method),
        )


def _outages(entries: ServiceEntries, method: Method) -> Iterable[Outage]:
    whole = outages(entries.runs, method)
    if not method.whole_minutes:
        return whole
    from outage_cli.measures.whole_minutes import in_whole_minutes

    return in_whole_minutes(whole, entries.counted, method)
