"""Each recipe of CONTRIBUTING.md, applied to a copy of the package, adds what it promises.

A block with a file name is that file. A `diff` block names a file and adds its `+` lines where its
other lines stand. The block before the first recipe belongs to each of them.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.stories_runner import (
    ROOT,
    TIMEOUT_SECONDS,
    Block,
    Surprise,
    blocks,
    commands,
    difference,
    rewrite,
    run,
)

PAGE = ROOT / "CONTRIBUTING.md"
HEADING = "### "


def headings() -> list[tuple[int, str]]:
    """Return the number of the line of each recipe's heading, and its title."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    first, last = lines.index("## Recipes"), lines.index("## Habits")
    return [
        (number + 1, line.removeprefix(HEADING))
        for number, line in enumerate(lines)
        if first < number < last and line.startswith(HEADING)
    ]


def recipe(title: str) -> Iterator[Block]:
    """Yield the blocks of a recipe, after those that all recipes share."""
    starts = [*headings(), (len(PAGE.read_text("utf-8").splitlines()), "")]
    [own] = [at for at, (_, name) in enumerate(starts) if name == title]
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    shared = lines.index("## Recipes")
    for block in blocks(PAGE):
        if shared < block.first < starts[0][0] or starts[own][0] < block.first < starts[own + 1][0]:
            yield block


def patched(text: str, rows: Sequence[str]) -> str:
    """Return a text with the lines of a `diff` block: its context must stand there once."""
    before = "".join(f"{row[1:]}\n" for row in rows if not row.startswith("+"))
    after = "".join(f"{row[1:]}\n" for row in rows if not row.startswith("-"))
    assert text.count(before) == 1, before
    return text.replace(before, after)


@pytest.mark.parametrize("title", [title for _, title in headings()])
def test_a_recipe_adds_what_it_promises(title: str, tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    found: list[Surprise] = []
    number_of_commands = 0
    for block in recipe(title):
        match block.info:
            case ["diff", name]:
                file = tmp_path / name
                file.write_text(patched(file.read_text("utf-8"), block.lines), encoding="utf-8")
            case ["console"]:
                for command in commands(PAGE, block):
                    number_of_commands += 1
                    text = f"export PYTHONPATH=src; {command.text}"
                    screen = run(text, tmp_path, TIMEOUT_SECONDS)
                    if screen != list(command.screen):
                        found.append(Surprise(command, screen))
            case [_, name]:
                file = tmp_path / name
                assert not file.exists()
                file.write_text("".join(f"{row}\n" for row in block.lines), encoding="utf-8")
    assert number_of_commands
    if os.environ.get("UPDATE_STORIES"):
        rewrite(PAGE, found)
    elif found:
        pytest.fail(difference(PAGE, found), pytrace=False)


def test_the_recipes_are_those_that_were_promised() -> None:
    titles = {title for _, title in headings()}
    assert titles >= {
        "A reader",
        "A writer",
        "A method",
        "A check",
        "A figure",
        "A language",
        "An option",
    }


def test_a_recipe_whose_context_has_gone_is_found_out() -> None:
    with pytest.raises(AssertionError):
        patched("A = (\n)\n", [" B = (", "+    1,"])
    assert patched("A = (\n)\n", [" A = (", "+    1,"]) == "A = (\n    1,\n)\n"
