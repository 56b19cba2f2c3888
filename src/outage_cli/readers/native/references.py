"""What the sections of a native timeline share: moments, and names of services."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from outage_cli.model.moment import Moment
from outage_cli.model.service import Service
from outage_cli.readers.document import Value, Way
from outage_cli.readers.native.keys import EVERYTHING
from outage_cli.readers.native.values import Values, suggestion
from outage_cli.when.calendar.moments import TimeSettings, moment


class ReferenceReader(Values):
    """Reads values that refer to the calendar, to services or to events of the same timeline.

    `anchors` are the moments of events that have an id.
    """

    calendar: TimeSettings
    services: dict[str, Service]
    knows_services: bool
    anchors: Mapping[str, Moment] = MappingProxyType({})

    def moment(self, value: Value, way: Way, before: Moment | None = None) -> Moment | None:
        """Return the moment that a text states; it may count from `before`."""
        text = self.text(value, way)
        if text is None:
            return None
        return self.checked(moment(text, self.calendar, before, self.anchors), way)

    def period(self, value: Mapping[str, Value], way: Way) -> tuple[Moment | None, Moment | None]:
        """Return the moments under `from` and `to`."""
        start = self.moment(value.get("from"), (*way, "from"))
        end = self.moment(value.get("to"), (*way, "to"), start)
        if start and end and end.best < start.best:
            hint = "swap the two, or mend the date"
            self.add_error("ends-early", "ends before it starts", (*way, "to"), hint)
            return None, None
        return start, end

    def service_names(self, value: Value, way: Way) -> tuple[str, ...]:
        """Return the services that a value names, each once; `all` is every one of them."""
        if isinstance(value, str) and value in self.services:
            return (value,)
        names = self.texts(value, way)
        if EVERYTHING in names:
            return tuple(self.services)
        for at, name in enumerate(names):
            if name not in self.services:
                self.unknown_service(name, (*way, at) if isinstance(value, list) else way)
        return tuple(dict.fromkeys(name for name in names if name in self.services))

    def unknown_service(self, name: str, way: Way) -> None:
        """Add the problem of a name that no service has."""
        if not self.knows_services:
            return  # the section `services` has a problem of its own
        hint = f"add `{name}:` under `services:`"
        if self.services:
            hint = suggestion(name, self.services)
        self.add_error("unknown-service", f"names `{name}`, which is no service", way, hint)
