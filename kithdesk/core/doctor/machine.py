"""The folder, the disk under it, and the SQLite library."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile

from kithdesk.core.doctor.finding import Finding
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import FIXED_VERSIONS, SLOW_COMMIT_SECONDS, is_safe_library

_LITTLE_SPACE = 512 * 1024 * 1024


def check_machine(settings: Settings) -> Iterator[Finding]:
    yield _folder(settings)
    yield _space(settings.data)
    if settings.database_url is None:
        yield _disk(settings.data)
        yield _library()


def _folder(settings: Settings) -> Finding:
    data = settings.data
    if not data.exists():
        words = f"{data} does not exist; `kithdesk serve` or `kithdesk init` makes it"
        return Finding("data", "problem" if settings.database_url is None else "ok", words)
    if not data.is_dir():
        return Finding("data", "problem", f"{data} is a file, not a folder")
    if not os.access(data, os.W_OK | os.X_OK):
        return Finding("data", "problem", f"{data} cannot be written by this user")
    if data.stat().st_mode & 0o077:
        return Finding("data", "warning", f"{data} can be read by other users; chmod 700 it")
    return Finding("data", "ok", str(data))


def _space(data: Path) -> Finding:
    free = shutil.disk_usage(_existing(data)).free
    words = f"{free // (1024 * 1024)} MiB free"
    if free < _LITTLE_SPACE:
        return Finding("space", "problem", f"{words}; make room before writing stops")
    return Finding("space", "ok", words)


def _disk(data: Path) -> Finding:
    """How long a flushed write takes: what every commit waits for."""
    seconds = []
    with NamedTemporaryFile(dir=_existing(data), prefix=".doctor-") as file:
        for _ in range(20):
            started = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - started)
    typical = median(seconds)
    words = f"a flushed write takes {typical * 1000:.1f} ms"
    if typical > SLOW_COMMIT_SECONDS:
        words = f"{words}; commits will run on a helper thread, and chat will feel it"
        return Finding("disk", "warning", words)
    return Finding("disk", "ok", words)


def _library() -> Finding:
    if is_safe_library():
        return Finding("sqlite", "ok", f"SQLite {sqlite3.sqlite_version}")
    words = f"SQLite {sqlite3.sqlite_version} lacks a fix for damaged logs; {FIXED_VERSIONS} have it"
    return Finding("sqlite", "warning", words)


def _existing(path: Path) -> Path:
    return path if path.is_dir() else _existing(path.resolve().parent)
