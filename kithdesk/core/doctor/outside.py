"""The bus and the file store, where they are servers of their own: tried, not only asked."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from kithdesk.core.doctor.finding import Finding
from kithdesk.core.files import Files, FilesUnavailable, FolderFiles
from kithdesk.core.outside import open_bus, open_files
from kithdesk.core.settings import Settings

_NOBODY = "0" * 24
"""An organisation that there is not."""


def check_bus(settings: Settings) -> Iterator[Finding]:
    if settings.bus_url is None:
        return
    if asyncio.run(_is_bus_there(settings)):
        yield Finding("bus", "ok", "reached")
    else:
        words = "cannot be reached (the log says why): news from other servers comes up to 2 s late meanwhile"
        yield Finding("bus", "problem", words)


async def _is_bus_there(settings: Settings) -> bool:
    bus = open_bus(settings)
    await bus.start()
    try:
        return bus.is_connected
    finally:
        await bus.stop()


def check_storage(settings: Settings) -> Iterator[Finding]:
    if settings.storage_url is None:
        return
    files = open_files(settings)
    if isinstance(files, FolderFiles) and not files.folder.exists():
        words = (
            f"{files.folder} does not exist; the first file makes it, unless something is to be mounted there"
        )
        yield Finding("files", "warning", words)
        return
    try:
        is_kept = asyncio.run(_keeps_a_file(files))
    except FilesUnavailable:
        words = "the store does not take, give and delete a file (the log says why); uploads are refused"
        yield Finding("files", "problem", words)
        return
    if is_kept:
        yield Finding("files", "ok", "a file was put, read and deleted")
    else:
        yield Finding("files", "problem", "the store gives something else back than it was given")


async def _keeps_a_file(files: Files) -> bool:
    key, content = f"{_NOBODY}/doctor/{secrets.token_hex(8)}", secrets.token_bytes(64)
    await files.put(key, content)
    try:
        return await files.get(key) == content
    except FileNotFoundError:
        return False
    finally:
        await files.delete(key)
        if isinstance(files, FolderFiles):
            _take_away((files.folder / key).parent, files.folder)


def _take_away(folder: Path, root: Path) -> None:
    """The folders on the way to the file, unless another doctor is at work in them."""
    with contextlib.suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent
