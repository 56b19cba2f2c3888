"""The accounting methods that have a name. A figure is worth nothing without its method's.

Whoever counts otherwise gets another version or a name of their own: what a name and a version mean
never changes. Each method follows what its owners publish; docs/methods.md has the list.
"""

from __future__ import annotations

from outage_cli.model.method import Method, Treatment
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import MINUTE
from outage_cli.model.state import State


def _weights(down: Share, partial: Share, degraded: Share) -> dict[State, Share]:
    return {State.DEGRADED: degraded, State.PARTIAL: partial, State.DOWN: down}


STANDARD = Method("standard", 1, _weights(WHOLE, WHOLE, 0), Treatment.EXCLUDE, 3)
"""Availability over the agreed service time, planned work left out: ISO/IEC 20000 and ITIL."""

STRICT = Method("strict", 1, _weights(WHOLE, WHOLE, WHOLE), Treatment.COUNT, 3)
"""What a user meets: every second that is not well counts, planned or not. It is our own."""

STATUSPAGE = Method("statuspage", 1, _weights(WHOLE, 3 * WHOLE // 10, 0), Treatment.AS_UP, 2)
"""Atlassian Statuspage, "Display historical uptime of components": a partial outage weighs 30 % of
a major one, degraded performance and maintenance nothing, and the figure is cut to two decimals.
"""

INCIDENT_IO = Method("incident-io", 1, _weights(WHOLE, WHOLE, 0), Treatment.AS_UP, 4)
"""incident.io, "Status pages: how we calculate uptime": full and partial outage are down, degraded
performance and maintenance are up.
"""

OPENSTATUS = Method("openstatus", 1, _weights(WHOLE, WHOLE // 2, 0), Treatment.COUNT, 4)
"""OpenStatus, the uptime of its status pages: a partial outage weighs half, planned work is time
like any other.
"""

ICINGA = Method(
    "icinga", 1, _weights(WHOLE, 0, 0), Treatment.AS_UP, 4, out_of_hours=Treatment.AS_UP
)
"""Icinga DB, `get_sla_ok_percent`, and Icinga Reports, `icinga_availability_slatime`: a warning is
no problem, downtimes that are scheduled are fine, and so is what lies outside of the SLA's hours.
"""

CONTRACT = Method(
    "contract", 1, _weights(WHOLE, WHOLE, 0), Treatment.EXCLUDE, 3, min_outage=5 * MINUTE
)
"""Service-level agreements of clouds, such as Google's: a "downtime period" is five or more minutes
in a row, and what is shorter does not count. Agreements differ: `--min-outage`, `--whole-minutes`.
"""
