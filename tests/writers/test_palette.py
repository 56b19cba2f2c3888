"""Every state has its own letter, block and colours, which every writer takes from the palette."""

from __future__ import annotations

import pytest

from outage_cli.languages.en import CATALOGUE
from outage_cli.model.state import State
from outage_cli.writers.chart import svg
from outage_cli.writers.chart import terminal as chart_terminal
from outage_cli.writers.chart.palette import PALETTE, Look
from outage_cli.writers.page import terminal_explanation, terminal_table


@pytest.mark.parametrize("field", Look._fields)
def test_every_state_has_a_look_of_its_own(field: str) -> None:
    assert PALETTE.keys() == set(State)
    looks = [getattr(each, field) for each in PALETTE.values()]
    assert all(looks)
    assert len(set(looks)) == len(looks)


def test_escape_sequences_differ_as_the_colours_do() -> None:
    assert len({each.ansi for each in PALETTE.values()}) == len(State)


def test_every_writer_has_the_look_of_the_palette() -> None:
    for state, look in PALETTE.items():
        assert chart_terminal.COLORS[state] == look.ansi
        assert chart_terminal.BLOCKS[state] == look.block
        assert chart_terminal.LETTERS[state] == look.letter
        assert svg.LIGHT[look.name] == look.light
        assert svg.DARK[look.name] == look.dark
        if state is not State.UP:
            word = CATALOGUE.state_word(state)
            assert terminal_table.state_styles(CATALOGUE)[word] == look.color
            assert terminal_explanation.state_colors(CATALOGUE)[word] == look.ansi
