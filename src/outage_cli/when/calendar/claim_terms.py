"""The terms of a claim: the values that agree with it, and the time that it covers (SEMANTICS C).

What cannot be read is a `ProblemText`, never a guess.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from outage_cli.model.accepted_range import AcceptedRange
from outage_cli.model.event import Claim, ClaimKind, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.problem import LONGEST_SHOWN, ProblemText
from outage_cli.model.span import MINUTE, SECOND
from outage_cli.model.timeline import Timeline
from outage_cli.when.calendar.moments import TimeSettings, moment
from outage_cli.when.calendar.windows import Window, window
from outage_cli.when.clock.zones import known
from outage_cli.when.words.claim_values import accepted_value

_TO_THE_SECOND = r"\d:\d\d:\d\d|T\d{6}|^\d{9,}|秒|초"
_DAY = r"\d{4}-\d\d-\d\d"
_BEFORE_A_TIME = r"(?is)(before|earlier than)\s+(.+)"


def accepted(
    figure: ClaimKind,
    says: str,
    settings: TimeSettings,
    before: Moment | None = None,
    anchors: Mapping[str, Moment] | None = None,
) -> AcceptedRange | ProblemText:
    """Return what agrees with a published figure, or what is wrong with its words.

    A time may refer to `before` or to one of `anchors`, as in `moments`.
    """
    if figure in {ClaimKind.STARTS, ClaimKind.ENDS}:
        return _time(says, settings, before, anchors or {})
    return accepted_value(says, is_share=figure is ClaimKind.AVAILABILITY)


def _time(
    says: str, settings: TimeSettings, before: Moment | None, anchors: Mapping[str, Moment]
) -> AcceptedRange | ProblemText:
    is_strict = says.strip()[:1] in "bBeE"
    strictly = re.fullmatch(_BEFORE_A_TIME, says.strip()) if is_strict else None
    result = bound(strictly[2] if strictly else says, settings, before, anchors)
    if isinstance(result, ProblemText):
        return result
    best, earliest, latest = result
    if strictly:
        return AcceptedRange((result.first, result.first), None, result.first, excludes_most=True)
    if earliest == latest == best:
        unit = SECOND if best % MINUTE or re.search(_TO_THE_SECOND, says) else MINUTE
        return AcceptedRange((best, best), best - unit // 2, best + unit, excludes_most=True)
    is_day = re.fullmatch(_DAY, says.strip()) is not None
    return AcceptedRange((best, best), earliest, latest, excludes_most=is_day)


def bound(
    text: str, settings: TimeSettings, before: Moment | None, anchors: Mapping[str, Moment]
) -> Moment | ProblemText:
    """Return the moment of a text, or of the event whose id it is."""
    if text.strip() in anchors:
        return anchors[text.strip()]
    result = moment(text, settings, before, anchors)
    if isinstance(result, ProblemText) and (close := _resembles(text.strip(), anchors)):
        message = f"no event has the id `{text.strip()}`"
        return ProblemText("unknown-id", message, f"did you mean {close}?")
    if result is None:
        message = "a question mark does not say when"
        return ProblemText("not-a-moment", message, "write a time, or leave the claim out")
    return result


def _resembles(text: str, anchors: Mapping[str, Moment]) -> str | None:
    """Return the id that a word resembles, if any."""
    from difflib import get_close_matches

    if len(text) > LONGEST_SHOWN or not re.fullmatch(r"[^\W\d][\w.-]*", text):
        return None
    return next(iter(get_close_matches(text, anchors, 1)), None)


class Terms(NamedTuple):
    """The terms of one claim: the values that agree with it, and the time that it covers.

    `since_mark` and `until_mark` are those of the events whose ids stand there.
    """

    accepted: AcceptedRange
    since: Moment | None
    since_mark: SourceRef | None
    until: Moment | None
    until_mark: SourceRef | None
    window: Window | None


class _ClaimReferences(NamedTuple):
    """What the times of claims refer to: the settings of the file, its first event and its ids."""

    settings: TimeSettings
    first: Moment | None
    anchors: Mapping[str, Moment]
    marks: Mapping[str, SourceRef]


def terms(timeline: Timeline) -> Iterator[Terms | tuple[str, ProblemText]]:
    """Yield the terms of each claim of a timeline, or the key with a problem and the problem.

    A time without a date is read after `since`, else after the first event (SEMANTICS T4).
    """
    if not timeline.claims:
        return
    timed = [(event.id, event) for event in timeline.events if event.id]
    references = _ClaimReferences(
        TimeSettings(known(timeline.timezone), timeline.about),
        next((event.at for _, event in timeline.timed_events), None),
        {name: event.at for name, event in timed if event.at},
        {name: event.mark for name, event in timed if event.at},
    )
    for claim in timeline.claims:
        yield _terms(claim, references)


def _terms(claim: Claim, references: _ClaimReferences) -> Terms | tuple[str, ProblemText]:
    since = until = None
    if claim.since is not None:
        result = bound(claim.since, references.settings, references.first, references.anchors)
        if isinstance(result, ProblemText):
            return "since", result
        since = result
    if claim.until is not None:
        result = bound(
            claim.until, references.settings, since or references.first, references.anchors
        )
        if isinstance(result, ProblemText):
            return "until", result
        until = result
    if since and until and until.best <= since.best:
        hint = "swap the two, or mend one of them"
        message = f"`{claim.until}` is not after `{claim.since}`, where this claim starts to count"
        return "until", ProblemText("ends-early", message, hint)
    named = None
    if claim.window is not None:
        named = window(claim.window, references.settings.zone, references.anchors)
    if isinstance(named, ProblemText):
        return "window", named
    accepted_range = accepted(
        claim.figure, claim.says, references.settings, since or references.first, references.anchors
    )
    if isinstance(accepted_range, ProblemText):
        return claim.figure.value, accepted_range
    since_mark, until_mark = (
        references.marks.get((text or "").strip()) for text in (claim.since, claim.until)
    )
    return Terms(accepted_range, since, since_mark, until, until_mark, named)
