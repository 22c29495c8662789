"""Whether who writes in a conversation as the customer has signed in.

A chat may be on somebody's record by an agent's word: what is known of that person says nothing of who reads what is
written there. So the conversation says it of itself: of the browser that opened it, from the next message on of the one
that writes, and at once when that one signs in. None: nobody has written who could sign in.

Where an agent's merge is undone, it says so of the record that the conversation goes back to: of the last of that one's
browsers that wrote in it.

A browser that logs out goes on as another one, which has no part in the conversation; so that changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.conversations.entities import Conversation
from kithdesk.conversations.events import Change, ConversationUpdated
from kithdesk.conversations.queries import (
    Unproven,
    conversations_unproven_by,
    find_conversations,
    writers_in,
)
from kithdesk.conversations.sending import Target
from kithdesk.core.actors import Actor
from kithdesk.core.work import Work
from kithdesk.customers import Identified, VisitorId, find_visitor, shared_with_unproven


def note_who_writes(work: Work, target: Target, actor: Actor) -> None:
    """States it where the message that follows makes it another; for most it stays as it is.

    Who is proven has taken the conversation up: nobody is left in it who is not.
    """
    if actor.is_visitor and target.is_signed_in is not actor.is_proven:
        changes = {"signedIn": Change(target.is_signed_in, actor.is_proven)}
        work.publish(
            ConversationUpdated(
                conversation=target.id,
                customer=target.customer,
                changes=changes,
                cause="customer_message",
                channel=target.channel,
            ),
            actor=actor,
        )


def note_login(work: Work, identified: Identified) -> None:
    """What the browser wrote as somebody unproven is written by the customer from now on.

    Not while another browser has a part in it that never signed in.
    """
    theirs = conversations_unproven_by(work, identified.customer, identified.visitor)
    shared = shared_with_unproven(work, identified.customer, {one.id: one.author for one in theirs})
    for one in theirs:
        if one.id not in shared:
            _say_signed_in(work, identified, one)


def _say_signed_in(work: Work, identified: Identified, one: Unproven) -> None:
    work.publish(
        ConversationUpdated(
            conversation=one.id,
            customer=identified.customer,
            changes={"signedIn": Change(one.is_signed_in, True)},
            cause="signed_in",
        )
    )


def note_parting(work: Work, back: Sequence[str]) -> None:
    """These conversations have gone back to the record that they were on before a merge: who wrote in them as the other
    one, and had signed in as that one, proves nothing of this one."""
    for one in find_conversations(work, back):
        if one.is_signed_in is None:
            continue
        is_signed_in = _has_signed_in(work, one)
        if is_signed_in is not one.is_signed_in:
            work.publish(
                ConversationUpdated(
                    conversation=one.id,
                    customer=one.customer,
                    changes={"signedIn": Change(one.is_signed_in, is_signed_in)},
                    cause="parted",
                    channel=one.channel,
                )
            )


def _has_signed_in(work: Work, one: Conversation) -> bool:
    """Whoever of its customer's browsers wrote in it last, or has begun it."""
    for author in (*writers_in(work, one.id), one.author or ""):
        browser = find_visitor(work, VisitorId(author))
        if browser is not None and browser.customer == one.customer:
            return browser.proven is not None
    return False
