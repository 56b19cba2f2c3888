"""No text keeps the tool busy, however many spaces stand in it."""

from time import perf_counter

import pytest

from outage_cli.model.event import Figure
from outage_cli.model.problem import Trouble
from outage_cli.when.durations import duration
from outage_cli.when.hours import hours
from outage_cli.when.moments import Calendar, moment
from outage_cli.when.objectives import objective, period
from outage_cli.when.published import accepted
from outage_cli.when.recurrence import Recurrence, recurrence
from outage_cli.when.windows import window
from outage_cli.when.zones import known

CALENDAR = Calendar(known("UTC"))
READERS = {
    "moment": lambda text: moment(text, CALENDAR),
    "duration": duration,
    "objective": objective,
    "period": period,
    "hours": lambda text: hours([text]),
    "recurrence": recurrence,
    "window": lambda text: window(text, CALENDAR.zone),
    "downtime": lambda text: accepted(Figure.DOWNTIME, text, CALENDAR),
    "starts": lambda text: accepted(Figure.STARTS, text, CALENDAR),
    "availability": lambda text: accepted(Figure.AVAILABILITY, text, CALENDAR),
}
TEXTS = (
    "2024-03-05 12:00 {}Z x",
    "4h{}x",
    "99.9%{}monthly{}x",
    "Mon-Fri{}9-{}17{}x",
    "FREQ=DAILY;{}RRULE{}:x",
    "about{}4h{}x",
)
SECONDS = 2
"""A pattern that is quadratic in the spaces takes a minute; linear ones take milliseconds."""


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", TEXTS)
def test_spaces_take_time_in_proportion(name: str, text: str) -> None:
    for space in (" ", "\t"):
        started = perf_counter()
        found = READERS[name](text.replace("{}", space * 19_000))
        assert found is None or isinstance(found, Trouble)
        assert perf_counter() - started < SECONDS


def test_a_rule_may_be_broken_over_lines() -> None:
    """As iCalendar folds and lists them, and with white space where nobody needs it."""
    folded = recurrence("RRULE:FREQ=WEEKLY;\r\n  BYDAY=SU \r\n \r\nEXDATE:20240310\n\n")
    assert isinstance(folded, Recurrence)
    assert folded == recurrence("FREQ=WEEKLY;BYDAY=SU", ["2024-03-10"])
