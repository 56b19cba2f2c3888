"""Shares of one, such as weights and targets, in billionths: sums and comparisons stay exact."""

from __future__ import annotations

import re
from typing import TypeAlias

Share: TypeAlias = int
WHOLE: Share = 1_000_000_000

_PERCENT = r"(\d{1,3})(?:\.(\d{1,7}))?\s*%"
_FRACTION = r"([01])\.(\d{1,9})"


def share(text: str) -> Share | None:
    """Return the share that `99.9%` or `0.999` says, or None where it says none up to 100 %."""
    if read := re.fullmatch(_PERCENT, text.strip()):
        part = int(read[1]) * 10**7 + int((read[2] or "").ljust(7, "0"))
    elif read := re.fullmatch(_FRACTION, text.strip()):
        part = int(read[1]) * WHOLE + int(read[2].ljust(9, "0"))
    else:
        return None
    return part if part <= WHOLE else None


def percent(part: int, whole: int, decimals: int) -> str:
    """Return `part / whole` as a percentage, cut after `decimals` and never rounded (SEMANTICS M8).

    One second down in a year is 99.999, never 100. `whole` must be greater than 0.
    """
    scaled = part * 100 * 10**decimals // whole
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    units, rest = divmod(scaled, 10**decimals)
    return f"{sign}{units}" if decimals == 0 else f"{sign}{units}.{rest:0{decimals}d}"


def spell(share: Share) -> str:
    """Return a share as the percentage people write: `99.9%`, `100%`."""
    digits = percent(share, WHOLE, 7)
    return f"{digits.rstrip('0').rstrip('.')}%"
