"""Files that a visitor sends or was sent."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from kithdesk import conversations
from kithdesk.channels.chat import schemas
from kithdesk.channels.chat.callers import VisitorCaller
from kithdesk.channels.chat.limits import check_upload
from kithdesk.conversations import Attachment, AttachmentId
from kithdesk.core import json
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.web import StrictRoute, command, desk_of, query
from kithdesk.core.work import Reads

router = APIRouter(prefix="/c/v1", tags=["chat"], route_class=StrictRoute)


@router.post(
    "/chat/attachments",
    status_code=201,
    response_model=schemas.OneWithMeta[schemas.Attachment, schemas.Upload],
)
async def reserve(request: Request, caller: VisitorCaller, body: schemas.AttachmentBody) -> Response:
    """A slot for one file: send it to `meta.upload.url`, then name the attachment in a message."""
    desk = desk_of(request)
    check_upload(desk, caller.actor)
    return await command(
        request,
        caller.actor,
        conversations.reserve_upload,
        name=body.name,
        content_type=body.content_type,
        content_length=body.content_length,
        answer=lambda work, attachment: _slot(desk, work.actor, attachment),
        status=201,
    )


@router.post("/uploads/{slot}", status_code=201, response_model=schemas.One[schemas.Attachment])
async def upload(request: Request, slot: Annotated[str, Path(max_length=4_096)]) -> Response:
    """The file itself, as multipart: the slot's `fields` first, `file` last. The slot's address is its permission."""
    attachment = await conversations.receive_upload(desk_of(request), slot, request)
    body = json.encode({"data": _draw(attachment)})
    return Response(body, 201, {"Cache-Control": "no-store"}, "application/json")


@router.get(
    "/chat/attachments/{id}", response_model=schemas.OneWithMeta[schemas.Attachment, schemas.Thumbnail]
)
async def read(request: Request, caller: VisitorCaller, id: Annotated[str, Path(max_length=64)]) -> Response:
    """A file of the visitor's conversations, with links that are good for this visitor and a quarter of an hour."""
    return await query(request, caller.actor, _with_links, desk_of(request), AttachmentId(id))


def _slot(desk: Desk, actor: Actor, attachment: Attachment) -> dict[str, Any]:
    slot = conversations.slot_of(desk, actor.organisation, attachment)
    upload = {"url": f"/c/v1/uploads/{slot}", "fields": {"attachment": attachment.id}}
    return {"data": _draw(attachment), "meta": {"upload": upload}}


def _with_links(reads: Reads, desk: Desk, id: AttachmentId) -> dict[str, Any]:
    attachment = conversations.get_attachment(reads, id)
    links = conversations.links_of(desk, reads.actor, attachment)
    drawn = _draw(attachment)
    drawn["links"]["related"] = links.original
    return {"data": drawn, "meta": {"thumbnail": links.thumbnail, "preview": links.preview}}


def _draw(attachment: Attachment) -> dict[str, Any]:
    return {
        "type": "attachment",
        "id": attachment.id,
        "attributes": {
            "name": attachment.name,
            "contentType": attachment.content_type,
            "contentLength": attachment.content_length,
            "width": attachment.width,
            "height": attachment.height,
            "hasThumbnail": attachment.has_thumbnail,
        },
        "links": {"self": f"/c/v1/chat/attachments/{attachment.id}"},
    }
