"""Blobs: uploads and their previews. Keys begin with the organisation and are made by us, never by a client."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
from pathlib import Path
from typing import Protocol

_KEY = re.compile(r"[0-9a-f]{24}(/[0-9a-z][0-9a-z.-]*)+\Z")


class Files(Protocol):
    """A store of immutable blobs."""

    async def put(self, key: str, content: bytes) -> None:
        """Returns when the blob will survive a power cut."""

    async def get(self, key: str) -> bytes:
        """Raises `FileNotFoundError`."""

    async def delete(self, key: str) -> None:
        """Deleting what is not there is fine."""


def check_key(key: str) -> str:
    """Raises `ValueError` for a key that could leave its folder."""
    if not _KEY.match(key) or ".." in key:
        raise ValueError(f"not a file key: {key!r}")
    return key


class FolderFiles:
    """In a folder. A blob appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, content: bytes) -> None:
        await asyncio.to_thread(self._put, self._folder / check_key(key), content)

    async def get(self, key: str) -> bytes:
        return await asyncio.to_thread((self._folder / check_key(key)).read_bytes)

    async def delete(self, key: str) -> None:
        await asyncio.to_thread((self._folder / check_key(key)).unlink, missing_ok=True)

    @staticmethod
    def _put(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{secrets.token_hex(8)}")
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


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
