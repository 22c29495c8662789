"""Writing over HTTP: the fallback where sockets are blocked, and Kustomer's shape for programs that know that."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.channels.chat import schemas
from kithdesk.channels.chat.callers import VisitorCaller
from kithdesk.channels.chat.limits import check_may_send
from kithdesk.channels.chat.sending import context_of, send_as_visitor
from kithdesk.conversations import ConversationId, Sent
from kithdesk.core import journal, web
from kithdesk.core.actors import Actor
from kithdesk.core.documents import One, document, resource
from kithdesk.core.errors import BadParameter
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, desk_of
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/c/v1/chat", tags=["chat"], route_class=StrictRoute)


@router.post(
    "/messages",
    status_code=201,
    response_model=schemas.Ack | One[schemas.Message],
    summary="Send a message",
    responses={200: {"description": "The same message was sent before; nothing was changed."}},
)
async def send(request: Request, caller: VisitorCaller, body: schemas.SendBody) -> Response:
    """The `send` frame as a request. The first message of a `newConversation` opens it."""
    opens = None if body.target is not None else body.new_conversation or secrets.token_hex(12)
    check_may_send(desk_of(request), caller.actor, opens=opens)
    if body.id is None and body.op is None:
        return await _send_by_key(request, caller.actor, body)
    if body.id is None:
        raise BadParameter("A send needs an id.", parameter="id")
    return await _send_by_id(request, caller.actor, body)


async def _send_by_id(request: Request, actor: Actor, body: schemas.SendBody) -> Response:
    """Answers the `ack` frame: 201 the first time, 200 when it was there already."""
    desk = desk_of(request)
    done = await desk.run(send_as_visitor, by=actor, **_arguments(request, body))
    sent = done.value
    position = (await desk.read(_position_of, sent, by=actor)).value  # a repeat names the same one
    frame = {
        "op": "ack",
        "id": body.id,
        "message": sent.message,
        "conversation": sent.conversation,
        "position": position,
    }
    return web.answer(frame, position, 200 if sent.is_repeat else 201)


async def _send_by_key(request: Request, actor: Actor, body: schemas.SendBody) -> Response:
    """Kustomer's shape names no message: an `Idempotency-Key` makes it safe to repeat. Answers the message."""
    return await command(
        request, actor, send_as_visitor, answer=_draw_message, status=201, **_arguments(request, body)
    )


def _arguments(request: Request, body: schemas.SendBody) -> dict[str, Any]:
    target = body.target
    opens = None if target is not None else body.new_conversation
    if target is None and opens is None and body.id is None:
        opens = secrets.token_hex(12)
    context = None if body.context is None else body.context.model_dump(by_alias=True, exclude_none=True)
    return {
        "conversation": None if target is None else ConversationId(target),
        "new_conversation": opens,
        "client_id": body.id or secrets.token_hex(12),
        "body": body.body,
        "attachments": body.attachments,
        "context": context_of(context, request.headers),
    }


def _position_of(reads: Reads, sent: Sent) -> int:
    return journal.position_of(reads, reads.organisation, sent.event)


def _draw_message(_work: Work, sent: Sent) -> dict[str, Any]:
    at = f"/c/v1/chat/sessions/{sent.conversation}/messages"
    around = {"conversation": {"data": {"type": "conversation", "id": sent.conversation}}}
    return document(resource("message", sent.message["id"], sent.message, at=at, relationships=around))
