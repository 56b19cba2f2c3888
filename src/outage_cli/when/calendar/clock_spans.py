"""Instants at which the clocks of a zone show given times of day.

A span on the wall clock holds the instants at which the clocks of the zone show a time inside it
(SEMANTICS M6). Times that the clocks skip hold none; times that they show twice count twice:

```text
Berlin, 31 March 2024      01:00 -------- 02:00|03:00 -------- 04:00
02:30-04:00                                    [---------------)            1 h, its start skipped
Berlin, 27 October 2024    02:00 -- 02:30 -- 03:00|02:00 -- 02:30 -- 03:00 -- 04:00
02:00-04:00                [--------------------------------------------------)     3 h
02:30-04:00                         [-------------)         [-----------------)     2 h
```
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from outage_cli.model.span import DAY, Duration, Instant, Span, union
from outage_cli.when.clock.zones import FIRST, LAST, local


def instants_shown(walls: Iterable[Span], within: Span, zone: ZoneInfo) -> list[Span]:
    """Return the spans of instants at which the clocks of a zone show a time in one of `walls`.

    `walls` are in microseconds since 1970-01-01 00:00 on the wall clock. The result lies inside
    `within` and the supported years, in order and merged (SEMANTICS M6).
    """
    offsets = _offsets(Span(max(within.start, FIRST), min(within.end, LAST)), zone)
    starts = [offset_span.start for offset_span, _ in offsets]
    spans = []
    for start, end in walls:
        first = max(bisect_right(starts, start - DAY) - 1, 0)
        for offset_span, ahead in offsets[first : bisect_left(starts, end + DAY)]:
            opens, closes = max(start - ahead, offset_span.start), min(end - ahead, offset_span.end)
            if opens < closes:
                spans.append(Span(opens, closes))
    return union(spans)


def _offsets(within: Span, zone: ZoneInfo) -> list[tuple[Span, Duration]]:
    """Return the spans without a change of offset, with the offset from UTC of each, in order."""
    offsets = []
    since = within.start
    while since < within.end:
        ahead = _ahead(since, zone)
        until = _change(Span(since, within.end), ahead, zone)
        offsets.append((Span(since, until), ahead))
        since = until
    return offsets


def _change(span: Span, ahead: Duration, zone: ZoneInfo) -> Instant:
    """Return the first instant of a span at which the offset is not `ahead`, or its end."""
    strides = range(span.start, span.end, _STRIDE)
    late = next((at for at in strides if _ahead(at, zone) != ahead), span.end)
    stride = range(max(late - _STRIDE, span.start), late)
    return stride.start + bisect_left(stride, 1, key=lambda at: _ahead(at, zone) != ahead)


_STRIDE = 3 * DAY
"""Less than the shortest time between two changes: four days, Freetown in September 1939."""


def _ahead(at: Instant, zone: ZoneInfo) -> Duration:
    """Return the offset of a zone from UTC at an instant."""
    return (local(at, zone).utcoffset() or timedelta()) // timedelta(microseconds=1)
