"""`/v1/customers/merges`: making one record of two, and two again. Here, because conversations go along."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller, note_audit
from kithdesk.conversations.merging import merge_customers, preview_merge, undo_merge
from kithdesk.conversations.schemas import MergeBody
from kithdesk.core import web
from kithdesk.core.documents import OneDocument, document
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId, Merge, get_merge, merge_resource, preview_document

router = APIRouter(prefix="/v1/customers/merges", tags=["customers"], route_class=StrictRoute)


@router.post("", status_code=201, response_model=OneDocument, summary="Merge two customers")
async def post_merge(body: MergeBody, request: Request, caller: AgentCaller) -> Response:
    """Makes `source` a part of `target`: the target's word counts where one has to, lists are joined, and
    conversations, custom objects and browsers move. Merging again answers the first merge.
    """
    source, target = CustomerId(body.source), CustomerId(body.target)
    response = await web.command(request, caller, merge_customers, source, target, answer=_shown, status=201)
    note_audit("customer.merged", actor=caller, source=source, target=target)
    return response


@router.post("/preview", response_model=OneDocument, summary="Preview a merge")
async def post_preview(body: MergeBody, request: Request, caller: AgentCaller) -> Response:
    """What the merge would make, without making it: the result, the fields that differ, and how much moves."""

    def previewed(reads: Reads) -> dict[str, Any]:
        return preview_document(reads, preview_merge(reads, CustomerId(body.source), CustomerId(body.target)))

    return await web.query(request, caller, previewed)


@router.get("/{id}", response_model=OneDocument, summary="Get a merge")
async def get_one(id: str, request: Request, caller: AgentCaller) -> Response:
    """A merge, and until when it can be undone."""
    return await web.query(request, caller, _document, an_id(id))


@router.post("/{id}/undo", response_model=OneDocument, summary="Undo a merge")
async def post_undo(id: str, request: Request, caller: AgentCaller) -> Response:
    """Takes the two apart again, within thirty days. Undoing again changes nothing."""
    response = await web.command(request, caller, undo_merge, an_id(id), answer=_shown)
    note_audit("customer.unmerged", actor=caller, merge=id)
    return response


def _document(reads: Reads, id: str) -> dict[str, Any]:
    return document(merge_resource(get_merge(reads, id)))


def _shown(_work: Work, merge: Merge) -> dict[str, Any]:
    return document(merge_resource(merge))
