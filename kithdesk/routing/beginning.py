"""Beginning a conversation with all that is known of it, who has it too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk import conversations
from kithdesk.conversations import Begun, Opening, Words
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId
from kithdesk.routing.handing_off import change


def begin(
    work: Work, customer: CustomerId, opening: Opening, words: Words | None, changes: Mapping[str, Any]
) -> Begun:
    """Opens it, and sets the rest as `change` does. What was begun before is as it is by now.

    Raises what `conversations.begin` and `change` raise.
    """
    begun = conversations.begin(work, customer, opening, words)
    if changes and not begun.is_repeat:
        change(work, begun.conversation, changes)
    return begun
