"""The keys of a native timeline, by the mapping in which they stand, and its reserved words."""

from __future__ import annotations

from outage_cli.model.event import ClaimKind
from outage_cli.model.state import STATED

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
"""Stands for every service where names of services are expected."""

RESERVED = (EVERYTHING, "any")
"""Words that cannot be the id of a service."""
