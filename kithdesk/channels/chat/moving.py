"""What a browser asks while an agent makes it another customer's, by a merge or by undoing one.

Who asks is judged when the request comes, and what it asks is done a moment later. In between the conversation may have
moved, and the browser with it: then it is done as who they are by then, as a message is. Who has logged in meanwhile
comes back with a new token, and what the old one asked stays undone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.core.actors import Actor
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId, VisitorId, find_moved, find_visitor

T = TypeVar("T")


def as_by_now(work: Work, verb: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Does what the verb does, once more as who asks is by now when for who they were there is nothing.

    Verbs check before they state anything, so the first try has left nothing. Raises what the verb raises.
    """
    try:
        return verb(work, *args, **kwargs)
    except NotFound:
        judged = judged_again(work)
        if judged is None:
            raise
        work.actor = judged
    return verb(work, *args, **kwargs)


def find_customer_by_now(reads: Reads, conversation: ConversationId) -> CustomerId | None:
    """Whose the conversation is, if who asks may see it by now."""
    found = conversations.find_customer_of(reads, conversation)
    judged = judged_again(reads) if found is None else None
    return found if judged is None else conversations.find_customer_of(reads, conversation, by=judged)


def judged_again(reads: Reads) -> Actor | None:
    """Who a visitor is by now, when agents have made their browser another customer's. None: nothing has changed."""
    actor = reads.actor
    if not actor.is_visitor or actor.id is None or actor.author is None:
        return None
    found = find_visitor(reads, VisitorId(actor.author))
    if found is None or found.customer in (None, actor.id):
        return None
    if find_moved(reads, CustomerId(actor.id), actor.author) != found.customer:
        return None
    return conversations.as_known_now(reads, actor, found)
