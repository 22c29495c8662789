"""Moving up: the files of a data folder into a store that several servers reach.

Each is put, and then fetched and compared. What is there already is left alone, so a move can be run again.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kithdesk.core.files import Files, list_blobs

_AT_ONCE = 8


class FileDiffers(Exception):
    """The store gave another file back than it was given."""


@dataclass(frozen=True, slots=True)
class MovedFiles:
    files: int
    bytes: int


async def move_files(
    folder: Path, target: Files, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> MovedFiles:
    """Raises `FileDiffers`, `FilesUnavailable`."""
    blobs = list_blobs(folder)
    waiting = iter(blobs)
    done = size = 0

    async def work() -> None:
        nonlocal done, size
        for key, path in waiting:
            content = await asyncio.to_thread(path.read_bytes)
            await _bring(target, key, content)
            size += len(content)
            done += 1
            progress(done, len(blobs))

    try:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(_AT_ONCE):
                tasks.create_task(work())
    except ExceptionGroup as problems:  # the first one says it all
        raise problems.exceptions[0] from None
    return MovedFiles(len(blobs), size)


async def _bring(target: Files, key: str, content: bytes) -> None:
    if await _digest_of(target, key) == _digest(content):
        return
    await target.put(key, content)
    if await _digest_of(target, key) != _digest(content):
        raise FileDiffers(f"{key} reads differently from the store than from the folder")


async def _digest_of(target: Files, key: str) -> tuple[int, bytes] | None:
    try:
        return _digest(await target.get(key))
    except FileNotFoundError:
        return None


def _digest(content: bytes) -> tuple[int, bytes]:
    return len(content), hashlib.sha256(content).digest()
