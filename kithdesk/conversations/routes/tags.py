"""Tags of the organisation, and those of a conversation."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from kithdesk.access import AgentCaller
from kithdesk.conversations.ids import ConversationId, TagId
from kithdesk.conversations.message_rendering import draw_tag
from kithdesk.conversations.rendering import draw_conversation
from kithdesk.conversations.routes.paths import conversation_of
from kithdesk.conversations.schemas import TagBody
from kithdesk.conversations.tagging import create_tag, find_tags, list_tags, tag, untag
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, SeveralDocument, document
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import PagedLong, paged
from kithdesk.core.paths import ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/v1", tags=["tags"], route_class=StrictRoute)

Words = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=255)]],
    Field(max_length=100),
    Body(description="Names or ids."),
]


@router.get("/tags", response_model=ListDocument, summary="List tags")
async def get_tags(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """By name."""

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_tags(reads, limit=page.size, offset=page.offset)
        return paged(request, page, total, [draw_tag(one) for one in found])

    return await web.query(request, caller, listed)


@router.post("/tags", status_code=201, response_model=OneDocument, summary="Create a tag")
async def post_tag(body: TagBody, request: Request, caller: AgentCaller) -> Response:
    """A new tag. One of this name, however it is written, is a conflict."""

    def shown(work: Work, id: TagId) -> dict[str, Any]:
        return document(draw_tag(find_tags(work, [id])[0]))

    return await web.command(request, caller, create_tag, body.name, body.color, answer=shown, status=201)


@router.get("/tags/{ids}", response_model=OneDocument | SeveralDocument, summary="Get one or more tags")
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One tag, or up to 100 with commas."""

    def one(reads: Reads) -> dict[str, Any]:
        found = find_tags(reads, ids_of(ids))
        if not found:
            raise NotFound
        return document(draw_tag(found[0]))

    def several(reads: Reads) -> dict[str, Any]:
        return document([draw_tag(tag) for tag in find_tags(reads, ids_of(ids))])

    return await web.query(request, caller, several if "," in ids else one)


@router.post("/conversations/{id}/tags", response_model=OneDocument, summary="Add tags")
async def post_tags(id: str, names: Words, request: Request, caller: AgentCaller) -> Response:
    """Adds tags by name or id; a new name makes a tag. Answers the conversation."""
    return await web.command(request, caller, _tag, conversation_of(id), names, answer=_shown)


@router.delete("/conversations/{id}/tags", response_model=OneDocument, summary="Take tags off")
async def delete_tags(id: str, names: Words, request: Request, caller: AgentCaller) -> Response:
    """Takes tags off by name or id. Answers the conversation."""
    return await web.command(request, caller, _untag, conversation_of(id), names, answer=_shown)


def _tag(work: Work, id: ConversationId, names: list[str]) -> ConversationId:
    tag(work, id, names)
    return id


def _untag(work: Work, id: ConversationId, names: list[str]) -> ConversationId:
    untag(work, id, names)
    return id


def _shown(work: Work, id: ConversationId) -> dict[str, Any]:
    return document(draw_conversation(work, id))
