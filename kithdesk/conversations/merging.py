"""A visitor logs in: the record moves (`customers.identify`), and its conversations with it."""

from __future__ import annotations

from kithdesk.conversations.events import ConversationIdentified
from kithdesk.conversations.queries import conversation_ids_of
from kithdesk.core.work import Work
from kithdesk.customers import Identified, Identity, VisitorId
from kithdesk.customers import identify as identify_customer


def identify(work: Work, visitor: VisitorId | None, identity: Identity) -> Identified:
    """Joins a browser to the customer whom the signed token names; see `customers.identify`.

    Each conversation that moves says so for itself: its agents read its own timeline, and not the customer's.
    """
    identified = identify_customer(work, visitor, identity, conversations_of=conversation_ids_of)
    if identified.merged is not None:
        for id in identified.conversations:
            work.publish(
                ConversationIdentified(
                    conversation=id, customer=identified.customer, source=identified.merged
                )
            )
    return identified
