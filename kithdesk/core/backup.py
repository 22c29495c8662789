"""Backup and restore of a data folder, as one file.

A backup is a tar: `manifest.json`, the database as one consistent snapshot, and the blobs. It is taken on a read-only
connection, beside a running server if there is one. Blobs are written before the rows that name them and never
change, so copying them after the snapshot misses none. The secret key is not in it: keep that elsewhere. With a key the
whole tar is one sealed file (`core.vault`), for places that others can read.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kithdesk import __version__
from kithdesk.core import migrate
from kithdesk.core.sqlite import database_path, open_reader
from kithdesk.core.vault import MAGIC, DoesNotOpen, VaultReader, VaultWriter

_DATABASE = "kithdesk.sqlite3"
_MANIFEST = "manifest.json"
_SHORTEST_KEY = 16


class NotABackup(Exception):
    """The file is damaged, or something else."""


class WeakKey(Exception):
    """The key to seal a backup with is too short to protect anything."""


class FolderNotEmpty(Exception):
    """Restoring would overwrite data."""


def backup(
    data: Path, file: Path, progress: Callable[[str], None] = lambda _: None, *, key: bytes | None = None
) -> dict[str, Any]:
    """Writes `file`, whole or not at all, sealed if there is a `key`. Returns `{"file", "bytes", "files"}`.

    Raises `WeakKey`.
    """
    _check_key(key)
    unfinished = file.with_name(f"{file.name}.partial")
    with TemporaryDirectory(prefix=".kithdesk-backup-", dir=file.resolve().parent) as folder:
        copy = Path(folder) / _DATABASE
        progress("copying the database")
        with closing(open_reader(database_path(data))) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        manifest = {"version": __version__, "schema": migrate.stamped(copy), "sha256": _digest(copy)}
        blobs = sorted(path for path in (data / "files").rglob("*") if path.is_file() and path.name[0] != ".")
        progress(f"packing {len(blobs)} files")
        with _packing(unfinished, key) as tar:
            _add_bytes(tar, _MANIFEST, json.dumps(manifest).encode())
            tar.add(copy, _DATABASE)
            for blob in blobs:
                if blob.exists():  # an unattached upload may have been cleaned away meanwhile
                    tar.add(blob, str(Path("files") / blob.relative_to(data / "files")))
    unfinished.rename(file)
    return {"file": str(file), "bytes": file.stat().st_size, "files": len(blobs)}


def restore(
    data: Path, file: Path, progress: Callable[[str], None] = lambda _: None, *, key: bytes | None = None
) -> dict[str, Any]:
    """Unpacks into an empty folder after checking every byte of the database.

    Raises `NotABackup`, also for another `key` than it was sealed with, `WeakKey`, `FolderNotEmpty`.
    """
    _check_key(key)
    if database_path(data).exists() or (data / "files").exists():
        raise FolderNotEmpty(f"{data} already holds data; restore into an empty folder")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=".restore-", dir=data) as folder:
        progress("unpacking")
        manifest = _unpack(file, Path(folder), key)
        copy = Path(folder) / _DATABASE
        progress("checking")
        if _digest(copy) != manifest["sha256"]:
            raise NotABackup("the database in the backup is damaged")
        with closing(sqlite3.connect(copy)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise NotABackup("the database in the backup is not consistent")
        if (Path(folder) / "files").exists():
            (Path(folder) / "files").rename(data / "files")
        copy.rename(database_path(data))
    return {"version": manifest["version"], "schema": manifest["schema"]}


def _check_key(key: bytes | None) -> None:
    if key is not None and len(key) < _SHORTEST_KEY:
        raise WeakKey(f"a key for backups has at least {_SHORTEST_KEY} characters")


@contextmanager
def _packing(file: Path, key: bytes | None) -> Iterator[tarfile.TarFile]:
    with ExitStack() as stack:
        # Nobody else may read it, from the first byte on: it holds what customers wrote.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.fchmod(descriptor, 0o600)  # also one that was left behind
        target: Any = stack.enter_context(os.fdopen(descriptor, "wb"))
        if key is not None:
            target = stack.enter_context(VaultWriter(target, key))
        packed = stack.enter_context(gzip.GzipFile(fileobj=target, mode="wb", compresslevel=3))
        yield stack.enter_context(tarfile.open(fileobj=packed, mode="w|"))


@contextmanager
def _unpacking(file: Path, key: bytes | None) -> Iterator[tarfile.TarFile]:
    with ExitStack() as stack:
        source: Any = stack.enter_context(file.open("rb"))
        is_sealed = source.read(len(MAGIC)) == MAGIC
        source.seek(0)
        if is_sealed and key is None:
            raise NotABackup(f"{file} is sealed; --key-file names the file with its key")
        if is_sealed and key is not None:
            source = stack.enter_context(VaultReader(source, key))
        yield stack.enter_context(tarfile.open(fileobj=source, mode="r|gz"))


def _unpack(file: Path, folder: Path, key: bytes | None) -> dict[str, Any]:
    try:
        with _unpacking(file, key) as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_bytes())
        if not isinstance(manifest["sha256"], str) or not (folder / _DATABASE).is_file():
            raise KeyError("sha256")
    except DoesNotOpen:
        raise NotABackup(f"{file} was sealed with another key, or is damaged") from None
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError) as problem:
        raise NotABackup(f"{file} is not a Kithdesk backup: {problem}") from problem
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))
