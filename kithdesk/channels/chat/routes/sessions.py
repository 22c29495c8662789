"""The visitor's own conversations. Another's is as unknown as one that never was."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from kithdesk.channels.chat import schemas
from kithdesk.channels.chat.callers import VisitorCaller
from kithdesk.channels.chat.limits import check_may_begin, check_new_beginner
from kithdesk.channels.chat.moving import as_by_now
from kithdesk.channels.chat.sending import begin_session, context_of, has_begun_session
from kithdesk.channels.chat.sessions import change_session, draw_session, list_messages, list_sessions
from kithdesk.conversations import Begun, ConversationId, MessageId
from kithdesk.core import json
from kithdesk.core.documents import Listed, One, Stretch, document, stretch
from kithdesk.core.idempotency import Answer
from kithdesk.core.paging import DEFAULT_SIZE, Page, Paged, StretchSize, paged
from kithdesk.core.peers import address_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, desk_of, query
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/c/v1/chat/sessions", tags=["chat"], route_class=StrictRoute)

Id = Annotated[str, Path(max_length=64)]


@router.get("", response_model=Listed[schemas.ChatSession], summary="List the visitor's conversations")
async def list_all(
    request: Request,
    caller: VisitorCaller,
    page: Paged,
    active: Annotated[bool, Query(description="Leaves out what is done.")] = False,
) -> Response:
    """Those of the visitor, the newest activity first."""
    return await query(request, caller.actor, _page_of_sessions, request, page, active)


@router.post(
    "",
    status_code=201,
    response_model=One[schemas.ChatSession],
    summary="Begin a conversation",
    responses={
        200: {
            "model": One[schemas.ChatSession],
            "description": "The one that this visitor has begun and not written in; nothing was changed.",
        }
    },
)
async def begin_one(
    request: Request, caller: VisitorCaller, body: schemas.NewSessionBody | None = None
) -> Response:
    """A conversation in which nothing is said yet, for clients that write in it afterwards. Nobody is asked to take it
    before that. While nothing is said, the same one is answered.
    """
    desk, actor = desk_of(request), caller.actor
    has_one = (await desk.read(has_begun_session, by=actor)).value
    check_may_begin(desk, actor, is_new=not has_one)
    if actor.id is None:
        await check_new_beginner(desk, address_of(request.scope, desk.settings.trusted_proxies))
    told = None if body is None or body.context is None else body.context
    context = None if told is None else told.model_dump(by_alias=True, exclude_none=True)
    return await command(
        request, actor, begin_session, context_of(context, request.headers), answer=_draw_begun, status=201
    )


@router.get("/{id}", response_model=One[schemas.ChatSession], summary="Get a conversation")
async def read_one(request: Request, caller: VisitorCaller, id: Id) -> Response:
    """One conversation of the visitor."""
    return await query(request, caller.actor, lambda reads: document(draw_session(reads, ConversationId(id))))


@router.put("/{id}", response_model=One[schemas.ChatSession], summary="Mark as read, or end")
async def change_one(request: Request, caller: VisitorCaller, id: Id, body: schemas.SessionBody) -> Response:
    """The visitor has read up to a message, or ends the chat."""
    conversation = ConversationId(id)
    seen = None if body.seen_message is None else MessageId(body.seen_message)
    return await command(
        request,
        caller.actor,
        as_by_now,
        change_session,
        conversation,
        ended=body.ended is True,
        seen=seen,
        answer=lambda work, _: document(draw_session(work, conversation)),
    )


@router.get(
    "/{id}/messages", response_model=Stretch[schemas.Message], summary="List a conversation's messages"
)
async def read_messages(
    request: Request,
    caller: VisitorCaller,
    id: Id,
    before: Annotated[str | None, Query(max_length=64, description="A message: only older ones.")] = None,
    size: StretchSize = DEFAULT_SIZE,
) -> Response:
    """The newest messages, or those before one, ascending. `links.prev` leads to older ones."""
    older_than = None if before is None else MessageId(before)
    return await query(request, caller.actor, _stretch_of_messages, ConversationId(id), older_than, size)


def _draw_begun(work: Work, begun: Begun) -> Any:
    drawn = document(draw_session(work, begun.conversation))
    return Answer(200, json.encode(drawn)) if begun.is_repeat else drawn


def _page_of_sessions(reads: Reads, request: Request, page: Page, is_active: bool) -> dict[str, Any]:
    data, total = list_sessions(reads, is_active=is_active, limit=page.size, offset=page.offset)
    return paged(request, page, total, data)


def _stretch_of_messages(
    reads: Reads, conversation_id: ConversationId, before: MessageId | None, size: int
) -> dict[str, Any]:
    data, more = list_messages(reads, conversation_id, before=before, limit=size)
    path = f"/c/v1/chat/sessions/{conversation_id}/messages?pageSize={size}"
    older = f"{path}&before={data[0]['id']}" if more else None
    here = path if before is None else f"{path}&before={before}"
    return stretch(data, size=size, more=more, links={"self": here, "prev": older})
