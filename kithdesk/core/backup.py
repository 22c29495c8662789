"""Backup and restore of a data folder, as one file.

A backup is a tar: `manifest.json`, the database as one consistent snapshot, and the blobs. It is taken on a read-only
connection, beside a running server if there is one. Blobs are written before the rows that name them and never
change, so copying them after the snapshot misses none. The secret key is not in it: keep that elsewhere.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kithdesk import __version__
from kithdesk.core import migrate
from kithdesk.core.sqlite import database_path, open_reader

_DATABASE = "kithdesk.sqlite3"
_MANIFEST = "manifest.json"


class NotABackup(Exception):
    """The file is damaged, or something else."""


class FolderNotEmpty(Exception):
    """Restoring would overwrite data."""


def backup(data: Path, file: Path, progress: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Writes `file`, whole or not at all. Returns `{"file", "bytes", "files"}`."""
    unfinished = file.with_name(f"{file.name}.partial")
    with TemporaryDirectory(prefix=".kithdesk-backup-", dir=file.resolve().parent) as folder:
        copy = Path(folder) / _DATABASE
        progress("copying the database")
        with closing(open_reader(database_path(data))) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        manifest = {"version": __version__, "schema": migrate.stamped(copy), "sha256": _digest(copy)}
        blobs = sorted(path for path in (data / "files").rglob("*") if path.is_file() and path.name[0] != ".")
        progress(f"packing {len(blobs)} files")
        with tarfile.open(unfinished, "w:gz", compresslevel=3) as tar:
            _add_bytes(tar, _MANIFEST, json.dumps(manifest).encode())
            tar.add(copy, _DATABASE)
            for blob in blobs:
                if blob.exists():  # an unattached upload may have been cleaned away meanwhile
                    tar.add(blob, str(Path("files") / blob.relative_to(data / "files")))
    unfinished.chmod(0o600)  # it holds what customers wrote
    unfinished.rename(file)
    return {"file": str(file), "bytes": file.stat().st_size, "files": len(blobs)}


def restore(data: Path, file: Path, progress: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Unpacks into an empty folder after checking every byte of the database. Raises `NotABackup`, `FolderNotEmpty`."""
    if database_path(data).exists() or (data / "files").exists():
        raise FolderNotEmpty(f"{data} already holds data; restore into an empty folder")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=".restore-", dir=data) as folder:
        progress("unpacking")
        manifest = _unpack(file, Path(folder))
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


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_bytes())
        if not isinstance(manifest["sha256"], str) or not (folder / _DATABASE).is_file():
            raise KeyError("sha256")
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
