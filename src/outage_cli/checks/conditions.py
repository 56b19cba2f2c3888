"""Conditions: `kakaotalk.availability < 99.9%`. A small language, and its verdicts on a report."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import NamedTuple

from outage_cli.model.duration import spell_range
from outage_cli.model.problem import Place, Trouble
from outage_cli.model.report import Figures, Report, ServiceReport
from outage_cli.model.share import percent
from outage_cli.model.share import share as read_share
from outage_cli.model.share import spell as spell_share
from outage_cli.model.verdict import Ruling, Verdict
from outage_cli.when.durations import FORMS, duration

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

_CONDITION = re.compile(r"\s*(?:(.+)\.)?([\w ]+?)\s*(<=|>=|==|!=|<|>|=)\s*(.+?)\s*")


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


FIGURES: dict[str, Figure] = {
    "downtime": _lasting(lambda each: each.downtime),
    "own_downtime": _lasting(lambda each: each.own),
    "inherited_downtime": _lasting(lambda each: each.inherited),
    "weighted_downtime": _lasting(lambda each: each.weighted_downtime),
    "longest_outage": _lasting(lambda each: max((o.length for o in each.outages), default=0)),
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
}


class Condition(NamedTuple):
    """A condition that was understood. `service` is an id, `any` or `all`."""

    text: str
    service: str
    figure: str
    compare: str
    value: Fraction


def condition(text: str) -> Condition | Trouble:
    """Return the condition that `text` states, or `not-a-condition` with what to write."""
    read = _CONDITION.fullmatch(text)
    if not read:
        return Trouble("not-a-condition", f"`{text}` is not a condition", GRAMMAR)
    service, name, compare, written = read.groups()
    name = name.strip().replace(" ", "_")
    if name not in FIGURES:
        close = get_close_matches(name, FIGURES, 1)
        hint = f"did you mean {close[0]}?" if close else f"figures are {', '.join(FIGURES)}"
        return Trouble("not-a-condition", f"`{name}` is no figure", hint)
    value = FIGURES[name].read(written)
    if value is None:
        hint = f"write {FIGURES[name].forms}"
        return Trouble("not-a-condition", f"`{written}` is no value of {name}", hint)
    return Condition(text.strip(), service or ANY, name, "==" if compare == "=" else compare, value)


def unknown(conditions: Sequence[Condition], services: Collection[str]) -> Trouble | None:
    """Return the trouble with the first condition about a service that is not there."""
    for each in conditions:
        if each.service not in {ANY, ALL, *services}:
            close = get_close_matches(each.service, services, 1)
            hint = f"did you mean {close[0]}?" if close else f"services are {', '.join(services)}"
            message = f"no service has the id `{each.service}`, in the condition `{each.text}`"
            return Trouble("unknown-service", message, hint)
    return None


def failures(conditions: Sequence[Condition], report: Report) -> Iterator[Verdict]:
    """Yield a verdict for each condition and service it is about: failed where it holds.

    `all` fails only where the condition holds for every service; `any` for each one it holds for.
    """
    for each in conditions:  # `unknown` has seen to it that the service is there
        named = each.service not in {ANY, ALL}
        about = [one for one in report.services if not named or one.service.id == each.service]
        found = [_verdict(each, one, report) for one in about]
        if each.service == ALL and any(one.ruling is Ruling.PASSED for one in found):
            found = [one._replace(ruling=Ruling.PASSED) for one in found]
        yield from found


def _verdict(condition: Condition, each: ServiceReport, report: Report) -> Verdict:
    """Return the verdict on one service: undecidable where the bounds straddle the condition."""
    figure = FIGURES[condition.figure]
    says = f"fails if {condition.figure} {condition.compare} {_wanted(condition)}"
    if condition.service == ALL:
        says += " for all services"
    found = [figure.of(one) if one.considered else None for one in (each.best, *each.others)]
    known = [value for value in found if value is not None]
    if len(known) < len(found):
        return Verdict("fail-if", each.service.id, Ruling.UNDECIDABLE, says, "no data", ())
    least, most = min(known), max(known)
    holds = {OPERATORS[condition.compare](value, condition.value) for value in known}
    is_open = len(holds) > 1 or (condition.compare in _EXACT and least < condition.value < most)
    ruling = Ruling.FAILED if True in holds else Ruling.PASSED
    computed = f"{condition.figure} is {figure.spell(known[0], known[0])}"
    if least < most:
        computed += f", between {figure.spell(least, most)}"
    return Verdict(
        "fail-if",
        each.service.id,
        Ruling.UNDECIDABLE if is_open else ruling,
        says,
        computed,
        places_of(each, report) if is_open or ruling is Ruling.FAILED else (),
    )


def _wanted(condition: Condition) -> str:
    if condition.figure == "availability":
        return spell_share(int(condition.value * 10**9))
    return FIGURES[condition.figure].spell(condition.value, condition.value)


def places_of(each: ServiceReport, report: Report) -> tuple[Place, ...]:
    """Return the lines that began the outages of a service."""
    begun = (outage.started_by for outage in each.best.outages)
    return tuple(report.lines.find(mark) for mark in begun if mark)
