"""Files that a visitor sends or was sent."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from kithdesk import conversations
from kithdesk.channels.chat import schemas
from kithdesk.channels.chat.callers import VisitorCaller, visitors_of
from kithdesk.channels.chat.limits import check_upload
from kithdesk.conversations import Attachment, AttachmentId
from kithdesk.core import web
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.documents import One, OneWithMeta, document, resource
from kithdesk.core.errors import NotFound
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, desk_of, query
from kithdesk.core.work import Reads
from kithdesk.customers import VisitorId

FILES = "/c/v1/files"

router = APIRouter(prefix="/c/v1", tags=["chat"], route_class=StrictRoute)


@router.post(
    "/chat/attachments",
    status_code=201,
    response_model=OneWithMeta[schemas.Attachment, schemas.Upload],
    summary="Reserve an upload",
)
async def reserve(request: Request, caller: VisitorCaller, body: schemas.AttachmentBody) -> Response:
    """A slot for one file: send it to `meta.upload.url`, then name the attachment in a message."""
    desk = desk_of(request)
    await check_upload(desk, caller.actor)
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


@router.post(
    "/uploads/{slot}", status_code=201, response_model=One[schemas.Attachment], summary="Upload a file"
)
async def upload(request: Request, slot: Annotated[str, Path(max_length=4_096)]) -> Response:
    """The file itself, as multipart: the slot's `fields` first, `file` last. The slot's address is its permission."""
    attachment = await conversations.receive_upload(desk_of(request), slot, request)
    return web.answer(document(_draw(attachment)), None, 201)


@router.get(
    "/chat/attachments/{id}",
    response_model=OneWithMeta[schemas.Attachment, schemas.Thumbnail],
    summary="Get a file's links",
)
async def read(request: Request, caller: VisitorCaller, id: Annotated[str, Path(max_length=64)]) -> Response:
    """A file of the visitor's conversations, with links that are good for this visitor and a quarter of an hour."""
    return await query(
        request, caller.actor, _with_links, desk_of(request), AttachmentId(id), caller.credential
    )


@router.get("/files/{token}", response_class=Response, summary="Download a file")
async def download(request: Request, token: Annotated[str, Path(max_length=4_096)]) -> Response:
    """A file or its preview, by a link made for one visitor token. 404 once it is too old, or that token is dead."""
    desk = desk_of(request)
    link = conversations.read_link(desk, FILES, token)
    reader = await visitors_of(desk).find_again(link.organisation, VisitorId(link.author), link.credential)
    if reader is None:
        raise NotFound
    return await conversations.serve_file(desk, reader, link)


def _slot(desk: Desk, actor: Actor, attachment: Attachment) -> dict[str, Any]:
    slot = conversations.slot_of(desk, actor.organisation, attachment)
    upload = {"url": f"/c/v1/uploads/{slot}", "fields": {"attachment": attachment.id}}
    return document(_draw(attachment), meta={"upload": upload})


def _with_links(reads: Reads, desk: Desk, id: AttachmentId, credential: str) -> dict[str, Any]:
    attachment = conversations.get_attachment(reads, id)
    links = conversations.links_of(desk, reads.actor, attachment, credential=credential, door=FILES)
    drawn = _draw(attachment)
    drawn["links"]["related"] = links.original
    return document(drawn, meta={"thumbnail": links.thumbnail, "preview": links.preview})


def _draw(attachment: Attachment) -> dict[str, Any]:
    attributes = {
        "name": attachment.name,
        "contentType": attachment.content_type,
        "contentLength": attachment.content_length,
        "width": attachment.width,
        "height": attachment.height,
        "hasThumbnail": attachment.has_thumbnail,
    }
    return resource("attachment", attachment.id, attributes, at=f"/c/v1/chat/attachments/{attachment.id}")
