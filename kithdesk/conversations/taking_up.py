"""Taking up: who has proved to be the customer writes in a conversation in which there is a browser that never did.

An agent's merge, or somebody's login, has put what that browser wrote on the customer's record. Perhaps it is the
customer's own, so it is not cut off by that alone; but what the customer says is for nobody who has not proved to be
them. From their first message on, the browser has no part in the conversation: it reads what was said before, as in one
that has ended, and writes in a new one. Signed in as the customer, it sees all.

The rows say so, and never what is remembered of who asks: another node may have taken the message a moment ago.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kithdesk.conversations.entities import Conversation, Message
from kithdesk.conversations.events import ConversationTakenUp
from kithdesk.conversations.in_chat import as_in_chat, count_in_chat
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.sending import Target
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.work import Reads, Work
from kithdesk.customers import Departure, VisitorId, find_visitor, unproven_browsers_in


def take_up(work: Work, target: Target, actor: Actor) -> None:
    """Says that browsers which never proved to be the customer have no part in it from the next message on.

    Where there is none, nothing. The caller says that message next, as somebody who is proven.
    """
    leaving = unproven_browsers_in(work, target.customer, target.id, target.author)
    if leaving:
        work.publish(
            ConversationTakenUp(
                conversation=target.id,
                customer=target.customer,
                visitors=[*leaving],
                number=target.next_number,
            ),
            actor=actor,
        )


def departure_from(reads: Reads, conversation: str, taken_up_at: Instant | None) -> Departure | None:
    """Since when the browser that asks has no part in a conversation. None: it has, or it is nobody's browser."""
    return None if taken_up_at is None else _departures(reads).get(conversation)


def _departures(reads: Reads) -> dict[str, Departure]:
    """By conversation, those of the browser that asks."""
    if not reads.actor.is_visitor:
        return {}
    browser = find_visitor(reads, VisitorId(reads.actor.author or ""))
    return {} if browser is None else browser.departed


def as_it_stood(message: Message, departure: Departure | None) -> Message:
    """What was said before a browser left, to that browser: who has read it since is not for it."""
    if departure is None or message.read_at is None or message.read_at < departure.at:
        return message
    return msgspec.structs.replace(message, read_at=None)


def as_seen(reads: Reads, found: Sequence[Conversation]) -> list[Conversation]:
    """Conversations as their visitor sees them: where their browser has no part any more, as they were, and ended.

    Most are read no further. Others cost a question for all that have the same number of words before that.
    """
    departed = _departures(reads) if any(one.taken_up_at is not None for one in found) else {}
    seen = {one.id: _with_part(one) for one in found if one.id not in departed}
    mixed = [one for one in seen.values() if one.all_channels != [CHAT]]
    seen |= {one.id: one for one in as_in_chat(reads, mixed)}
    without: dict[int, list[Conversation]] = {}
    for one in found:
        if one.id in departed:
            without.setdefault(departed[one.id].number, []).append(one)
    for number, those in without.items():
        seen |= {one.id: one for one in _as_left(reads, those, number, departed)}
    return [seen[one.id] for one in found]


def _with_part(one: Conversation) -> Conversation:
    return one if one.taken_up_at is None else msgspec.structs.replace(one, taken_up_at=None)


def _as_left(
    reads: Reads, found: Sequence[Conversation], number: int, departed: dict[str, Departure]
) -> list[Conversation]:
    counts = count_in_chat(reads, [one.id for one in found], before=number)
    return [
        msgspec.structs.replace(
            one,
            status="done",
            status_at=departed[one.id].at,
            queue=None,
            assignee="",
            assigned_users="[]",
            assigned_teams="[]",
            message_count=counts.get(one.id, 0),
            waiting_since=None,
            unread_for_customer=0,
            ended_at=departed[one.id].at,
            ended_by=None,
            ended_reason=None,
            taken_up_at=departed[one.id].at,
        )
        for one in as_in_chat(reads, found, before=number)
    ]
