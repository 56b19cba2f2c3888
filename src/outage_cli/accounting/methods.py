"""The accounting methods that have a name. A figure is worth nothing without its method's."""

from __future__ import annotations

from outage_cli.model.method import Method, Planned
from outage_cli.model.share import WHOLE
from outage_cli.model.state import State

STANDARD = Method(
    name="standard",
    version=1,
    weights={State.DOWN: WHOLE, State.PARTIAL: WHOLE},
    maintenance=Planned.EXCLUDE,
    decimals=3,
)
