"""How many customers there are, without those merged away; kept so that no list is ever counted."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.customers.tables import customer_totals

_FIRST_TOTAL = Upsert(customer_totals, ["organisation"], [])
_COUNT_TOTAL = (
    update(customer_totals)
    .where(customer_totals.c.organisation == bindparam("organisation"))
    .values(total=customer_totals.c.total + bindparam("by"))
)


def count_total(rows: Rows, by: int) -> None:
    """One more, or one less."""
    rows.execute(_FIRST_TOTAL, {"organisation": rows.organisation, "total": 0})
    rows.execute(_COUNT_TOTAL, {"organisation": rows.organisation, "by": by})
