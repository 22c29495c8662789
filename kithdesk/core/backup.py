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
import os
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from kithdesk import __version__
from kithdesk.core import migrate
from kithdesk.core.files import flush_folder, list_blobs
from kithdesk.core.sqlite import database_path, open_reader
from kithdesk.core.vault import MAGIC, DoesNotOpen, VaultReader, VaultWriter

_DATABASE = "kithdesk.sqlite3"
_FILES = "files"
_MANIFEST = "manifest.json"
_RESTORING = ".restoring"
_CHECKED = "checked"
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


class WrongPlace(Exception):
    """The file would lie among the data, perhaps in the place of the database itself."""


class Manifest(msgspec.Struct, frozen=True):
    """`checksums`: SHA-256 of everything else in the tar, by name."""

    version: str
    schema: str
    checksums: dict[str, str]


def _silently(_stage: str) -> Progress:
    return lambda _done, _total: None


def backup(data: Path, file: Path, stage: Stage = _silently, *, key: bytes | None = None) -> dict[str, Any]:
    """Writes `file`, whole or not at all, sealed if there is a `key`. Returns `{"file", "bytes", "files"}`.

    Raises `WeakKey`, `UnderWay`, `WrongPlace`; `OSError` and `sqlite3.Error` when there is no room.
    """
    _check_key(key)
    if file.resolve().is_relative_to(data.resolve()):
        raise WrongPlace(f"{file} is in the data folder; a backup belongs elsewhere, best on another machine")
    unfinished, copy = file.with_name(f"{file.name}.partial"), file.with_name(f"{file.name}.partial-database")
    with _private(unfinished) as target:
        try:
            _copy_database(database_path(data), copy, stage("pages of the database"))
            blobs = list_blobs(data / _FILES)
            with _packing(target, key) as tar:
                _pack(tar, copy, blobs, stage("files packed"))
            target.flush()
            os.fsync(target.fileno())
            unfinished.rename(file)
        except BaseException:
            unfinished.unlink()
            raise
        finally:
            copy.unlink(missing_ok=True)
        flush_folder(file.parent)
    return {"file": str(file), "bytes": file.stat().st_size, "files": len(blobs)}


def restore(data: Path, file: Path, stage: Stage = _silently, *, key: bytes | None = None) -> dict[str, Any]:
    """Unpacks into an empty folder, after checking every byte. The caller has the folder for itself.

    Raises `NotABackup`, also for another `key` than it was sealed with, `WeakKey`, `FolderNotEmpty`, `UnfitDatabase`;
    `OSError` when there is no room.
    """
    _check_key(key)
    _clear_away(data)  # what a restore left that was killed
    if database_path(data).exists() or (data / _FILES).exists():
        raise FolderNotEmpty(f"{data} already holds data; restore into an empty folder")
    folder = data / _RESTORING
    folder.mkdir(parents=True, mode=0o700)
    try:
        manifest = _unpack(file, folder, key, stage("bytes unpacked"))
        _check(folder, manifest, stage("files checked"))
        _forget_processes(folder / _DATABASE)
        _put_in_place(folder, data)
    finally:
        _clear_away(data)
    return {"version": manifest.version, "schema": manifest.schema}


def _check_key(key: bytes | None) -> None:
    if key is not None and len(key) < _SHORTEST_KEY:
        raise WeakKey(f"a key for backups has at least {_SHORTEST_KEY} characters")


# Packing


@contextmanager
def _private(file: Path) -> Iterator[BinaryIO]:
    """A file that nobody else may read, from the first byte on, and that one backup at a time writes."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        try:
            fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = os.path.samestat(os.fstat(descriptor), file.stat())
        except (BlockingIOError, FileNotFoundError):
            is_ours = False
        if not is_ours:  # another has it, or has just given it its final name
            raise UnderWay(f"another backup is writing {file}")
        os.fchmod(descriptor, 0o600)  # also one that was left behind
        target.truncate()
        yield target


def _copy_database(path: Path, copy: Path, progress: Progress) -> None:
    """One snapshot: the open transaction keeps every step at the state of the first."""
    copy.unlink(missing_ok=True)
    copy.touch(0o600)
    with closing(open_reader(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        target.execute("PRAGMA synchronous=OFF")  # a scratch copy, packed at once
        source.backup(
            target,
            pages=_PAGES_AT_ONCE,
            progress=lambda _status, left, pages: progress(pages - left, pages),
        )


@contextmanager
def _packing(target: BinaryIO, key: bytes | None) -> Iterator[tarfile.TarFile]:
    with ExitStack() as stack:
        sealed: Any = target if key is None else stack.enter_context(VaultWriter(target, key))
        packed = stack.enter_context(gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=3))
        yield stack.enter_context(tarfile.open(fileobj=packed, mode="w|"))


def _pack(tar: tarfile.TarFile, database: Path, blobs: list[tuple[str, Path]], progress: Progress) -> None:
    schema = migrate.stamped(database)
    assert schema is not None
    checksums = {_DATABASE: _add(tar, _DATABASE, database)}
    for done, (blob, path) in enumerate(blobs, start=1):
        with suppress(FileNotFoundError):  # an unattached upload may have been cleaned away meanwhile
            checksums[f"{_FILES}/{blob}"] = _add(tar, f"{_FILES}/{blob}", path)
        progress(done, len(blobs))
    manifest = msgspec.json.encode(Manifest(__version__, schema, checksums))
    entry = tarfile.TarInfo(_MANIFEST)
    entry.size = len(manifest)
    tar.addfile(entry, io.BytesIO(manifest))


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Answers the checksum of what was packed."""
    with path.open("rb") as file:
        hashing = _Hashing(file)
        tar.addfile(tar.gettarinfo(arcname=name, fileobj=file), hashing)
    return hashing.hash.hexdigest()


class _Hashing(io.RawIOBase):
    """Sums up what is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.hash.update(block)
        return block


# Unpacking


def _unpack(file: Path, folder: Path, key: bytes | None, progress: Progress) -> Manifest:
    try:
        size = file.stat().st_size
        with file.open("rb") as packed, _unpacking(packed, key) as tar:
            for member in tar:
                tar.extract(member, folder, filter="data")
                progress(packed.tell(), size)
        return _take_manifest(folder / _MANIFEST)
    except DoesNotOpen:
        raise NotABackup(f"{file} was sealed with another key, or is damaged") from None
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, ValueError, zlib.error) as problem:
        raise NotABackup(f"{file} is not a whole Kithdesk backup: {problem}") from problem


def _take_manifest(path: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise NotABackup("it has no list of what is in it") from None
    path.unlink()
    return manifest


@contextmanager
def _unpacking(file: BinaryIO, key: bytes | None) -> Iterator[tarfile.TarFile]:
    with ExitStack() as stack:
        source: Any = file
        is_sealed = file.read(len(MAGIC)) == MAGIC
        file.seek(0)
        if is_sealed and key is None:
            raise NotABackup("it is sealed; --key-file names the file with its key")
        if is_sealed and key is not None:
            source = stack.enter_context(VaultReader(file, key))
        yield stack.enter_context(tarfile.open(fileobj=source, mode="r|gz"))


def _check(folder: Path, manifest: Manifest, progress: Progress) -> None:
    if manifest.schema > migrate.HEAD:
        raise migrate.SchemaIsNewer(
            f"version {manifest.version} has made this backup, and its database is newer than this program"
        )
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    if found.keys() != manifest.checksums.keys() or _DATABASE not in found:
        raise NotABackup("files are missing in the backup, or were added")
    for done, (name, path) in enumerate(found.items(), start=1):
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != manifest.checksums[name]:
                raise NotABackup(f"{name} in the backup is damaged")
        progress(done, len(found))
    if not _is_consistent(found[_DATABASE]):
        raise NotABackup("the database in the backup is not consistent")
    if manifest.schema == migrate.HEAD:
        migrate.check_fit(found[_DATABASE])


def _is_consistent(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(database)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _forget_processes(database: Path) -> None:
    """Those that ran when the backup was taken do not run here, though their leases may not have ended yet."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM nodes")


def _put_in_place(folder: Path, data: Path) -> None:
    """The database comes last: only with it is there an installation."""
    os.sync()
    (folder / _CHECKED).touch()
    if (folder / _FILES).exists():
        (folder / _FILES).rename(data / _FILES)
    (folder / _DATABASE).rename(database_path(data))
    os.sync()


def _clear_away(data: Path) -> None:
    """Takes back what has not come to its end, or tidies up after what has."""
    folder = data / _RESTORING
    if (folder / _CHECKED).exists() and not database_path(data).exists():
        shutil.rmtree(data / _FILES, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
