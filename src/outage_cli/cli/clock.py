"""The present. This is the one place where the clock is read for a report."""

import time

from outage_cli.model.span import SECOND, Instant


def now() -> Instant:
    """Return the present, to the second."""
    return int(time.time()) * SECOND
