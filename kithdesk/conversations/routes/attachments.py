"""Files: a slot, the upload, and links to what was uploaded."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller, AnyCaller, recheck
from kithdesk.conversations.attaching import Attachment, reserve_upload
from kithdesk.conversations.file_links import AGENTS_DOOR, draw_linked, get_attachment, read_link, serve_file
from kithdesk.conversations.ids import AttachmentId
from kithdesk.conversations.message_rendering import draw_attachment
from kithdesk.conversations.schemas import NewAttachment
from kithdesk.conversations.uploading import draw_slot, receive_upload
from kithdesk.core import web
from kithdesk.core.documents import OneDocument, document
from kithdesk.core.errors import Forbidden, NotFound, Unauthorized
from kithdesk.core.ids import is_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import desk_of
from kithdesk.core.work import Reads, Work

router = APIRouter(tags=["attachments"], route_class=StrictRoute)


@router.post("/v1/attachments", status_code=201, response_model=OneDocument, summary="Reserve an upload")
async def post_attachment(body: NewAttachment, request: Request, caller: AgentCaller) -> Response:
    """A slot for one file. Send the file as multipart to `meta.upload.url`: the fields first, `file` last."""
    desk = desk_of(request)

    def slot(work: Work, attachment: Attachment) -> dict[str, Any]:
        return draw_slot(desk, work.organisation, attachment, "/v1/uploads")

    return await web.command(
        request,
        caller,
        reserve_upload,
        name=body.name,
        content_type=body.content_type,
        content_length=body.content_length,
        answer=slot,
        status=201,
    )


@router.post("/v1/uploads/{slot}", status_code=201, response_model=OneDocument, summary="Upload a file")
async def post_upload(slot: str, request: Request) -> Response:
    """Takes the file. The address is its own permission, good for an hour and for one file."""
    attachment = await receive_upload(desk_of(request), slot, request)
    return web.answer(document(draw_attachment(attachment)), None, 201)


@router.get("/v1/attachments/{id}", response_model=OneDocument, summary="Get a file's links")
async def get_one(id: str, request: Request, caller: AnyCaller) -> Response:
    """The attachment, with links that are good for 15 minutes: `links.related`, `meta.thumbnail`, `meta.preview`."""
    if not is_id(id):
        raise NotFound
    desk = desk_of(request)

    def linked(reads: Reads) -> dict[str, Any]:
        attachment = get_attachment(reads, AttachmentId(id))
        return draw_linked(desk, caller.actor, attachment, credential=caller.credential)

    return await web.query(request, caller.actor, linked)


@router.get(
    "/v1/messages/{message}/attachments/{id}", response_model=OneDocument, summary="Get a message's file"
)
async def get_one_of_message(message: str, id: str, request: Request, caller: AnyCaller) -> Response:
    """The same, by its message."""
    if not is_id(id) or not is_id(message):
        raise NotFound
    desk = desk_of(request)

    def linked(reads: Reads) -> dict[str, Any]:
        attachment = get_attachment(reads, AttachmentId(id))
        if attachment.message != message:
            raise NotFound
        return draw_linked(desk, caller.actor, attachment, credential=caller.credential)

    return await web.query(request, caller.actor, linked)


@router.get("/files/{token}", response_class=Response, summary="Download a file")
async def get_file(token: str, request: Request) -> Response:
    """A file or its preview, by a link made for one sign-in or key. 404 once it is too old, or they have no access."""
    desk = desk_of(request)
    link = read_link(desk, AGENTS_DOOR, token)
    try:
        reader = await recheck(desk, link.credential)
    except (Unauthorized, Forbidden):
        raise NotFound from None
    return await serve_file(desk, reader, link)
