"""Browsers that may not see all of their customer's conversations.

A browser that never logged in is on a record by what it wrote, or by an agent's word. Once the record is somebody's who
is known, or two in one, it goes on seeing what it saw, and what it opens itself: who a person is takes a signed login,
and nobody can be talked into showing one's history to another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import bindparam, update

from kithdesk.core.work import Rows
from kithdesk.customers.tables import visitors

_NARROW = (
    update(visitors)
    .where(visitors.c.organisation == bindparam("organisation"), visitors.c.id == bindparam("visitor"))
    .values(sees=bindparam("sees"))
)


def narrow_visitors(rows: Rows, narrowed: Mapping[str, Sequence[str]]) -> None:
    """By browser, the conversations that it goes on seeing."""
    for visitor, seen in narrowed.items():
        sees = msgspec.json.encode(seen).decode()
        rows.execute(_NARROW, {"organisation": rows.organisation, "visitor": visitor, "sees": sees})
