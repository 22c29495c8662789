"""Who a browser is by its row, for one that was judged a moment ago and for one that has just come."""

from __future__ import annotations

import msgspec

from kithdesk.conversations.queries import conversations_opened_by
from kithdesk.core.actors import Actor
from kithdesk.core.work import Reads
from kithdesk.customers import Visitor, nameless


def as_known_now(reads: Reads, actor: Actor, visitor: Visitor) -> Actor:
    """The actor as the customer whose browser it is by now. Who may not see all is not told that one's name either."""
    if visitor.customer is None:
        return msgspec.structs.replace(actor, id=None, display_name="", sees=None, is_proven=False)
    sees = seen_by(reads, visitor)
    name = visitor.display_name if sees is None else nameless(visitor.id)
    return msgspec.structs.replace(
        actor, id=visitor.customer, display_name=name, sees=sees, is_proven=visitor.proven is not None
    )


def seen_by(reads: Reads, visitor: Visitor) -> frozenset[str] | None:
    """All that a browser may see, when that is not all of its customer's."""
    if visitor.sees is None or visitor.customer is None:
        return None
    return conversations_opened_by(reads, visitor.customer, [visitor.id]) | frozenset(visitor.sees)
