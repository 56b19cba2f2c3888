"""The events of a native timeline. Most are short, and are read in a fast way of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeAlias

from outage_cli.model.event import Event, Phase, SourceRef
from outage_cli.model.fast_tuples import quick
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.state import STATED, State
from outage_cli.readers.document import Line, Value, Way
from outage_cli.readers.native.keys import EVENT
from outage_cli.readers.native.references import ReferenceReader
from outage_cli.when.calendar.moments import UNREADABLE_REFERENCE, MomentResult, moments
from outage_cli.when.words.tongues.english import FIRST_WORDS

States: TypeAlias = list[tuple[State, tuple[str, ...]]]

_mark, _event = quick(SourceRef, "file", "way"), quick(Event, "at", "what", "mark", "states")
_PHASES = {phase.value: phase for phase in Phase}
_SHORTEST = ("at", "what", "its state")
_SHORT = {"at", "what"}


class EventReader(ReferenceReader):
    """Reads the section `events`."""

    ids: dict[str, int]
    """The position of each event that has an id."""

    single_states: Mapping[str, dict[str, tuple[tuple[State, tuple[str, ...]], ...]]]
    """For each state and service, the one value that events with this state alone share."""

    unread: frozenset[str] = frozenset()
    """Services with a state in an event that has no valid time."""

    def events(self, values: Sequence[Value | Line]) -> Iterator[Event]:
        """Yield the events. The time of one may count from any other, so all are read first."""
        entries: list[tuple[int, dict[str, Value] | Line]] = []
        texts: list[str] = []
        self.ids = {}
        for at, value in enumerate(values):
            if isinstance(value, Line):
                entries.append((at, value))
                texts.append(value[0])
                continue
            if not isinstance(value, dict):
                self.wrong(value, ("events", at), "{at: …, what: …}")
                continue
            if "id" in value:
                self.event_id(value["id"], len(entries), ("events", at, "id"))
            entries.append((at, value))
            time = value.get("at")
            texts.append(time if isinstance(time, str) else self.event_time(time, at))
        times = moments(texts, self.ids, self.calendar)
        self.anchors = {
            name: when for name, at in self.ids.items() if isinstance(when := times[at], Moment)
        }
        for (at, value), when in zip(entries, times, strict=True):
            way = ("events", at)
            event = self.short_event(value, when, way)
            if event is None:
                mapping = value.mapping if isinstance(value, Line) else value
                event = self.event(mapping, when, way)
            if event is not None:
                yield event

    def event_time(self, value: Value, at: int) -> str:
        """Return the time of an event as it is written; "" where it has none."""
        return self.text(value, ("events", at, "at"), "a time such as 2022-10-15 15:19") or ""

    def short_event(
        self, value: dict[str, Value] | Line, when: MomentResult, way: Way
    ) -> Event | None:
        """Return an event with a time, a text and one state of one service; None for any other."""
        if not isinstance(when, Moment):
            return None
        text: Value
        service: Value
        if isinstance(value, Line):
            _, text, key, service = value
        elif len(value) == len(_SHORTEST):
            (at, _), (what, text), (key, service) = value.items()
            if at != "at" or what != "what":
                return None
        else:
            return None
        known = self.single_states.get(key)
        if known is None or not isinstance(service, str) or not isinstance(text, str):
            return None
        if service not in self.services:
            return None
        states = known.get(service)
        if states is None:
            states = known[service] = ((STATED[key], (service,)),)
        mark = _mark(self.file, way)
        return _event(when, text, mark, states)

    def event_id(self, value: Value, number: int, way: Way) -> None:
        """Note the id of an event, which is the `number`th."""
        name = self.text(value, way)
        if name is None:
            return
        if name.lower() in FIRST_WORDS:
            hint = "give it another id, so that other times can count from it"
            self.add_error("reserved-name", f"uses `{name}` as an id, a word for times", way, hint)
        elif name in self.ids:
            message = f"gives the id `{name}` to a second event"
            self.add_error("duplicate-id", message, way, "give each event an id of its own")
        else:
            self.ids[name] = number

    def event(self, value: dict[str, Value], when: MomentResult, way: Way) -> Event | None:
        """Return any event; None where it has no valid time."""
        if value.get("at") is None and self.misnamed(value, "at", EVENT):
            pass  # the key in its place is a problem already
        elif value.get("at") is None:
            self.add_error("missing-key", "has an event without `at:`", way, "say when it happened")
        elif (
            isinstance(when, ProblemText)
            and when is not UNREADABLE_REFERENCE
            and isinstance(value["at"], str)
        ):
            self.checked(when, (*way, "at"))
        states, rest = self.states(value, way)
        what = self.text(rest.get("what"), (*way, "what"))
        if what is None and not self.misnamed(value, "what", EVENT):
            hint = "say what happened, in a few words"
            self.add_warning("missing-key", "has an event without `what:`", way, hint)
        details = self.details(rest, way) if len(rest) > 2 or not rest.keys() <= _SHORT else {}  # noqa: PLR2004
        if isinstance(when, ProblemText):
            self.unread |= {name for _, names in states for name in names}
            return None
        return Event(when, what or "", SourceRef(self.file, way), tuple(states), **details)

    def states(self, value: dict[str, Value], way: Way) -> tuple[States, dict[str, Value]]:
        """Return the states in an event, and its other keys and values."""
        states: States = []
        rest: dict[str, Value] = {}
        for key, named in value.items():
            state = STATED.get(key)
            if state is None:
                rest[key] = named
            elif isinstance(named, str) and named in self.services:
                states.append((state, (named,)))
            elif named is None:
                hint = "name the services, or leave the key out"
                self.add_error_at_key(
                    "wrong-type", f"says `{key}` of no service", (*way, key), hint
                )
            elif names := self.service_names(named, (*way, key)):
                states.append((state, names))
        if len(states) > 1:
            self.two_states(states, way)
        return states, rest

    def details(self, value: dict[str, Value], way: Way) -> dict[str, Any]:
        """Return the fields of an event beside its time, its text and its states."""
        for key, named in value.items():
            if key not in EVENT:
                self.unknown_event_key(key, named, way, value)

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
        """Add the problem of an unknown key, or of an unknown state if it names services."""
        named = value if isinstance(value, list) else [value]
        is_state = named and all(isinstance(each, str) and each in self.services for each in named)
        if is_state and not get_close_matches(key, EVENT, 1):
            hint = f"states are {', '.join(STATED)}"
            self.add_error_at_key("unknown-state", f"`{key}` is not a state", (*way, key), hint)
        else:
            self.unknown_key(key, way, EVENT, taken)

    def two_states(self, states: States, way: Way) -> None:
        """Add a problem for each service that has two states in one event."""
        earlier: dict[str, State] = {}
        for state, names in states:
            for name in names:
                if name in earlier:
                    message = f"says both {earlier[name].word} and {state.word} of `{name}` at once"
                    self.add_error(
                        "two-states", message, (*way, state.word), "keep the one that holds"
                    )
                earlier[name] = state

    def users(self, value: Value, way: Way) -> dict[str, int]:
        """Return the number of affected users by service."""
        users: dict[str, int] = {}
        if isinstance(value, str):
            hint = f"write {{{next(iter(self.services), 'web')}: {value}}}"
            self.add_error("wrong-type", "does not say whose users", way, hint)
            return users
        for name, written in self.mapping(value, way).items():
            number = self.number(written, (*way, name))
            if name not in self.services:
                self.unknown_service(name, (*way, name))
            elif number is not None:
                users[name] = number
        return users
