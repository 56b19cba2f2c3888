"""The native timeline, in any notation: from the nested values of a document to a `Timeline`.

Every mistake becomes a problem with its place, and reading goes on, so that one run finds them all.
A value with a problem is left out of the timeline; nothing takes its place.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import TypeAlias

from outage_cli.model.moment import Moment
from outage_cli.model.problem import WARNING, Problem
from outage_cli.model.state import STATED
from outage_cli.model.timeline import UTC, ReadResult, Timeline
from outage_cli.readers.document import Document, Value
from outage_cli.readers.native.events import EventReader
from outage_cli.readers.native.keys import TOP
from outage_cli.readers.native.sections import SectionReader
from outage_cli.readers.native.services import ServiceReader
from outage_cli.readers.source import Source, Text, decode, digest
from outage_cli.when.calendar.moments import ABOUT, TimeSettings, until
from outage_cli.when.calendar.windows import window
from outage_cli.when.clock.zones import known, zone
from outage_cli.when.words.durations import FORMS, duration

Parse: TypeAlias = Callable[[Text], Document | Problem]


def read_timeline(source: Source, parse: Parse) -> ReadResult:
    """Read a native timeline with the parser of its notation."""
    text = decode(source)
    if isinstance(text, Problem):
        return ReadResult(None, (text,))
    document = parse(text)
    if isinstance(document, Problem):
        return ReadResult(None, (document,))
    reader = _TimelineReader(source.name, document)
    timeline = reader.read(digest(source.data))
    if "\\" in text.text:
        reader.warn_of_escapes(text.text)
    find, line = document.find, document.line
    return ReadResult(
        timeline,
        tuple(reader.problems),
        lambda mark: find(mark.way, False),  # noqa: FBT003
        lambda mark: line(mark.way) if line else find(mark.way, False).line,  # noqa: FBT003
        lambda: document.data,
    )


class _TimelineReader(ServiceReader, EventReader, SectionReader):
    """Reads one timeline. Services come before events, which name them."""

    def read(self, digest: str) -> Timeline | None:
        """Return the timeline, or None where the document has no part of one."""
        top = self.document.raw
        if not isinstance(top, dict) or not {"events", "services"} & top.keys():
            self.not_a_timeline(top)
            return None
        self.keys(top, (), TOP)
        self.calendar = self.read_calendar(top)
        self.single_states = {word: {} for word in STATED}
        declared = self.mapping(top.get("services"), ("services",))
        self.knows_services = isinstance(top.get("services"), dict | None)
        self.services = {
            name: self.service(name, value, ("services", name)) for name, value in declared.items()
        }
        self.requirements(declared)
        events = tuple(self.events(self.listing(top.get("events"), ("events",))))
        self.service_periods(declared)
        shown = self.window(top.get("window"))
        return Timeline(
            file=self.file,
            sha256=digest,
            title=self.text(top.get("title"), ("title",)) or "",
            timezone=self.calendar.zone.key,
            services=self.services,
            events=events,
            maintenance=self.elements(top.get("maintenance"), ("maintenance",), self.maintenance),
            claims=self.elements(top.get("claims"), ("claims",), self.claim),
            sources=self.elements(top.get("sources"), ("sources",), self.source),
            notes=self.texts(top.get("notes"), ("notes",)),
            window=shown,
            as_of=self.as_of(top.get("as_of")),
            unread=self.unread,
            about=self.calendar.about,
        )

    def not_a_timeline(self, top: Value) -> None:
        """Add the problem of a document without services and events."""
        names = ("events", "services")
        keys = top if isinstance(top, dict) else ()
        misspelt = [key for key in keys if get_close_matches(key, names, 1)]
        for key in misspelt:
            self.unknown_key(key, (), TOP)
        if not misspelt:
            hint = "a timeline has `services:` and `events:`"
            self.add_problem_of_file("not-a-timeline", "is not a timeline", hint)

    def read_calendar(self, top: dict[str, Value]) -> TimeSettings:
        """Return the time zone and the width of `~`, with their defaults."""
        name = self.text(top.get("timezone"), ("timezone",))
        if top.get("timezone") is None and not self.misnamed(top, "timezone", TOP):
            hint = "add `timezone: Asia/Seoul`, or `timezone: UTC` if that is meant"
            message = "names no time zone, so UTC is taken"
            self.add_problem_of_file("no-timezone", message, hint, WARNING)
        info = self.checked(zone(name or UTC), ("timezone",)) or known(UTC)
        about = self.text(top.get("about"), ("about",))
        width = ABOUT if about is None else duration(about)
        if width is None:
            hint = f"write {FORMS}"
            self.add_error("not-a-duration", f"`{about}` is no duration", ("about",), hint)
        return TimeSettings(info, ABOUT if width is None else width)

    def window(self, value: Value) -> str | None:
        """Return the window as it is written, if it is one."""
        text = self.text(value, ("window",))
        if text is None:
            return None
        read = window(text, self.calendar.zone, self.anchors)
        return None if self.checked(read, ("window",)) is None else text

    def as_of(self, value: Value) -> Moment | None:
        """Return the instant after which nothing counts: of a day its end (SEMANTICS T6)."""
        at = self.moment(value, ("as_of",))
        return at and Moment.exactly(until(str(value), at))
