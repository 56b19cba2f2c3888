"""The contract for incidents: their milestones and the times between them."""

from __future__ import annotations

from typing import TypedDict


class JsonIncident(TypedDict):
    """What one file tells: its points, and the times between them; null where it tells neither."""

    file: str
    title: str
    ongoing: bool
    impact_start: str | None
    impact_end: str | None
    started: str | None
    detected: str | None
    acknowledged: str | None
    identified: str | None
    mitigated: str | None
    resolved: str | None
    ranges: dict[str, list[str]]
    lines: dict[str, int]
    time_to_detect_seconds: int | float | None
    time_to_detect_seconds_range: list[int | float] | None
    time_to_acknowledge_seconds: int | float | None
    time_to_acknowledge_seconds_range: list[int | float] | None
    time_to_mitigate_seconds: int | float | None
    time_to_mitigate_seconds_range: list[int | float] | None
    time_to_repair_seconds: int | float | None
    time_to_repair_seconds_range: list[int | float] | None
    time_to_recover_seconds: int | float | None
    time_to_recover_seconds_range: list[int | float] | None


class JsonMean(TypedDict):
    """One time over the incidents; the mean is of 2 or more. What is left out is counted."""

    n: int
    mean_seconds: int | float | None
    mean_seconds_range: list[int | float] | None
    median_seconds: int | float | None
    median_seconds_range: list[int | float] | None
    p90_seconds: int | float | None
    p90_seconds_range: list[int | float] | None
    max_seconds: int | float | None
    max_seconds_range: list[int | float] | None
    ongoing: int
    negative: int
    not_stated: int


class JsonMilestones(TypedDict):
    """The incidents whose impact starts in the window, and the mean of each time over them."""

    incidents: list[JsonIncident]
    means: dict[str, JsonMean]
