"""The runner of stories sees what a reader would see, and lets no wrong screen pass."""

from pathlib import Path

import pytest

from tests.stories_runner import Surprise, difference, rewrite, surprises

STORY = """\
# A story

```text notes/greeting.txt
hello  there
```

```console
$ cat notes/greeting.txt
hello  there

$ cat <<EOF >&2
to stderr, at $COLUMNS columns
EOF
to stderr, at 100 columns
$ printf 'out\\n'; printf 'err\\n' >&2; exit 3
out
err
[exit 3]
$ printf '%s %s\\n' \\
    one two
one two
$ true
```

- In a list, and between longer marks:

  ````console
  $ printf '```\\n\\n  indented\\n'
  ```

    indented
  ````

```sh
exit 1 # is only read
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.md"


def tell(page: Path, story: str, timeout: float = 10) -> list[Surprise]:
    page.write_text(story, encoding="utf-8")
    return surprises(page, timeout)


def test_true_story_holds_no_surprise(page: Path) -> None:
    assert tell(page, STORY) == []


@pytest.mark.parametrize(
    ("promised", "printed", "line"),
    [
        ("hello  there\n\n$", "hello there\n\n$", 8),
        ("out\nerr\n", "err\nout\n", 15),
        ("[exit 3]\n", "", 15),
        ("[exit 3]\n", "[exit 4]\n", 15),
        ("one two\none two", "one two\none two\nthree", 19),
        ("$ true\n", "$ true\nnothing\n", 22),
        ("\n    indented", "\n  indented", 28),
    ],
)
def test_wrong_screen_fails_with_its_place_and_is_put_right(
    page: Path, promised: str, printed: str, line: int
) -> None:
    wrong = STORY.replace(promised, printed)
    assert wrong != STORY

    found = tell(page, wrong)
    assert difference(page, found).startswith(f"{page}:{line}: $ ")

    rewrite(page, found)
    assert page.read_text(encoding="utf-8") == STORY


def test_difference_shows_both_screens(page: Path) -> None:
    found = tell(page, "```console\n$ echo true\nfalse\n```\n")
    assert difference(page, found).splitlines() == [
        f"{page}:2: $ echo true",
        "--- promised",
        "+++ printed",
        "@@ -1 +1 @@",
        "-false",
        "+true",
    ]


def test_command_without_end_is_stopped_with_all_its_children(page: Path) -> None:
    (surprise,) = tell(page, "```console\n$ echo waiting; sleep 60 | cat\n```\n", timeout=0.2)
    assert surprise.screen == ["waiting", "[no end after 0.2 s]"]


def test_command_inherits_nothing_but_the_path(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "GITHUB_ACTIONS", "OUTAGE_FORMAT", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "1")
    story = '```console\n$ env | grep -E "^(CI|GITHUB|OUTAGE|PYTHOND)"\n[exit 1]\n```\n'
    assert tell(page, story) == []


@pytest.mark.parametrize(
    ("story", "complaint"),
    [
        ("\n```console\n$ true\n", ":2: this block is never closed"),
        ("```console\noutage report\n```\n", ":2: a screen without a command"),
    ],
)
def test_story_that_cannot_be_read_is_an_error(page: Path, story: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        tell(page, story)
