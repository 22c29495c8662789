"""Blobs: uploads and their previews. Keys begin with the organisation and are made by us, never by a client."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Protocol

import structlog

from kithdesk.core import metrics
from kithdesk.core.errors import Overloaded

log = structlog.get_logger(__name__)

_KEY = re.compile(r"[0-9a-f]{24}(/[0-9a-z][0-9a-z.-]*)+\Z")
_CAUSE = re.compile(r'message: "([^"]+)"')
_LONGEST_ERROR = 500


class FilesUnavailable(Overloaded):
    """The file store does not answer, is full or refuses us. Nothing was changed, and trying again is safe."""

    def __init__(self) -> None:
        super().__init__("Files cannot be reached just now.", retry_after=5)


class Files(Protocol):
    """A store of immutable blobs. Everything may raise `FilesUnavailable`."""

    async def put(self, key: str, content: bytes) -> None:
        """Returns when the blob will survive a power cut."""

    async def get(self, key: str) -> bytes:
        """Raises `FileNotFoundError`."""

    async def delete(self, key: str) -> None:
        """Returns when the blob is gone. Deleting what is not there is fine."""


def check_key(key: str) -> str:
    """Raises `ValueError` for a key that could leave its folder."""
    if not _KEY.match(key) or ".." in key:
        raise ValueError(f"not a file key: {key!r}")
    return key


def unavailable(call: str, problem: Exception) -> FilesUnavailable:
    """Tells the operator what it was; the client learns only that it may come back."""
    metrics.FILES_FAILED.labels(call).inc()
    log.warning("files_unavailable", call=call, error=in_one_line(problem))
    return FilesUnavailable()


def in_one_line(problem: Exception) -> str:
    """Its first words, and the cause deepest in it: a store's library writes all that it knows, in many lines."""
    words = str(problem).partition("\n\nDebug source:")[0]
    causes = _CAUSE.findall(str(problem))
    said = " ".join([words, *(f"({cause})" for cause in causes[-1:] if cause not in words)])
    return f"{type(problem).__name__}: {' '.join(said.split())}"[:_LONGEST_ERROR]


def list_blobs(folder: Path) -> list[tuple[str, Path]]:
    """`(key, path)` of every blob of a folder, in the order of their keys."""
    found = [(path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file()]
    return sorted((key, path) for key, path in found if _KEY.match(key))


class FolderFiles:
    """In a folder. A blob appears whole or not at all; a key has one writer.

    What a killed process left of a blob lies beside its place, under a name that follows from the key: `delete` finds
    it, and so does putting again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def put(self, key: str, content: bytes) -> None:
        path = self.folder / check_key(key)
        try:
            await asyncio.to_thread(self._put, path, content)
        except OSError as problem:
            raise unavailable("put", problem) from None

    async def get(self, key: str) -> bytes:
        path = self.folder / check_key(key)
        try:
            return await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            raise
        except OSError as problem:
            raise unavailable("get", problem) from None

    async def delete(self, key: str) -> None:
        path = self.folder / check_key(key)
        try:
            await asyncio.to_thread(self._delete, path)
        except OSError as problem:
            raise unavailable("delete", problem) from None

    def _put(self, path: Path, content: bytes) -> None:
        self.folder.mkdir(
            parents=True, exist_ok=True, mode=0o700
        )  # what customers sent is nobody else's to read
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = _unfinished(path)
        try:
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        # The folders on the way are new too, or another upload has made them and not flushed them yet.
        for folder in path.parents:
            flush_folder(folder)
            if folder == self.folder.parent:
                break

    def _delete(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        _unfinished(path).unlink(missing_ok=True)


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}")


def flush_folder(folder: Path) -> None:
    """So that a power cut does not take a new name in it back."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class MemoryFiles:
    """The same, forgotten at exit."""

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}

    async def put(self, key: str, content: bytes) -> None:
        self._blobs[check_key(key)] = content

    async def get(self, key: str) -> bytes:
        try:
            return self._blobs[check_key(key)]
        except KeyError:
            raise FileNotFoundError(key) from None

    async def delete(self, key: str) -> None:
        self._blobs.pop(check_key(key), None)
