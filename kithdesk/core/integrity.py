"""Whether what is stored can be believed: looked at when a server starts, and once a day while it runs.

At the start it is the journal's end, one look-up for each organisation: without its last events nobody could hand out
the next. Once a day an SQLite file is read as a whole, in a process of its own that gives way to the server; PostgreSQL
checks its pages itself (`kithdesk doctor` says whether it does). That each row is what the journal says is `replay`'s.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import func, select

from kithdesk.core import metrics
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.ids import OrganisationId
from kithdesk.core.journal_rows import heads, journal
from kithdesk.core.migrate import UnfitDatabase
from kithdesk.core.sql import Executes
from kithdesk.core.sqlite import database_path, open_reader

if TYPE_CHECKING:
    from kithdesk.core.desk import Desk

log = structlog.get_logger(__name__)

_FIRST_AFTER_SECONDS = 60 * 60
_EVERY_SECONDS = 24 * 60 * 60

_END = (
    select(func.coalesce(func.max(journal.c.position), 0))
    .where(journal.c.organisation == heads.c.organisation)
    .scalar_subquery()
)
_BROKEN_ENDS = select(heads.c.organisation).where(heads.c.position != _END).order_by(heads.c.organisation)


class NotWhole(UnfitDatabase):
    """Something was taken out of it, or a part of it is older than the rest."""


def broken_ends(reads: Executes) -> list[OrganisationId]:
    """Organisations whose journal does not end where their head says."""
    return [OrganisationId(row.organisation) for row in reads.execute(_BROKEN_ENDS)]


def words_for(broken: list[OrganisationId]) -> str:
    return (
        f"the journal of {', '.join(broken)} does not end where it should: somebody removed events;"
        " keep what is there, and restore a backup"
    )


async def check_ends(desk: Desk) -> None:
    """Raises `NotWhole`."""
    try:
        broken = (await desk.read(broken_ends, by=INSTALLATION)).value
    except sqlite3.DatabaseError as problem:
        raise NotWhole(
            f"the database cannot be read ({problem}); keep the file, and restore a backup"
        ) from None
    if broken:
        raise NotWhole(words_for(broken))


def damage_of(file: Path) -> str | None:
    """What SQLite says of an SQLite file that it reads as a whole, or None."""
    try:
        with closing(open_reader(file)) as connection:
            words: str = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as problem:
        return str(problem)
    return None if words == "ok" else words


async def look_over(desk: Desk) -> None:
    """Says what is wrong in the log, in `/readyz` and as a metric. What can be served is served on."""
    doubts = []
    broken = (await desk.read(broken_ends, by=INSTALLATION)).value
    if broken:
        doubts.append(words_for(broken))
    if not desk.database.is_shared:
        async with desk.apart.process() as process:
            damage = await process.run(damage_of, database_path(desk.settings.data))
        if damage is not None:
            doubts.append(f"{damage}; stop the server, keep the file, restore a backup")
    for words in doubts:
        log.error("database_not_whole", words=words)
    desk.is_whole = not doubts
    metrics.NOT_WHOLE.set(len(doubts))


async def keep_looking(desk: Desk) -> None:
    """The first time when whoever came with the start is served."""
    await asyncio.sleep(_FIRST_AFTER_SECONDS)
    while True:
        try:
            await look_over(desk)
        except Exception:
            log.exception("look_over_failed")
        await asyncio.sleep(_EVERY_SECONDS)
