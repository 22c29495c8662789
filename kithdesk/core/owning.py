"""Having an installation, or a folder that is to become one, to oneself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kithdesk.core.desk import LOCK, DataInUse, lock_data, where
from kithdesk.core.settings import Settings


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """While nobody else has the installation. Raises `DataInUse`."""
    place = where(settings)
    if isinstance(place, Path):
        with lock_data(settings.data):
            yield
        return
    from kithdesk.core.postgres.snapshot import nodes_locked

    with nodes_locked(place) as living:
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
