"""What all processes of one installation must agree on: the key that opens its secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, PrimaryKeyConstraint, Text, select

from kithdesk.core import integrity
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.migrate import UnfitDatabase
from kithdesk.core.sql import Executes, Upsert
from kithdesk.core.tables import record

if TYPE_CHECKING:
    from kithdesk.core.desk import Desk

installation = record(
    "installation",
    Column("name", Text, nullable=False),
    Column("key_fingerprint", Text, nullable=False),
    PrimaryKeyConstraint("name"),
)
_NAME = "this"
_BEGIN = Upsert(installation, ["name"], [])
_KEY = select(installation.c.key_fingerprint)


class AnotherKey(UnfitDatabase):
    """This process holds another secret key than the installation's others."""

    def __init__(self) -> None:
        super().__init__(
            "this secret key is not the installation's: give every server the same KITHDESK_SECRET_KEY"
            " or KITHDESK_SECRET_KEY_FILE"
        )


async def check_installation(desk: Desk) -> None:
    """Before anything is served, or sealed that other servers could not read. Raises `AnotherKey`, `NotWhole`."""
    if desk.database.is_shared and not await _is_agreed(desk):
        raise AnotherKey
    await integrity.check_ends(desk)


async def _is_agreed(desk: Desk) -> bool:
    return (await desk.run(agree_on_key, desk.sealer.fingerprint, by=INSTALLATION)).value


def agree_on_key(executes: Executes, fingerprint: str) -> bool:
    """Whether this key is the installation's; the first one that comes is."""
    executes.execute(_BEGIN, {"name": _NAME, "key_fingerprint": fingerprint})
    return find_key(executes) == fingerprint


def find_key(executes: Executes) -> str | None:
    """The fingerprint that was agreed on, or None while no server has started yet."""
    known: str | None = executes.execute(_KEY).scalar()
    return known
