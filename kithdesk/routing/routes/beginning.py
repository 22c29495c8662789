"""Opening conversations: here, because who has one from the beginning is routing's."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations import Begun, CustomersConversationBody, NewConversationBody, draw_conversation
from kithdesk.core import json, web
from kithdesk.core.documents import REPEATED, OneDocument, document
from kithdesk.core.errors import BadParameter
from kithdesk.core.idempotency import Answer
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId
from kithdesk.routing.beginning import begin

router = APIRouter(prefix="/v1", tags=["conversations"], route_class=StrictRoute)


@router.post(
    "/conversations",
    status_code=201,
    response_model=OneDocument,
    responses=REPEATED,
    summary="Open a conversation",
)
async def post_conversation(body: NewConversationBody, request: Request, caller: AgentCaller) -> Response:
    """A conversation and its first message, or an empty one. Repeated by its message's ids: 200.

    Nothing was said in an empty one: its customer does not see it before something is said to them, and it waits in no
    queue before its customer writes, unless its `direction` says that they began it.
    """
    return await web.command(request, caller, begin_as_said, body, body.customer, answer=_shown, status=201)


@router.post(
    "/customers/{id}/conversations",
    status_code=201,
    response_model=OneDocument,
    responses=REPEATED,
    summary="Open a customer's conversation",
)
async def post_conversation_of_customer(
    id: str, body: CustomersConversationBody, request: Request, caller: AgentCaller
) -> Response:
    """The same, for the customer in the path."""
    return await web.command(request, caller, begin_as_said, body, an_id(id), answer=_shown, status=201)


def begin_as_said(work: Work, body: CustomersConversationBody, customer: str | None) -> Begun:
    """Raises `BadParameter` where nothing says whose, and what `begin` raises."""
    if customer is None:
        raise BadParameter("Whose conversation?", parameter="customer")
    words = None if body.message is None else body.message.as_words()
    return begin(work, CustomerId(customer), body.as_opening(), words, body.as_changes())


def _shown(work: Work, begun: Begun) -> Any:
    opened = document(draw_conversation(work, begun.conversation))
    return Answer(200, json.encode(opened)) if begun.is_repeat else opened
