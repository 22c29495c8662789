"""What a visitor who waits is told: how many go before them, and how long it may take.

A channel knows no queues and routing knows no visitors, so the question is answered here, above both.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from kithdesk.channels.chat import VisitorCaller
from kithdesk.conversations import may_see_conversation
from kithdesk.core.documents import Attributes, One, document, resource
from kithdesk.core.errors import NotFound
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import query
from kithdesk.core.work import Reads
from kithdesk.routing import find_wait

router = APIRouter(prefix="/c/v1/chat/sessions", tags=["chat"], route_class=StrictRoute)


class ChatWait(Attributes):
    """`position` counts from 1, null for what does not wait. `expectedWait`: milliseconds, null where nobody knows."""

    position: int | None
    expected_wait: int | None


@router.get("/{id}/wait", response_model=One[ChatWait], summary="Get how long a conversation may wait")
async def read_wait(
    request: Request, caller: VisitorCaller, id: Annotated[str, Path(max_length=64)]
) -> Response:
    """Foretold from what left its queue in the last half hour."""
    return await query(request, caller.actor, _wait, id)


def _wait(reads: Reads, id: str) -> dict[str, Any]:
    if not may_see_conversation(reads, id):
        raise NotFound
    wait = find_wait(reads, id)
    attributes = {
        "position": None if wait is None else wait.position,
        "expectedWait": None if wait is None else wait.expected,
    }
    return document(resource("chat_wait", id, attributes))
