"""Conditions: `kakaotalk.availability < 99.9%`. A small language, and its verdicts on a report."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import NamedTuple

from outage_cli.model import figure_catalogue
from outage_cli.model.figure import Exact, Figure, Kind
from outage_cli.model.problem import Place, ProblemText
from outage_cli.model.report import Report
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.share import WHOLE
from outage_cli.model.share import spell as spell_share
from outage_cli.model.statistics import Ratio
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.verdicts.condition_values import FORMS, UNITS

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


def figures() -> dict[str, Figure]:
    """Return the figures that a condition can be about, by name."""
    return {each.condition: each for each in figure_catalogue.FIGURES if each.condition}


def _named(name: str) -> Figure | None:
    """Return the figure of a name; that of a column of tables is understood too."""
    by_name = figures()
    by_column = {(each.column or "").replace("-", "_"): each for each in by_name.values()}
    return by_name.get(name) or by_column.get(name)


class Condition(NamedTuple):
    """A condition that was understood. `service` is an id, `any` or `all`."""

    text: str
    service: str
    figure: Figure
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
    figure = _named(name)
    if figure is None:
        return ProblemText(
            "not-a-condition", f"`{name}` is no figure", _figure_meant(service, name)
        )
    value = FORMS[figure.kind].read(written)
    if value is None:
        hint = f"write {FORMS[figure.kind].forms}"
        if close := _value_meant(figure, written):
            about = f"{service}.{name}" if service else name
            hint = f"did you mean '{about} {compare} {close}'?"
        return ProblemText("not-a-condition", f"`{written}` is no value of {name}", hint)
    compare = "==" if compare == "=" else compare
    return Condition(text.strip(), service or ANY, figure, compare, value, written)


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
    known = figures()
    for figure in known:
        if not service and name.endswith(f"_{figure}"):
            return f"did you mean {name.removesuffix(figure)[:-1]}.{figure}?"
    if close := get_close_matches(name, known, 1):
        return f"did you mean {close[0]}?"
    return f"figures are {', '.join(known)}"


def _value_meant(figure: Figure, written: str) -> str | None:
    """Return a value with the unit that it lacks, if there is one that it may have meant."""
    if not re.fullmatch(r"\d+(\.\d+)?", written):
        return None
    close = written + UNITS.get(figure.kind, "")
    return close if FORMS[figure.kind].read(close) is not None else None


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
    """Return the verdict on one service: undecidable where the bounds straddle the condition.

    Without an outage no condition on what needs one holds.
    """
    figure, spell = condition.figure, FORMS[condition.figure.kind].spell
    says = f"fails if {figure.condition} {condition.compare} {_limit(condition)}"
    if condition.service == ALL:
        says += " for all services"
    scenarios = _scenarios(figure, each, report)
    found = [_fraction(figure.of(one)) if one.considered else None for one in scenarios]
    known = [value for value in found if value is not None]
    if figure.needs == "outage" and not known and not any(one.outages for one in scenarios):
        return Verdict("fail-if", each.service.id, Outcome.PASSED, says, "no outage", ())
    if len(known) < len(found):
        lacks = "" if _has(figure, each) else f": it has no {figure.needs}"
        return Verdict("fail-if", each.service.id, Outcome.UNDECIDABLE, says, f"no data{lacks}", ())
    least, most = min(known), max(known)
    holds = {OPERATORS[condition.compare](value, condition.value) for value in known}
    is_open = len(holds) > 1 or (condition.compare in _EXACT and least < condition.value < most)
    outcome = Outcome.FAILED if True in holds else Outcome.PASSED
    computed = f"{figure.condition} is {spell(known[0], known[0])}"
    if least < most:
        computed += f", between {spell(least, most)}"
    return Verdict(
        "fail-if",
        each.service.id,
        Outcome.UNDECIDABLE if is_open else outcome,
        says,
        computed,
        places_of(each, report) if is_open or outcome is Outcome.FAILED else (),
    )


def _fraction(value: Exact) -> Fraction | None:
    if isinstance(value, Ratio):
        return Fraction(value.part, value.whole)
    return None if value is None else Fraction(value)


def _has(figure: Figure, each: ServiceReport) -> bool:
    """Whether a service can have a figure: without a target it has no budget, say."""
    if figure.needs == "slo":
        return each.service.slo is not None or each.service.objective is not None
    return figure.needs != "users" or each.best.user_time_lost is not None


def _scenarios(figure: Figure, each: ServiceReport, report: Report) -> Sequence[Figures]:
    """Return the figures that a condition is about, on each scenario of the times.

    The budget of an objective with a period of its own is that of the period with the least left.
    """
    periods = [one for one in report.objectives if one.service == each.service.id]
    if figure.needs != "slo" or each.best.target or not periods:
        return each.readings
    columns = zip(*((one.best, *one.others) for one in periods), strict=True)
    return [min(column, key=_left) for column in columns]


def _left(each: Figures) -> int:
    return each.target.remaining if each.target else 0


def _limit(condition: Condition) -> str:
    """Return the value that a condition compares with, as the verdict writes it."""
    kind = condition.figure.kind
    if kind is Kind.SHARE:
        return spell_share(int(condition.value * WHOLE))
    if kind in {Kind.USER_TIME, Kind.PERCENTAGE, Kind.RATE}:
        return condition.written
    return FORMS[kind].spell(condition.value, condition.value)


def places_of(each: ServiceReport, report: Report) -> tuple[Place, ...]:
    """Return the lines that began the outages of a service."""
    begun = (outage.started_by for outage in each.best.outages)
    return tuple(report.lines.find(mark) for mark in begun if mark)
