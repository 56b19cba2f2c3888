"""What stands behind a verdict, in words: the outages that decide it, each with its line."""

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
    """A line of a source, and the outage that it began; no words where it began none."""

    place: Place
    words: str

    def __str__(self) -> str:
        """Return `file:line:column: what happened there`, on one line."""
        place = visible(str(self.place))
        return f"{place}: {self.words}" if self.words else place


class Culprits:
    """The way from a verdict to the outages behind it, through the report it is about."""

    def __init__(self, report: Report | None) -> None:
        self.report = report
        self.services = {each.service.id: each for each in report.services} if report else {}
        self.begun, self.ended = cache(self._begun), cache(self._ended)

    def of(self, verdict: Verdict) -> list[Culprit]:
        """Return what decides a verdict: the line of the service where no outage does."""
        each, report = self.services.get(verdict.service), self.report
        if not each or not report:
            return [Culprit(place, "") for place in verdict.places]
        if not verdict.places and verdict.ruling is not Outcome.PASSED and each.service.mark.way:
            return [Culprit(report.lines.find(each.service.mark), "")]
        if verdict.ruling is Outcome.PASSED or not verdict.places:
            return [Culprit(place, "") for place in verdict.places]
        words = {**self.ended(verdict.service), **self.begun(verdict.service)}
        return [Culprit(place, words.get(place, "")) for place in verdict.places]

    def all(self, each: ServiceReport) -> Iterator[Culprit]:
        """Yield every outage of a service, as far as a line began it."""
        for place, words in self.begun(each.service.id).items():
            yield Culprit(place, words)

    def _begun(self, service: str) -> dict[Place, str]:
        """Return the lines that began the outages of a service, with those in words."""
        report = self.report
        if not report:
            return {}
        outages = ((one, one.started_by) for one in self.services[service].best.outages)
        return {report.lines.find(mark): told(one, report) for one, mark in outages if mark}

    def _ended(self, service: str) -> dict[Place, str]:
        """Return the lines that ended the outages of a service, and what they say."""
        report = self.report
        if not report:
            return {}
        marks = [one.ended_by for one in self.services[service].best.outages if one.ended_by]
        return {report.lines.find(mark): _end(report.lines.text(mark)) for mark in marks}


def _end(what: str) -> str:
    return f"ends with: {visible(what)}" if what else "ends here"


def told(outage: Outage, report: Report) -> str:
    """Return an outage on one line: when, how long, how bad, and what happened."""
    start, end = (clock(at, report.timezone) for at in (outage.start, outage.end))
    until = f"{end}, still going on" if outage.ongoing else end
    what = visible(report.lines.text(outage.started_by)) if outage.started_by else ""
    way = f" (by way of {visible(outage.inherited_from)})" if outage.inherited_from else ""
    said = f": {what}" if what else ""
    return f"{start} to {until}, {spell(outage.length)}, {outage.worst.word}{said}{way}"
