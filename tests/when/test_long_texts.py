"""No text keeps the tool busy, however many spaces stand in it."""

from collections.abc import Callable

import pytest

from outage_cli.model.event import ClaimKind
from outage_cli.model.problem import ProblemText
from outage_cli.when.calendar.claim_terms import accepted
from outage_cli.when.calendar.moments import TimeSettings, moment
from outage_cli.when.calendar.objectives import objective, period
from outage_cli.when.calendar.recurrence import Recurrence, recurrence
from outage_cli.when.calendar.service_hours import hours
from outage_cli.when.calendar.windows import window
from outage_cli.when.clock.zones import known
from outage_cli.when.words.durations import duration

CALENDAR = TimeSettings(known("UTC"))
READERS: dict[str, Callable[[str], object]] = {
    "moment": lambda text: moment(text, CALENDAR),
    "duration": duration,
    "objective": objective,
    "period": period,
    "hours": lambda text: hours([text]),
    "recurrence": recurrence,
    "window": lambda text: window(text, CALENDAR.zone),
    "downtime": lambda text: accepted(ClaimKind.DOWNTIME, text, CALENDAR),
    "starts": lambda text: accepted(ClaimKind.STARTS, text, CALENDAR),
    "availability": lambda text: accepted(ClaimKind.AVAILABILITY, text, CALENDAR),
}
TEXTS = (
    "2024-03-05 12:00 {}Z x",
    "4h{}x",
    "99.9%{}monthly{}x",
    "Mon-Fri{}9-{}17{}x",
    "FREQ=DAILY;{}RRULE{}:x",
    "about{}4h{}x",
)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", TEXTS)
def test_texts_full_of_spaces_are_refused(name: str, text: str) -> None:
    """A pattern that is quadratic in the spaces would take minutes here."""
    for space in (" ", "\t"):
        found = READERS[name](text.replace("{}", space * 19_000))
        assert found is None or isinstance(found, ProblemText)


def test_a_rule_may_be_broken_over_lines() -> None:
    """As iCalendar folds and lists them, and with white space where nobody needs it."""
    folded = recurrence("RRULE:FREQ=WEEKLY;\r\n  BYDAY=SU \r\n \r\nEXDATE:20240310\n\n")
    assert isinstance(folded, Recurrence)
    assert folded == recurrence("FREQ=WEEKLY;BYDAY=SU", ["2024-03-10"])
