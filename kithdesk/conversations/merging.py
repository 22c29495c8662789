"""Records of customers become one, and part again: their conversations go along.

A login does it (`customers.identify`), or an agent. Each conversation that moves says so for itself: its agents read
its own timeline, and not the customer's.
"""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.conversations.events import ConversationIdentified, ConversationMoved, MoveCause
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.queries import (
    conversation_ids_of,
    conversations_opened_by,
    conversations_written_in,
)
from kithdesk.conversations.signing_in import note_login, note_parting
from kithdesk.core.ids import EventId
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId, Identified, Identity, Merge, Preview, VisitorId, find_names
from kithdesk.customers import identify as identify_customer
from kithdesk.customers import merge_customers as merge_records
from kithdesk.customers import preview_merge as preview_records
from kithdesk.customers import undo_merge as undo_record


def identify(work: Work, visitor: VisitorId | None, identity: Identity) -> Identified:
    """Joins a browser to the customer whom the signed token names; see `customers.identify`."""
    identified = identify_customer(
        work, visitor, identity, conversations_of=conversation_ids_of, written_in=conversations_written_in
    )
    if identified.left is not None:
        _say_moved(
            work,
            identified.conversations,
            source=identified.left,
            customer=identified.customer,
            cause="login",
        )
    elif identified.merged is not None:
        for id in identified.conversations:
            work.publish(
                ConversationIdentified(
                    conversation=id, customer=identified.customer, source=identified.merged
                )
            )
    note_login(work, identified)
    return identified


def merge_customers(work: Work, source: CustomerId, target: CustomerId) -> Merge:
    """Makes `source` a part of `target`; see `customers.merge_customers`."""
    merge, is_new = merge_records(work, source, target, conversations_of=conversation_ids_of)
    if is_new:
        _say_moved(work, merge.moved.conversations, source=source, customer=target, cause="merge")
    return merge


def preview_merge(reads: Reads, source: CustomerId, target: CustomerId) -> Preview:
    """What it would make; see `customers.preview_merge`."""
    return preview_records(reads, source, target, conversations_of=conversation_ids_of)


def undo_merge(work: Work, id: str) -> Merge:
    """Takes the two apart again; see `customers.undo_merge`."""
    merge, is_new = undo_record(
        work,
        id,
        conversations_back=_conversations_back,
        conversations_of=conversation_ids_of,
        opened_by=conversations_opened_by,
    )
    if is_new and merge.returned is not None:
        _say_moved(
            work, merge.returned.conversations, source=merge.target, customer=merge.source, cause="undo"
        )
        note_parting(work, merge.returned.conversations)
    return merge


def _conversations_back(
    work: Work,
    customer: CustomerId,
    moved: Sequence[str],
    browsers: Sequence[VisitorId],
    since: EventId,
) -> list[ConversationId]:
    theirs, opened = set(moved), conversations_opened_by(work, customer, browsers)
    return [
        id
        for id in conversation_ids_of(work, customer)
        if id in theirs or (id in opened and id > since)  # ids sort by when they were made
    ]


def _say_moved(
    work: Work, ids: Sequence[str], *, source: CustomerId, customer: CustomerId, cause: MoveCause
) -> None:
    name = find_names(work, [customer]).get(customer, "")
    for id in ids:
        work.publish(
            ConversationMoved(
                conversation=id,
                customer=customer,
                source=source,
                cause=cause,
                customer_name=name,
            )
        )
