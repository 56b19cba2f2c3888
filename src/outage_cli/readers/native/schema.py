"""The native timeline as JSON Schema (2020-12), so that editors complete and check it.

The keys are those of `keys`; their descriptions are here. The types are those that editors see: a
value that is text to the reader may be a number, a boolean or null in YAML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from outage_cli.model.event import ClaimKind, Phase
from outage_cli.model.state import LADDER, STATED
from outage_cli.readers.native import keys
from outage_cli.when.calendar.windows import UNITS

Schema: TypeAlias = dict[str, object]

ID = "urn:outage:timeline:1"

_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
_GIVEN: Schema = {"type": ["string", "number", "boolean"]}
_TEXTS: Schema = {"type": [*["string", "number", "boolean", "null"], "array"], "items": _TEXT}
_TIME: Schema = {"type": ["string", "number", "null"]}
_NAMES: Schema = {**_TEXTS, "examples": ["web", ["web", "mail"], keys.EVERYTHING]}
_GROUPED = r"^(\d{1,15}|\d{1,3}([,_]\d{3}){1,4})$"
_NUMBER: Schema = {
    "type": ["integer", "string", "null"],
    "minimum": 0,
    "pattern": _GROUPED,
    "examples": [47500000, "47,500,000"],
}
_SHARE: Schema = {
    "type": ["number", "string", "null"],
    "minimum": 0,
    "maximum": 1,
    "pattern": r"^\s*(\d{1,3}(\.\d{1,7})?\s*%|[01]\.\d{1,9})\s*$",
    "examples": ["99.9%", 0.999],
}
_SLO: Schema = {
    "type": ["number", "string", "null"],
    "minimum": 0,
    "maximum": 1,
    "pattern": r"^\s*(\d{1,3}(\.\d{1,7})?\s*%|[01]\.\d{1,9})",
    "examples": ["99.9%", 0.999, "99.9% monthly", "99.9% per 30d"],
}
_MOMENTS = ["2022-10-15 15:19", "~15:33", "15:33 ± 5m", "by 08:00", "+4h", "fire + 4h", "?"]

_SOURCE: dict[str, Schema] = {
    "name": {**_GIVEN, "description": "Who reported: a newspaper, an operator, an authority."},
    "date": {**_TEXT, "description": "The day of the report."},
    "url": {**_TEXT, "description": "Where it can be read."},
    "note": {**_TEXT, "description": "Anything else about it."},
}
_STATE_WORDS = {
    "up": "Services that work from then on.",
    "degraded": "Services that work slowly or with small faults from then on: no downtime.",
    "partial": "Services of which a part does not work from then on: downtime.",
    "down": "Services that do not work from then on: downtime.",
    "maintenance": "Services that are worked on as announced from then on: time left out.",
    "unknown": "Services of which nobody knows from then on: time left out.",
}
_EVENT: dict[str, Schema] = {
    "at": {
        "type": ["string", "number"],
        "description": "When it happened: exactly, about, between, by, after, or so long after "
        "the event before or one with an id.",
        "examples": _MOMENTS,
    },
    "what": {**_TEXT, "description": "What happened, in a few words."},
    "id": {**_TEXT, "description": "A name from which other times can count: `fire + 4h`."},
    **{
        word: {
            **_NAMES,
            "type": ["string", "number", "boolean", "array"],
            "description": description,
        }
        for word, description in _STATE_WORDS.items()
    },
    "phase": {
        "enum": [*(phase.value for phase in Phase), None],
        "description": "The milestone of the incident that this is.",
    },
    "users": {
        "type": ["object", "null"],
        "additionalProperties": _NUMBER,
        "description": "How many users of a service are affected from then on, by its id.",
    },
    "source": {**_TEXT, "description": "Who says so."},
    "tags": {**_TEXTS, "description": "Words to find and group events by."},
    "note": {**_TEXT, "description": "Anything else about it."},
}
_REQUIRES: dict[str, Schema] = {
    "all": {**_NAMES, "description": "All of these must work."},
    "any": {**_NAMES, "description": "One of these must work."},
    "at_least": {**_NUMBER, "description": "So many of the services in `of` must work."},
    "of": {**_NAMES, "description": "The services of which `at_least` so many must work."},
    "at_worst": {
        "enum": [*(state.word for state in LADDER), None],
        "description": "Their failure makes the service no worse than this.",
    },
}
_SERVICE: dict[str, Schema] = {
    "name": {**_TEXT, "description": "What reports call it."},
    "operator": {**_TEXT, "description": "Who runs it."},
    "group": {**_TEXT, "description": "What it belongs to."},
    "category": {**_TEXT, "description": "What kind of service it is."},
    "users": {**_NUMBER, "description": "How many use it."},
    "population": {**_NUMBER, "description": "Out of how many they are."},
    "requires": {
        "anyOf": [
            _TEXT,
            {"$ref": "#/$defs/requirement"},
            {
                "type": "array",
                "items": {"anyOf": [_TEXT, {"$ref": "#/$defs/requirement"}]},
            },
        ],
        "description": "What it does not work without: services, {any: [a, b]} or "
        "{at_least: 2, of: [a, b, c]}.",
    },
    "slo": {
        "anyOf": [
            _SLO,
            {
                "type": "object",
                "properties": {
                    "target": {**_SHARE, "description": "The availability that it promises."},
                    "per": {
                        "type": "string",
                        "description": "In what: each month or other unit of the calendar, or any "
                        "stretch of a length.",
                        "examples": [*UNITS, "30d"],
                    },
                },
                "required": ["target"],
                "additionalProperties": False,
            },
        ],
        "description": "The availability that it promises, in the window or in a period.",
    },
    "hours": {
        **_TEXTS,
        "description": "When it is offered, by the clocks of the time zone.",
        "examples": ["Mon-Fri 08:30-15:30"],
    },
    "in_service": {
        "type": ["object", "null"],
        "properties": {
            "from": {**_TIME, "description": "The first moment at which it is offered."},
            "to": {**_TIME, "description": "When it is offered no more."},
        },
        "additionalProperties": False,
        "description": "From when to when it is offered at all.",
    },
    "replaced_by": {**_NAMES, "description": "The services that people turn to instead."},
    "note": {**_TEXT, "description": "Anything else about it."},
}
_MAINTENANCE: dict[str, Schema] = {
    "services": {
        **_NAMES,
        "type": ["string", "number", "boolean", "array"],
        "description": "The services that are worked on.",
    },
    "from": {"type": ["string", "number"], "description": "When the work begins."},
    "to": {**_TIME, "description": "When it ends, as announced."},
    "repeats": {
        **_TEXT,
        "description": "How it recurs: an RRULE of iCalendar.",
        "examples": ["FREQ=WEEKLY;BYDAY=SU"],
    },
    "except": {**_TEXTS, "description": "The days or times that the recurrence leaves out."},
    "what": {**_TEXT, "description": "What is done."},
    "source": {**_TEXT, "description": "Who announced it."},
}
_CLAIM: dict[str, Schema] = {
    "service": {**_GIVEN, "description": "The service that the claim is about."},
    "downtime": {
        **_TEXT,
        "description": "How long it is said to have been down.",
        "examples": ["4h", "about 4h", "at least 30h", "127h30m"],
    },
    "availability": {
        **_TEXT,
        "description": "The availability it is said to have had.",
        "examples": ["99.95%"],
    },
    "starts": {**_TEXT, "description": "When its outage is said to have begun."},
    "ends": {**_TEXT, "description": "When its outage is said to have ended."},
    "since": {**_TEXT, "description": "From when the claim counts: an event's id or a time."},
    "until": {**_TEXT, "description": "To when the claim counts: an event's id or a time."},
    "window": {**_TEXT, "description": "The window that the claim is about."},
    "by": {**_TEXT, "description": "Who published it."},
    "url": {**_TEXT, "description": "Where it can be read."},
    "note": {**_TEXT, "description": "Anything else about it."},
}
_TOP: dict[str, Schema] = {
    "title": {**_TEXT, "description": "What reports are headed with."},
    "timezone": {
        **_TEXT,
        "description": "The IANA zone in which times without an offset are read.",
        "examples": ["Asia/Seoul", "Europe/Berlin", "UTC"],
    },
    "sources": {
        "type": ["array", "null"],
        "items": {"$ref": "#/$defs/source"},
        "description": "Who reported.",
    },
    "about": {
        **_TEXT,
        "description": "What `~` means in this file: give or take so much.",
        "examples": ["15m"],
    },
    "window": {
        **_TEXT,
        "description": "The stretch of time that reports are about.",
        "examples": ["2022-10", "2022-Q4", "2022-10-15..2022-10-20"],
    },
    "as_of": {
        **_TIME,
        "description": "When this was written: what is open is closed there, nothing after counts.",
    },
    "services": {
        "type": ["object", "null"],
        "propertyNames": {"pattern": r"\S", "not": {"enum": [*keys.RESERVED]}},
        "additionalProperties": {
            "anyOf": [
                {**_TEXT, "description": "The name of the service."},
                {"$ref": "#/$defs/service"},
            ]
        },
        "description": "The services by their ids.",
    },
    "events": {
        "type": ["array", "null"],
        "items": {"$ref": "#/$defs/event"},
        "description": "What happened.",
    },
    "maintenance": {
        "type": ["array", "null"],
        "items": {"$ref": "#/$defs/maintenance"},
        "description": "Planned work.",
    },
    "claims": {
        "type": ["array", "null"],
        "items": {"$ref": "#/$defs/claim"},
        "description": "Figures that others published.",
    },
    "notes": {**_TEXTS, "description": "Anything else."},
}


def schema(name: str) -> Schema:
    """Return the schema of the timeline."""
    del name
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Timeline",
        "description": "The story of an outage, from which its figures are computed.",
        **_mapping(keys.TOP, _TOP),
        "anyOf": [{"required": ["events"]}, {"required": ["services"]}],
        "$defs": {
            "service": {
                "description": "A service: its name, or more of it.",
                **_mapping(keys.SERVICE, _SERVICE),
            },
            "requirement": {
                "description": "Services of which all, any or some must work.",
                **_mapping(keys.REQUIRES, _REQUIRES),
                "oneOf": [{"required": [key]} for key in ("all", "any", "of")],
                "dependentRequired": {"of": ["at_least"], "at_least": ["of"]},
            },
            "event": {
                "description": "A line of the story: when what happened, and which service is "
                f"{', '.join([*STATED][:-1])} or {[*STATED][-1]} from then on.",
                **_mapping(keys.EVENT, _EVENT, ["at"]),
            },
            "maintenance": {
                "description": "Planned work, once or recurring.",
                **_mapping(keys.MAINTENANCE, _MAINTENANCE, ["services", "from"]),
                "dependentRequired": {"repeats": ["to"]},
            },
            "claim": {
                "description": "A figure that somebody published, in their words.",
                **_mapping(keys.CLAIM, _CLAIM, ["service"]),
                "oneOf": [
                    {"required": [figure.value], "properties": {figure.value: _GIVEN}}
                    for figure in ClaimKind
                ],
            },
            "source": {
                "description": "Somebody who reported.",
                **_mapping(keys.SOURCE, _SOURCE, ["name"]),
            },
        },
    }


def _mapping(
    keys: Sequence[str], values: Mapping[str, Schema], required: Sequence[str] = ()
) -> Schema:
    """Return the schema of a mapping with the keys that the reader knows, and no others."""
    schema: Schema = {
        "type": "object",
        "properties": {str(key): values[key] for key in keys},
        "additionalProperties": False,
    }
    return {**schema, "required": [*required]} if required else schema
