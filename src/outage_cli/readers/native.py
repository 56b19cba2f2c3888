"""The native timeline, whatever it is written in: from nested values to a `Timeline`.

Every mistake becomes a problem with its place, and reading goes on, so that one run shows them all.
What a problem is about is left out of the timeline; nothing is put in its stead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from hashlib import sha256
from itertools import chain
from typing import TypeVar

from outage_cli.model.event import Claim, Event, Figure, Maintenance, Mark, Phase, Source
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ERROR, WARNING, Place, Problem, Trouble
from outage_cli.model.service import InService, Requirement, Service
from outage_cli.model.share import Share, share
from outage_cli.model.state import LADDER, STATED, State
from outage_cli.model.timeline import UTC, Reading, Timeline
from outage_cli.readers import source as sources
from outage_cli.readers.document import Document, Value, Way
from outage_cli.readers.source import Text
from outage_cli.when.durations import FORMS, duration
from outage_cli.when.moments import ABOUT, Calendar, Told, moment, moments
from outage_cli.when.windows import window
from outage_cli.when.zones import zone

TOP = ("title", "timezone", "sources", "about", "window", "as_of", "services", "events",
       "maintenance", "claims", "notes")  # fmt: skip
SERVICE = ("name", "operator", "group", "category", "users", "population", "requires", "slo",
           "hours", "in_service", "replaced_by", "note")  # fmt: skip
REQUIRES = ("all", "any", "at_least", "of", "at_worst")
EVENT = ("at", "what", "id", *STATED, "phase", "users", "source", "tags", "note")
MAINTENANCE = ("services", "from", "to", "repeats", "what", "source")
CLAIM = ("service", *Figure, "since", "until", "window", "by", "url", "note")
SOURCE = ("name", "date", "url", "note")
EVERYTHING = "all"
RESERVED = (EVERYTHING, "any")

_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"\d{1,15}|\d{1,3}(?:[,_]\d{3}){1,4}")

Parse = Callable[[Text], Document | Problem]
Found = TypeVar("Found")


def read(source: sources.Source, parse: Parse) -> Reading:
    """Read a native timeline with the parser of its notation."""
    text = sources.decode(source)
    if isinstance(text, Problem):
        return Reading(None, (text,))
    parsed = parse(text)
    if isinstance(parsed, Problem):
        return Reading(None, (parsed,))
    return _Reader(source, text, parsed).reading()


class _Reader:
    """One reading of one document. Problems gather as it goes."""

    def __init__(self, source: sources.Source, text: Text, parsed: Document) -> None:
        self.file, self.parsed = source.name, parsed
        self.digest = sha256(source.data).hexdigest()
        self.has_escapes = "\\" in text.text
        self.problems = list(parsed.problems)
        self.services: dict[str, Service] = {}
        self.ids: dict[str, int] = {}

    def reading(self) -> Reading:
        find = self.parsed.find
        top = self.parsed.data
        if not isinstance(top, dict) or not {"events", "services"} & top.keys():
            if isinstance(top, dict) and (close := self.close_key(top)):
                self.unknown_key(close, (), TOP)
            else:
                hint = "a timeline has `services:` and `events:`"
                place = Place(self.file)
                self.problems.append(Problem("not-a-timeline", "is not a timeline", place, hint))
            return Reading(None, tuple(self.problems))
        timeline = self.timeline(top)
        if self.has_escapes:
            self.escapes(top)
        return Reading(timeline, tuple(self.problems), lambda mark: find(mark.way, False))

    def timeline(self, top: dict[str, Value]) -> Timeline:
        self.keys(top, (), TOP)
        self.calendar = self.read_calendar(top)
        for at, (name, value) in enumerate(self.mapping(top.get("services"), ("services",))):
            del at
            self.services[name] = self.service(name, value, ("services", name))
        self.requirements(top)
        events = tuple(self.events(self.listing(top.get("events"), ("events",))))
        named = self.text(top.get("window"), ("window",))
        if named is not None:
            self.judged(window(named, self.calendar.zone), ("window",))
        return Timeline(
            file=self.file,
            sha256=self.digest,
            title=self.text(top.get("title"), ("title",)) or "",
            timezone=self.calendar.zone.key,
            services=self.services,
            events=events,
            maintenance=tuple(self.each(top, "maintenance", self.maintenance)),
            claims=tuple(self.each(top, "claims", self.claim)),
            sources=tuple(self.each(top, "sources", self.source)),
            notes=self.texts(top.get("notes"), ("notes",)),
            window=named,
            as_of=self.moment(top.get("as_of"), ("as_of",)),
        )

    def read_calendar(self, top: dict[str, Value]) -> Calendar:
        name = self.text(top.get("timezone"), ("timezone",))
        if name is None and "timezone" not in top:
            hint = "add `timezone: Asia/Seoul`, or `timezone: UTC` if that is meant"
            self.say("no-timezone", "names no time zone, so UTC is taken", (), hint, WARNING)
        info = self.judged(zone(name or UTC), ("timezone",)) or zone(UTC)
        if isinstance(info, Trouble):
            raise LookupError(info.message)  # no zone data on this machine at all
        about = self.text(top.get("about"), ("about",))
        width = ABOUT if about is None else duration(about)
        if width is None:
            self.say("not-a-duration", f"`{about}` is no duration", ("about",), f"write {FORMS}")
        return Calendar(info, ABOUT if width is None else width)

    # Services

    def service(self, name: str, value: Value, way: Way) -> Service:
        if name in RESERVED or not name.strip():
            hint = f"give the service another id; {' and '.join(RESERVED)} mean something else"
            self.say(
                "reserved-name", f"uses `{name}` as the id of a service", way, hint, of_key=True
            )
        if value is None or isinstance(value, str):
            return Service(name, value or name)
        if not isinstance(value, dict):
            self.wrong(value, way, "a name, or a mapping with `name:`")
            return Service(name, name)
        self.keys(value, way, SERVICE)
        told = {
            key: self.text(value.get(key), (*way, key))
            for key in ("name", "operator", "group", "category", "note")
        }  # noqa: E501
        return Service(
            name,
            told["name"] or name,
            told["operator"],
            told["group"],
            told["category"],
            self.number(value.get("users"), (*way, "users")),
            self.number(value.get("population"), (*way, "population")),
            (),
            self.slo(value.get("slo"), (*way, "slo")),
            self.texts(value.get("hours"), (*way, "hours")),
            self.in_service(value.get("in_service"), (*way, "in_service")),
            self.texts(value.get("replaced_by"), (*way, "replaced_by")),
            told["note"],
        )

    def requirements(self, top: dict[str, Value]) -> None:
        """Read what services require, once all of them are known."""
        declared = top.get("services")
        for name, value in (declared if isinstance(declared, dict) else {}).items():
            if not isinstance(value, dict):
                continue
            way: Way = ("services", name)
            self.known(self.services[name].replaced_by, (*way, "replaced_by"))
            if (wanted := value.get("requires")) is not None:
                found = tuple(self.requires(wanted, (*way, "requires")))
                self.services[name] = self.services[name]._replace(requires=found)

    def requires(self, value: Value, way: Way) -> Iterator[Requirement]:
        for at, each in enumerate(value) if isinstance(value, list) else [(None, value)]:
            here = way if at is None else (*way, at)
            if isinstance(each, dict):
                yield from self.requirement(each, here)
            elif (name := self.text(each, here)) and self.known((name,), here):
                yield Requirement((name,), 1)

    def requirement(self, value: dict[str, Value], way: Way) -> Iterator[Requirement]:
        self.keys(value, way, REQUIRES)
        groups = [key for key in ("all", "any", "of") if key in value]
        if len(groups) != 1 or ("of" in value) != ("at_least" in value):
            hint = "write a list, {any: [a, b]} or {at_least: 2, of: [a, b, c]}"
            self.say("wrong-type", "does not say which services are required", way, hint)
            return
        names = self.names(value[groups[0]], (*way, groups[0]))
        counts = {
            "all": len(names),
            "any": 1,
            "of": self.number(value.get("at_least"), (*way, "at_least")),
        }  # noqa: E501
        needed = counts[groups[0]]
        if needed is not None and not 1 <= needed <= len(names):
            hint = f"write a number from 1 to {len(names)}"
            self.say("wrong-type", f"requires {needed} of {len(names)} services", way, hint)
            return
        cap = self.text(value.get("at_worst"), (*way, "at_worst"))
        worst = self.one_of(
            cap, {state.word: state for state in LADDER}, (*way, "at_worst"), "state"
        )
        if needed is not None:
            yield Requirement(names, needed, State.DOWN if worst is None else worst)

    def in_service(self, value: Value, way: Way) -> InService:
        if value is None:
            return InService()
        if not isinstance(value, dict):
            self.wrong(value, way, "{from: 2020-01-01, to: 2024-12-31}")
            return InService()
        self.keys(value, way, ("from", "to"))
        start = self.moment(value.get("from"), (*way, "from"))
        end = self.moment(value.get("to"), (*way, "to"), start)
        self.in_order(start, end, (*way, "to"))
        return InService(start, end)

    def slo(self, value: Value, way: Way) -> Share | None:
        text = self.text(value, way)
        target = None if text is None else share(text)
        if text is not None and target is None:
            self.say(
                "wrong-type", f"`{text}` is no target", way, "write a percentage such as 99.9%"
            )
        return target

    # Events

    def events(self, values: list[Value]) -> Iterator[Event]:
        stories: list[tuple[int, dict[str, Value]]] = []
        for at, value in enumerate(values):
            if isinstance(value, dict):
                stories.append((at, value))
            else:
                self.wrong(value, ("events", at), "{at: …, what: …}")
        for number, (at, value) in enumerate(stories):
            self.label(value.get("id"), number, stories, ("events", at, "id"))
        texts = [self.text(value.get("at"), ("events", at, "at")) or "" for at, value in stories]
        told = moments(texts, self.ids, self.calendar)
        for (at, value), text, when in zip(stories, texts, told, strict=True):
            event = self.event(value, when, ("events", at), is_told=bool(text))
            if event is not None:
                yield event

    def label(
        self, value: Value, number: int, stories: list[tuple[int, dict[str, Value]]], way: Way
    ) -> None:  # noqa: E501
        name = self.text(value, way)
        if name is None:
            return
        if name in self.ids:
            first = self.parsed.find(("events", stories[self.ids[name]][0], "id"), False)
            message = f"gives the id `{name}` twice, first in line {first.line}"
            self.say("duplicate-id", message, way, "give each event an id of its own")
        else:
            self.ids[name] = number

    def event(
        self, value: dict[str, Value], when: Told, way: Way, *, is_told: bool
    ) -> Event | None:
        self.event_keys(value, way)
        if "at" not in value or value["at"] is None:
            self.say("missing-key", "has an event without `at:`", way, "say when it happened")
            when = Trouble("", "")
        elif is_told:
            self.judged(when, (*way, "at"))
        what = self.text(value.get("what"), (*way, "what"))
        states = tuple(self.states(value, way))
        if what is None:
            hint = "say what happened, in a few words"
            self.say("missing-key", "has an event without `what:`", way, hint, WARNING)
        phase = self.text(value.get("phase"), (*way, "phase"))
        event = Event(
            None if isinstance(when, Trouble) else when,
            what or "",
            Mark(self.file, way),
            states,
            self.text(value.get("id"), (*way, "id")),
            self.one_of(phase, {each.value: each for each in Phase}, (*way, "phase"), "phase"),
            self.users(value.get("users"), (*way, "users")),
            self.text(value.get("source"), (*way, "source")),
            self.texts(value.get("tags"), (*way, "tags")),
            self.text(value.get("note"), (*way, "note")),
        )
        return None if isinstance(when, Trouble) else event

    def event_keys(self, value: dict[str, Value], way: Way) -> None:
        for key in value.keys() - _EVENT_KEYS:
            named = value[key] if isinstance(value[key], list) else [value[key]]
            is_state = (
                isinstance(named, list) and named and all(each in self.services for each in named)
            )
            if is_state and not get_close_matches(key, EVENT, 1):
                hint = f"states are {', '.join(STATED)}"
                self.say("unknown-state", f"`{key}` is not a state", (*way, key), hint, of_key=True)
            else:
                self.unknown_key(key, way, EVENT)

    def states(self, value: dict[str, Value], way: Way) -> Iterator[tuple[State, tuple[str, ...]]]:
        said: dict[str, str] = {}
        for word in value.keys() & STATED.keys() if len(value) > 1 else ():
            if value[word] is None:
                hint = "name the services, or leave the key out"
                self.say("wrong-type", f"says `{word}` of no service", (*way, word), hint)
        for word, state in STATED.items():
            if value.get(word) is None:
                continue
            names = self.names(value[word], (*way, word))
            for name in names:
                if name in said:
                    message = f"says both {said[name]} and {word} of `{name}` at once"
                    self.say("two-states", message, (*way, word), "keep the one that holds")
            said |= dict.fromkeys(names, word)
            if names:
                yield state, names

    def users(self, value: Value, way: Way) -> dict[str, int]:
        found: dict[str, int] = {}
        for name, each in self.mapping(value, way):
            if self.known((name,), (*way, name), of_key=True):
                number = self.number(each, (*way, name))
                if number is not None:
                    found[name] = number
        return found

    # The rest of the file

    def maintenance(self, value: dict[str, Value], way: Way) -> Maintenance | None:
        self.keys(value, way, MAINTENANCE)
        names = self.names(value.get("services"), (*way, "services"))
        start = self.moment(value.get("from"), (*way, "from"))
        end = self.moment(value.get("to"), (*way, "to"), start)
        self.in_order(start, end, (*way, "to"))
        for key in ("services", "from"):
            if value.get(key) is None:
                self.say("missing-key", f"has maintenance without `{key}:`", way, f"add `{key}:`")
        told = {
            key: self.text(value.get(key), (*way, key)) for key in ("what", "repeats", "source")
        }
        if start is None or not names:
            return None
        return Maintenance(
            names,
            start,
            end,
            Mark(self.file, way),
            told["what"] or "",
            told["repeats"],
            told["source"],
        )  # noqa: E501

    def claim(self, value: dict[str, Value], way: Way) -> Claim | None:
        self.keys(value, way, CLAIM)
        told = {key: self.text(value.get(key), (*way, key)) for key in CLAIM}
        figures = [figure for figure in Figure if told[figure] is not None]
        for key in ("since", "until"):
            if (text := told[key]) is not None and text not in self.ids:
                self.judged(moment(text, self.calendar), (*way, key))
        service = told["service"]
        if service is None or len(figures) != 1:
            hint = f"a claim names a service and one of {', '.join(Figure)}"
            self.say("missing-key", "has a claim that claims nothing definite", way, hint)
            return None
        if not self.known((service,), (*way, "service")):
            return None
        figure = figures[0]
        return Claim(
            service,
            figure,
            told[figure] or "",
            Mark(self.file, way),
            *(told[key] for key in CLAIM[5:]),
        )  # noqa: E501

    def source(self, value: dict[str, Value], way: Way) -> Source | None:
        self.keys(value, way, SOURCE)
        name, *rest = (self.text(value.get(key), (*way, key)) for key in SOURCE)
        if name is None:
            self.say("missing-key", "has a source without `name:`", way, "say who reported")
            return None
        return Source(name, *rest)

    # Values and their types

    def each(
        self, top: dict[str, Value], key: str, made: Callable[[dict[str, Value], Way], Found | None]
    ) -> Iterator[Found]:  # noqa: E501
        for at, value in enumerate(self.listing(top.get(key), (key,))):
            if not isinstance(value, dict):
                self.wrong(value, (key, at), "a mapping of keys to values")
            elif (found := made(value, (key, at))) is not None:
                yield found

    def moment(self, value: Value, way: Way, before: Moment | None = None) -> Moment | None:
        text = self.text(value, way)
        return None if text is None else self.judged(moment(text, self.calendar, before), way)

    def names(self, value: Value, way: Way) -> tuple[str, ...]:
        """Return the services that a value names, each once; `all` is every one of them."""
        named = self.texts(value, way)
        if EVERYTHING in named:
            return tuple(self.services)
        return tuple(dict.fromkeys(self.known(named, way if isinstance(value, str) else way)))

    def known(self, names: Collection[str], way: Way, *, of_key: bool = False) -> tuple[str, ...]:
        """Return the names that services have; the others are `unknown-service`."""
        for at, name in enumerate(names):
            if name not in self.services:
                close = get_close_matches(name, self.services, 1)
                hint = f"did you mean {close[0]}?" if close else f"add `{name}:` under `services:`"
                here = (*way, at) if len(names) > 1 or not of_key else way
                self.say(
                    "unknown-service",
                    f"names `{name}`, which is no service",
                    here,
                    hint,
                    of_key=of_key,
                )  # noqa: E501
        return tuple(name for name in names if name in self.services)

    def text(self, value: Value, way: Way) -> str | None:
        if value is None or isinstance(value, str):
            return value
        self.wrong(value, way, "a text")
        return None

    def texts(self, value: Value, way: Way) -> tuple[str, ...]:
        """Return the texts of a list; a text by itself is a list of one."""
        if value is None or isinstance(value, str):
            return () if value is None else (value,)
        if isinstance(value, dict):
            self.wrong(value, way, "a text or a list of texts")
            return ()
        told = (self.text(each, (*way, at)) for at, each in enumerate(value))
        return tuple(each for each in told if each is not None)

    def number(self, value: Value, way: Way) -> int | None:
        text = self.text(value, way)
        if text is None:
            return None
        if not _NUMBER.fullmatch(text):
            self.say(
                "wrong-type", f"`{text}` is not a whole number", way, "write digits, as in 47500000"
            )  # noqa: E501
            return None
        return int(text.replace(",", ""))

    def mapping(self, value: Value, way: Way) -> list[tuple[str, Value]]:
        if isinstance(value, dict):
            return list(value.items())
        if value is not None:
            self.wrong(value, way, "a mapping, one `id: …` a line")
        return []

    def listing(self, value: Value, way: Way) -> list[Value]:
        if isinstance(value, list):
            return value
        if value is not None:
            self.wrong(value, way, "a list, one `- …` a line")
        return []

    def one_of(
        self, text: str | None, among: dict[str, Found], way: Way, kind: str
    ) -> Found | None:
        if text is None or text in among:
            return among.get(text) if text is not None else None
        close = get_close_matches(text.lower(), among, 1)
        hint = f"did you mean {close[0]}?" if close else f"one of {', '.join(among)}"
        self.say(f"unknown-{kind}", f"`{text}` is not a {kind}", way, hint)
        return None

    # Problems

    def keys(self, value: dict[str, Value], way: Way, known: tuple[str, ...]) -> None:
        for key in value:
            if key not in known:
                self.unknown_key(key, way, known)

    def unknown_key(self, key: str, way: Way, known: tuple[str, ...]) -> None:
        close = get_close_matches(key.lower(), known, 1)
        hint = f"did you mean {close[0]}?" if close else f"keys here are {', '.join(known)}"
        self.say(
            "unknown-key",
            f"has the key `{key}`, which means nothing here",
            (*way, key),
            hint,
            of_key=True,
        )  # noqa: E501

    def close_key(self, top: dict[str, Value]) -> str | None:
        return next((key for key in top if get_close_matches(key, ("events", "services"), 1)), None)

    def wrong(self, value: Value, way: Way, wanted: str) -> None:
        kinds = {str: "a text", list: "a list", dict: "a mapping"}
        got = "nothing" if value is None else kinds[type(value)]
        self.say(
            "wrong-type", f"has {got} where something else is expected", way, f"write {wanted}"
        )

    def in_order(self, start: Moment | None, end: Moment | None, way: Way) -> None:
        if start and end and end.best < start.best:
            hint = "swap the two, or mend the date"
            self.say("ends-early", "ends before it starts", way, hint)

    def judged(self, told: Found | Trouble, way: Way) -> Found | None:
        """Return what was told, or None once its trouble has become a problem."""
        if not isinstance(told, Trouble):
            return told
        self.problems.append(told.at(self.parsed.find(way, False)))
        return None

    def say(
        self,
        code: str,
        message: str,
        way: Way,
        hint: str,
        severity: str = ERROR,
        *,
        of_key: bool = False,
    ) -> None:  # noqa: E501, PLR0913
        place = self.parsed.find(way, of_key) if way else Place(self.file)
        self.problems.append(Problem(code, message, place, hint, severity))

    def escapes(self, top: dict[str, Value]) -> None:
        """Warn of control characters that were written as escapes; screens must not obey them."""
        waiting: list[tuple[Way, Value]] = [((), top)]
        while waiting:
            way, value = waiting.pop()
            below = (
                value.items()
                if isinstance(value, dict)
                else enumerate(value)
                if isinstance(value, list)
                else ()
            )  # noqa: E501
            waiting += [((*way, key), each) for key, each in below]
            words = [value] if isinstance(value, str) else [str(way[-1])] if way else []
            for found in chain.from_iterable(_ESCAPE.finditer(each) for each in words[:1]):
                hint = "remove it; it is shown as a visible sign wherever it is printed"
                message = f"holds the control character U+{ord(found[0]):04X}"
                self.say("control-character", message, way, hint, WARNING)
                break


_EVENT_KEYS = frozenset(EVENT)
