"""Throws mutated texts at the whole time layer: `make fuzz`, `fuzz/times.py SECONDS SEED`.

No text may raise, bounds are in order, and whatever is refused has a hint. Exits with 1 otherwise.
"""
# ruff: noqa: INP001, S311, T201 - run by path, by chance, and it prints

from __future__ import annotations

import random
import sys
import time
import traceback

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.when.calendar.moments import Calendar, moments
from outage_cli.when.calendar.service_hours import hours
from outage_cli.when.calendar.shifts import shift
from outage_cli.when.calendar.windows import Window, window
from outage_cli.when.clock.zones import known, rfc3339, zone
from outage_cli.when.words.durations import duration

CORPUS = """
2022-10-15 15:19 | 2022-10-15T06:19:00Z | 2022-10-15T15:19:30.5+09:00 | 20221015T151900Z
2022-W41-6 | 2022-288 | 2022-10-15 | 15:19 | 15.19 | 1519 | 24:00 | 22:00> | 22:00>> | ?
1665814740 | 1665814740000 | Sat, 15 Oct 2022 15:19:00 +0900 | 2022/10/15 15:19
15 Oct 2022, 3:19 pm | Oct 15 15:19 | 12:15 AM | 10/11/2022 | 15/10/22 | 3 o'clock | noon
midnight | ~15:33 | about 15:33 | 15:33 ± 5m | 15:10..15:25 | by 08:00 | after 22:00
no later than 16:00 | +4h | -10m | fire + 4h | 4h after fire | 4 hours later
2022年10月15日午後3時19分 | 同33分頃 | 4時間後 | 16日午後10時頃 | 25時30分 | 翌日
翌16日午前1時31分 | 2022년 10월 15일 오후 3시 19분 | 오후 3시 반 | 20일 23시께 | 다음날 오전 1시
2022年10月15日下午3时19分 | 2024-03-31 02:30 | 2024-10-27 02:30 | 2024-04-07 01:45
2022-10-15 15:19 KST | 2022-10-15 15:19 IST | 2017-02-30 | 25:61 | 15:19:61 | 3:19 xm | 0000-10-15
99999-10-15 | 1900-01-01 | 2199-12-31 23:59 | 2022 | 2022-Q4 | 2022-10 | 2022-W41
2022-10-15..2022-10-20 | 2022-10-15 15:19..2022-10-16 | last 30d | 2d | -3h | next weekday
previous friday | 1 h 30 min | PT4H30M | 4時間30分 | 90s | 109800d | Mon-Fri 09:00-17:00
Sat 10-14; 24/7 | 2024-12-25 closed | Europe/Berlin | Asia/Seoul | new york
"""
TEXTS = [text.strip() for line in CORPUS.split("\n") for text in line.split(" | ") if text.strip()]
BITS = [*"0123456789:./-+,;' ()TZ>~±?年月日時分半同頃년월일시분후", *"\0\n\t²٣９　\ud800\u202e"]
BITS += ["..", " ± ", "by ", "after ", "~" * 99, "9" * 20, "fire", "+09:00", "-15:59", "last ", "P"]
ZONES = [known(name) for name in ("Asia/Seoul", "Europe/Berlin", "Australia/Lord_Howe", "UTC")]
FIRE = "2022-10-15 15:19"
SLOW = 200  # what looks through all zones is tried on one text of so many


def mutated(chance: random.Random) -> str:
    """Return a text that says a time, or almost."""
    text = chance.choice(TEXTS)
    for _ in range(chance.randrange(5)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.randrange(4))
        text = text[:start] + "".join(chance.choices(BITS, k=chance.randrange(3))) + text[end:]
    return text + chance.choice(["", "", "", " ", "..", ".." + chance.choice(TEXTS)])


def attempt(texts: list[str], chance: random.Random) -> None:
    """Read texts in every way there is. Raises AssertionError where what comes back is wrong."""
    info = chance.choice(ZONES)
    found: list[object] = [*moments([FIRE, *texts], {"fire": 0, "later": 2}, Calendar(info))]
    for each in found:
        if isinstance(each, Moment):
            known_bounds = [at for at in (each.earliest, each.best, each.latest) if at is not None]
            assert known_bounds == sorted(known_bounds), f"bounds out of order: {each}"  # noqa: S101
            rfc3339(each.best, info.key)
    for text in texts:
        duration(text)
        spans = window(text, info)
        if isinstance(spans, Window) and spans.last is None:
            assert spans.start <= spans.end, f"ends early: {spans}"  # noqa: S101
        found += [spans, shift(text, 1_665_814_740_000_000, info), hours([text])]
        found += [zone(text)] if chance.randrange(SLOW) == 0 else []
    bare = [
        each for each in found if isinstance(each, ProblemText) and not (each.message and each.hint)
    ]
    assert not bare, f"no hint: {bare}"  # noqa: S101


def main() -> int:
    """Try texts for a while and return the exit code."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)  # noqa: PLR2004
    chance, end, tried, failed = random.Random(seed), time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        texts = [mutated(chance) for _ in range(3)]
        tried += len(texts)
        try:
            attempt(texts, chance)
        except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
            failed += 1
            print(f"{texts!r}\n{traceback.format_exc(limit=-3)}")
    print(f"{tried:,} texts tried in {seconds:g} s with seed {seed}, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
