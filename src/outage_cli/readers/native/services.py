"""The services of a native timeline: what each is, what it requires, when it is offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outage_cli.model.event import SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.service import InService, Objective, Requirement, Service
from outage_cli.model.state import LADDER, State
from outage_cli.readers.document import Value, Way
from outage_cli.readers.native.keys import OBJECTIVE, REQUIRES, RESERVED, SERVICE
from outage_cli.readers.native.references import ReferenceReader
from outage_cli.when.clock.civil_time import is_day

_RUNGS = {state.word: state for state in LADDER}


class ServiceReader(ReferenceReader):
    """Reads the section `services`."""

    def service(self, name: str, value: Value, way: Way) -> Service:
        """Return a service, without what it requires and without its period of service."""
        if not name.strip():
            self.add_error_at_key(
                "reserved-name", "has a service without an id", way, "give it an id"
            )
        elif name in RESERVED:
            hint = f"give it another id; {' and '.join(RESERVED)} mean something else"
            self.add_error_at_key(
                "reserved-name", f"uses `{name}` as the id of a service", way, hint
            )
        plain = Service(name, name, timezone=self.calendar.zone.key, mark=SourceRef(self.file, way))
        if value is None or isinstance(value, str):
            return plain._replace(name=value or name)
        if not isinstance(value, dict):
            self.wrong(value, way, "a name, or a mapping with `name:`")
            return plain
        self.keys(value, way, SERVICE)

        def text(key: str) -> str | None:
            return self.text(value.get(key), (*way, key))

        def texts(key: str) -> tuple[str, ...]:
            return self.texts(value.get(key), (*way, key))

        objective = self.slo(value["slo"], (*way, "slo")) if value.get("slo") is not None else None
        return plain._replace(
            name=text("name") or name,
            operator=text("operator"),
            group=text("group"),
            category=text("category"),
            users=self.number(value.get("users"), (*way, "users")),
            population=self.number(value.get("population"), (*way, "population")),
            slo=objective.target if objective and objective.per is None else None,
            objective=objective if objective and objective.per else None,
            hours=self.hours(texts("hours"), (*way, "hours")),
            replaced_by=texts("replaced_by"),
            note=text("note"),
        )

    def hours(self, texts: tuple[str, ...], way: Way) -> tuple[str, ...]:
        """Return valid service hours, as they are written."""
        if not texts:
            return ()
        from outage_cli.when.calendar.service_hours import hours

        return () if self.checked(hours(texts), way) is None else texts

    def requirements(self, declared: Mapping[str, Value]) -> None:
        """Read the references of services to each other, once all of them are known."""
        for name, value in declared.items():
            if not isinstance(value, dict):
                continue
            self.service_names(value.get("replaced_by"), ("services", name, "replaced_by"))
            if (required := value.get("requires")) is not None:
                requires = tuple(self.requires(required, ("services", name, "requires")))
                self.services[name] = self.services[name]._replace(requires=requires)

    def requires(self, value: Value, way: Way) -> Iterator[Requirement]:
        """Yield what a service requires: names, groups of them, or a list of both."""
        if isinstance(value, list):
            for at, element in enumerate(value):
                if isinstance(element, list):
                    self.wrong(element, (*way, at), "a service, or {any: [a, b]}")
                else:
                    yield from self.requires(element, (*way, at))
        elif isinstance(value, dict):
            yield from self.group(value, way)
        else:
            yield from (Requirement((name,), 1) for name in self.service_names(value, way))

    def group(self, value: dict[str, Value], way: Way) -> Iterator[Requirement]:
        """Yield the requirement of all, any or some of a group of services, if it is one."""
        self.keys(value, way, REQUIRES)
        kinds = [key for key in ("all", "any", "of") if key in value]
        if len(kinds) != 1 or ("of" in value) != ("at_least" in value):
            hint = "write a list, {any: [a, b]} or {at_least: 2, of: [a, b, c]}"
            self.add_error("wrong-type", "does not say which services are required", way, hint)
            return
        names = self.service_names(value[kinds[0]], (*way, kinds[0]))
        at_least = self.number(value.get("at_least"), (*way, "at_least"))
        least = {"all": len(names), "any": 1, "of": at_least}[kinds[0]]
        cap = self.text(value.get("at_worst"), (*way, "at_worst"))
        worst = self.one_of(cap, _RUNGS, (*way, "at_worst"), "state")
        if least is None or not names:
            return
        if not 1 <= least <= len(names):
            hint = f"write a number from 1 to {len(names)}"
            self.add_error("wrong-type", f"requires {least} of {len(names)} services", way, hint)
            return
        yield Requirement(names, least, State.DOWN if worst is None else worst)

    def service_periods(self, declared: Mapping[str, Value]) -> None:
        """Read when services are offered, once the events are known from which it may count."""
        for name, value in declared.items():
            if isinstance(value, dict) and "in_service" in value:
                way = ("services", name, "in_service")
                in_service = self.in_service(value["in_service"], way)
                self.services[name] = self.services[name]._replace(in_service=in_service)

    def in_service(self, value: Value, way: Way) -> InService:
        """Return the period of service; of a day it is the whole of it, in every scenario."""
        bounds = self.mapping(value, way)
        self.keys(bounds, way, ("from", "to"))
        start, end = self.period(bounds, way)
        zone = self.calendar.zone
        return InService(
            Moment.exactly(start.first) if start and is_day(start, zone) else start,
            Moment.exactly(end.last) if end and is_day(end, zone) else end,
        )

    def slo(self, value: Value, way: Way) -> Objective | None:
        """Return a target, with its period where it has one."""
        from outage_cli.when.calendar.objectives import objective, period

        if not isinstance(value, dict):
            text = self.text(value, way, "99.9%, 99.9% monthly or {target: 99.9%, per: 30d}")
            return None if text is None else self.checked(objective(text), way)
        self.keys(value, way, OBJECTIVE)
        target, per = (self.text(value.get(key), (*way, key)) for key in ("target", "per"))
        if target is None and not self.misnamed(value, "target", OBJECTIVE):
            self.add_error(
                "missing-key", "has an slo without `target:`", way, "write {target: 99.9%}"
            )
        if target is None:
            return None
        goal = self.checked(objective(target), (*way, "target"))
        length = None if per is None else self.checked(period(per), (*way, "per"))
        return goal if goal is None or length is None else goal._replace(per=length)
