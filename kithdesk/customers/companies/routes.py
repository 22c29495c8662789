"""`/v1/companies`: the records of companies, and who is of them."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Body, Query, Request, Response

from kithdesk import access
from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.core import web
from kithdesk.core.bulk import IDS, ITEMS, BulkDocument, do_each, ids_to_delete
from kithdesk.core.documents import (
    ListDocument,
    OneDocument,
    SeveralDocument,
    document,
    instant_of,
    resource,
)
from kithdesk.core.paging import PagedNear, paged
from kithdesk.core.paths import an_id, ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers.companies.creating import create_company, delete_company, update_company
from kithdesk.customers.companies.ids import CompanyId
from kithdesk.customers.companies.profile import CompanyProfile
from kithdesk.customers.companies.queries import (
    find_by_key,
    find_companies,
    get_company,
    list_companies,
    list_members,
)
from kithdesk.customers.companies.rendering import draw_companies
from kithdesk.customers.companies.schemas import CompanyChange, NewCompany, changes_of, replacement_of
from kithdesk.customers.queries import find_customers
from kithdesk.customers.rendering import draw_customers
from kithdesk.customers.settings import CompanySettings, phone_region

router = APIRouter(prefix="/v1/companies", tags=["companies"], route_class=StrictRoute)
_REPLACE = Query(description="Clears what the body leaves out.")
_PREFIX = Query(alias="filter", max_length=255, description="Whose name begins with these letters.")
_EXTERNAL_ID = Query(alias="externalId", max_length=255, description="The one known by this id elsewhere.")


@router.get("", response_model=ListDocument, summary="List companies")
async def get_companies(
    request: Request,
    caller: AgentCaller,
    page: PagedNear,
    prefix: Annotated[str, _PREFIX] = "",
    external_id: Annotated[str | None, _EXTERNAL_ID] = None,
) -> Response:
    """Newest first, at most 100 pages."""

    def listed(reads: Reads) -> dict[str, Any]:
        if external_id is not None:
            id = find_by_key(reads, "external_id", external_id)
            only = find_companies(reads, [id]) if id is not None else {}
            return paged(request, page, len(only), draw_companies(reads, page.of([*only.values()])))
        found, total = list_companies(reads, prefix=prefix, limit=page.size, offset=page.offset)
        return paged(request, page, total, draw_companies(reads, found))

    if prefix:  # they are looked for and counted each time
        return await web.long_query(request, caller, listed)
    return await web.page_query(request, caller, listed, page)


@router.post("", status_code=201, response_model=OneDocument, summary="Create a company")
async def post_company(body: NewCompany, request: Request, caller: AgentCaller) -> Response:
    """A new record. A domain or external id that another company has is a conflict."""
    return await web.command(request, caller, _create, body, answer=_shown, status=201)


@router.get("/settings", response_model=OneDocument, summary="Get what companies are set to do")
async def get_settings(request: Request, caller: AgentCaller) -> Response:
    """`joinByDomain`: a customer without a company joins the one whose domain their e-mail has."""
    return await web.query(request, caller, _draw_settings)


@router.put("/settings", response_model=OneDocument, summary="Change what companies are set to do")
async def put_settings(
    request: Request, caller: AdminCaller, changes: Annotated[dict[str, Any], Body()]
) -> Response:
    """Sets what is named. Customers that are there already join at their next change."""
    return await web.command(
        request,
        caller,
        access.change_settings,
        CompanySettings,
        changes,
        answer=lambda work, _: _draw_settings(work),
    )


@router.post("/bulk", status_code=201, response_model=BulkDocument, summary="Create several companies")
async def post_companies(request: Request, caller: AgentCaller, items: ITEMS) -> Response:
    """Up to 100 bodies of `POST /v1/companies`, each done or refused for itself, in order."""
    return await do_each(request, caller, items, NewCompany, _create, status=201)


@router.put("/bulk", status_code=201, response_model=BulkDocument, summary="Change several companies")
async def put_companies(request: Request, caller: AgentCaller, items: ITEMS) -> Response:
    """Up to 100 bodies of `PUT /v1/companies/{id}`, each with its `id`, each for itself, in order."""
    return await do_each(request, caller, items, CompanyChange, _put)


@router.delete("/bulk", status_code=201, response_model=BulkDocument, summary="Delete several companies")
async def delete_companies(request: Request, caller: AdminCaller, ids: IDS) -> Response:
    """Up to 100 ids with commas, each for itself."""
    return await do_each(request, caller, ids_to_delete(ids), None, _delete, status=204)


@router.get("/{ids}", response_model=OneDocument | SeveralDocument, summary="Get one or more companies")
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One company, or up to 100 with commas, which answers a list of those that exist."""
    if "," not in ids:
        return await web.query(request, caller, _document, _id(ids))
    wanted = ids_of(ids)

    def several(reads: Reads) -> dict[str, Any]:
        found = find_companies(reads, wanted)
        return document(draw_companies(reads, [found[id] for id in wanted if id in found]))

    return await web.query(request, caller, several)


@router.get("/{id}/customers", response_model=ListDocument, summary="List the customers of a company")
async def get_members(id: str, request: Request, caller: AgentCaller, page: PagedNear) -> Response:
    """Newest first, at most 100 pages."""
    company = _id(id)

    def listed(reads: Reads) -> dict[str, Any]:
        get_company(reads, company)
        ids, total = list_members(reads, company, limit=page.size, offset=page.offset)
        return paged(request, page, total, draw_customers(reads, find_customers(reads, ids)))

    # They are counted each time, and may be as many as there are customers.
    return await web.long_query(request, caller, listed)


@router.patch("/{id}", response_model=OneDocument, summary="Change a company")
async def patch_company(id: str, body: CompanyChange, request: Request, caller: AgentCaller) -> Response:
    """Sets what is given and leaves the rest. A null in `custom` clears that attribute."""
    return await web.command(request, caller, _change, _id(id), body, answer=_shown)


@router.put("/{id}", response_model=OneDocument, summary="Change or replace a company")
async def put_company(
    id: str,
    body: CompanyChange,
    request: Request,
    caller: AgentCaller,
    replace: Annotated[bool, _REPLACE] = False,
) -> Response:
    """The same; with `?replace=true` what is left out is cleared, but for the name."""
    return await web.command(request, caller, _change, _id(id), body, replace, answer=_shown)


@router.delete("/{id}", status_code=204, summary="Delete a company")
async def delete_one(id: str, request: Request, caller: AdminCaller) -> Response:
    """Takes the record away. Its customers stay, and have no company."""
    return await web.command(request, caller, delete_company, _id(id))


def _create(work: Work, body: NewCompany) -> CompanyId:
    return create_company(
        work,
        CompanyProfile(**changes_of(body, phone_region(work))),
        created_at=instant_of(body.created_at, "createdAt"),
        imported_at=instant_of(body.imported_at, "importedAt"),
    )


def _put(work: Work, body: CompanyChange, id: str) -> CompanyId:
    return _change(work, _id(id), body)


def _change(work: Work, id: CompanyId, body: CompanyChange, replace: bool = False) -> CompanyId:
    changes = changes_of(body, phone_region(work))
    if replace:
        changes = replacement_of(changes)
    return update_company(work, id, changes, rev=body.rev, replaces_custom=replace)


def _delete(work: Work, id: str) -> CompanyId:
    company = _id(id)
    delete_company(work, company)
    return company


def _id(text: str) -> CompanyId:
    return CompanyId(an_id(text))


def _document(reads: Reads, id: CompanyId) -> dict[str, Any]:
    return document(draw_companies(reads, [get_company(reads, id)])[0])


def _shown(work: Work, id: CompanyId) -> dict[str, Any]:
    return _document(work, id)


def _draw_settings(reads: Reads) -> dict[str, Any]:
    settings = msgspec.to_builtins(access.read_settings(reads, CompanySettings))
    return document(resource("company_settings", reads.organisation, settings, at="/v1/companies/settings"))
