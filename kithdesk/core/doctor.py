"""Is this installation healthy? Each check says in words what is wrong and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile
from typing import Literal

from kithdesk.core import migrate
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import (
    FIXED_VERSIONS,
    SLOW_COMMIT_SECONDS,
    database_path,
    is_safe_library,
    open_reader,
)

Level = Literal["ok", "warning", "problem"]
_LITTLE_SPACE = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One check. Only a `problem` makes `kithdesk doctor` exit with 1."""

    check: str
    level: Level
    words: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Runs every check; each is quick but the integrity check, which reads the whole database."""
    checks: tuple[Callable[[Settings], Finding], ...] = (
        _library,
        _folder,
        _space,
        _disk,
        _schema,
        _integrity,
        _key,
    )
    for check in checks:
        try:
            yield check(settings)
        except OSError as problem:
            yield Finding(check.__name__.strip("_"), "problem", str(problem))


def _library(_settings: Settings) -> Finding:
    if is_safe_library():
        return Finding("sqlite", "ok", f"SQLite {sqlite3.sqlite_version}")
    return Finding(
        "sqlite",
        "warning",
        f"SQLite {sqlite3.sqlite_version} lacks a fix for damaged logs; {FIXED_VERSIONS} have it",
    )


def _folder(settings: Settings) -> Finding:
    data = settings.data
    if not data.exists():
        return Finding(
            "data", "problem", f"{data} does not exist; `kithdesk serve` or `kithdesk init` makes it"
        )
    if not data.is_dir():
        return Finding("data", "problem", f"{data} is a file, not a folder")
    if not os.access(data, os.W_OK | os.X_OK):
        return Finding("data", "problem", f"{data} cannot be written by this user")
    if data.stat().st_mode & 0o077:
        return Finding("data", "warning", f"{data} can be read by other users; chmod 700 it")
    return Finding("data", "ok", str(data))


def _space(settings: Settings) -> Finding:
    free = shutil.disk_usage(_existing(settings.data)).free
    level: Level = "problem" if free < _LITTLE_SPACE else "ok"
    return Finding("space", level, f"{free // (1024 * 1024)} MiB free")


def _disk(settings: Settings) -> Finding:
    """How long a flushed write takes: what every commit waits for."""
    seconds = []
    with NamedTemporaryFile(dir=_existing(settings.data), prefix=".doctor-") as file:
        for _ in range(20):
            started = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - started)
    typical = median(seconds)
    words = f"a flushed write takes {typical * 1000:.1f} ms"
    if typical > SLOW_COMMIT_SECONDS:
        return Finding(
            "disk", "warning", f"{words}; commits will run on a helper thread, and chat will feel it"
        )
    return Finding("disk", "ok", words)


def _schema(settings: Settings) -> Finding:
    stamp = migrate.stamped(database_path(settings.data))
    if stamp is None:
        return Finding("schema", "warning", "there is no database yet")
    if stamp > migrate.HEAD:
        return Finding(
            "schema", "problem", f"at {stamp}, which a newer version has written; run that version"
        )
    if stamp != migrate.HEAD:
        return Finding(
            "schema", "warning", f"at {stamp}, this version wants {migrate.HEAD}; `kithdesk migrate`"
        )
    return Finding("schema", "ok", stamp)


def _integrity(settings: Settings) -> Finding:
    path = database_path(settings.data)
    if not path.exists():
        return Finding("integrity", "ok", "nothing to check")
    try:
        with closing(open_reader(path)) as connection:
            words = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as problem:
        words = str(problem)
    return Finding("integrity", "ok" if words == "ok" else "problem", words)


def _key(settings: Settings) -> Finding:
    if settings.secret_key is not None:
        return Finding("secret key", "ok", "given from outside the data folder")
    file = settings.secret_key_file or settings.data / "secret.key"
    if not file.exists():
        if settings.secret_key_file is not None or database_path(settings.data).exists():
            return Finding(
                "secret key", "problem", f"{file} is missing; stored secrets cannot be read without it"
            )
        return Finding(
            "secret key", "warning", "there is none yet; the first start makes one in the data folder"
        )
    if not os.access(file, os.R_OK):
        return Finding("secret key", "problem", f"{file} cannot be read by this user")
    if settings.secret_key_file is not None:
        return Finding("secret key", "ok", "given from outside the data folder")
    return Finding(
        "secret key", "ok", "in the data folder; a backup does not contain it, so keep a copy elsewhere"
    )


def _existing(path: Path) -> Path:
    return path if path.is_dir() else _existing(path.resolve().parent)
