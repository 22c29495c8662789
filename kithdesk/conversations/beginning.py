"""Programs begin a conversation: with its first message, or empty, for those that say first what it is about.

Nothing was said in an empty one, and its customer hears of it with what is said to them: before that they can neither
read it nor write in it, and of what becomes of it they are told nothing. Who began it is its `direction`: the company,
unless the program says otherwise. Then it is nobody's work before a program records what its customer says or somebody
is given it, and what they say first in it is a response. What the customer began is work at once.
"""

from __future__ import annotations

import msgspec

from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.opening import Opening, check_opening, open_conversation
from kithdesk.conversations.recording import (
    Words,
    actor_for,
    check_dates,
    check_may_say,
    record_message,
)
from kithdesk.core.errors import BadParameter
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, get_customer


class Begun(msgspec.Struct, frozen=True):
    """The conversation, and whether the ids of its message had begun it before."""

    conversation: ConversationId
    is_repeat: bool = False


def begin(work: Work, customer: CustomerId, opening: Opening, words: Words | None = None) -> Begun:
    """Opens a conversation of the customer. Raises what `record_message` raises, `BadParameter`, `Conflict`."""
    if words is None:
        return Begun(_begin_empty(work, customer, opening))
    if opening.direction not in (None, words.direction):
        raise BadParameter("The message says another.", parameter="direction")
    if words.channel is None:
        words = msgspec.structs.replace(words, channel=opening.channel)
    elif opening.channel not in (None, words.channel):
        raise BadParameter("The message says another.", parameter="channel")
    sent = record_message(work, words, customer=customer, opening=opening)
    return Begun(sent.conversation, sent.is_repeat)


def _begin_empty(work: Work, customer: CustomerId, opening: Opening) -> ConversationId:
    direction = opening.direction or "out"
    check_dates(work, createdAt=opening.created_at)
    check_may_say(work.actor, direction)
    standing = get_customer(work, customer).id
    target = open_conversation(
        work,
        customer=standing,
        direction=direction,
        channel=opening.channel or CHAT,
        actor=actor_for(work, direction, standing),
        opening=check_opening(work, opening),
        is_empty=True,
    )
    return target.id
