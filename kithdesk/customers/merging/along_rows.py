"""How it becomes rows that a login took a browser's conversations from a record.

It is kept as a merge that stood from the beginning and was undone: so the past of both is told by the same rule.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, insert, true, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.events import VisitorParted
from kithdesk.customers.merging.entities import Moved
from kithdesk.customers.merging.tables import customer_merges
from kithdesk.customers.profile import Reference
from kithdesk.customers.tables import customers

_INSERT = insert(customer_merges)
_MARK = (
    update(customers)
    .where(customers.c.organisation == bindparam("of"), customers.c.id.in_(bindparam("ids", expanding=True)))
    .values(has_parted=true())
)


def project_parted(rows: Rows, recorded: Recorded[VisitorParted]) -> None:
    """The browser's row is the new record's already."""
    event = recorded.event
    by = msgspec.json.encode(Reference.of(recorded.actor)).decode()
    taken = Moved(tuple(event.conversations), (), tuple(event.visitors))
    moved = msgspec.json.encode(taken).decode()
    rows.execute(
        _INSERT,
        {
            "organisation": rows.organisation,
            "id": event.merge,
            "source": event.customer,
            "target": event.of,
            "kind": "part",
            "merged_at": recorded.at,
            "merged_by": by,
            "merged_in": "",
            "moved": moved,
            "carried": "[]",
            "target_profile": None,
            "target_identified": event.of_is_identified,
            "target_created_at": recorded.at,
            "target_activity": "{}",
            "undone_at": recorded.at,
            "undone_by": by,
            "undone_in": recorded.id,
            "returned": moved,
        },
    )
    rows.execute(_MARK, {"of": rows.organisation, "ids": [event.customer, event.of]})


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {VisitorParted: (project_parted,)}
