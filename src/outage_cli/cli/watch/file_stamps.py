"""How files looked when they were read: metadata, and the content of files that are young."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from outage_cli.cli import input_files

YOUNG = 3.0
"""How many seconds the clock of a file system may take to tell two versions of a file apart."""

LARGE = 1 << 26
"""Up to how many bytes the content of a young file is compared."""


class FileStamp(NamedTuple):
    """The metadata of a file, and the digest of its content if it is young."""

    about: tuple[int, ...]
    content: bytes | None = None

    def differs(self, other: FileStamp) -> bool:
        """Return whether these are two versions of the file."""
        both = self.content is not None and other.content is not None
        return self.about != other.about or (both and self.content != other.content)


class FileStamps:
    """The stamps of files when they were last checked, and how many seconds a check takes."""

    def __init__(self, named: Iterable[str], outputs: Iterable[Path]) -> None:
        self.named = tuple(named)
        self.written = {os.path.realpath(path) for path in outputs}
        self.took = 0.0
        self.last = self._check()

    def changed(self) -> bool:
        """Check the files, and return whether any has changed since the last check."""
        before, self.last = self.last, self._check()
        return before.keys() != self.last.keys() or any(
            stamp.differs(before[name]) for name, stamp in self.last.items()
        )

    def _check(self) -> dict[str, FileStamp]:
        started = time.perf_counter()
        stamps = {name: _stamp(name) for name in self._names()}
        self.took = time.perf_counter() - started
        return stamps

    def _names(self) -> Iterator[str]:
        """Yield the named files, and those in named folders that this run does not write."""
        for name in self.named:
            yield name
            if Path(name).is_dir():
                paths, _ = input_files.in_folder(Path(name))
                below = map(str, paths)
                yield from (file for file in below if os.path.realpath(file) not in self.written)


def _stamp(name: str) -> FileStamp:
    try:
        about = Path(name).stat()
    except OSError as error:
        return FileStamp((-1, error.errno or 0))
    except ValueError:
        return FileStamp((-1,))
    if stat.S_ISDIR(about.st_mode):
        return FileStamp((-2,))  # the names in it are compared
    # A change of the mode, which may make a file readable, changes the time of the inode.
    known = (about.st_mtime_ns, about.st_ctime_ns, about.st_size, about.st_ino, about.st_dev)
    is_young = abs(time.time() - max(about.st_mtime, about.st_ctime)) < YOUNG
    if not (is_young and stat.S_ISREG(about.st_mode) and about.st_size <= LARGE):
        return FileStamp(known)
    try:
        return FileStamp(known, blake2b(Path(name).read_bytes()).digest())
    except OSError:
        return FileStamp(known)
