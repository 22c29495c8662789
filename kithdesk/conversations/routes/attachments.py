"""Files: a slot, the upload, and links to what was uploaded."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.access.schemas import OneDocument
from kithdesk.conversations.attaching import Attachment, reserve_upload
from kithdesk.conversations.ids import AttachmentId
from kithdesk.conversations.linking import draw_linked, get_attachment, serve_file
from kithdesk.conversations.message_rendering import draw_attachment
from kithdesk.conversations.schemas import NewAttachment
from kithdesk.conversations.uploading import draw_slot, receive_upload
from kithdesk.core import json, web
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.web import StrictRoute, desk_of
from kithdesk.core.work import Work

router = APIRouter(tags=["attachments"], route_class=StrictRoute)


@router.post("/v1/attachments", status_code=201, response_model=OneDocument)
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


@router.post("/v1/uploads/{slot}", status_code=201, response_model=OneDocument)
async def post_upload(slot: str, request: Request) -> Response:
    """Takes the file. The address is its own permission, good for an hour and for one file."""
    attachment = await receive_upload(desk_of(request), slot, request)
    return Response(
        json.encode({"data": draw_attachment(attachment)}),
        201,
        {"Cache-Control": "no-store"},
        "application/json",
    )


@router.get("/v1/attachments/{id}", response_model=OneDocument)
async def get_one(id: str, request: Request, caller: AgentCaller) -> Response:
    """The attachment, with links that are good for 15 minutes: `links.related`, `meta.thumbnail`, `meta.preview`."""
    if not is_id(id):
        raise NotFound
    desk = desk_of(request)
    return await web.query(
        request, caller, lambda reads: draw_linked(desk, caller, get_attachment(reads, AttachmentId(id)))
    )


@router.get("/v1/messages/{message}/attachments/{id}", response_model=OneDocument)
async def get_one_of_message(message: str, id: str, request: Request, caller: AgentCaller) -> Response:
    """The same, by its message."""
    if not is_id(id) or not is_id(message):
        raise NotFound
    desk = desk_of(request)

    def linked(reads: Any) -> dict[str, Any]:
        attachment = get_attachment(reads, AttachmentId(id))
        if attachment.message != message:
            raise NotFound
        return draw_linked(desk, caller, attachment)

    return await web.query(request, caller, linked)


@router.get("/files/{token}", include_in_schema=True, response_class=Response)
async def get_file(token: str, request: Request) -> Response:
    """A file or its preview, by a link that names its reader. 404 once it is too old or the reader has no access."""
    return await serve_file(desk_of(request), token)
