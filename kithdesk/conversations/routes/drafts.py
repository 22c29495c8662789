"""The caller's own unsent text in a conversation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.access.schemas import OneDocument
from kithdesk.conversations.drafting import Draft, discard_draft, get_draft, save_draft
from kithdesk.conversations.ids import AttachmentId
from kithdesk.conversations.message_rendering import draw_draft
from kithdesk.conversations.routes.paths import conversation_of
from kithdesk.conversations.schemas import DraftBody
from kithdesk.core import web
from kithdesk.core.web import StrictRoute
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/v1/conversations/{id}/drafts/current", tags=["drafts"], route_class=StrictRoute)


@router.get("", response_model=OneDocument)
async def get_current(id: str, request: Request, caller: AgentCaller) -> Response:
    """404 when there is none."""

    def drawn(reads: Reads) -> dict[str, Any]:
        return {"data": draw_draft(get_draft(reads, conversation_of(id)))}

    return await web.query(request, caller, drawn)


@router.put("", response_model=OneDocument)
async def put_current(id: str, body: DraftBody, request: Request, caller: AgentCaller) -> Response:
    """Saves it. `revision` is the one it was made from: when another was saved since, 409."""

    def drawn(_work: Work, draft: Draft) -> dict[str, Any]:
        return {"data": draw_draft(draft)}

    return await web.command(
        request,
        caller,
        save_draft,
        conversation_of(id),
        kind=body.kind,
        body=body.body,
        attachments=[AttachmentId(one) for one in body.attachments],
        revision=body.revision,
        answer=drawn,
    )


@router.delete("", status_code=204)
async def delete_current(id: str, request: Request, caller: AgentCaller) -> Response:
    """Forgets it."""

    def nothing(_work: Work, _value: None) -> None:
        return None

    return await web.command(request, caller, discard_draft, conversation_of(id), answer=nothing, status=204)
