"""Bad disks and bad clocks for a real process: a small C library that is preloaded, and the page that steers it.

It is compiled when a proof first wants it. Where there is no C compiler, or the system preloads nothing, `find` says
so and the faults that need it are left out.
"""

from __future__ import annotations

import mmap
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

SOURCE = Path(__file__).with_name("shim.c")
_FIELDS = ("fail_flushes", "disk_full", "tear", "clock_seconds")
_SIZE = 8 * len(_FIELDS)


class NoShim(Exception):
    """Nothing can be preloaded here, in words."""


@dataclass(frozen=True)
class Missing:
    """Why there is no shim here."""

    why: str


@cache
def find() -> Path | Missing:
    """The compiled library, made on first use and kept for as long as this process."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not sys.platform.startswith("linux"):
        return Missing("the shim is for Linux")
    if compiler is None:
        return Missing("there is no C compiler")
    library = Path(mkdtemp(prefix="kithdesk-shim-")) / "shim.so"
    made = subprocess.run(
        [compiler, "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        return Missing(f"the compiler says: {made.stderr.strip()[:500]}")
    return library


class Orders:
    """What is to happen to one process, now. Zero is nothing."""

    def __init__(self, path: Path, folder: Path, library: Path) -> None:
        self.path = path
        self._folder = folder
        self._library = library
        path.write_bytes(bytes(_SIZE))
        with path.open("r+b") as file:
            self._page = mmap.mmap(file.fileno(), _SIZE)

    @property
    def environment(self) -> dict[str, str]:
        """What the process has to be started with."""
        return {
            "LD_PRELOAD": str(self._library),
            "PROOF_ORDERS": str(self.path),
            "PROOF_FOLDER": str(self._folder.resolve()),
        }

    def give(self, name: str, value: int) -> None:
        struct.pack_into("=q", self._page, 8 * _FIELDS.index(name), value)

    def pending(self, name: str) -> int:
        """What is left of an order; one that took effect once is 0 or less."""
        found: int = struct.unpack_from("=q", self._page, 8 * _FIELDS.index(name))[0]
        return found

    def clear(self) -> None:
        self._page[:] = bytes(_SIZE)
