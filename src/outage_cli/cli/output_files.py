"""Files that are written: whole or not at all, and in the place of nothing that was read."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from outage_cli.cli.input_files import STDIN
from outage_cli.model.timeline import ReadResult

DESCRIPTOR = re.compile(r"/dev/(?:(stdin|stdout|stderr)|fd/(\d+))|/proc/self/fd/(\d+)")


def descriptor(path: Path) -> int | None:
    """Return the open file that a name such as /dev/stdout or /dev/fd/3 stands for, by number.

    What a shell has opened is written where it stands: `>> log` goes on with the log.
    """
    match = DESCRIPTOR.fullmatch(str(path))
    if not match:
        return None
    name, *numbers = match.groups()
    if name:
        return ("stdin", "stdout", "stderr").index(name)
    return int(next(filter(None, numbers)))


class PendingFile:
    """A file that is being written beside the old one, which stays until `replace`.

    A device or a pipe, such as /dev/null, is written as it is. Every method may raise OSError; what
    the disk has no room for is known before the old file is touched.
    """

    def __init__(self, output: Path) -> None:
        self.temporary: Path | None = None
        self.done = False
        self.target = output
        self.descriptor = descriptor(output)
        if self.descriptor is not None:
            os.fstat(self.descriptor)
            return
        if output.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if output.exists() and not os.access(output, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if output.exists() and not output.is_file():
            return
        import tempfile

        self.target = output.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{self.target.name[:40]}.", dir=self.target.parent)
        os.close(handle)
        self.temporary = Path(name)

    def write(self, text: str | bytes, *, unless_same: bool = False) -> None:
        """Write all of it, down to the disk. A file that has it already may be left alone."""
        data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        if unless_same and self.temporary and self._has(data):
            self.drop()
            self.done = True
        if self.done:
            return
        if self.descriptor is not None:
            with os.fdopen(os.dup(self.descriptor), "wb") as file:
                file.write(data)
            return
        with (self.temporary or self.target).open("wb") as file:
            file.write(data)
            if self.temporary:
                file.flush()
                os.fsync(file.fileno())

    def _has(self, data: bytes) -> bool:
        with suppress(OSError):
            return self.target.stat().st_size == len(data) and self.target.read_bytes() == data
        return False

    def replace(self) -> None:
        """Put it in the place of the old file, with the permissions and the owner that has."""
        if self.temporary:
            old = self.target.stat() if self.target.exists() else None
            if old:
                with suppress(OSError):  # only root may give files away
                    os.chown(self.temporary, old.st_uid, old.st_gid)
            self.temporary.chmod((old.st_mode if old else 0o666 & ~_umask()) & 0o7777)
            self.temporary.replace(self.target)
            self.temporary = None

    def drop(self) -> None:
        """Remove it, unless it has become the file."""
        if self.temporary:
            self.temporary.unlink(missing_ok=True)
            self.temporary = None


def overwritten(
    output: Path,
    named: Sequence[str],
    results: Sequence[ReadResult],
    sources: Mapping[str, bytes],
    besides: Iterable[str] = (),
) -> bool:
    """Whether an output is a file that was named and read, or has a timeline that was.

    `besides` are files that were read and are no timelines. A file is known by what it is, not by
    its name: links of both kinds are seen through.
    """
    try:
        there = output.stat()
    except (OSError, ValueError):
        return False
    read = {each.timeline.file for each in results if each.timeline} | set(besides)
    read |= {name for name in map(os.path.normpath, named) if name in sources or name == STDIN}
    for name in read if stat.S_ISREG(there.st_mode) else ():
        with suppress(OSError, ValueError):
            if os.path.samestat(there, os.fstat(0) if name == STDIN else Path(name).stat()):
                return True
    return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
