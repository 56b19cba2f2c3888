"""The page of a report, a comparison, an explanation or a story, in words.

`terminal`, `markdown` and `html` render a page. The order of its sections and the phrase for rows
that a table leaves out are the same in all three.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.page import groups, promises, services
from outage_cli.writers.page.table import MOST_OUTAGES, Table
from outage_cli.writers.page.words import frame, what_if, window_of

if TYPE_CHECKING:
    from outage_cli.languages.en import English
    from outage_cli.model.comparison import Comparison
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.story import Story

MOST_EVENTS = 20_000
"""How many events a table lists; JSON has them all."""


class Section(NamedTuple):
    """A table under its heading, and the phrase for the rows that it leaves out.

    `states` is the report whose states the strips of the table show, a row for each service.
    """

    heading: str
    table: Table
    left_out: str = ""
    states: Report | None = None


class Page(NamedTuple):
    """A page in words. `kind` stands where a page has no title.

    `report` has the chart and the sources. `lead` are sentences before the tables, the most
    important first; `note` stands after them. `moved` is the page of the report at another time.
    """

    title: str
    kind: str
    caption: str
    sections: tuple[Section, ...]
    report: Report
    lead: tuple[str, ...] = ()
    note: str = ""
    moved: Page | None = None


def page_of_report(
    report: Report, screen: Screen, *, outages: int = MOST_OUTAGES, rows: int | None = None
) -> Page:
    """Return the page of a report.

    It lists at most so many outages, and so many rows in the other tables that may be long.
    """
    say: English = screen.say
    moved = None
    if report.what_if:
        other = report.what_if.report
        tables = (_services(say.services_moved, other, screen, say),
                  Section(say.totals_moved, groups.totals(other, say)))  # fmt: skip
        moved = Page(what_if(report.what_if, say), "", frame(other, say), _with_rows(tables), other)
    sections = _with_rows(_sections(report, screen, outages, rows))
    caption = frame(report, say)
    return Page(report.title, say.outage_report, caption, sections, report, moved=moved)


def page_of_comparison(comparison: Comparison, screen: Screen) -> Page:
    """Return the page of a comparison: the figures of every method as one table."""
    from outage_cli.writers.page import methods

    say: English = screen.say
    report = comparison.report
    section = Section(say.methods_compared, methods.rows(comparison, screen, say))
    return Page(report.title, say.methods_compared, window_of(report, say), (section,), report)


def page_of_explanation(explanation: Explanation, screen: Screen) -> Page:
    """Return the page of an explanation: the intervals of a service, or one instant of it."""
    from outage_cli.writers.page.explanation import (
        caption_of,
        clauses_note,
        instant_details,
        instant_verdict,
        intervals,
        readings,
        sources_in_force,
        title_of,
    )

    say: English = screen.say
    lead: tuple[str, ...] = ()
    sections: tuple[Section, ...]
    if instant := explanation.instant:
        details = instant_details(explanation, instant, say)
        lead = (instant_verdict(explanation, instant, say), *details)
        sections = (Section("", sources_in_force(explanation, instant, say)),)
    else:
        sections = (
            Section("", intervals(explanation, say)),
            Section("", readings(explanation, say)),
        )
    title, caption = title_of(explanation, say), caption_of(explanation, say)
    note = clauses_note(explanation, say)
    return Page(title, title, caption, sections, explanation.report, lead, note)


def page_of_story(story: Story, screen: Screen) -> Page:
    """Return the page of a story: its events in the order of time."""
    from outage_cli.writers.page import events

    say: English = screen.say
    more = story.left_out + max(0, len(story.events) - MOST_EVENTS)
    listed = events.events(story._replace(events=story.events[:MOST_EVENTS]), say)
    section = Section(say.events, listed, say.more_elsewhere(more) if more else "")
    report = story.report
    return Page(report.title, say.story, frame(report, say), (section,), report)


def _sections(report: Report, screen: Screen, outages: int, most: int | None) -> Iterator[Section]:
    """Yield the sections of a report in their order; those without rows are not shown."""
    say: English = screen.say
    yield _services(say.services, report, screen, say)
    yield Section(say.totals, groups.totals(report, say))
    if report.periods:
        yield _cut(say.periods, _periods(report, screen, say), most, "csv", say)
    more = services.more_outages(report, outages)
    yield Section(say.outages, services.outages(report, say, outages), _left_out(more, say))
    more = len(report.maintenance) - MOST_OUTAGES
    yield Section(say.planned_work, services.maintenance(report, say), _left_out(more, say))
    more = groups.more_blasts(report)
    yield Section(say.blast_radius, groups.blasts(report, say), _left_out(more, say))
    if report.objectives:
        more = len(report.objectives) - MOST_OUTAGES
        yield Section(say.objectives, promises.objectives(report, say), _left_out(more, say))
    if report.claims:
        more = len(report.claims) - MOST_OUTAGES
        yield Section(say.claims, promises.claims(report, say), _left_out(more, say))
    if report.milestones or screen.is_full:
        from outage_cli.writers.page import details  # few reports have them

        for heading, table in details.tables(report, say, is_full=screen.is_full):
            yield _cut(heading, table, most, "json", say)


def _with_rows(sections: Iterator[Section] | tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.table.rows or section.states)


def _services(heading: str, report: Report, screen: Screen, say: English) -> Section:
    if screen.columns:
        from outage_cli.writers.page import columns  # few people ask

        return Section(heading, columns.services(report, screen, say), states=report)
    return Section(heading, services.services(report, say), states=report)


def _periods(report: Report, screen: Screen, say: English) -> Table:
    if screen.columns:
        from outage_cli.writers.page import columns  # few people ask

        return columns.periods(report, screen, say)
    return services.periods(report, say)


def _cut(heading: str, table: Table, most: int | None, form: str, say: English) -> Section:
    if most is None:
        return Section(heading, table)
    left_out = _left_out(len(table.rows) - most, say, form)
    return Section(heading, table._replace(rows=table.rows[:most]), left_out)


def _left_out(count: int, say: English, form: str = "json") -> str:
    return say.more_rows(count, form) if count > 0 else ""
