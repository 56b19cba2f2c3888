"""Conditions: `kakaotalk.availability < 99.9%`. A small language, and its verdicts on a report."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import NamedTuple

from outage_cli.model.duration import spell_range, spell_user_time
from outage_cli.model.problem import Place, ProblemText
from outage_cli.model.report import Report
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.share import WHOLE, percent
from outage_cli.model.share import share as read_share
from outage_cli.model.share import spell as spell_share
from outage_cli.model.state import State
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.when.words.durations import FORMS, duration

ANY, ALL = "any", "all"
OPERATORS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
}
_EXACT = ("==", "!=")
GRAMMAR = "write [SERVICE.]FIGURE OP VALUE, as in 'downtime > 4h' or 'naver.availability < 99.9%'"

_CONDITION = re.compile(r"\s*(?:(.+)\.)?([\w -]+?)\s*(<=|>=|==|!=|<|>|=)\s*(.+?)\s*")
_TURNED = re.compile(r"\s*(\d[^<>=!]*?)\s*(<=|>=|==|!=|<|>|=)\s*([^\d].*?)\s*")
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_JOINED = re.compile(r"(?i)[<>=].*(\band\b|\bor\b|&&|\|\||;).*[<>=]")
_SIGNS = str.maketrans({"≤": "<=", "≥": ">=", "≠": "!=", "＜": "<", "＞": ">", "．": "."})
_SPOKEN = {
    "no more than": "<=", "at most": "<=", "no less than": ">=", "at least": ">=",
    "more than": ">", "less than": "<", "greater than": ">", "above": ">", "below": "<",
    "over": ">", "under": "<", "is not": "!=", "is": "==",
}  # fmt: skip
_USER_TIME = re.compile(
    r"(?i)(\d{1,15}|\d{1,3}(?:[,_]\d{3})+)(?:[.](\d{1,6}))?\s*(k|m|g|b|thousand|million|billion)?"
    r"\s*user[s·*\s-]*([a-z]+)"
)
_TIMES = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "g": 10**9,
          "b": 10**9, "billion": 10**9}  # fmt: skip


class Figure(NamedTuple):
    """A figure that can be asked about: how it is read from a report, written, and measured."""

    of: Callable[[Figures], Fraction | None]
    read: Callable[[str], Fraction | None]
    spell: Callable[[Fraction, Fraction], str]
    forms: str


def _lasting(of: Callable[[Figures], int | None]) -> Figure:
    def figure(each: Figures) -> Fraction | None:
        found = of(each)
        return None if found is None else Fraction(found)

    def read(text: str) -> Fraction | None:
        found = 0 if text.strip() == "0" else duration(text)
        return None if found is None else Fraction(found)

    return Figure(figure, read, lambda least, most: spell_range(int(least), int(most)), FORMS)


def _available(each: Figures) -> Fraction | None:
    up, considered = each.availability
    return Fraction(up, considered) if considered else None


def _read_share(text: str) -> Fraction | None:
    found = read_share(text)
    return None if found is None else Fraction(found, 10**9)


def _spell_shares(least: Fraction, most: Fraction) -> str:
    low, high = (percent(each.numerator, each.denominator, 5) for each in (least, most))
    return f"{low} %" if least == most else f"{low}–{high} %"


def _read_user_time(text: str) -> Fraction | None:
    """Return users × microseconds: `5M user-min`, `1,000 user-hours`."""
    if text.strip() == "0":
        return Fraction(0)
    read = _USER_TIME.fullmatch(text.strip())
    unit = duration(f"1 {read[4]}") if read else None
    if not read or unit is None:
        return None
    number = Fraction(f"{read[1].replace(',', '').replace('_', '')}.{read[2] or 0}")
    return number * _TIMES[(read[3] or "").lower()] * unit


def _spell_user_times(least: Fraction, most: Fraction) -> str:
    low, high = (spell_user_time(int(each)) for each in (least, most))
    return low if low == high else f"{low}–{high}"


def _burned(each: Figures) -> Fraction | None:
    """Return how much of the error budget is used: a budget of 0 has no burn rate (K)."""
    if not each.target or each.target.target == WHOLE or not each.considered:
        return None
    up, considered = each.availability
    return Fraction((considered - up) * WHOLE, considered * (WHOLE - each.target.target))


def _read_percent(text: str) -> Fraction | None:
    read = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*%", text.strip())
    return Fraction(read[1]) / 100 if read else None


def _read_rate(text: str) -> Fraction | None:
    read = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*[x×]?", text.strip())
    return Fraction(read[1]) if read else None


def _spell_rates(least: Fraction, most: Fraction) -> str:
    low, high = (f"{float(each):.4g}" for each in (least, most))
    return low if low == high else f"{low}–{high}"


def _time_in(state: State) -> Figure:
    return _lasting(lambda each: each.buckets[state])


FIGURES: dict[str, Figure] = {
    "downtime": _lasting(lambda each: each.downtime),
    "own_downtime": _lasting(lambda each: each.own),
    "inherited_downtime": _lasting(lambda each: each.inherited),
    "weighted_downtime": _lasting(lambda each: each.weighted_downtime),
    "longest_outage": _lasting(lambda each: each.longest_outage),
    "budget_left": _lasting(lambda each: each.target.remaining if each.target else None),
    "availability": Figure(
        _available,
        _read_share,
        _spell_shares,
        "99.9% or 0.999",
    ),
    "outages": Figure(
        lambda each: Fraction(len(each.outages)),
        lambda text: Fraction(int(text)) if re.fullmatch(r"\d{1,9}", text) else None,
        lambda least, most: str(least) if least == most else f"{least}–{most}",
        "a whole number",
    ),
    "user_time_lost": Figure(
        lambda each: None if each.user_time_lost is None else Fraction(each.user_time_lost),
        _read_user_time,
        _spell_user_times,
        "5M user-min or 1000 user-hours",
    ),
    "budget_used": Figure(_burned, _read_percent, _spell_shares, "a percentage such as 50%"),
    "burn_rate": Figure(_burned, _read_rate, _spell_rates, "a number such as 1.5"),
    "considered": _lasting(lambda each: each.considered),
    **{f"{state.word}_time": _time_in(state) for state in State if state is not State.UP},
}
"""The figures by name, each with what it is, how a value of it is read, and how it is written."""


class Condition(NamedTuple):
    """A condition that was understood. `service` is an id, `any` or `all`."""

    text: str
    service: str
    figure: str
    compare: str
    value: Fraction
    written: str


def condition(text: str) -> Condition | ProblemText:
    """Return the condition that `text` states, or `not-a-condition` with what to write."""
    plain = text.translate(_SIGNS)
    read = _CONDITION.fullmatch(plain)
    if _JOINED.search(plain):
        hint = "give --fail-if once for each: it fails if one of them holds"
        return ProblemText("not-a-condition", f"`{text}` is more than one condition", hint)
    if not read or _TURNED.fullmatch(plain):
        return ProblemText("not-a-condition", f"`{text}` is not a condition", _meant(plain))
    service, name, compare, written = read.groups()
    name = name.strip().replace(" ", "_").replace("-", "_").lower()
    if name not in FIGURES:
        return ProblemText(
            "not-a-condition", f"`{name}` is no figure", _figure_meant(service, name)
        )
    value = FIGURES[name].read(written)
    if value is None:
        hint = f"write {FIGURES[name].forms}"
        if close := _value_meant(name, written):
            about = f"{service}.{name}" if service else name
            hint = f"did you mean '{about} {compare} {close}'?"
        return ProblemText("not-a-condition", f"`{written}` is no value of {name}", hint)
    compare = "==" if compare == "=" else compare
    return Condition(text.strip(), service or ANY, name, compare, value, written)


def _meant(text: str) -> str:
    """Return the hint for what is no condition: the one that it may be, or how they are written."""
    if turned := _TURNED.fullmatch(text):
        value, compare, figure = turned.groups()
        return f"did you mean '{figure} {_MIRRORED.get(compare, compare)} {value}'?"
    for words, sign in _SPOKEN.items():
        before, found, after = text.partition(f" {words} ")
        if found and isinstance(condition(f"{before} {sign} {after}"), Condition):
            return f"did you mean '{before.strip()} {sign} {after.strip()}'?"
    return GRAMMAR


def _figure_meant(service: str | None, name: str) -> str:
    """Return the hint for a figure that is not known."""
    for figure in FIGURES:
        if not service and name.endswith(f"_{figure}"):
            return f"did you mean {name.removesuffix(figure)[:-1]}.{figure}?"
    if close := get_close_matches(name, FIGURES, 1):
        return f"did you mean {close[0]}?"
    return f"figures are {', '.join(FIGURES)}"


def _value_meant(name: str, written: str) -> str | None:
    """Return a value with the unit that it lacks, if there is one that it may have meant."""
    if not re.fullmatch(r"\d+(\.\d+)?", written):
        return None
    units = {"availability": "%", "budget_used": "%", "user_time_lost": " user-h"}
    close = written + units.get(name, "h")
    return close if FIGURES[name].read(close) is not None else None


def unknown(conditions: Sequence[Condition], services: Collection[str]) -> ProblemText | None:
    """Return the trouble with the first condition about a service that is not there."""
    for each in conditions:
        if each.service not in {ANY, ALL, *services}:
            close = get_close_matches(each.service, services, 1)
            hint = f"did you mean {close[0]}?" if close else f"services are {', '.join(services)}"
            message = f"no service has the id `{each.service}`, in the condition `{each.text}`"
            return ProblemText("unknown-service", message, hint)
    return None


def failures(conditions: Sequence[Condition], report: Report) -> Iterator[Verdict]:
    """Yield a verdict for each condition and service it is about: failed where it holds.

    `all` fails only where the condition holds for every service; `any` for each one it holds for.
    """
    for each in conditions:  # `unknown` has seen to it that the service is there
        named = each.service not in {ANY, ALL}
        about = [one for one in report.services if not named or one.service.id == each.service]
        if each.service in {ANY, ALL}:  # what cannot have the figure is not asked for it
            about = [one for one in about if _has(each.figure, one)] or about
        found = [_verdict(each, one, report) for one in about]
        if each.service == ALL and any(one.ruling is Outcome.PASSED for one in found):
            found = [one._replace(ruling=Outcome.PASSED) for one in found]
        yield from found


def _verdict(condition: Condition, each: ServiceReport, report: Report) -> Verdict:
    """Return the verdict on one service: undecidable where the bounds straddle the condition."""
    figure = FIGURES[condition.figure]
    says = f"fails if {condition.figure} {condition.compare} {_wanted(condition)}"
    if condition.service == ALL:
        says += " for all services"
    readings = _readings(condition.figure, each, report)
    found = [figure.of(one) if one.considered else None for one in readings]
    known = [value for value in found if value is not None]
    if len(known) < len(found):
        lacks = "" if _has(condition.figure, each) else f": it has no {_NEEDS[condition.figure]}"
        return Verdict("fail-if", each.service.id, Outcome.UNDECIDABLE, says, f"no data{lacks}", ())
    least, most = min(known), max(known)
    holds = {OPERATORS[condition.compare](value, condition.value) for value in known}
    is_open = len(holds) > 1 or (condition.compare in _EXACT and least < condition.value < most)
    ruling = Outcome.FAILED if True in holds else Outcome.PASSED
    computed = f"{condition.figure} is {figure.spell(known[0], known[0])}"
    if least < most:
        computed += f", between {figure.spell(least, most)}"
    return Verdict(
        "fail-if",
        each.service.id,
        Outcome.UNDECIDABLE if is_open else ruling,
        says,
        computed,
        places_of(each, report) if is_open or ruling is Outcome.FAILED else (),
    )


_NEEDS = {"budget_left": "slo", "budget_used": "slo", "burn_rate": "slo", "user_time_lost": "users"}
"""What a service must say of itself, so that it has a figure."""


def _has(figure: str, each: ServiceReport) -> bool:
    """Whether a service can have a figure: without a target it has no budget, say."""
    if _NEEDS.get(figure) == "slo":
        return each.service.slo is not None or each.service.objective is not None
    return figure not in _NEEDS or each.best.user_time_lost is not None


def _readings(figure: str, each: ServiceReport, report: Report) -> Sequence[Figures]:
    """Return the figures that a condition is about, on each reading of the times.

    The budget of an objective with a period of its own is that of the period with the least left.
    """
    readings = (each.best, *each.others)
    periods = [one for one in report.objectives if one.service == each.service.id]
    if _NEEDS.get(figure) != "slo" or each.best.target or not periods:
        return readings
    columns = zip(*((one.best, *one.others) for one in periods), strict=True)
    return [min(column, key=_left) for column in columns]


def _left(each: Figures) -> int:
    return each.target.remaining if each.target else 0


def _wanted(condition: Condition) -> str:
    if condition.figure == "availability":
        return spell_share(int(condition.value * 10**9))
    if condition.figure in {"user_time_lost", "budget_used", "burn_rate"}:
        return condition.written
    return FIGURES[condition.figure].spell(condition.value, condition.value)


def places_of(each: ServiceReport, report: Report) -> tuple[Place, ...]:
    """Return the lines that began the outages of a service."""
    begun = (outage.started_by for outage in each.best.outages)
    return tuple(report.lines.find(mark) for mark in begun if mark)
