"""Backup and restore of a data folder, as one file.

A backup is a tar: the database as one consistent snapshot, the blobs, and last `manifest.json` with the checksum of
each. It is taken on a read-only connection in a process of its own, beside a running server if there is one. Blobs are
written before the rows that name them and never change, so copying them after the snapshot misses none. The secret key
is not in it: keep that elsewhere. With a key the whole tar is one sealed file (`core.vault`), for places that others
can read.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from kithdesk import __version__
from kithdesk.core import migrate
from kithdesk.core.files import list_blobs
from kithdesk.core.sqlite import database_path, open_reader
from kithdesk.core.vault import MAGIC, DoesNotOpen, VaultReader, VaultWriter

_DATABASE = "kithdesk.sqlite3"
_FILES = "files"
_MANIFEST = "manifest.json"
_RESTORING = ".restoring"
_PAGES_AT_ONCE = 2_048
_SHORTEST_KEY = 16

Progress = Callable[[int, int], None]
Stage = Callable[[str], Progress]
"""Called with the name of each stage; what it answers is called with how much of it is done and how much there is."""


class NotABackup(Exception):
    """The file is damaged, or something else."""


class WeakKey(Exception):
    """The key to seal a backup with is too short to protect anything."""


class FolderNotEmpty(Exception):
    """Restoring would overwrite data."""


class UnderWay(Exception):
    """Another backup is writing this file."""


class Manifest(msgspec.Struct, frozen=True):
    """`checksums`: SHA-256 of everything else in the tar, by name."""

    version: str
    schema: str
    checksums: dict[str, str]


def _silently(_stage: str) -> Progress:
    return lambda _done, _total: None


def backup(data: Path, file: Path, stage: Stage = _silently, *, key: bytes | None = None) -> dict[str, Any]:
    """Writes `file`, whole or not at all, sealed if there is a `key`. Returns `{"file", "bytes", "files"}`.

    Raises `WeakKey`, `UnderWay`.
    """
    _check_key(key)
    unfinished, copy = file.with_name(f"{file.name}.partial"), file.with_name(f"{file.name}.partial-database")
    with _private(unfinished) as target:
        try:
            _copy_database(database_path(data), copy, stage("pages of the database"))
            blobs = list_blobs(data / _FILES)
            _pack(target, key, copy, blobs, stage("files packed"))
            target.flush()
            os.fsync(target.fileno())
            unfinished.rename(file)
        finally:
            copy.unlink(missing_ok=True)
            unfinished.unlink(missing_ok=True)
    return {"file": str(file), "bytes": file.stat().st_size, "files": len(blobs)}


def _check_key(key: bytes | None) -> None:
    if key is not None and len(key) < _SHORTEST_KEY:
        raise WeakKey(f"a key for backups has at least {_SHORTEST_KEY} characters")


@contextmanager
def _private(file: Path) -> Iterator[BinaryIO]:
    """A file that nobody else may read, from the first byte on, and that one backup at a time writes."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        try:
            fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UnderWay(f"another backup is writing {file}") from None
        os.fchmod(descriptor, 0o600)  # also one that was left behind
        target.truncate()
        yield target


def _copy_database(path: Path, copy: Path, progress: Progress) -> None:
    """One snapshot: the transaction keeps every step at the state of the first."""
    copy.unlink(missing_ok=True)
    copy.touch(0o600)
    with closing(open_reader(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        target.execute("PRAGMA synchronous=OFF")  # it is read again at once, and thrown away
        source.backup(
            target,
            pages=_PAGES_AT_ONCE,
            progress=lambda _status, left, pages: progress(pages - left, pages),
        )


def _pack(
    target: BinaryIO, key: bytes | None, database: Path, blobs: list[tuple[str, Path]], progress: Progress
) -> None:
    checksums: dict[str, str] = {}
    with ExitStack() as stack:
        sealed: Any = target if key is None else stack.enter_context(VaultWriter(target, key))
        packed = stack.enter_context(gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=1))
        tar = stack.enter_context(tarfile.open(fileobj=packed, mode="w|"))
        for done, (name, path) in enumerate([(_DATABASE, database), *((f"{_FILES}/{k}", p) for k, p in blobs)]):
            with contextlib_suppress_missing():
                checksums[name] = _add(tar, name, path)
            progress(done, len(blobs))
