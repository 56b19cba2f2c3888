"""The real outages under `timelines/`: figures worked out by hand, and published figures.

Every duration below was counted on paper from the times that the sources print, not copied from the
tool. `CLAIMS` says how each published figure has to come out (SEMANTICS C).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from outage_cli import pipeline, registry
from outage_cli.model.event import ClaimKind, Phase
from outage_cli.model.moment import Moment
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import SECOND
from outage_cli.model.timeline import ReadResult, Timeline
from outage_cli.pipeline import ReportRequest, read
from outage_cli.readers.source import Source
from outage_cli.when.calendar.moments import TimeSettings, moment
from outage_cli.when.clock.zones import known
from tests.stories_runner import ROOT
from tests.strategies import ZERO

FILES = sorted((ROOT / "timelines").iterdir())
GITHUB = "2018-10-21-github.yaml"
CLOUDFLARE = "2022-06-21-cloudflare.outage"
KDDI = "2022-07-02-kddi.yaml"
KAKAO = "2022-10-15-kakao.yaml"
GOOGLE = "2025-06-12-google-cloud.yaml"

M, H, D = 60, 3600, 86400


@cache
def told(name: str) -> ReadResult:
    """Return one of the files as it was read."""
    return read(Source(name, (ROOT / "timelines" / name).read_bytes()))


def timeline(name: str) -> Timeline:
    """Return the timeline of one of the files."""
    example = told(name).timeline
    assert example
    return example


def reported(reading: ReadResult) -> dict[str, ServiceReport]:
    """Return what the report says of each service."""
    report = pipeline.report([reading], ReportRequest(now=ZERO))
    assert isinstance(report, Report), report
    return {each.service.id: each for each in report.services}


@cache
def services(name: str) -> dict[str, ServiceReport]:
    """Return what the report says of each service of one of the files."""
    return reported(told(name))


def test_the_five_are_there() -> None:
    assert [each.name for each in FILES] == [GITHUB, CLOUDFLARE, KDDI, KAKAO, GOOGLE]


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.name)
def test_nothing_is_wrong_or_doubtful_in_it(file: Path) -> None:
    assert told(file.name).problems == ()


def test_no_two_files_give_one_name_to_two_services() -> None:
    """So that all of them can be read together."""
    names = [name for file in FILES for name in timeline(file.name).services]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.name)
def test_nothing_in_it_goes_on(file: Path) -> None:
    """So that no figure of it depends on the day on which it is computed (SEMANTICS T6)."""
    known = services(file.name).values()
    assert not [each.service.id for each in known if any(one.ongoing for one in each.best.outages)]


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.name)
def test_every_source_it_cites_is_in_its_list(file: Path) -> None:
    story = timeline(file.name)
    listed = {each.name for each in story.sources}
    cited = {each.source for each in story.events if each.source}
    assert cited - listed <= {"ghdwlsgur.github.io"}  # where Kakao's story has one date from


@pytest.mark.parametrize("notation", registry.writers("timeline"))
@pytest.mark.parametrize("file", FILES, ids=lambda each: each.name)
def test_its_figures_are_the_same_in_every_notation(file: Path, notation: str) -> None:
    here = told(file.name)
    writer = registry.load(registry.writers("timeline")[notation].home)
    data = writer.timeline(here.native, Screen()).encode()
    there = read(Source(file.name, data, notation))
    assert not [each for each in there.problems if each.is_error]

    def figures(reading: ReadResult) -> list[tuple[object, ...]]:
        return [
            (each.service.id, *((one.buckets, one.own) for one in (each.best, *each.others)))
            for each in reported(reading).values()
        ]

    assert figures(there) == figures(here)


class Expected(NamedTuple):
    """The downtime of a service in seconds: best, least, greatest, and how much is inherited."""

    best: int
    least: int
    greatest: int
    inherited: int = 0


def exactly(seconds: int, inherited: int = 0) -> Expected:
    """Return a downtime that leaves no room."""
    return Expected(seconds, seconds, seconds, inherited)


GOOGLE_REST = 7 * H + 29 * M  # 10:49 to 18:18
FIGURES: dict[str, dict[str, Expected]] = {
    GITHUB: {
        "link": exactly(43),
        "us-east": exactly(12 * H + 20 * M),  # 22:52 to 11:12
        "github": exactly(24 * H + 11 * M),  # 22:52 to 23:03, a day on
        "webhooks": Expected(23 * H + 44 * M, 0, 23 * H + 44 * M),  # 23:19 to "by 23:03"
        "pages": Expected(23 * H + 44 * M, 0, 23 * H + 44 * M),
        "status-page": exactly(23 * H + 52 * M),  # red from 23:11; yellow does not count
    },
    CLOUDFLARE: {
        "mcp": exactly(75 * M),  # 06:27 to 07:42, down and then partial
        "cloudflare": exactly(75 * M, 75 * M),
        "sites": exactly(75 * M, 75 * M),
    },
    KDDI: {
        # From ~01:35, give or take 5 minutes, except where the report prints it as it stands
        "west": Expected(33 * H + 25 * M, 33 * H + 20 * M, 33 * H + 30 * M),
        "east": Expected(39 * H + 55 * M, 39 * H + 50 * M, 40 * H),
        "voice": Expected(61 * H + 25 * M, 61 * H + 20 * M, 61 * H + 30 * M),
        # Until "by Monday 07:00"; still hard to use on Sunday at 17:30
        "data": Expected(53 * H + 25 * M, 39 * H + 50 * M, 53 * H + 30 * M),
        "kddi": exactly(221_100),
        "kddi-incident": exactly(86 * H + 1 * M),
        **dict.fromkeys(
            ("weather", "parcels", "atms", "cars"),
            Expected(53 * H + 25 * M, 39 * H + 50 * M, 53 * H + 30 * M, 53 * H + 25 * M),
        ),
    },
    GOOGLE: {
        "control-central": Expected(3 * H, 1 * H + 52 * M, 3 * H),  # at least until 12:41
        "control-others": exactly(1 * H + 59 * M),
        "as-mini": exactly(3 * H),
        "as-final": exactly(7 * H + 27 * M),
        # Inherited until 13:45, when the products are first spoken of
        "dataflow": Expected(GOOGLE_REST, 2 * H + 56 * M, GOOGLE_REST, 2 * H + 56 * M),
        "vertex-ai": exactly(GOOGLE_REST, 2 * H + 56 * M),
        # The other regions were back at 12:48, us-central1 between 12:41 and 13:49
        "workers-kv": Expected(3 * H, 1 * H + 59 * M, 3 * H, 3 * H),
    },
}


@pytest.mark.parametrize(
    ("name", "service"), [(name, each) for name, known in FIGURES.items() for each in known]
)
def test_downtime_is_what_paper_and_pencil_give(name: str, service: str) -> None:
    found = services(name)[service]
    least, greatest = found.between(lambda figures: figures.downtime)
    computed = (found.best.downtime, least, greatest, found.best.inherited)
    assert computed == tuple(seconds * SECOND for seconds in FIGURES[name][service])
    assert len(found.best.outages) == 1


@pytest.mark.parametrize("name", FIGURES)
def test_every_service_of_it_is_counted_on_paper(name: str) -> None:
    assert list(FIGURES[name]) == list(services(name))


@pytest.mark.parametrize(
    ("name", "service", "up", "considered"),
    [
        (GITHUB, "github", 31 * D - 87_060, 31 * D),
        (CLOUDFLARE, "cloudflare", 30 * D - 4_500, 30 * D),
        (KDDI, "kddi", 31 * D - 221_100, 31 * D),
        (GOOGLE, "as-final", 30 * D - 26_820, 30 * D),
    ],
)
def test_availability_is_that_of_the_calendar_month(
    name: str, service: str, up: int, considered: int
) -> None:
    assert services(name)[service].best.availability.fraction == up / considered


def test_the_users_of_kddi_lost_30_910_000_times_61_hours_and_25_minutes() -> None:
    known = services(KDDI)
    lost = {name: known[name].best.user_time_lost for name in ("voice", "data", "kddi")}
    assert lost == {
        "voice": 23_160_000 * 221_100 * SECOND,
        "data": 7_750_000 * 192_300 * SECOND,
        "kddi": 30_910_000 * 221_100 * SECOND,
    }


# Seconds after the incident started, on the best estimate
PHASES = {
    GITHUB: {"detected": 2 * M, "identified": 10 * M, "resolved": 24 * H + 11 * M},
    CLOUDFLARE: {
        "acknowledged": 5 * M,
        "identified": 31 * M,
        "mitigated": 75 * M,
        "resolved": 2 * H + 33 * M,
    },
    KDDI: {
        "identified": 55 * H + 25 * M,  # the middle of Monday morning
        "mitigated": 61 * H + 25 * M,
        "resolved": 86 * H + 1 * M,
    },
    GOOGLE: {
        "acknowledged": 2 * M,
        "identified": 10 * M,
        "mitigated": 1 * H + 59 * M,
        "resolved": 7 * H + 29 * M,
    },
}


@pytest.mark.parametrize("name", PHASES)
def test_phases_come_when_the_sources_say(name: str) -> None:
    at = {each.phase: each.at.best for each in timeline(name).events if each.phase and each.at}
    started = at.pop(Phase.STARTED)
    after = {phase.value: (when - started) // SECOND for phase, when in at.items()}
    assert after == PHASES[name]


AGREES, DIFFERS, UNDECIDABLE = "agrees", "differs", "undecidable"


class Published(NamedTuple):
    """A published figure and how it has to come out.

    `least` and `greatest` are what the events give, as the tool would compute it: seconds for a
    downtime, times in the file's zone for a start or an end.
    """

    service: str
    figure: str
    says: str
    by: str
    verdict: str
    least: int | str
    greatest: int | str


def to(service: str, figure: str, says: str, by: str, verdict: str, *gives: int | str) -> Published:
    """Return one row; what the events give is one value, or the least and the greatest."""
    return Published(service, figure, says, by, verdict, gives[0], gives[-1])


COUNT, EAST, DATA = 61 * H + 25 * M, (39 * H + 50 * M, 40 * H), (39 * H + 50 * M, 53 * H + 30 * M)
CLAIMS: dict[str, list[Published]] = {
    GITHUB: [
        to("link", "downtime", "43s", "GitHub", AGREES, 43),
        to("github", "downtime", "24h11m", "GitHub", AGREES, 87_060),
        to("webhooks", "downtime", "more than 12h5m30s", "GitHub", UNDECIDABLE, 0, 85_440),
        to("pages", "downtime", "more than 12h5m30s", "GitHub", UNDECIDABLE, 0, 85_440),
        to("github", "starts", "2018-10-21 23:00", "Packt", DIFFERS, "2018-10-21 22:52"),
        to("github", "ends", "2018-10-22 23:00", "Packt", DIFFERS, "2018-10-22 23:03"),
        to("github", "downtime", "about 24h", "Packt", AGREES, 87_060),
    ],
    CLOUDFLARE: [
        to("mcp", "downtime", "1h15m", "Cloudflare", AGREES, 4_500),
        to("cloudflare", "downtime", "1h15m", "Cloudflare", AGREES, 4_500),
        to("mcp", "ends", "2022-06-21 07:42", "Cloudflare", AGREES, "2022-06-21 07:42"),
        # +05:30: 11:57 is 06:27 and 13:12 is 07:42
        to("mcp", "starts", "2022-06-21 11:57+05:30", "Jagran Josh", AGREES, "2022-06-21 06:27"),
        to("mcp", "ends", "2022-06-21 13:12+05:30", "Jagran Josh", AGREES, "2022-06-21 07:42"),
        to("mcp", "starts", "2022-06-21 06:58", "CareerCracker", DIFFERS, "2022-06-21 06:27"),
        to("mcp", "ends", "2022-06-21 08:50", "CareerCracker", DIFFERS, "2022-06-21 07:42"),
        # Within a tenth: 81 to 99 min, 62.1 to 75.9 min, 54 to 66 min
        to("mcp", "downtime", "about 90m", "CareerCracker", DIFFERS, 4_500),
        to("mcp", "downtime", "about 69m", "New World Intelligence", AGREES, 4_500),
        to("mcp", "downtime", "about 1h", "New World Intelligence", DIFFERS, 4_500),
    ],
    KDDI: [
        to("kddi", "downtime", "61h25m", "Ministry report", AGREES, COUNT),
        to("kddi", "downtime", "61h25m", "KDDI", AGREES, COUNT),
        to("kddi", "downtime", "about 86h", "ITmedia", DIFFERS, COUNT),
        to("kddi", "downtime", "more than 62h", "NHK", DIFFERS, COUNT),
        to("kddi", "downtime", "about 40h", "Asahi", DIFFERS, COUNT),
        to("kddi-incident", "downtime", "about 86h", "ITmedia", AGREES, 86 * H + M),
        # Until it was announced on 4 July at 16:00
        to("kddi-incident", "downtime", "more than 62h", "NHK", AGREES, 62 * H + 25 * M),
        to("east", "downtime", "about 40h", "Asahi", AGREES, *EAST),
        to("data", "downtime", "61h25m", "Ministry report", DIFFERS, *DATA),
        to("kddi", "ends", "2022-07-04 15:00", "KDDI", AGREES, "2022-07-04 15:00"),
        to("kddi", "ends", "2022-07-05 15:36", "ITmedia", DIFFERS, "2022-07-04 15:00"),
        to("voice", "starts", "~2022-07-02 01:35", "KDDI", AGREES,
           "2022-07-02 01:30", "2022-07-02 01:40"),
        to("west", "ends", "by 2022-07-03 07:15", "KDDI", DIFFERS, "2022-07-03 11:00"),
        to("east", "ends", "by 2022-07-03 09:30", "KDDI", DIFFERS, "2022-07-03 17:30"),
        to("west", "ends", "by 2022-07-03 11:00", "KDDI", AGREES, "2022-07-03 11:00"),
        to("east", "ends", "by 2022-07-03 17:30", "KDDI", AGREES, "2022-07-03 17:30"),
    ],
    GOOGLE: [
        to("as-mini", "downtime", "3h", "Mini report", AGREES, 3 * H),
        to("as-mini", "starts", "2025-06-12 10:49", "Mini report", AGREES, "2025-06-12 10:49"),
        to("as-mini", "ends", "2025-06-12 13:49", "Mini report", AGREES, "2025-06-12 13:49"),
        to("as-final", "starts", "2025-06-12 10:51", "Final report", AGREES, "2025-06-12 10:51"),
        to("as-final", "ends", "2025-06-12 18:18", "Final report", AGREES, "2025-06-12 18:18"),
        to("as-final", "downtime", "about 7h30m", "Press", AGREES, 26_820),
        to("as-final", "downtime", "3h", "Mini report", DIFFERS, 26_820),
        to("as-mini", "starts", "2025-06-12 10:51", "Final report", DIFFERS, "2025-06-12 10:49"),
        to("as-mini", "ends", "2025-06-12 18:18", "Final report", DIFFERS, "2025-06-12 13:49"),
        to("as-mini", "downtime", "at most 3h", "Press", AGREES, 3 * H),
        to("control-central", "downtime", "at most 2h40m", "Final report", UNDECIDABLE,
           1 * H + 52 * M, 3 * H),
        to("control-others", "ends", "2025-06-12 12:48", "Mini report", AGREES,
           "2025-06-12 12:48"),
        to("control-others", "ends", "by 2025-06-12 12:41", "Dashboard", DIFFERS,
           "2025-06-12 12:48"),
        # 17:52Z is 10:52 in California
        to("workers-kv", "starts", "2025-06-12 17:52Z", "Cloudflare", DIFFERS,
           "2025-06-12 10:49"),
        to("workers-kv", "downtime", "2h28m", "Cloudflare", UNDECIDABLE,
           1 * H + 59 * M, 3 * H),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_every_published_figure_is_judged_here(name: str) -> None:
    found = [(each.service, each.figure, each.says, each.by) for each in timeline(name).claims]
    assert found == [(each.service, each.figure, each.says, each.by) for each in CLAIMS[name]]


@pytest.mark.parametrize("name", CLAIMS)
def test_what_the_events_give_is_what_the_report_says(name: str) -> None:
    zone = TimeSettings(known(timeline(name).timezone))

    def instant(text: int | str) -> int:
        when = moment(str(text), zone)
        assert isinstance(when, Moment), text
        return when.best

    for claim, row in zip(timeline(name).claims, CLAIMS[name], strict=True):
        service = services(name)[claim.service]
        if claim.figure is ClaimKind.STARTS:
            began = service.between(lambda figures: figures.outages[0].start)
            assert began == (instant(row.least), instant(row.greatest)), row
        elif claim.figure is ClaimKind.ENDS:
            ended = service.between(lambda figures: figures.outages[-1].end)
            assert ended == (instant(row.least), instant(row.greatest)), row
        elif claim.until is None:
            between = service.between(lambda figures: figures.downtime)
            assert between == (int(row.least) * SECOND, int(row.greatest) * SECOND), row


@pytest.mark.parametrize("name", CLAIMS)
def test_every_published_figure_comes_out_as_judged(name: str) -> None:
    """The verdict, and the bounds of the figure that it was held against (SEMANTICS C)."""
    zone = TimeSettings(known(timeline(name).timezone))
    report = pipeline.report([told(name)], ReportRequest(now=ZERO))
    assert isinstance(report, Report)

    def value(gives: int | str) -> tuple[int, int]:
        if isinstance(gives, int):
            return gives * SECOND, 1
        when = moment(gives, zone)
        assert isinstance(when, Moment), gives
        return when.best, 1

    for each, row in zip(report.claims, CLAIMS[name], strict=True):
        computed = (each.finding.value, each.least, each.most)
        assert computed == (row.verdict, value(row.least), value(row.greatest)), row


@pytest.mark.parametrize("name", CLAIMS)
def test_a_window_that_is_asked_for_changes_no_verdict(name: str) -> None:
    """A claim is about its own stretch of time, not about the one that somebody looks at."""
    report = pipeline.report([told(name)], ReportRequest(now=ZERO, window="2016..2025"))
    assert isinstance(report, Report)
    assert [each.finding.value for each in report.claims] == [row.verdict for row in CLAIMS[name]]


@pytest.mark.parametrize("name", CLAIMS)
def test_no_verdict_depends_on_the_notation(name: str) -> None:
    here = told(name)
    for notation, entry in registry.writers("timeline").items():
        data = registry.load(entry.home).timeline(here.native, Screen()).encode()
        report = pipeline.report([read(Source(name, data, notation))], ReportRequest(now=ZERO))
        assert isinstance(report, Report)
        verdicts = [each.finding.value for each in report.claims]
        assert verdicts == [row.verdict for row in CLAIMS[name]], notation


def test_all_files_at_once_say_the_same_as_each_alone() -> None:
    names = [file.name for file in FILES if file.name in CLAIMS]
    report = pipeline.report([told(name) for name in names], ReportRequest(now=ZERO))
    assert isinstance(report, Report)
    alone = [row.verdict for name in names for row in CLAIMS[name]]
    assert [each.finding.value for each in report.claims] == alone
