"""Paging through a customer's events, both ways, from any position.

A customer's past includes that of the records merged into theirs. Each record is one range of an index, so a page costs
the same however long the past is: a page of each, merged. Where a merge was undone, `past.py` says whose an entry is.
"""

from __future__ import annotations

from functools import partial
from heapq import merge
from itertools import islice
from typing import Any

import msgspec

from kithdesk.conversations import ConversationId, get_conversation
from kithdesk.core import journal
from kithdesk.core.errors import NotFound
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, get_customer
from kithdesk.timeline.past import on_timeline, past_of, read_past


class Entries(msgspec.Struct, frozen=True):
    """One page, ascending. `has_more`: there are others beyond it, in the direction it was read."""

    found: list[Recorded[Event]]
    has_more: bool


def read_timeline(
    reads: Reads,
    customer: CustomerId,
    *,
    after: int | None = None,
    before: int = journal.END,
    conversation: ConversationId | None = None,
    limit: int,
) -> Entries:
    """The first `limit` entries after a position, or the last `limit` before one; of all, or of one conversation.

    What the customer did is under the name they are known by now. Raises `NotFound` for a customer, or a conversation
    of theirs, that there is not.
    """
    known = get_customer(reads, customer)
    standing = known.id
    wanted: dict[str, Any] = {"after": after, "before": before, "limit": limit + 1}
    if conversation is not None:
        if get_conversation(reads, conversation).customer != standing:
            raise NotFound
        found = journal.read_timeline(reads, reads.organisation, conversation=conversation, **wanted)
    else:
        found = _of_customer(reads, standing, **wanted)
    has_more = len(found) > limit
    page = found[-limit:] if after is None else found[:limit]
    return Entries([named(entry, known.display_name) for entry in page], has_more)


def _of_customer(
    reads: Reads, customer: CustomerId, *, after: int | None, before: int, limit: int
) -> list[Recorded[Event]]:
    past = past_of(reads, customer)
    if not past.stays:
        parts = [
            journal.read_timeline(
                reads, reads.organisation, customer=id, after=after, before=before, limit=limit
            )
            for id in past.ids
        ]
        return list(merge(*parts, key=_position))
    backward = after is None
    own = [partial(read_own, reads, id, backward=backward) for id in past.ids]
    cursor = before if after is None else after
    found = list(islice(on_timeline(read_past(reads, past, own, cursor=cursor, backward=backward)), limit))
    return found[::-1] if backward else found


def read_own(
    reads: Reads, customer: CustomerId, cursor: int, limit: int, *, backward: bool
) -> list[Recorded[Event]]:
    """What timelines show under one name of a customer, beyond a position."""
    if not backward:
        return journal.read_timeline(reads, reads.organisation, customer=customer, after=cursor, limit=limit)
    found = journal.read_timeline(reads, reads.organisation, customer=customer, before=cursor, limit=limit)
    return found[::-1]


def named(recorded: Recorded[Event], name: str) -> Recorded[Event]:
    """A visitor who signed in, or was given a name, has it on what they did before."""
    if recorded.actor.type != "customer":
        return recorded
    return recorded.by(msgspec.structs.replace(recorded.actor, display_name=name))


def _position(recorded: Recorded[Event]) -> int:
    return recorded.position
