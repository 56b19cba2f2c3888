"""The whole tool on one page: read, account, measure. Nothing here opens a file or asks a clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from outage_cli import registry
from outage_cli.accounting.frames import Asked, frame, united
from outage_cli.accounting.ledger import Account, ledger
from outage_cli.accounting.methods import STANDARD
from outage_cli.checks.circles import circles
from outage_cli.measures import availability as figures
from outage_cli.measures.outages import outages
from outage_cli.model.event import Mark
from outage_cli.model.method import Method
from outage_cli.model.problem import Place, Trouble
from outage_cli.model.report import File, Report, ServiceReport
from outage_cli.model.service import Service
from outage_cli.model.share import WHOLE
from outage_cli.model.timeline import Reading
from outage_cli.readers.source import Source

__all__ = ["Asked", "check", "read", "report"]

_HEAD = 4096


def read(source: Source) -> Reading:
    """Read one source in the format it names, its suffix says or its first characters show."""
    reader = registry.named(source.format, registry.READERS) if source.format else None
    module = registry.load((reader or _sniffed(source)).home)
    reading: Reading = module.read(source)
    return check(reading)


def _sniffed(source: Source) -> registry.Reader:
    for reader in registry.READERS:
        if source.name.lower().endswith(reader.suffixes):
            return reader
    head = source.data[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    return next(each for each in registry.READERS if re.match(each.starts, head))


def check(reading: Reading) -> Reading:
    """Return a reading with the findings of the checks among its problems, in order of place."""
    if reading.timeline is None:
        return reading
    found = list(reading.problems)
    for entry in registry.CHECKS:
        rule = registry.load(entry.home).check
        found += (trouble.at(reading.find(mark)) for mark, trouble in rule(reading.timeline))
    return reading._replace(problems=tuple(sorted(found, key=lambda each: each.place)))


def report(
    readings: Sequence[Reading], asked: Asked, method: Method = STANDARD
) -> Report | Trouble:
    """Return the report that is asked for, or why there is none."""
    timelines = [reading.timeline for reading in readings if reading.timeline]
    framed = frame(timelines, asked)
    services = united(timelines)
    wanted = _wanted(asked.services, services)
    for _, circle in circles(services):
        hint = "leave one of these requirements out"
        return Trouble("circular-requires", f"services go round in a circle: {circle}", hint)
    if isinstance(framed, Trouble):
        return framed
    if isinstance(wanted, Trouble):
        return wanted
    accounts = ledger(services, framed.told, framed.window)
    index = _Index(readings)
    return Report(
        title=" · ".join(dict.fromkeys(each.title for each in timelines if each.title)),
        timezone=framed.timezone,
        files=tuple(File(each.file, each.sha256) for each in timelines),
        sources=tuple(dict.fromkeys(source for each in timelines for source in each.sources)),
        label=framed.label,
        window=framed.window,
        as_of=framed.as_of,
        as_of_is_now=framed.as_of_is_now,
        method=method,
        services=tuple(_measured(services[name], accounts[name], method, index) for name in wanted),
        notes=tuple(note for each in timelines for note in each.notes),
        problems=tuple(problem for each in readings for problem in each.problems),
    )


class _Index:
    """The way from a mark back to its place and to what its line says."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = {each.timeline.file: each for each in readings if each.timeline}

    @cached_property
    def _told(self) -> dict[Mark, str]:
        timelines = (each.timeline for each in self._readings.values() if each.timeline)
        return {event.mark: event.what for each in timelines for event in each.events}

    def find(self, mark: Mark) -> Place:
        return self._readings[mark.file].find(mark)

    def tell(self, mark: Mark) -> str:
        return self._told.get(mark, "")


def _wanted(names: tuple[str, ...], services: Mapping[str, Service]) -> tuple[str, ...] | Trouble:
    for name in names:
        if name not in services:
            close = get_close_matches(name, services, 1)
            hint = f"did you mean {close[0]}?" if close else f"services are {', '.join(services)}"
            return Trouble("unknown-service", f"no service has the id `{name}`", hint)
    return tuple(dict.fromkeys(names)) or tuple(services)


def _measured(service: Service, account: Account, method: Method, index: _Index) -> ServiceReport:
    spent = figures.buckets(account.entries)
    counted = figures.considered(spent, method)
    lost = figures.weighted(spent, method)
    downtime, own = figures.downtime(account.entries, method)
    return ServiceReport(
        service=service,
        state=account.final,
        buckets=spent,
        considered=counted,
        downtime=downtime,
        own=own,
        weighted_downtime=lost // WHOLE,
        availability=figures.availability(counted, lost),
        target=None if service.slo is None else figures.target(service.slo, counted, lost),
        outages=tuple(outages(account.entries, method, index.find, index.tell)),
    )
