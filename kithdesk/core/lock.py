"""Having an installation, or a folder that is to become one, to oneself."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kithdesk.core.settings import Settings

LOCK = "lock"


class DataInUse(Exception):
    """Another process owns the data folder."""


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """While nobody else has the installation. Raises `DataInUse`."""
    if settings.database_url is None:
        with lock_data(settings.data):
            yield
        return
    from kithdesk.core.postgres.snapshot import nodes_locked

    with nodes_locked(settings.database_url.get_secret_value()) as living:
        if living:
            raise DataInUse("a server of this installation is running, or was until a moment ago")
        yield


@contextmanager
def borrowed(data: Path) -> Iterator[None]:
    """The same of a folder that nothing lives in yet. No lock stays behind in it. Raises `DataInUse`."""
    with lock_data(data):
        try:
            yield
        finally:
            (data / LOCK).unlink(missing_ok=True)


def lock_data(data: Path) -> Any:
    """Takes the folder for this process. Raises `DataInUse`."""
    file = data / LOCK
    handle = file.open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_ours = os.path.samestat(os.fstat(handle.fileno()), file.stat())
    except (BlockingIOError, FileNotFoundError):
        is_ours = False
    if not is_ours:  # another has it, or has just taken it away
        handle.close()
        raise DataInUse(f"{data} is in use by another kithdesk process")
    return handle
