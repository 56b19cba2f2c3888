"""The contract for what is written as JSON. Keys are added to its classes, never changed.

The classes are for those who check types and for the schema: nothing imports them to write.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from outage_cli.writers.json.contract_milestones import JsonMilestones
from outage_cli.writers.json.contract_totals import JsonBlastRadius, JsonGroup, JsonRollUp


class JsonGenerator(TypedDict):
    """The program that wrote this."""

    name: str
    version: str


class JsonFile(TypedDict):
    """A source, and the digest of the bytes that were read."""

    path: str
    sha256: str


class JsonWindow(TypedDict):
    """The stretch of time that the figures are about: `[start, end)`."""

    start: str
    end: str
    seconds: int | float
    label: str


class JsonMethod(TypedDict):
    """The accounting method: what each state weighs, and what happens to other time.

    `maintenance`, `unknown` and `out_of_hours` are `exclude`, `as-up` or `count`. One that is read
    from a file has its `base`, and its `file` and digest; of others these are null.
    """

    name: str
    version: int
    weights: dict[str, float]
    maintenance: str
    unknown: str
    out_of_hours: str
    min_outage_seconds: int | float
    whole_minutes: bool
    decimals: int
    base: str | None
    file: JsonFile | None


class JsonLine(TypedDict):
    """A line of a source."""

    file: str
    line: int


class JsonWorstWindow(TypedDict):
    """The window of one length with the lowest availability, which is of what is considered."""

    start: str
    end: str
    considered_seconds: int | float
    considered_seconds_range: list[int | float]
    availability: float | None
    availability_range: list[float]
    burn_rate: float | None
    burn_rate_range: list[float] | None


class JsonOutage(TypedDict):
    """A run of downtime. What began before the window or ended after it is cut off there."""

    start: str
    end: str
    seconds: int | float
    start_range: list[str]
    end_range: list[str]
    seconds_range: list[int | float]
    ongoing: bool
    cut_before: bool
    cut_after: bool
    worst: str
    cause: str
    inherited_from: str | None
    inherited_through: list[str] | None
    inherited_more: int
    inherited_root: str | None
    started_by: JsonLine | None
    ended_by: JsonLine | None


class JsonService(TypedDict):
    """The figures of one service. The buckets of `seconds` add up to the window."""

    # Behind `state` stand the figures of the catalogue: see `figures.py` and `figure_schema.py`.
    id: str
    name: str
    operator: str | None
    group: str | None
    category: str | None
    users: int | None
    state: str
    worst_windows: dict[str, JsonWorstWindow | None]
    outages: list[JsonOutage]


class JsonWork(TypedDict):
    """A piece of planned work on a service.

    `windows` of it lie in the window, together `announced_seconds` long; 0 where an event says that
    there was maintenance and nobody had announced it. `used_seconds` are those of them in which the
    service was not up, `overrun_seconds` the downtime that went on from their ends.
    """

    service: str
    what: str
    line: JsonLine
    windows: int
    announced_seconds: int | float
    announced_seconds_range: list[int | float]
    used_seconds: int | float
    used_seconds_range: list[int | float]
    overrun_seconds: int | float
    overrun_seconds_range: list[int | float]


class JsonProblem(TypedDict):
    """Something wrong or doubtful in a source. Lines and columns count from 1; 0 is the whole."""

    code: str
    severity: str
    message: str
    hint: str
    file: str
    line: int
    column: int
    length: int


class JsonPeriod(TypedDict):
    """A part of the window. The parts fill it, so their seconds add up to the report's."""

    label: str
    start: str
    end: str
    seconds: int | float
    services: list[JsonService]
    totals: JsonRollUp | None
    groups: list[JsonGroup]


class JsonClaim(TypedDict):
    """A published figure, `says`, and the computed one, on the stretch of time it is about.

    Downtime is in seconds, availability a fraction of 1, and a start or an end an instant.
    `computed` is null where there is none, and so is the end of a range that is still growing.
    `difference_seconds` is the computed figure less the published one; of an availability it is
    null, and `difference` is the fraction. Their ranges end
    with null where the figure still grows.
    """

    service: str
    figure: str
    says: str
    since: str | None
    until: str | None
    window: str | None
    start: str
    end: str
    computed: str | int | float | None
    computed_range: list[str | int | float | None] | None
    difference_seconds: int | float | None
    difference: float | None
    difference_seconds_range: list[int | float | None] | None
    difference_range: list[int | float | None] | None
    verdict: str
    by: str | None
    url: str | None
    note: str | None
    file: str
    line: int


class JsonObjective(TypedDict):
    """An objective with a period of its own, in one such period; of a rolling one in the worst."""

    service: str
    target: float
    per: str
    label: str
    start: str
    end: str
    availability: float | None
    availability_range: list[float] | None
    considered_seconds: int | float
    considered_seconds_range: list[int | float]
    downtime_seconds: int | float
    downtime_seconds_range: list[int | float]
    budget_seconds: int | float
    budget_seconds_range: list[int | float]
    remaining_seconds: int | float
    remaining_seconds_range: list[int | float]
    met: bool | None


class JsonWhatIf(TypedDict):
    """The same outage, moved by `shift_seconds`, and its figures there."""

    shift_seconds: int | float
    start: str
    window: JsonWindow
    services: list[JsonService]
    periods: list[JsonPeriod]
    totals: JsonRollUp | None
    groups: list[JsonGroup]
    blast_radius: list[JsonBlastRadius]


class JsonHead(TypedDict):
    """What a document about timelines begins with: the contract it keeps, and what it is about."""

    schema: str
    generator: JsonGenerator
    title: str
    timezone: str
    files: list[JsonFile]
    window: JsonWindow


class JsonReport(JsonHead):
    """The report. A `…_range` is the least and the greatest that the times of the file allow."""

    as_of: str | None
    method: JsonMethod
    services: list[JsonService]
    periods: list[JsonPeriod]
    claims: list[JsonClaim]
    objectives: list[JsonObjective]
    what_if: JsonWhatIf | None
    maintenance_audit: list[JsonWork]
    totals: JsonRollUp | None
    group_by: str | None
    groups: list[JsonGroup]
    blast_radius: list[JsonBlastRadius]
    milestones: JsonMilestones | None
    problems: list[JsonProblem]


class JsonProblems(TypedDict):
    """What `outage lint` found."""

    schema: str
    generator: JsonGenerator
    problems: list[JsonProblem]


class JsonDifference(TypedDict):
    """One reason why a method comes to other figures than `standard`.

    `cause` is `weight`, `treatment`, `min-outage` or `whole-minutes`; `state` the one that weighs
    or is treated otherwise. The seconds of all reasons add up to the difference.
    """

    cause: str
    state: str | None
    says: str
    weighted_downtime_seconds: int | float
    considered_seconds: int | float
    outages: int


class JsonRow(TypedDict):
    """One service under one method."""

    service: str
    method: str
    considered_seconds: int | float
    downtime_seconds: int | float
    downtime_seconds_range: list[int | float]
    weighted_downtime_seconds: int | float
    weighted_downtime_seconds_range: list[int | float]
    availability: float | None
    availability_range: list[float] | None
    outages: int
    differences: list[JsonDifference]


class JsonComparison(JsonHead):
    """What `outage compare` found: every service under every method."""

    as_of: str | None
    methods: list[JsonMethod]
    rows: list[JsonRow]
    problems: list[JsonProblem]


class JsonVerdict(TypedDict):
    """One check of one service. Of a claim it has who made it, and what is between the figures."""

    check: str
    service: str
    verdict: str
    says: str
    computed: str
    by: NotRequired[str | None]
    difference_seconds: NotRequired[int | float | None]
    lines: list[JsonLine]


class JsonVerdicts(TypedDict):
    """What `outage check` found."""

    schema: str
    generator: JsonGenerator
    verdict: str
    verdicts: list[JsonVerdict]
