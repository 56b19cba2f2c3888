"""The keys of the live screen, and the bytes that terminals send for them."""

import re
from enum import Enum


class Key(Enum):
    """What a key does. AGAIN is also what a change of the size of the terminal does."""

    QUIT, AGAIN, UP, DOWN, PAGE_UP, PAGE_DOWN, TOP, BOTTOM = range(8)


KEYS = {
    b"q": Key.QUIT,
    b"\x04": Key.QUIT,
    b"r": Key.AGAIN,
    b"\x0c": Key.AGAIN,
    b"k": Key.UP,
    b"\x1b[A": Key.UP,
    b"\x1bOA": Key.UP,
    b"j": Key.DOWN,
    b"\n": Key.DOWN,
    b"\x1b[B": Key.DOWN,
    b"\x1bOB": Key.DOWN,
    b"b": Key.PAGE_UP,
    b"\x1b[5~": Key.PAGE_UP,
    b" ": Key.PAGE_DOWN,
    b"\x1b[6~": Key.PAGE_DOWN,
    b"g": Key.TOP,
    b"\x1b[H": Key.TOP,
    b"\x1b[1~": Key.TOP,
    b"G": Key.BOTTOM,
    b"\x1b[F": Key.BOTTOM,
    b"\x1b[4~": Key.BOTTOM,
}


SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;]*[~A-Za-z]|O[A-Z])|.", re.DOTALL)
"""Matches the bytes of one key."""


def keys_in(data: bytes) -> list[Key]:
    """Return the keys that some bytes stand for, without unknown ones."""
    return [KEYS[sequence] for sequence in SEQUENCE.findall(data) if sequence in KEYS]
