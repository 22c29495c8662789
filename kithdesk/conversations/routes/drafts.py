"""The caller's own unsent text in a conversation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations.drafting import Draft, discard_draft, find_draft, save_draft
from kithdesk.conversations.ids import AttachmentId
from kithdesk.conversations.message_rendering import draw_draft
from kithdesk.conversations.routes.paths import conversation_of
from kithdesk.conversations.schemas import DraftBody, DraftDocument
from kithdesk.core import web
from kithdesk.core.documents import OneDocument, document
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/v1/conversations/{id}/drafts/current", tags=["drafts"], route_class=StrictRoute)


@router.get("", response_model=DraftDocument, summary="Get one's draft")
async def get_current(id: str, request: Request, caller: AgentCaller) -> Response:
    """`data` is null when there is none: most conversations have none, and asking is no mistake."""

    def drawn(reads: Reads) -> dict[str, Any]:
        draft = find_draft(reads, conversation_of(id))
        return {"data": None} if draft is None else document(draw_draft(draft))

    return await web.query(request, caller, drawn)


@router.put("", response_model=OneDocument, summary="Save one's draft")
async def put_current(id: str, body: DraftBody, request: Request, caller: AgentCaller) -> Response:
    """Saves it. `revision` is the one it was made from: when another was saved since, 409."""

    def drawn(_work: Work, draft: Draft) -> dict[str, Any]:
        return document(draw_draft(draft))

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


@router.delete("", status_code=204, summary="Discard one's draft")
async def delete_current(id: str, request: Request, caller: AgentCaller) -> Response:
    """Forgets it."""
    return await web.command(request, caller, discard_draft, conversation_of(id))
