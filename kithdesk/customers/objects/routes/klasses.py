"""`/v1/klasses`: the kinds of records. A name after it leads to the records of that kind, an id to the kind itself."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument
from kithdesk.core.ids import is_id
from kithdesk.core.paging import Paged, PagedNear, paged
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers.addresses import clean_external_id
from kithdesk.customers.objects.entities import Klass
from kithdesk.customers.objects.klasses import change_klass, create_klass, remove_klass
from kithdesk.customers.objects.queries import find_by_external_id, get_klass, list_klasses, list_of_klass
from kithdesk.customers.objects.rendering import draw_klass, draw_named_klass, draw_objects
from kithdesk.customers.objects.schemas import KlassChange, NewKlass

router = APIRouter(prefix="/v1/klasses", tags=["klasses"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List klasses")
async def get_klasses(request: Request, caller: AgentCaller, page: Paged) -> Response:
    """By name, with those that are disabled."""

    def listed(reads: Reads) -> dict[str, Any]:
        known = list_klasses(reads)
        return paged(request, page, len(known), [draw_klass(reads, one) for one in page.of(known)])

    return await web.query(request, caller, listed)


@router.post("", response_model=OneDocument, summary="Create a klass")
async def post_klass(body: NewKlass, request: Request, caller: AdminCaller) -> Response:
    """A new kind of record, with the attributes in `metadata.properties`."""
    return await web.command(request, caller, create_klass, body.name, body.wish, answer=_shown)


@router.get("/{klass}", response_model=OneDocument | ListDocument, summary="Get a klass, or list its records")
async def get_klass_or_records(
    klass: str,
    request: Request,
    caller: AgentCaller,
    page: PagedNear,
    external_id: Annotated[
        str | None, Query(alias="externalId", max_length=255, description="The record of this external id.")
    ] = None,
) -> Response:
    """An id answers with the klass; a name with its records, newest first, at most 100 pages."""
    if is_id(klass):
        return await web.query(request, caller, draw_named_klass, klass)

    def listed(reads: Reads) -> dict[str, Any]:
        name = get_klass(reads, klass).name
        if external_id is None:
            found, total = list_of_klass(reads, name, limit=page.size, offset=page.offset)
            return paged(request, page, total, draw_objects(reads, found))
        known = find_by_external_id(reads, name, clean_external_id(external_id, parameter="externalId"))
        named = [] if known is None else [known]
        return paged(request, page, len(named), draw_objects(reads, page.of(named)))

    return await web.page_query(request, caller, listed, page)


@router.put("/{klass}", response_model=OneDocument, summary="Change a klass")
async def put_klass(klass: str, body: KlassChange, request: Request, caller: AdminCaller) -> Response:
    """Sets what is given and leaves the rest, by id or name. A null in `metadata.properties` removes an attribute."""
    return await web.command(request, caller, change_klass, klass, body.wish, rev=body.rev, answer=_shown)


@router.delete("/{klass}", status_code=204, summary="Delete a klass")
async def delete_klass(klass: str, request: Request, caller: AdminCaller) -> Response:
    """By id or name. One with records is a conflict: its status puts it away."""
    return await web.command(request, caller, remove_klass, klass)


def _shown(work: Work, klass: Klass) -> dict[str, Any]:
    return draw_named_klass(work, klass.name)
