"""What is made quickly is what the class makes, also when the class gets another field."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from outage_cli.model.event import Event, SourceRef
from outage_cli.model.fast_tuples import quick
from outage_cli.model.state import State


class Old(NamedTuple):
    """A value with a default."""

    at: int
    what: str
    note: str | None = None
    tags: tuple[str, ...] = ()


class New(NamedTuple):
    """The same after a field was added in the middle."""

    at: int
    what: str
    place: str = "here"
    note: str | None = None
    tags: tuple[str, ...] = ()


def test_an_event_is_the_one_that_the_class_makes() -> None:
    mark, states = SourceRef("a.yaml", ("events", 0)), ((State.DOWN, ("web",)),)
    made = quick(Event, "at", "what", "mark", "states")(None, "It fails", mark, states)
    assert made == Event(None, "It fails", mark, states)
    assert type(made) is Event


@pytest.mark.parametrize("kind", [Old, New])
def test_an_added_field_has_its_default(kind: type[Old | New]) -> None:
    made = quick(kind, "what", "at", "tags")("It fails", 1, ("dns",))
    assert made == kind(at=1, what="It fails", tags=("dns",))
    assert (made.at, made.what, made.note, made.tags) == (1, "It fails", None, ("dns",))


@pytest.mark.parametrize("names", [("at",), ("at", "what", "where")])
def test_a_missing_or_unknown_field_is_refused_at_once(names: tuple[str, ...]) -> None:
    with pytest.raises(TypeError, match="Old: wh"):
        quick(Old, *names)
