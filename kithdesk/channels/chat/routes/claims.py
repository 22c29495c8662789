"""What a page says of its visitor and of their conversation. Kept as said, marked as unproven, and found by nobody."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from kithdesk.channels.chat import schemas
from kithdesk.channels.chat.callers import VisitorCaller
from kithdesk.channels.chat.limits import check_describe
from kithdesk.channels.chat.sessions import draw_session
from kithdesk.conversations import ConversationId, describe_conversation
from kithdesk.core.documents import One, document, resource
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, desk_of
from kithdesk.customers import claims_of, describe

router = APIRouter(prefix="/c/v1", tags=["chat"], route_class=StrictRoute)


@router.patch("/customers/current", response_model=One[schemas.Described], summary="Describe the visitor")
async def describe_customer(request: Request, caller: VisitorCaller, body: schemas.CustomerBody) -> Response:
    """Adds to what the page says of this visitor. An address in it proves nothing, whoever has it."""
    check_describe(desk_of(request), caller.actor)
    attributes, custom = body.said
    claims = claims_of(attributes, custom)
    return await command(
        request,
        caller.actor,
        describe,
        caller.visitor,
        claims,
        answer=lambda _work, customer: document(
            resource("customer_claims", caller.visitor, {"customerId": customer})
        ),
    )


@router.patch(
    "/conversations/{id}", response_model=One[schemas.ChatSession], summary="Describe a conversation"
)
async def describe_session(
    request: Request,
    caller: VisitorCaller,
    id: Annotated[str, Path(max_length=64)],
    body: schemas.ConversationBody,
) -> Response:
    """Adds to what the page says of a conversation of this visitor."""
    check_describe(desk_of(request), caller.actor)
    conversation = ConversationId(id)
    return await command(
        request,
        caller.actor,
        describe_conversation,
        conversation,
        body.said,
        answer=lambda work, _: document(draw_session(work, conversation)),
    )
