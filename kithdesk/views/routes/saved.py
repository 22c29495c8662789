"""Saved views and their counts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core import web
from kithdesk.core.documents import Listed, One, document
from kithdesk.core.paging import Paged, PagedLong, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.views import schemas
from kithdesk.views.counting import count_in_time
from kithdesk.views.ids import ViewId
from kithdesk.views.queries import SavedView, list_views
from kithdesk.views.rendering import count_resource, draw_view, view_resource
from kithdesk.views.saving import change_view, create_view, remove_view

router = APIRouter(prefix="/v1/views", tags=["views"], route_class=StrictRoute)


@router.get("", response_model=Listed[schemas.View], summary="List saved views")
async def get_views(request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Shared ones first, then your own, each in its place."""

    def listed(reads: Reads) -> dict[str, Any]:
        views = list_views(reads)
        return paged(request, page, len(views), [view_resource(reads, view) for view in page.of(views)])

    return await web.query(request, caller, listed)


@router.post("", status_code=201, response_model=One[schemas.View], summary="Save a view")
async def post_view(body: schemas.NewView, request: Request, caller: AgentCaller) -> Response:
    """Keeps a search under a name, for yourself or with `isShared` for all agents."""
    return await web.command(
        request, caller, create_view, body.context, body.as_wish(), answer=_shown, status=201
    )


@router.get("/counts", response_model=Listed[schemas.ViewCount], summary="Count saved views")
async def get_counts(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """How much each view that you see finds just now, in the order of the list. One whose count takes longer than a
    second says that it is not finished, and so do those for which there is no time in five."""
    desk = web.desk_of(request)
    views = await desk.read(list_views, by=caller)
    counts = await count_in_time(desk, page.of(views.value), by=caller)
    data = [count_resource(id, count) for id, count in counts.items()]
    # Of the first snapshot of several: a client that goes on from it misses nothing.
    return web.answer(paged(request, page, len(views.value), data), views.position)


@router.get("/{id}", response_model=One[schemas.View], summary="Get a saved view")
async def get_view(id: str, request: Request, caller: AgentCaller) -> Response:
    """One view: a shared one, or your own."""
    view = _id(id)
    return await web.query(request, caller, lambda reads: document(draw_view(reads, view)))


@router.put("/{id}", response_model=One[schemas.View], summary="Change a saved view")
async def put_view(id: str, body: schemas.ViewChange, request: Request, caller: AgentCaller) -> Response:
    """Sets what is given. A shared view is changed by who made it, and by administrators."""
    view = _id(id)
    return await web.command(
        request, caller, change_view, view, body.as_wish(), rev=body.rev, answer=_changed
    )


@router.delete("/{id}", status_code=204, summary="Remove a saved view")
async def delete_view(id: str, request: Request, caller: AgentCaller) -> Response:
    """What it found stays."""
    return await web.command(request, caller, remove_view, _id(id))


def _shown(work: Work, id: ViewId) -> dict[str, Any]:
    return document(draw_view(work, id))


def _changed(work: Work, view: SavedView) -> dict[str, Any]:
    return document(view_resource(work, view))


def _id(text: str) -> ViewId:
    return ViewId(an_id(text))
