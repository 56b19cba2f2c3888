"""The budgets of DESIGN, each measured beside what it is compared with, in one run.

The two sides of a race take turns, so that a busy machine slows both; a figure is a median.
Start-up is measured as CPU time, the others as elapsed time. A race against a program that is not
installed is left out and named.
"""

import compileall
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
KAKAO = ROOT / "timelines" / "2022-10-15-kakao.yaml"
JSON = ("-f", "json")
OUTAGE = (sys.executable, "-c", "from outage_cli.cli.main import main; main()")

HELLO = """\
import typer

app = typer.Typer()


@app.command()
def hello(name: str = "world") -> None:
    \"\"\"Greet.\"\"\"
    typer.echo(f"Hello {name}")


def main() -> None:
    app()
"""


@dataclass(frozen=True)
class Side:
    """A command and what the table calls it."""

    name: str
    argv: Sequence[str]


@dataclass(frozen=True)
class Race:
    """Two commands and how many times the second's time the first may take."""

    measured: Side
    against: Side
    budget: float
    runs: int
    is_cpu_time: bool = False


def start(folder: Path) -> Race:
    """Start-up: the report of the Kakao outage against a Typer "hello world"."""
    (folder / "hello.py").write_text(HELLO, encoding="utf-8")
    compileall.compile_dir(folder, quiet=1)
    hello = f"import sys; sys.path.insert(0, {str(folder)!r}); from hello import main; main()"
    return Race(
        measured=Side("report as JSON", (*OUTAGE, "report", str(KAKAO), "-f", "json")),
        against=Side("Typer hello world", (sys.executable, "-c", hello)),
        budget=1.65,
        runs=15,
        is_cpu_time=True,
    )


def plain(folder: Path) -> Race:
    """Reading: 100,000 outages in plain text against hledger on the same as `timeclock`."""
    file = story(folder, outages=100_000)
    clock = timeclock(folder, outages=100_000)
    return Race(
        measured=Side("report of 100,000 outages", (*OUTAGE, "report", str(file))),
        against=Side("hledger balance", ("hledger", "-f", str(clock), "balance")),
        budget=0.38,
        runs=5,
    )


def listing(folder: Path) -> Race:
    """The same with every outage and its bounds, against hledger's register. A bound of ours."""
    file = story(folder, outages=100_000)
    clock = timeclock(folder, outages=100_000)
    return Race(
        measured=Side("the same as JSON", (*OUTAGE, "report", str(file), "-f", "json")),
        against=Side("hledger register", ("hledger", "-f", str(clock), "register")),
        budget=0.52,
        runs=3,
    )


def yaml(folder: Path) -> Race:
    """Reading: 200,000 events in YAML against PyYAML's C loader alone."""
    file = timeline(folder, events=200_000)
    load = f"import yaml; yaml.load(open({str(file)!r}, 'rb'), yaml.CSafeLoader)"
    return Race(
        measured=Side("report of 200,000 events", (*OUTAGE, "report", str(file), "-f", "json")),
        against=Side("PyYAML's C loader", (sys.executable, "-c", load)),
        budget=0.25,
        runs=3,
    )


def growth(folder: Path) -> Race:
    """Growth: ten times the events against one times."""
    return grown(folder, timeline, 20_000, "events", budget=8.6)


def chains(folder: Path) -> Race:
    """Growth: ten times the services, in chains of requirements ten deep, an event each."""
    return grown(folder, chained, 200, "services", budget=5.5)


def files(folder: Path) -> Race:
    """Growth: ten times the files."""
    return grown(folder, many, 50, "files", budget=2.4)


def grown(
    folder: Path, written: Callable[[Path, int], Path], few: int, things: str, *, budget: float
) -> Race:
    """Return the race of ten times so many things against them."""
    more, fewer = written(folder, 10 * few), written(folder, few)
    return Race(
        measured=Side(f"report of {10 * few:,} {things}", (*OUTAGE, "report", str(more), *JSON)),
        against=Side(f"report of {few:,}", (*OUTAGE, "report", str(fewer), *JSON)),
        budget=budget,
        runs=5,
    )


RACES: dict[str, Callable[[Path], Race]] = {
    "start": start,
    "plain": plain,
    "listing": listing,
    "yaml": yaml,
    "growth": growth,
    "chains": chains,
    "files": files,
}

FIRST = datetime(2012, 1, 1, tzinfo=UTC)


def told(outages: int) -> Iterator[tuple[datetime, datetime, str]]:
    """Yield one outage an hour, on fifty services in turn: when it began and ended, and whose."""
    for number in range(outages):
        begin = FIRST + timedelta(hours=number)
        yield begin, begin + timedelta(minutes=5 + number % 50), f"service-{number % 50}"


def story(folder: Path, outages: int) -> Path:
    """Write outages in the plain-text form, and return their file."""
    file, day = folder / f"{outages}.outage", ""
    with file.open("w", encoding="utf-8") as out:
        out.write("timezone: UTC\n")
        out.writelines(f"service service-{number}\n" for number in range(50))
        for begin, end, service in told(outages):
            if f"{begin:%F}" != day:
                day = f"{begin:%F}"
                out.write(f"\n{day}\n")
            out.write(f"{begin:%H:%M} Gone  {service}: down\n{end:%H:%M} Back  {service}: up\n")
    return file


def timeclock(folder: Path, outages: int) -> Path:
    """Write the same outages as hledger's `timeclock`, and return their file."""
    file = folder / f"{outages}.timeclock"
    with file.open("w", encoding="utf-8") as out:
        for begin, end, service in told(outages):
            out.write(f"i {begin:%F %T} {service}\no {end:%F %T}\n")
    return file


def chained(folder: Path, services: int) -> Path:
    """Write services of which each requires the one before, ten in a chain, with an event each."""
    file = folder / f"chains-{services}.yaml"
    with file.open("w", encoding="utf-8") as out:
        out.write("timezone: UTC\nservices:\n")
        for number in range(services):
            needs = f"requires: s{number - 1}" if number % 10 else "group: first"
            out.write(f"  s{number}: {{{needs}}}\n")
        out.write("events:\n")
        for number in range(services):
            at, (pair, is_over) = FIRST + timedelta(minutes=number), divmod(number, 2)
            said = f"up: s{2 * pair}" if is_over else f"down: s{number}"
            out.write(f"  - {{at: {at:%F %H:%M}, what: Event, {said}}}\n")
    return file


def many(folder: Path, number: int) -> Path:
    """Write so many timelines of the same ten services into a folder, and return it."""
    below = folder / f"files-{number}"
    below.mkdir()
    for at in range(number):
        begin, service = FIRST + timedelta(days=at), f"service-{at % 10}"
        (below / f"{at:04}.yaml").write_text(
            f"timezone: UTC\nservices: {{{service}: Service}}\nevents:\n"
            f"  - {{at: {begin:%F %H:%M}, what: Gone, down: {service}}}\n"
            f"  - {{at: {begin + timedelta(hours=1):%F %H:%M}, what: Back, up: {service}}}\n",
            encoding="utf-8",
        )
    return below


def timeline(folder: Path, events: int) -> Path:
    """Write a timeline of ten services that go down and come back in turn, and return its file."""
    services = [f"service-{number}" for number in range(10)]
    first = datetime(2022, 1, 1, tzinfo=UTC)
    file = folder / f"{events}.yaml"
    with file.open("w", encoding="utf-8") as out:
        out.write("timezone: UTC\nservices:\n")
        out.writelines(f"  {service}: Service\n" for service in services)
        out.write("events:\n")
        for number in range(events):
            outage, phase = divmod(number, 2)
            at = first + timedelta(minutes=number)
            service = services[outage % len(services)]
            what = f"what: Back, up: {service}" if phase else f"what: Gone, down: {service}"
            out.write(f"  - {{at: {at:%Y-%m-%d %H:%M}, {what}}}\n")
    return file


def medians(race: Race) -> tuple[float, float]:
    """Return the median seconds of both sides, which take turns after a first run for warmth."""
    clock = cpu_seconds_of_children if race.is_cpu_time else time.perf_counter
    sides = (race.measured, race.against)
    for side in sides:
        seconds(side, clock)
    rounds = [[seconds(side, clock) for side in sides] for _ in range(race.runs)]
    measured, against = (statistics.median(times) for times in zip(*rounds, strict=True))
    return measured, against


def seconds(side: Side, clock: Callable[[], float]) -> float:
    """Return the seconds that one run of a command takes, by a clock.

    Raises:
        subprocess.CalledProcessError: The command failed, so its time means nothing.
    """
    world = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    began = clock()
    subprocess.run(side.argv, env=world, stdout=subprocess.DEVNULL, check=True)
    return clock() - began


def cpu_seconds_of_children() -> float:
    """Return the CPU time, user and system, of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(names: Sequence[str]) -> None:
    """Run the named races, or all of them, and print one line for each."""
    print(f"{'what':<28}{'measured':>10}  {'against':<22}{'':>10}{'ratio':>9}{'budget':>9}")
    for name in names or RACES:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            race = RACES[name](Path(folder))
            program = race.against.argv[0]
            if shutil.which(program) is None:
                print(f"{race.measured.name:<28}left out: {program} is not installed", flush=True)
                continue
            measured, against = medians(race)
        ratio = measured / against
        print(
            f"{race.measured.name:<28}{measured * 1000:>7,.0f} ms  "
            f"{race.against.name:<22}{against * 1000:>7,.0f} ms"
            f"{ratio:>7.2f} ×{race.budget:>7g} ×{'' if ratio <= race.budget else '  over'}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
