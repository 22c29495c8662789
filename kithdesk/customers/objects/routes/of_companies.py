"""What belongs to one company: its records."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core import web
from kithdesk.core.actors import Actor
from kithdesk.core.documents import ListDocument, OneDocument
from kithdesk.core.paging import Page, PagedNear, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers.companies.ids import CompanyId
from kithdesk.customers.companies.queries import get_company
from kithdesk.customers.objects.ids import ObjectId
from kithdesk.customers.objects.queries import get_klass, list_klasses, list_of_company
from kithdesk.customers.objects.rendering import draw_object, draw_objects
from kithdesk.customers.objects.routes.records import create
from kithdesk.customers.objects.schemas import ObjectPut
from kithdesk.customers.pacing import paced

router = APIRouter(prefix="/v1/companies/{id}", tags=["kobjects"], route_class=StrictRoute)


@router.get("/kobjects", response_model=ListDocument, summary="List a company's records")
async def get_objects(id: str, request: Request, caller: AgentCaller, page: PagedNear) -> Response:
    """Of all klasses but those that are disabled, newest first. Those of its customers are theirs."""
    return await _answered(request, caller, page, _company(id), None)


@router.get("/klasses/{klass}", response_model=ListDocument, summary="List a company's records of a klass")
async def get_objects_of_klass(
    id: str, klass: str, request: Request, caller: AgentCaller, page: PagedNear
) -> Response:
    """Newest first."""
    return await _answered(request, caller, page, _company(id), klass)


@router.post(
    "/klasses/{klass}", status_code=201, response_model=OneDocument, summary="Create a company's record"
)
async def post_object(
    id: str, klass: str, body: ObjectPut, request: Request, caller: AgentCaller
) -> Response:
    """A new record of this company."""
    verb = paced(request, caller, _create)
    return await web.command(request, caller, verb, _company(id), klass, body, answer=_shown, status=201)


async def _answered(
    request: Request, caller: Actor, page: Page, company: CompanyId, klass: str | None
) -> Response:
    # They are counted each time, and a program may have put any number there.
    return await web.long_query(request, caller, _listed, request, page, company, klass)


def _listed(
    reads: Reads, request: Request, page: Page, company: CompanyId, klass: str | None
) -> dict[str, Any]:
    id = get_company(reads, company).id
    if klass is None:
        names = [one.name for one in list_klasses(reads) if one.status != "disabled"]
    else:
        names = [get_klass(reads, klass).name]
    found, total = list_of_company(reads, id, names, limit=page.size, offset=page.offset)
    return paged(request, page, total, draw_objects(reads, found))


def _create(work: Work, company: CompanyId, klass: str, body: ObjectPut) -> ObjectId:
    return create(work, klass, body, company=get_company(work, company).id)


def _company(text: str) -> CompanyId:
    return CompanyId(an_id(text))


def _shown(work: Work, id: ObjectId) -> dict[str, Any]:
    return draw_object(work, id)
