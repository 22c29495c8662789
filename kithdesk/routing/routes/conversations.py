"""The one door through which a conversation's fields are changed: who has it is routing's."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations import ConversationChange, ConversationId, draw_conversation
from kithdesk.core.documents import OneDocument, document
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command
from kithdesk.routing.handing_off import change
from kithdesk.routing.routes.ids import Id

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], route_class=StrictRoute)


@router.patch("/{id}", response_model=OneDocument, summary="Change a conversation")
@router.put("/{id}", response_model=OneDocument, summary="Change a conversation")
async def change_conversation(
    request: Request, caller: AgentCaller, id: Id, body: ConversationChange
) -> Response:
    """Changes the fields given and leaves the rest.

    `assignedUsers` gives it to people (empty: back to its queue). `queue` takes it off everybody and lets it wait, and
    so do other `assignedTeams` without people: in the queue named, else in one that the first of the teams serves.
    """
    conversation = ConversationId(id)
    return await command(
        request,
        caller,
        change,
        conversation,
        body.as_changes(),
        answer=lambda work, _: document(draw_conversation(work, conversation)),
    )
