"""How many customers there are, without those merged away; kept so that no list is ever counted."""

from __future__ import annotations

from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.customers.tables import customer_totals

_COUNT = Upsert(customer_totals, ["organisation"], adds=["total"])


def count_total(rows: Rows, by: int) -> None:
    """One more, or one less."""
    rows.execute(_COUNT, {"organisation": rows.organisation, "total": by})
