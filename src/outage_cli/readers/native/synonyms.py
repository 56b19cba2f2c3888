"""Words that people write for the keys of a timeline, and which key each of them stands for."""

from __future__ import annotations

from collections.abc import Collection

MEANT = {
    **dict.fromkeys(
        ("time", "when", "date", "datetime", "timestamp", "ts", "start_time"), ("at", "from")
    ),
    **dict.fromkeys(("start", "starts", "started", "begin", "since"), ("from", "since", "at")),
    **dict.fromkeys(("end", "ends", "ended", "until", "end_time"), ("to", "until")),
    **dict.fromkeys(("tz", "time_zone", "zone"), ("timezone",)),
    **dict.fromkeys(
        ("description", "message", "summary", "text", "event", "title", "details"),
        ("what", "note", "notes"),
    ),
    **dict.fromkeys(("comment", "comments", "remark"), ("note", "notes")),
    **dict.fromkeys(("depends_on", "dependencies", "depends", "needs", "dependson"), ("requires",)),
    **dict.fromkeys(("sla", "objective", "target", "goal"), ("slo", "target")),
    **dict.fromkeys(("period", "by", "every"), ("per",)),
    **dict.fromkeys(("owner", "company", "provider", "vendor"), ("operator",)),
    **dict.fromkeys(("label", "display_name"), ("name", "tags")),
    **dict.fromkeys(("repeat", "recurrence", "rrule"), ("repeats",)),
    **dict.fromkeys(("service", "components", "systems", "affected"), ("services",)),
    **dict.fromkeys(("incidents", "timeline", "log", "entries", "updates"), ("events",)),
    **dict.fromkeys(("maintenances", "planned", "scheduled"), ("maintenance",)),
    **dict.fromkeys(("link", "href"), ("url", "source")),
    "asof": ("as_of",),
}
"""The keys that a word may stand for, the likeliest first."""


def synonym(word: str, known: Collection[str], taken: Collection[str] = ()) -> str | None:
    """Return the key among `known`, and not `taken` already, that a word is another word for."""
    plain = word.strip().lower().replace("-", "_").replace(" ", "_")
    return next((key for key in MEANT.get(plain, ()) if key in known and key not in taken), None)
