"""The outages that decide a verdict, each in words and with the line of the source behind it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from outage_cli.model.duration import spell
from outage_cli.model.outage import Outage
from outage_cli.model.problem import Place
from outage_cli.model.report import Report
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.writers.page.words import clock, visible


class Culprit(NamedTuple):
    """A line of a source and the outage that it began or ended; `words` is empty without one."""

    place: Place
    words: str

    def __str__(self) -> str:
        """Return `file:line:column: what happened there`, on one line."""
        place = visible(str(self.place))
        return f"{place}: {self.words}" if self.words else place


class Culprits:
    """Finds the outages behind the verdicts on a report."""

    def __init__(self, report: Report | None) -> None:
        self.report = report
        self.services = {each.service.id: each for each in report.services} if report else {}
        self.begun, self.ended = cache(self._begun), cache(self._ended)

    def of(self, verdict: Verdict) -> list[Culprit]:
        """Return the culprits of a verdict: the line of the service where no outage decides."""
        service, report = self.services.get(verdict.service), self.report
        if service and report and verdict.ruling is not Outcome.PASSED:
            if verdict.places:
                words = {**self.ended(verdict.service), **self.begun(verdict.service)}
                return [Culprit(place, words.get(place, "")) for place in verdict.places]
            if service.service.mark.way:
                return [Culprit(report.lines.find(service.service.mark), "")]
        return [Culprit(place, "") for place in verdict.places]

    def outages_of(self, service: ServiceReport) -> Iterator[Culprit]:
        """Yield the outages of a service that a line of a source began."""
        for place, words in self.begun(service.service.id).items():
            yield Culprit(place, words)

    def _begun(self, service: str) -> dict[Place, str]:
        """Return `line → outage in words` for the lines that began outages of a service."""
        report = self.report
        if not report:
            return {}
        return {
            report.lines.find(outage.started_by): outage_in_words(outage, report)
            for outage in self.services[service].best.outages
            if outage.started_by
        }

    def _ended(self, service: str) -> dict[Place, str]:
        """Return `line → its words` for the lines that ended outages of a service."""
        report = self.report
        if not report:
            return {}
        outages = self.services[service].best.outages
        marks = [outage.ended_by for outage in outages if outage.ended_by]
        return {report.lines.find(mark): _end(report.lines.text(mark)) for mark in marks}


def _end(what: str) -> str:
    return f"ends with: {visible(what)}" if what else "ends here"


def outage_in_words(outage: Outage, report: Report) -> str:
    """Return an outage on one line: start, end, length, worst state, and what happened."""
    start, end = (clock(at, report.timezone) for at in (outage.start, outage.end))
    until = f"{end}, still going on" if outage.ongoing else end
    what = visible(report.lines.text(outage.started_by)) if outage.started_by else ""
    what = f": {what}" if what else ""
    via = f" (by way of {visible(outage.inherited_from)})" if outage.inherited_from else ""
    return f"{start} to {until}, {spell(outage.length)}, {outage.worst.word}{what}{via}"
