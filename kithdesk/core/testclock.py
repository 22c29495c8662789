"""In test mode the wall clock can be moved ahead, and stays ahead when the process is killed and started again."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Text, select

from kithdesk.core.clock import SystemClock
from kithdesk.core.sql import Executes, Upsert
from kithdesk.core.tables import record
from kithdesk.core.work import Work

test_clock = record(
    "test_clock",
    Column("name", Text, nullable=False),
    Column("offset", BigInteger, nullable=False),
    PrimaryKeyConstraint("name"),
)
_SET = Upsert(test_clock, ["name"])
_GET = select(test_clock.c.offset)


def advance(work: Work, clock: SystemClock, milliseconds: int) -> None:
    """From where the last one left it, which may have been another node."""
    clock.offset = read_offset(work) + milliseconds
    work.execute(_SET, {"name": "wall", "offset": clock.offset})


def read_offset(reads: Executes) -> int:
    """Milliseconds the clock was moved ahead."""
    return reads.execute(_GET).scalar() or 0
