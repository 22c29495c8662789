"""The company's own records that a conversation is about."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.queries import get_conversation
from kithdesk.conversations.rendering import draw_conversation
from kithdesk.conversations.routes.paths import conversation_of
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, document
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers import (
    ObjectId,
    draw_objects,
    link_object,
    list_objects_of_conversation,
    unlink_object,
)

router = APIRouter(prefix="/v1/conversations/{id}/kobjects", tags=["kobjects"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List a conversation's records")
async def get_objects(id: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """What the conversation is about, newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        conversation = get_conversation(reads, conversation_of(id)).id
        found, total = list_objects_of_conversation(reads, conversation, limit=page.size, offset=page.offset)
        return paged(request, page, total, draw_objects(reads, found))

    return await web.query(request, caller, listed)


@router.put("/{record}", response_model=OneDocument, summary="Put a record to a conversation")
async def put_object(id: str, record: str, request: Request, caller: AgentCaller) -> Response:
    """Of the same customer, or of nobody; it leaves the conversation where it was. Answers the conversation."""
    return await web.command(request, caller, _link, conversation_of(id), _record(record), answer=_shown)


@router.delete("/{record}", response_model=OneDocument, summary="Take a record from a conversation")
async def delete_object(id: str, record: str, request: Request, caller: AgentCaller) -> Response:
    """The record itself stays. Answers the conversation."""
    return await web.command(request, caller, _unlink, conversation_of(id), _record(record), answer=_shown)


def _link(work: Work, id: ConversationId, record: ObjectId) -> ConversationId:
    conversation = get_conversation(work, id)
    link_object(work, record, conversation=conversation.id, customer=conversation.customer)
    return id


def _unlink(work: Work, id: ConversationId, record: ObjectId) -> ConversationId:
    unlink_object(work, record, conversation=get_conversation(work, id).id)
    return id


def _record(text: str) -> ObjectId:
    return ObjectId(an_id(text))


def _shown(work: Work, id: ConversationId) -> dict[str, Any]:
    return document(draw_conversation(work, id))
