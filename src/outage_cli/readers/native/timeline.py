"""The native timeline, whatever it is written in: from nested values to a `Timeline`.

Every mistake becomes a problem with its place, and reading goes on, so that one run shows them all.
What a problem is about is left out of the timeline; nothing is put in its stead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, TypeAlias

from outage_cli.model.event import Claim, ClaimKind, Event, Maintenance, Phase, Source, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.problem import WARNING, Problem, ProblemText
from outage_cli.model.quick import quick
from outage_cli.model.service import InService, Objective, Requirement, Service
from outage_cli.model.state import LADDER, STATED, State
from outage_cli.model.timeline import UTC, ReadResult, Timeline
from outage_cli.readers import source as sources
from outage_cli.readers.document import Document, Line, Value, Way
from outage_cli.readers.native.values import Values, meant
from outage_cli.readers.source import Text
from outage_cli.when.calendar.moments import (
    ABOUT,
    UNREADABLE_REFERENCE,
    MomentResult,
    TimeSettings,
    moment,
    moments,
    until,
)
from outage_cli.when.calendar.windows import window
from outage_cli.when.clock.civil_time import is_day
from outage_cli.when.clock.zones import known, zone
from outage_cli.when.words.durations import FORMS, duration
from outage_cli.when.words.tongues.english import FIRST_WORDS

TOP = ("title", "timezone", "sources", "about", "window", "as_of", "services", "events",
       "maintenance", "claims", "notes")  # fmt: skip
SERVICE = ("name", "operator", "group", "category", "users", "population", "requires", "slo",
           "hours", "in_service", "replaced_by", "note")  # fmt: skip
REQUIRES = ("all", "any", "at_least", "of", "at_worst")
EVENT = ("at", "what", "id", *STATED, "phase", "users", "source", "tags", "note")
MAINTENANCE = ("services", "from", "to", "repeats", "except", "what", "source")
CLAIM = ("service", *ClaimKind, "since", "until", "window", "by", "url", "note")
OBJECTIVE = ("target", "per")
SOURCE = ("name", "date", "url", "note")
EVERYTHING = "all"
RESERVED = (EVERYTHING, "any")

_mark, _event = quick(SourceRef, "file", "way"), quick(Event, "at", "what", "mark", "states")

_PHASES = {phase.value: phase for phase in Phase}
_RUNGS = {state.word: state for state in LADDER}

States: TypeAlias = list[tuple[State, tuple[str, ...]]]
Parse: TypeAlias = Callable[[Text], Document | Problem]


def read(source: sources.Source, parse: Parse) -> ReadResult:
    """Read a native timeline with the parser of its notation."""
    text = sources.decode(source)
    if isinstance(text, Problem):
        return ReadResult(None, (text,))
    parsed = parse(text)
    if isinstance(parsed, Problem):
        return ReadResult(None, (parsed,))
    reader = _TimelineReader(source.name, parsed)
    timeline = reader.read(sources.digest(source.data))
    if "\\" in text.text:
        reader.warn_of_escapes(text.text)
    find, line = parsed.find, parsed.line
    return ReadResult(
        timeline,
        tuple(reader.problems),
        lambda mark: find(mark.way, False),  # noqa: FBT003
        lambda mark: line(mark.way) if line else find(mark.way, False).line,  # noqa: FBT003
        lambda: parsed.data,
    )


class _TimelineReader(Values):
    """One timeline being read: what is known of it so far."""

    services: dict[str, Service]
    knows_services: bool
    ids: dict[str, int]
    calendar: TimeSettings
    anchors: Mapping[str, Moment] = MappingProxyType({})
    alone: Mapping[str, dict[str, tuple[tuple[State, tuple[str, ...]], ...]]]
    unread: frozenset[str] = frozenset()

    def read(self, digest: str) -> Timeline | None:
        """Return the timeline, or None where the document is none at all."""
        top = self.document.raw
        if not isinstance(top, dict) or not {"events", "services"} & top.keys():
            self.not_a_timeline(top)
            return None
        self.keys(top, (), TOP)
        self.calendar = self.read_calendar(top)
        self.alone = {word: {} for word in STATED}  # what most events say: one state of one service
        declared = self.mapping(top.get("services"), ("services",))
        self.knows_services = isinstance(top.get("services"), dict | None)
        self.services = {
            name: self.service(name, value, ("services", name)) for name, value in declared.items()
        }
        self.requirements(declared)
        events = tuple(self.events(self.listing(top.get("events"), ("events",))))
        self.lives(declared)
        named = self.text(top.get("window"), ("window",))
        if (
            named is not None
            and self.judged(window(named, self.calendar.zone, self.anchors), ("window",)) is None
        ):
            named = None
        return Timeline(
            file=self.file,
            sha256=digest,
            title=self.text(top.get("title"), ("title",)) or "",
            timezone=self.calendar.zone.key,
            services=self.services,
            events=events,
            maintenance=tuple(self.each(top.get("maintenance"), ("maintenance",), self.work)),
            claims=tuple(self.each(top.get("claims"), ("claims",), self.claim)),
            sources=tuple(self.each(top.get("sources"), ("sources",), self.source)),
            notes=self.texts(top.get("notes"), ("notes",)),
            window=named,
            as_of=self.as_of(top.get("as_of")),
            unread=self.unread,
            about=self.calendar.about,
        )

    def not_a_timeline(self, top: Value) -> None:
        names = ("events", "services")
        keys = (
            [key for key in top if get_close_matches(key, names, 1)]
            if isinstance(top, dict)
            else []
        )
        for key in keys:
            self.unknown_key(key, (), TOP)
        if not keys:
            hint = "a timeline has `services:` and `events:`"
            self.say_of_file("not-a-timeline", "is not a timeline", hint)

    def read_calendar(self, top: dict[str, Value]) -> TimeSettings:
        name = self.text(top.get("timezone"), ("timezone",))
        if top.get("timezone") is None and not self.misnamed(top, "timezone", TOP):
            hint = "add `timezone: Asia/Seoul`, or `timezone: UTC` if that is meant"
            self.say_of_file("no-timezone", "names no time zone, so UTC is taken", hint, WARNING)
        info = self.judged(zone(name or UTC), ("timezone",)) or known(UTC)
        about = self.text(top.get("about"), ("about",))
        width = ABOUT if about is None else duration(about)
        if width is None:
            self.say("not-a-duration", f"`{about}` is no duration", ("about",), f"write {FORMS}")
        return TimeSettings(info, ABOUT if width is None else width)

    # Services

    def service(self, name: str, value: Value, way: Way) -> Service:
        if not name.strip():
            self.say_of_key("reserved-name", "has a service without an id", way, "give it an id")
        elif name in RESERVED:
            hint = f"give it another id; {' and '.join(RESERVED)} mean something else"
            self.say_of_key("reserved-name", f"uses `{name}` as the id of a service", way, hint)
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

        aim = self.slo(value["slo"], (*way, "slo")) if value.get("slo") is not None else None
        return plain._replace(
            name=text("name") or name,
            operator=text("operator"),
            group=text("group"),
            category=text("category"),
            users=self.number(value.get("users"), (*way, "users")),
            population=self.number(value.get("population"), (*way, "population")),
            slo=aim.target if aim and aim.per is None else None,
            objective=aim if aim and aim.per else None,
            hours=self.hours(texts("hours"), (*way, "hours")),
            replaced_by=texts("replaced_by"),
            note=text("note"),
        )

    def hours(self, texts: tuple[str, ...], way: Way) -> tuple[str, ...]:
        """Return service hours that can be followed, as they are written."""
        if not texts:
            return ()
        from outage_cli.when.calendar.service_hours import hours

        return () if self.judged(hours(texts), way) is None else texts

    def requirements(self, declared: Mapping[str, Value]) -> None:
        """Read what services name of each other, once all of them are known."""
        for name, value in declared.items():
            if not isinstance(value, dict):
                continue
            self.names(value.get("replaced_by"), ("services", name, "replaced_by"))
            if (wanted := value.get("requires")) is not None:
                found = tuple(self.requires(wanted, ("services", name, "requires")))
                self.services[name] = self.services[name]._replace(requires=found)

    def requires(self, value: Value, way: Way) -> Iterator[Requirement]:
        """Yield what a service requires: names, groups of them, or a list of both."""
        if isinstance(value, list):
            for at, each in enumerate(value):
                if isinstance(each, list):
                    self.wrong(each, (*way, at), "a service, or {any: [a, b]}")
                else:
                    yield from self.requires(each, (*way, at))
        elif isinstance(value, dict):
            yield from self.group(value, way)
        else:
            yield from (Requirement((name,), 1) for name in self.names(value, way))

    def group(self, value: dict[str, Value], way: Way) -> Iterator[Requirement]:
        self.keys(value, way, REQUIRES)
        kinds = [key for key in ("all", "any", "of") if key in value]
        if len(kinds) != 1 or ("of" in value) != ("at_least" in value):
            hint = "write a list, {any: [a, b]} or {at_least: 2, of: [a, b, c]}"
            self.say("wrong-type", "does not say which services are required", way, hint)
            return
        names = self.names(value[kinds[0]], (*way, kinds[0]))
        at_least = self.number(value.get("at_least"), (*way, "at_least"))
        needed = {"all": len(names), "any": 1, "of": at_least}[kinds[0]]
        cap = self.text(value.get("at_worst"), (*way, "at_worst"))
        worst = self.one_of(cap, _RUNGS, (*way, "at_worst"), "state")
        if needed is None or not names:
            return
        if not 1 <= needed <= len(names):
            hint = f"write a number from 1 to {len(names)}"
            self.say("wrong-type", f"requires {needed} of {len(names)} services", way, hint)
            return
        yield Requirement(names, needed, State.DOWN if worst is None else worst)

    def lives(self, declared: Mapping[str, Value]) -> None:
        """Read when services are offered, once the events are known that it may count from."""
        for name, value in declared.items():
            if isinstance(value, dict) and "in_service" in value:
                way = ("services", name, "in_service")
                found = self.in_service(value["in_service"], way)
                self.services[name] = self.services[name]._replace(in_service=found)

    def in_service(self, value: Value, way: Way) -> InService:
        bounds = self.mapping(value, way)
        self.keys(bounds, way, ("from", "to"))
        start, end = self.stretch(bounds, way)
        zone = self.calendar.zone  # a day means all of it, on every reading of the times
        return InService(
            Moment.exactly(start.first) if start and is_day(start, zone) else start,
            Moment.exactly(end.last) if end and is_day(end, zone) else end,
        )

    def slo(self, value: Value, way: Way) -> Objective | None:
        """Return a target, with its period where it has one."""
        from outage_cli.when.calendar.objectives import objective, period

        if not isinstance(value, dict):
            text = self.text(value, way, "99.9%, 99.9% monthly or {target: 99.9%, per: 30d}")
            return None if text is None else self.judged(objective(text), way)
        self.keys(value, way, OBJECTIVE)
        target, per = (self.text(value.get(key), (*way, key)) for key in ("target", "per"))
        if target is None and not self.misnamed(value, "target", OBJECTIVE):
            self.say("missing-key", "has an slo without `target:`", way, "write {target: 99.9%}")
        if target is None:
            return None
        aim = self.judged(objective(target), (*way, "target"))
        told = None if per is None else self.judged(period(per), (*way, "per"))
        return aim if aim is None or told is None else aim._replace(per=told)

    # Events

    def events(self, values: Sequence[Value | Line]) -> Iterator[Event]:
        stories: list[tuple[int, dict[str, Value] | Line]] = []
        texts: list[str] = []
        self.ids = {}
        for at, value in enumerate(values):
            if isinstance(value, Line):
                stories.append((at, value))
                texts.append(value[0])
                continue
            if not isinstance(value, dict):
                self.wrong(value, ("events", at), "{at: …, what: …}")
                continue
            if "id" in value:
                self.label(value["id"], len(stories), ("events", at, "id"))
            stories.append((at, value))
            written = value.get("at")
            texts.append(written if isinstance(written, str) else self.time(written, at))
        told = moments(texts, self.ids, self.calendar)
        self.anchors = {
            name: when for name, at in self.ids.items() if isinstance(when := told[at], Moment)
        }
        for (at, value), when in zip(stories, told, strict=True):
            way = ("events", at)
            event = self.short(value, when, way)
            if event is None:
                mapping = value.mapping if isinstance(value, Line) else value
                event = self.event(mapping, when, way)
            if event is not None:
                yield event

    def time(self, value: Value, at: int) -> str:
        wanted = "a time such as 2022-10-15 15:19"
        return self.text(value, ("events", at, "at"), wanted) or ""

    def short(self, value: dict[str, Value] | Line, when: MomentResult, way: Way) -> Event | None:
        """Return the event of most lines, fast: a time, a few words, one state of one service."""
        if not isinstance(when, Moment):
            return None
        says: Value
        service: Value
        if isinstance(value, Line):
            _, says, key, service = value
        elif len(value) == len(_SHORTEST):
            (at, _), (what, says), (key, service) = value.items()
            if at != "at" or what != "what":
                return None
        else:
            return None
        alone = self.alone.get(key)
        if alone is None or not isinstance(service, str) or not isinstance(says, str):
            return None
        if service not in self.services:
            return None
        states = alone.get(service)
        if states is None:
            states = alone[service] = ((STATED[key], (service,)),)
        mark = _mark(self.file, way)
        return _event(when, says, mark, states)

    def label(self, value: Value, number: int, way: Way) -> None:
        name = self.text(value, way)
        if name is None:
            return
        if name.lower() in FIRST_WORDS:
            hint = "give it another id, so that other times can count from it"
            self.say("reserved-name", f"uses `{name}` as an id, a word for times", way, hint)
        elif name in self.ids:
            message = f"gives the id `{name}` to a second event"
            self.say("duplicate-id", message, way, "give each event an id of its own")
        else:
            self.ids[name] = number

    def event(self, value: dict[str, Value], when: MomentResult, way: Way) -> Event | None:
        if value.get("at") is None and self.misnamed(value, "at", EVENT):
            pass  # the key that stands in its place is told
        elif value.get("at") is None:
            self.say("missing-key", "has an event without `at:`", way, "say when it happened")
        elif (
            isinstance(when, ProblemText)
            and when is not UNREADABLE_REFERENCE
            and isinstance(value["at"], str)
        ):
            self.judged(when, (*way, "at"))
        states, rest = self.states(value, way)
        what = self.text(rest.get("what"), (*way, "what"))
        if what is None and not self.misnamed(value, "what", EVENT):
            hint = "say what happened, in a few words"
            self.warn("missing-key", "has an event without `what:`", way, hint)
        more = self.more(rest, way) if len(rest) > 2 or not rest.keys() <= _SHORT else {}  # noqa: PLR2004
        if isinstance(when, ProblemText):
            self.unread |= {name for _, names in states for name in names}
            return None
        return Event(when, what or "", SourceRef(self.file, way), tuple(states), **more)

    def states(self, value: dict[str, Value], way: Way) -> tuple[States, dict[str, Value]]:
        """Return the states that an event speaks of, and what else it says."""
        states: States = []
        rest: dict[str, Value] = {}
        for key, each in value.items():
            state = STATED.get(key)
            if state is None:
                rest[key] = each
            elif isinstance(each, str) and each in self.services:
                states.append((state, (each,)))
            elif each is None:
                hint = "name the services, or leave the key out"
                self.say_of_key("wrong-type", f"says `{key}` of no service", (*way, key), hint)
            elif names := self.names(each, (*way, key)):
                states.append((state, names))
        if len(states) > 1:
            self.two_states(states, way)
        return states, rest

    def more(self, value: dict[str, Value], way: Way) -> dict[str, Any]:
        """Return what an event says beside its time, its words and its states."""
        for key, each in value.items():
            if key not in EVENT:
                self.unknown_event_key(key, each, way, value)

        def text(key: str) -> str | None:
            return self.text(value.get(key), (*way, key))

        return {
            "id": text("id"),
            "phase": self.one_of(text("phase"), _PHASES, (*way, "phase"), "phase"),
            "users": self.users(value.get("users"), (*way, "users")),
            "source": text("source"),
            "tags": self.texts(value.get("tags"), (*way, "tags")),
            "note": text("note"),
        }

    def unknown_event_key(
        self, key: str, value: Value, way: Way, taken: Mapping[str, Value]
    ) -> None:
        named = value if isinstance(value, list) else [value]
        is_state = named and all(isinstance(each, str) and each in self.services for each in named)
        if is_state and not get_close_matches(key, EVENT, 1):
            hint = f"states are {', '.join(STATED)}"
            self.say_of_key("unknown-state", f"`{key}` is not a state", (*way, key), hint)
        else:
            self.unknown_key(key, way, EVENT, taken)

    def two_states(self, states: States, way: Way) -> None:
        said: dict[str, State] = {}
        for state, names in states:
            for name in names:
                if name in said:
                    message = f"says both {said[name].word} and {state.word} of `{name}` at once"
                    self.say("two-states", message, (*way, state.word), "keep the one that holds")
                said[name] = state

    def users(self, value: Value, way: Way) -> dict[str, int]:
        found: dict[str, int] = {}
        if isinstance(value, str):
            one = next(iter(self.services), "web")
            self.say("wrong-type", "does not say whose users", way, f"write {{{one}: {value}}}")
            return found
        for name, each in self.mapping(value, way).items():
            number = self.number(each, (*way, name))
            if name not in self.services:
                self.unknown_service(name, (*way, name))
            elif number is not None:
                found[name] = number
        return found

    # The rest of the file

    def work(self, value: dict[str, Value], way: Way) -> Maintenance | None:
        self.keys(value, way, MAINTENANCE)
        for key in ("services", "from"):
            if value.get(key) is None and not self.misnamed(value, key, MAINTENANCE):
                self.say("missing-key", f"has maintenance without `{key}:`", way, f"add `{key}:`")
        names = self.names(value.get("services"), (*way, "services"))
        start, end = self.stretch(value, way)
        what, repeats, told_by = (
            self.text(value.get(key), (*way, key)) for key in ("what", "repeats", "source")
        )
        left_out = self.texts(value.get("except"), (*way, "except"))
        if repeats is not None:
            repeats = self.rule(repeats, left_out, end, way)
        if start is None or not names:
            return None
        mark = SourceRef(self.file, way)
        return Maintenance(names, start, end, mark, what or "", repeats, left_out, told_by)

    def rule(
        self, repeats: str, left_out: tuple[str, ...], end: Moment | None, way: Way
    ) -> str | None:
        """Return a rule of recurrence that can be followed, or None."""
        if end is None:
            hint = "say with `to:` when its first window ends"
            self.say("missing-key", "repeats work that never ends", (*way, "repeats"), hint)
            return None
        from outage_cli.when.calendar.recurrence import recurrence

        told = recurrence(repeats, left_out)
        return None if self.judged(told, (*way, "repeats")) is None else repeats

    def claim(self, value: dict[str, Value], way: Way) -> Claim | None:
        self.keys(value, way, CLAIM)
        told = {key: self.text(value.get(key), (*way, key)) for key in CLAIM}
        said = [(figure, words) for figure in ClaimKind if (words := told[figure]) is not None]
        service = told["service"]
        if service is None or len(said) != 1:
            hint = f"a claim names a service and one of {', '.join(ClaimKind)}"
            self.say("missing-key", "has a claim that claims nothing definite", way, hint)
            return None
        if service not in self.services:
            self.unknown_service(service, (*way, "service"))
            return None
        rest = (told[key] for key in ("since", "until", "window", "by", "url", "note"))
        return Claim(service, *said[0], SourceRef(self.file, way), *rest)

    def source(self, value: dict[str, Value], way: Way) -> Source | None:
        self.keys(value, way, SOURCE)
        name, *rest = (self.text(value.get(key), (*way, key)) for key in SOURCE)
        if name is None:
            self.say("missing-key", "has a source without `name:`", way, "say who reported")
            return None
        return Source(name, *rest)

    # Moments and names

    def moment(self, value: Value, way: Way, before: Moment | None = None) -> Moment | None:
        text = self.text(value, way)
        if text is None:
            return None
        return self.judged(moment(text, self.calendar, before, self.anchors), way)

    def as_of(self, value: Value) -> Moment | None:
        """Return the instant after which nothing counts: of a day its end (SEMANTICS T6)."""
        at = self.moment(value, ("as_of",))
        return at and Moment.exactly(until(str(value), at))

    def stretch(self, value: Mapping[str, Value], way: Way) -> tuple[Moment | None, Moment | None]:
        """Return the moments under `from` and `to`."""
        start = self.moment(value.get("from"), (*way, "from"))
        end = self.moment(value.get("to"), (*way, "to"), start)
        if start and end and end.best < start.best:
            hint = "swap the two, or mend the date"
            self.say("ends-early", "ends before it starts", (*way, "to"), hint)
            return None, None
        return start, end

    def names(self, value: Value, way: Way) -> tuple[str, ...]:
        """Return the services that a value names, each once; `all` is every one of them."""
        if isinstance(value, str) and value in self.services:
            return (value,)
        named = self.texts(value, way)
        if EVERYTHING in named:
            return tuple(self.services)
        for at, name in enumerate(named):
            if name not in self.services:
                self.unknown_service(name, (*way, at) if isinstance(value, list) else way)
        return tuple(dict.fromkeys(name for name in named if name in self.services))

    def unknown_service(self, name: str, way: Way) -> None:
        if not self.knows_services:
            return  # what is wrong with them has been said
        hint = meant(name, self.services) if self.services else f"add `{name}:` under `services:`"
        self.say("unknown-service", f"names `{name}`, which is no service", way, hint)


_SHORTEST = ("at", "what", "its state")
_SHORT = {"at", "what"}
