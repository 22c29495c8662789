"""All customers, page by page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from kithdesk.core.work import Reads
from kithdesk.customers.queries import Customer, find_customers
from kithdesk.customers.tables import customers

_LIMIT: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")
_PAGE = (
    select(customers.c.id)
    .where(customers.c.organisation == bindparam("organisation"), customers.c.merged_into.is_(None))
    .order_by(customers.c.id.desc())
    .limit(_LIMIT)
    .offset(_OFFSET)
)


def list_customers(reads: Reads, *, limit: int, offset: int) -> list[Customer]:
    """Newest first, without those merged away."""
    ids = reads.execute(_PAGE, {"organisation": reads.organisation, "limit": limit, "offset": offset})
    return find_customers(reads, [row.id for row in ids])
