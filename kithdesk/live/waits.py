"""What a visitor who waits is told: how many go before them, and how long it may take.

A channel knows no queues and routing knows no visitors, so the question is answered here, above both.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from kithdesk.channels.chat import VisitorCaller
from kithdesk.conversations import find_customer_of, get_conversation
from kithdesk.core.clock import iso_or_none
from kithdesk.core.documents import Attributes, One, document, resource
from kithdesk.core.errors import NotFound
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import query
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, find_customer
from kithdesk.routing import find_wait

router = APIRouter(prefix="/c/v1/chat/sessions", tags=["chat"], route_class=StrictRoute)


class ChatWait(Attributes):
    """`position` counts from 1, null for what does not wait. `expectedWait`: milliseconds, null where nobody knows, or
    nobody who may take it is available.

    `opensAt`: when its queue does, while that is closed. `form`: they may leave an address instead of waiting.
    """

    position: int | None
    expected_wait: int | None
    open: bool
    opens_at: str | None
    form: bool


@router.get("/{id}/wait", response_model=One[ChatWait], summary="Get how long a conversation may wait")
async def read_wait(
    request: Request, caller: VisitorCaller, id: Annotated[str, Path(max_length=64)]
) -> Response:
    """Foretold from what left its queue in the last half hour, where somebody is available."""
    return await query(request, caller.actor, _wait, id)


def _wait(reads: Reads, id: str) -> dict[str, Any]:
    if find_customer_of(reads, id) is None:
        raise NotFound
    wait = find_wait(reads, id)
    attributes = {
        "position": None if wait is None else wait.position,
        "expectedWait": None if wait is None else wait.expected,
        "open": wait is None or wait.is_open,
        "opensAt": None if wait is None else iso_or_none(wait.opens_at),
        "form": wait is not None and wait.offers_form and not _has_address(reads, id),
    }
    return document(resource("chat_wait", id, attributes))


def _has_address(reads: Reads, conversation: str) -> bool:
    """Whether the customer has an e-mail address, or said they have one."""
    found = find_customer(reads, CustomerId(get_conversation(reads, conversation).customer))
    return found is not None and bool(found.profile.emails or found.claims.emails)
