"""What customers are called, for whoever draws many things of theirs."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from kithdesk.core.work import Reads
from kithdesk.customers.tables import customers

_ORGANISATION = customers.c.organisation == bindparam("organisation")
_NAMES = select(customers.c.id, customers.c.display_name).where(
    _ORGANISATION, customers.c.id.in_(bindparam("ids", expanding=True))
)
_NAME = select(customers.c.display_name, customers.c.merged_into, customers.c.has_parted).where(
    _ORGANISATION, customers.c.id == bindparam("id")
)


def find_names(reads: Reads, ids: Iterable[str]) -> dict[str, str]:
    """Display names by id."""
    values = {"organisation": reads.organisation, "ids": list(set(ids))}
    return {row.id: row.display_name for row in reads.execute(_NAMES, values)}


def find_name(reads: Reads, id: str) -> str | None:
    """The display name of a customer who stands for themselves; None for one who is unknown or merged away."""
    row = reads.execute(_NAME, {"organisation": reads.organisation, "id": id}).first()
    return None if row is None or row.merged_into is not None else row.display_name


def find_steady_name(reads: Reads, id: str) -> str | None:
    """The same for one whose browsers are still theirs: not for one who was parted from another."""
    row = reads.execute(_NAME, {"organisation": reads.organisation, "id": id}).first()
    return None if row is None or row.merged_into is not None or row.has_parted else row.display_name
