"""Up to 100 conversations in one request."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations import ConversationChange, ConversationId, NewConversationBody
from kithdesk.core.bulk import ITEMS, BulkDocument, do_each
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Work
from kithdesk.routing.handing_off import change
from kithdesk.routing.routes.beginning import begin_as_said

router = APIRouter(prefix="/v1/conversations/bulk", tags=["conversations"], route_class=StrictRoute)


@router.post("", status_code=201, response_model=BulkDocument, summary="Open several conversations")
async def post_conversations(request: Request, caller: AgentCaller, items: ITEMS) -> Response:
    """Up to 100 bodies of `POST /v1/conversations`, each done or refused for itself, in order."""

    def open_one(work: Work, body: NewConversationBody) -> str:
        return begin_as_said(work, body, body.customer).conversation

    return await do_each(request, caller, items, NewConversationBody, open_one, status=201)


@router.put("", status_code=201, response_model=BulkDocument, summary="Change several conversations")
async def put_conversations(request: Request, caller: AgentCaller, items: ITEMS) -> Response:
    """Up to 100 bodies of `PATCH /v1/conversations/{id}`, each with its `id`, each for itself, in order."""

    def change_one(work: Work, body: ConversationChange, id: str) -> str:
        change(work, ConversationId(id), body.as_changes())
        return id

    return await do_each(request, caller, items, ConversationChange, change_one)
