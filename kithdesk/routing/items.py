"""Work items: a conversation's turns with routing, one living at a time, and why each went to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kithdesk import conversations
from kithdesk.access import find_user_names
from kithdesk.conversations import ConversationId
from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads
from kithdesk.routing.choosing import Decision
from kithdesk.routing.entities import IN_QUEUE, WorkItem
from kithdesk.routing.queries.items import (
    count_decisions,
    count_declined,
    count_items,
    find_item_by_id,
    list_decisions,
    list_declined,
    list_items,
)

_decode = msgspec.json.Decoder(Decision).decode


def draw_items(reads: Reads, conversation_id: ConversationId, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of the conversation's `work_item` resources, the last first, and how many there are.

    Raises `NotFound`.
    """
    if not conversations.may_see_conversation(reads, conversation_id):
        raise NotFound
    items = list_items(reads, conversation_id, page.size, page.offset)
    return draw_many(reads, items), count_items(reads, conversation_id)


def draw_item(reads: Reads, item_id: str) -> dict[str, Any]:
    """One `work_item`. Raises `NotFound`."""
    return _draw(_get(reads, item_id), reads.now)


def draw_many(reads: Reads, items: Sequence[WorkItem]) -> list[dict[str, Any]]:
    return [_draw(item, reads.now) for item in items]


def draw_declined(reads: Reads, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of the `work_item` resources that everybody who could take them has declined, the longest first."""
    return draw_many(reads, list_declined(reads, page.size, page.offset)), count_declined(reads)


def draw_last_item(reads: Reads, conversation_id: ConversationId) -> dict[str, Any]:
    """The conversation's living `work_item`, else its last. Raises `NotFound`."""
    drawn, _ = draw_items(reads, conversation_id, Page(1, 1))
    if not drawn:
        raise NotFound
    return drawn[0]


def draw_decisions(reads: Reads, item_id: str, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of `routing_decision` resources, the last first, and how many there are. Raises `NotFound`."""
    item = _get(reads, item_id)
    rows = [
        (row.id, row.at, _decode(row.decision))
        for row in list_decisions(reads, item.id, page.size, page.offset)
    ]
    users = {
        one.user
        for _, _, decision in rows
        for one in (decision.chosen, *decision.runners_up)
        if one is not None
    }
    names = find_user_names(reads, sorted(users))
    drawn = [_decision(id, Instant(at), decision, names) for id, at, decision in rows]
    return drawn, count_decisions(reads, item.id)


def _get(reads: Reads, item_id: str) -> WorkItem:
    item = find_item_by_id(reads, item_id)
    if item is None or not conversations.may_see_conversation(reads, item.conversation):
        raise NotFound
    return item


def _draw(item: WorkItem, now: Instant) -> dict[str, Any]:
    users = [{"type": "user", "id": user} for user in item.users]
    declined = [{"type": "user", "id": user} for user in item.declined]
    is_offered = item.state == "offered"
    attributes = {
        "status": item.state,
        "priority": item.priority,
        "weight": item.weight,
        "channel": item.channel,
        "skills": dict(item.traits.skills),
        "language": item.language,
        "holdsOutForLanguage": item.holds_out and item.state in IN_QUEUE,
        "declinedAt": iso_or_none(item.declined_at),
        "askedAgainAt": iso_or_none(item.asked_again_at),
        "overflowedAt": iso_or_none(item.overflowed_at),
        "queuedCount": item.queued_count,
        "waited": item.waited,
        "enteredAt": iso(item.entered_at),
        "offeredAt": iso_or_none(item.offered_at),
        "offeredUntil": iso_or_none(item.offered_until),
        "acceptedAt": iso_or_none(item.accepted_at),
        "heldUntil": iso_or_none(item.held_until),
        "wrapUpUntil": iso_or_none(item.wrap_up_until),
        "remaining": _remaining(item, now),
        "completedAt": iso_or_none(item.completed_at),
        "createdAt": iso(item.created_at),
        "changedAt": iso(item.changed_at),
    }
    around = {
        "conversation": {"data": {"type": "conversation", "id": item.conversation}},
        "queue": {"data": None if item.queue is None else {"type": "queue", "id": item.queue}},
        "users": {"data": users},
        "offeredTo": {"data": {"type": "user", "id": item.offered_to} if is_offered else None},
        "declinedBy": {"data": declined},
        "rule": {"data": None if item.rule is None else {"type": "queue_rule", "id": item.rule}},
    }
    at = f"/v1/routing/work-items/{item.id}"
    return resource("work_item", item.id, attributes, at=at, relationships=around)


def _remaining(item: WorkItem, now: Instant) -> int | None:
    """By the server's clock, for screens whose clock is another."""
    until = item.wrap_up_until if item.state == "wrap_up" else item.offered_until
    return None if until is None else max(0, until - now)


def _decision(id: str, at: Instant, decision: Decision, names: dict[str, str]) -> dict[str, Any]:
    def standing(one: Any) -> dict[str, Any]:
        return {
            "user": one.user,
            "displayName": names.get(one.user, ""),
            "load": one.load,
            "capacity": one.capacity,
            "idleSince": iso(one.idle_since),
        }

    attributes = {
        "at": iso(at),
        "because": decision.because,
        "preferredAs": decision.preferred_as,
        "languageDropped": decision.language_dropped,
        "opensAt": None if decision.opens_at is None else iso(Instant(decision.opens_at)),
        "chosen": None if decision.chosen is None else standing(decision.chosen),
        "runnersUp": [standing(one) for one in decision.runners_up],
        "others": decision.others,
        "unseen": decision.unseen,
    }
    return resource("routing_decision", id, attributes)
