"""Bytes with a name, and the text in them. Lines are not counted before a place is needed."""

import re
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from typing import NamedTuple

from outage_cli.model.problem import Place, Problem

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_OTHER_ENCODINGS = ("cp932", "cp949", "gb18030")


class Source(NamedTuple):
    """An input: the name by which it is shown, its bytes, and its format, if known."""

    name: str
    data: bytes
    format: str | None = None


class Text:
    """The text of a source, with its lines. Offsets count characters from 0."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    @cached_property
    def data(self) -> bytes:
        """The same text in UTF-8, without a byte-order mark."""
        return self.text.encode()

    @cached_property
    def starts(self) -> list[int]:
        """The offsets at which lines start."""
        return [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", self.text))]

    @cached_property
    def _is_ascii(self) -> bool:
        return len(self.data) == len(self.text)

    @cached_property
    def _byte_starts(self) -> list[int]:
        if self._is_ascii:
            return self.starts
        return [0, *(end.end() for end in re.finditer(rb"\r\n|\r|\n", self.data))]

    def offset(self, byte: int) -> int:
        """Return the offset in characters of an offset in bytes into `data`."""
        if self._is_ascii:
            return byte
        line = bisect_right(self._byte_starts, byte) - 1
        before = self.data[self._byte_starts[line] : byte]
        return self.starts[line] + len(before.decode("utf-8", "ignore"))

    def line_of(self, byte: int) -> int:
        """Return the number of the line in which an offset in bytes into `data` is."""
        return bisect_right(self._byte_starts, byte)

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def place(self, offset: int, length: int = 1) -> Place:
        """Return the place of `length` characters from `offset`, cut where their line ends."""
        offset = min(offset, len(self.text))
        line = bisect_right(self.starts, offset)
        column = offset - self.starts[line - 1] + 1
        if length > 1:
            after = self.starts[line] if line < len(self.starts) else len(self.text)
            if offset + length >= after:  # it may reach over the end of its line
                length = max(1, len(self.line(line)) - column + 1)
        return Place(self.name, line, column, length)


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal.

    Computed without hashlib where that is possible, because hashlib loads OpenSSL.
    """
    for name in ("_sha2", "_sha256"):  # of Python 3.12 and later, and of 3.11
        with suppress(ImportError):
            return str(import_module(name).sha256(data).hexdigest())
    return str(import_module("hashlib").sha256(data).hexdigest())


def decode(source: Source) -> Text | Problem:
    """Return the text of a source, or a problem: `empty`, `not-text`, `control-character`.

    UTF-8 is expected; UTF-16 is taken where a byte-order mark announces it.
    """
    name, data = source.name, source.data
    if not data.strip():
        hint = "begin with `title:`, `timezone:`, `services:` and `events:`"
        return Problem("empty", "is empty", Place(name), hint)
    try:
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_text(source, error)
    if control := _NOT_TEXT.search(text):
        character = f"U+{ord(control[0]):04X}"
        place = Text(name, text).place(control.start())
        if control[0] == "\0":
            hint = "name a timeline file"
            return Problem("not-text", "is binary, not text", Place(name), hint)
        message = f"has the control character {character} in it"
        hint = "remove it; in double quotes it can be written as an escape"
        return Problem("control-character", message, place, hint)
    return Text(name, text)


def _not_text(source: Source, error: UnicodeDecodeError) -> Problem:
    before = source.data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    place = Place(source.name, line, column, 1)
    if b"\0" in source.data:
        hint = "name a timeline file"
        return Problem("not-text", "is binary, not text", Place(source.name), hint)
    hint = "save the file as UTF-8"
    for encoding in _OTHER_ENCODINGS:
        try:
            source.data.decode(encoding)
        except UnicodeDecodeError:
            continue
        hint += f"; if it is in {encoding}: iconv -f {encoding} -t utf-8"
        break
    return Problem("not-text", f"byte {source.data[error.start]:#04x} is not UTF-8", place, hint)
