"""`/v1/customers`: the records themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Body, Query, Request, Response

from kithdesk import access
from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.core import web
from kithdesk.core.bulk import IDS, ITEMS, BulkDocument, do_each, ids_to_delete
from kithdesk.core.documents import ListDocument, OneDocument, SeveralDocument, document, instant_of, resource
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.names import mailbox_key
from kithdesk.core.paging import PagedNear, paged
from kithdesk.core.paths import an_id, ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers.addresses import clean_phone
from kithdesk.customers.creating import create_customer, update_customer
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.lists import list_customers
from kithdesk.customers.pacing import paced
from kithdesk.customers.profile import AddressKind, Profile
from kithdesk.customers.queries import (
    count_customers,
    find_by_address,
    find_by_shared_address,
    find_customers,
    get_customer,
)
from kithdesk.customers.removing import remove_customer
from kithdesk.customers.rendering import draw_customer, draw_customers
from kithdesk.customers.schemas import (
    CustomerChange,
    NewCustomer,
    changes_of,
    replacement_of,
)
from kithdesk.customers.settings import CustomerSettings, change_customer_settings, phone_region

router = APIRouter(prefix="/v1/customers", tags=["customers"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List customers")
async def get_customers(request: Request, caller: AgentCaller, page: PagedNear) -> Response:
    """Newest first, at most 100 pages: a search by criteria finds the others."""

    def listed(reads: Reads) -> dict[str, Any]:
        found = list_customers(reads, limit=page.size, offset=page.offset)
        return paged(request, page, count_customers(reads), draw_customers(reads, found))

    return await web.page_query(request, caller, listed, page)


@router.post("", status_code=201, response_model=OneDocument, summary="Create a customer")
async def post_customer(body: NewCustomer, request: Request, caller: AgentCaller) -> Response:
    """A new record. An e-mail, phone or external id that another customer has is a conflict."""
    return await web.command(request, caller, _create, body, answer=_shown, status=201)


def _create(work: Work, body: NewCustomer) -> CustomerId:
    imported = instant_of(body.imported_at, "importedAt")
    return create_customer(
        work,
        Profile(**changes_of(body, Profile(), region=phone_region(work, body.locale))),
        source="api" if imported is None else "import",
        created_at=instant_of(body.created_at, "createdAt"),
        imported_at=imported,
    )


@router.get("/email={email}", response_model=OneDocument, summary="Find a customer by e-mail")
async def get_by_email(email: str, request: Request, caller: AgentCaller) -> Response:
    """Whose e-mail address it is, however its letters are written. One that is shared finds somebody only if nobody
    else has it."""
    return await web.query(request, caller, _by_address, "email", lambda _reads: mailbox_key(email))


@router.get("/phone={phone}", response_model=OneDocument, summary="Find a customer by telephone")
async def get_by_phone(phone: str, request: Request, caller: AgentCaller) -> Response:
    """Whose telephone number it is, in any spelling; without its country it is read in the organisation's."""

    def number(reads: Reads) -> str:
        return clean_phone(phone, parameter="phone", region=phone_region(reads))

    return await web.query(request, caller, _by_address, "phone", number)


@router.get("/externalId={external_id}", response_model=OneDocument, summary="Find a customer by external id")
async def get_by_external_id(external_id: str, request: Request, caller: AgentCaller) -> Response:
    """The customer whom another system knows by this id."""
    return await web.query(request, caller, _by_address, "external_id", lambda _reads: external_id)


def _by_address(reads: Reads, kind: AddressKind, read: Callable[[Reads], str]) -> dict[str, Any]:
    try:
        value = read(reads)
        value.encode()
    except (BadParameter, UnicodeEncodeError):
        raise NotFound from None
    id = find_by_address(reads, kind, value) or find_by_shared_address(reads, kind, value)
    if id is None:
        raise NotFound
    return _document(reads, id)


@router.get("/settings", response_model=OneDocument, summary="Get how customer records are read")
async def get_settings(request: Request, caller: AgentCaller) -> Response:
    """`phoneRegion`: the country in which telephone numbers without one are read, as two letters; empty for none."""
    return await web.query(request, caller, _draw_settings)


@router.put("/settings", response_model=OneDocument, summary="Change how customer records are read")
async def put_settings(
    request: Request, caller: AdminCaller, changes: Annotated[dict[str, Any], Body()]
) -> Response:
    """Sets what is named. Numbers that are kept already stay as they are."""
    return await web.command(
        request, caller, change_customer_settings, changes, answer=lambda work, _: _draw_settings(work)
    )


def _draw_settings(reads: Reads) -> dict[str, Any]:
    settings = msgspec.to_builtins(access.read_settings(reads, CustomerSettings))
    return document(resource("customer_settings", reads.organisation, settings, at="/v1/customers/settings"))


@router.post("/bulk", status_code=201, response_model=BulkDocument, summary="Create several customers")
async def post_customers(request: Request, caller: AgentCaller, items: ITEMS) -> Response:
    """Up to 100 bodies of `POST /v1/customers`, each done or refused for itself, in order."""
    return await do_each(request, caller, items, NewCustomer, _create, status=201)


@router.put("/bulk", status_code=201, response_model=BulkDocument, summary="Change several customers")
async def put_customers(request: Request, caller: AgentCaller, items: ITEMS) -> Response:
    """Up to 100 bodies of `PUT /v1/customers/{id}`, each with its `id`, each for itself, in order."""
    return await do_each(request, caller, items, CustomerChange, paced(request, caller, _put))


@router.delete("/bulk", status_code=201, response_model=BulkDocument, summary="Remove several customers")
async def delete_customers(request: Request, caller: AdminCaller, ids: IDS) -> Response:
    """Up to 100 ids with commas, each for itself."""
    return await do_each(request, caller, ids_to_delete(ids), None, _remove, status=204)


@router.delete("/{id}", status_code=204, summary="Remove a customer")
async def delete_customer(id: str, request: Request, caller: AdminCaller) -> Response:
    """Takes away a record that was made by mistake. One with a past (a conversation, a custom object, a browser, a
    merge, a tracked event) is a conflict."""
    return await web.command(request, caller, _remove, _id(id))


@router.get("/{ids}", response_model=OneDocument | SeveralDocument, summary="Get one or more customers")
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One customer, or up to 100 with commas, which answers a list of those that exist.

    An id that was merged away answers with the record it became.
    """
    if "," not in ids:
        return await web.query(request, caller, _document, _id(ids))
    wanted = ids_of(ids)

    def several(reads: Reads) -> dict[str, Any]:
        return document(draw_customers(reads, find_customers(reads, wanted)))

    return await web.query(request, caller, several)


@router.patch("/{id}", response_model=OneDocument, summary="Change a customer")
async def patch_customer(id: str, body: CustomerChange, request: Request, caller: AgentCaller) -> Response:
    """Sets what is given and leaves the rest. A null in `custom` clears that attribute."""
    return await web.command(request, caller, paced(request, caller, _patch), _id(id), body, answer=_shown)


@router.put("/{id}", response_model=OneDocument, summary="Change or replace a customer")
async def put_customer(
    id: str,
    body: CustomerChange,
    request: Request,
    caller: AgentCaller,
    replace: Annotated[bool, Query(description="Clears what the body leaves out.")] = False,
) -> Response:
    """The same, but that a customer whose `company` is left out has none; with `?replace=true` whatever is left out is
    cleared."""
    return await web.command(
        request, caller, paced(request, caller, _put), body, _id(id), replace, answer=_shown
    )


def _patch(work: Work, id: CustomerId, body: CustomerChange) -> CustomerId:
    changes = _changes(get_customer(work, id).profile, work, body)
    return update_customer(work, id, changes, rev=body.rev)


def _put(work: Work, body: CustomerChange, id: str, replace: bool = False) -> CustomerId:
    customer = get_customer(work, _id(id))
    changes = _changes(customer.profile, work, body)
    if replace:
        changes = replacement_of(changes, customer.profile)
    return update_customer(
        work, customer.id, changes, rev=body.rev, replaces_custom=replace, keeps_company=False
    )


def _remove(work: Work, id: str) -> CustomerId:
    customer = _id(id)
    remove_customer(work, customer)
    return customer


def _changes(known: Profile, reads: Reads, body: CustomerChange) -> dict[str, Any]:
    locale = body.locale if "locale" in body.model_fields_set else known.locale
    return changes_of(body, known, region=phone_region(reads, locale))


def _id(text: str) -> CustomerId:
    return CustomerId(an_id(text))


def _document(reads: Reads, id: CustomerId) -> dict[str, Any]:
    return document(draw_customer(reads, get_customer(reads, id)))


def _shown(work: Work, id: CustomerId) -> dict[str, Any]:
    return _document(work, id)
