"""Files of accounting methods: what they may have, and that no file makes the reader raise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outage_cli import registry
from outage_cli.model.method import Method, Treatment
from outage_cli.model.share import WHOLE
from outage_cli.model.span import MINUTE
from outage_cli.model.state import State
from outage_cli.readers.native.method import KEYS, read
from outage_cli.readers.source import Source
from tests.strategies import tried

KNOWN: dict[str, Method] = {each.name: registry.method(each.name) for each in registry.METHODS}


def found(text: str) -> Method:
    """Return the method that a text defines; it must have no problem."""
    method, problems = read(Source("own.toml", text.encode()), KNOWN)
    assert problems == ()
    assert method is not None
    return method


def codes(text: str) -> list[tuple[str, str]]:
    """Return the codes of what is wrong with a text, and where it is."""
    method, problems = read(Source("own.toml", text.encode()), KNOWN)
    assert method is None
    return [(each.code, str(each.place)) for each in problems]


def test_what_is_left_open_is_as_in_the_base() -> None:
    own = found('name = "own"\nbase = "icinga"\n[weights]\npartial = 0.25\n')
    icinga = KNOWN["icinga"]
    assert own.weights == {**icinga.weights, State.PARTIAL: WHOLE // 4}
    named = own._replace(name="icinga", base=None, file=None, sha256=None)
    assert named._replace(weights=icinga.weights) == icinga


def test_every_key_is_read() -> None:
    own = found(
        'name = "own"\nversion = 3\nmaintenance = "as-up"\nout_of_hours = "count"\n'
        'unknown = "count"\nmin_outage = "90s"\nwhole_minutes = true\ndecimals = 5\n'
        '[weights]\ndegraded = "10%"\npartial = 0.5\ndown = 1\n'
    )
    assert (own.name, own.version, own.decimals, own.base) == ("own", 3, 5, "standard")
    assert (own.maintenance, own.out_of_hours, own.unknown) == (
        Treatment.AS_UP,
        Treatment.COUNT,
        Treatment.COUNT,
    )
    assert (own.min_outage, own.whole_minutes) == (3 * MINUTE // 2, True)
    assert [own.weight(each) for each in (State.DEGRADED, State.PARTIAL, State.DOWN)] == [
        WHOLE // 10,
        WHOLE // 2,
        WHOLE,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("empty", "own.toml")),
        ("base = 'strict'", ("no-name", "own.toml")),
        ("name = 'contract'", ("name-taken", "own.toml:1:8")),
        ("name = 'my way'", ("not-a-name", "own.toml:1:8")),
        ("name = 'a'\nbase = 'b'", ("unknown-method", "own.toml:2:8")),
        ("name = 'a'\nmin_outage = 5", ("not-a-duration", "own.toml:2:14")),
        ("name = 'a'\nweights.down = 2", ("not-a-weight", "own.toml:2:16")),
        ("name = 'a'\nweights.down = -1", ("not-a-weight", "own.toml:2:16")),
        ("name = 'a'\nweights.up = 1", ("unknown-key", "own.toml:2:9")),
        ("name = 'a'\n[weights]\ndown = 0.5", ("weights-fall", "own.toml:3:8")),
        ("name = 'a'\nname = 'b'", ("duplicate-key", "own.toml:2:1")),
    ],
)
def test_what_is_wrong_has_its_place(text: str, expected: tuple[str, str]) -> None:
    assert codes(text)[0] == expected


@tried(200)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.tuples(
                st.sampled_from((*KEYS, "weights.down", "[weights]", "x")),
                st.sampled_from(("=", " = ", "")),
                st.sampled_from(("1", "0.5", '"5m"', "true", "[]", "{}", '"', "9e999", "''")),
            ).map("".join),
            max_size=6,
        ).map(lambda lines: "\n".join(lines).encode()),
    )
)
def test_no_bytes_make_it_raise(data: bytes) -> None:
    method, problems = read(Source("own.toml", data), KNOWN)
    assert (method is None) == bool(problems)
    for each in problems:
        assert each.message
        assert each.hint
