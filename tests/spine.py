"""Looking behind a desk: its file, and its rows as they are stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import text

from kithdesk.core import metrics
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.clock import Instant, SystemClock
from kithdesk.core.desk import Desk
from kithdesk.core.sqlite import SqliteDatabase, SqliteLane
from kithdesk.core.work import Work


async def sql(desk: Desk, words: str) -> list[tuple[Any, ...]]:
    """Runs a statement behind everybody's back, in a command of its own; answers its rows."""

    def run(work: Work) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in work.execute(text(words))]

    return (await desk.run(run, by=INSTALLATION)).value


def transactions_died() -> float | None:
    """In this process, so far."""
    return metrics.REGISTRY.get_sample_value("kithdesk_transactions_died_total")


class Wrong(SystemClock):
    """The clock of a machine that is so far ahead."""

    def __init__(self, ahead: int) -> None:
        super().__init__()
        self._ahead = ahead

    def now(self) -> Instant:
        return Instant(super().now() + self._ahead)


def file_of(desk: Desk) -> Path:
    assert isinstance(desk.database, SqliteDatabase)
    return desk.database.path


def lane_of(desk: Desk) -> SqliteLane:
    assert isinstance(desk.database, SqliteDatabase)
    return desk.database.lane
