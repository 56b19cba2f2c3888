"""The short sections of a native timeline: maintenance, claims and sources."""

from __future__ import annotations

from outage_cli.model.event import Claim, ClaimKind, Maintenance, Source, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.readers.document import Value, Way
from outage_cli.readers.native.keys import CLAIM, MAINTENANCE, SOURCE
from outage_cli.readers.native.references import ReferenceReader


class SectionReader(ReferenceReader):
    """Reads one element of such a section. What lacks an essential key is a problem and None."""

    def maintenance(self, value: dict[str, Value], way: Way) -> Maintenance | None:
        """Return an element of `maintenance`."""
        self.keys(value, way, MAINTENANCE)
        for key in ("services", "from"):
            if value.get(key) is None and not self.misnamed(value, key, MAINTENANCE):
                message = f"has maintenance without `{key}:`"
                self.add_error("missing-key", message, way, f"add `{key}:`")
        names = self.service_names(value.get("services"), (*way, "services"))
        start, end = self.period(value, way)
        what, repeats, source = (
            self.text(value.get(key), (*way, key)) for key in ("what", "repeats", "source")
        )
        exceptions = self.texts(value.get("except"), (*way, "except"))
        if repeats is not None:
            repeats = self.recurrence(repeats, exceptions, end, way)
        if start is None or not names:
            return None
        mark = SourceRef(self.file, way)
        return Maintenance(names, start, end, mark, what or "", repeats, exceptions, source)

    def recurrence(
        self, rule: str, exceptions: tuple[str, ...], end: Moment | None, way: Way
    ) -> str | None:
        """Return a valid rule of recurrence as it is written, else None."""
        if end is None:
            hint = "say with `to:` when its first window ends"
            message = "repeats work that never ends"
            self.add_error("missing-key", message, (*way, "repeats"), hint)
            return None
        from outage_cli.when.calendar.recurrence import recurrence

        read = recurrence(rule, exceptions)
        return None if self.checked(read, (*way, "repeats")) is None else rule

    def claim(self, value: dict[str, Value], way: Way) -> Claim | None:
        """Return an element of `claims`."""
        self.keys(value, way, CLAIM)
        texts = {key: self.text(value.get(key), (*way, key)) for key in CLAIM}
        figures = [(kind, text) for kind in ClaimKind if (text := texts[kind]) is not None]
        service = texts["service"]
        if service is None or len(figures) != 1:
            hint = f"a claim names a service and one of {', '.join(ClaimKind)}"
            self.add_error("missing-key", "has a claim that claims nothing definite", way, hint)
            return None
        if service not in self.services:
            self.unknown_service(service, (*way, "service"))
            return None
        rest = (texts[key] for key in ("since", "until", "window", "by", "url", "note"))
        return Claim(service, *figures[0], SourceRef(self.file, way), *rest)

    def source(self, value: dict[str, Value], way: Way) -> Source | None:
        """Return an element of `sources`."""
        self.keys(value, way, SOURCE)
        name, *rest = (self.text(value.get(key), (*way, key)) for key in SOURCE)
        if name is None:
            self.add_error("missing-key", "has a source without `name:`", way, "say who reported")
            return None
        return Source(name, *rest)
