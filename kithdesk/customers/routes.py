"""`/v1/customers`: the records themselves. What was said with them is in the routes of conversations and timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, SeveralDocument, document, instant_of
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.names import mailbox_key
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id, ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers.addresses import clean_phone
from kithdesk.customers.creating import create_customer, update_customer
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.profile import AddressKind, Profile
from kithdesk.customers.queries import (
    count_customers,
    find_by_address,
    find_customers,
    get_customer,
    list_customers,
)
from kithdesk.customers.rendering import customer_resource
from kithdesk.customers.schemas import (
    CustomerChange,
    NewCustomer,
    changes_of,
    replacement_of,
)

router = APIRouter(prefix="/v1/customers", tags=["customers"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List customers")
async def get_customers(request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        found = list_customers(reads, limit=page.size, offset=page.offset)
        data = [customer_resource(one, reads.organisation) for one in found]
        return paged(request, page, count_customers(reads), data)

    return await web.query(request, caller, listed)


@router.post("", status_code=201, response_model=OneDocument, summary="Create a customer")
async def post_customer(body: NewCustomer, request: Request, caller: AgentCaller) -> Response:
    """A new record. An e-mail, phone or external id that another customer has is a conflict."""
    return await web.command(request, caller, _create, body, answer=_shown, status=201)


def _create(work: Work, body: NewCustomer) -> CustomerId:
    imported = instant_of(body.imported_at, "importedAt")
    return create_customer(
        work,
        Profile(**changes_of(body, Profile())),
        source="api" if imported is None else "import",
        created_at=instant_of(body.created_at, "createdAt"),
        imported_at=imported,
    )


@router.get("/email={email}", response_model=OneDocument, summary="Find a customer by e-mail")
async def get_by_email(email: str, request: Request, caller: AgentCaller) -> Response:
    """Whose e-mail address it is, however its letters are written."""
    return await web.query(request, caller, _by_address, "email", lambda: mailbox_key(email))


@router.get("/phone={phone}", response_model=OneDocument, summary="Find a customer by telephone")
async def get_by_phone(phone: str, request: Request, caller: AgentCaller) -> Response:
    """Whose telephone number it is."""
    return await web.query(
        request, caller, _by_address, "phone", lambda: clean_phone(phone, parameter="phone")
    )


@router.get("/externalId={external_id}", response_model=OneDocument, summary="Find a customer by external id")
async def get_by_external_id(external_id: str, request: Request, caller: AgentCaller) -> Response:
    """The customer whom another system knows by this id."""
    return await web.query(request, caller, _by_address, "external_id", lambda: external_id)


def _by_address(reads: Reads, kind: AddressKind, read: Callable[[], str]) -> dict[str, Any]:
    try:
        value = read()
        value.encode()
    except (BadParameter, UnicodeEncodeError):
        raise NotFound from None
    id = find_by_address(reads, kind, value)
    if id is None:
        raise NotFound
    return _document(reads, id)


@router.get("/{ids}", response_model=OneDocument | SeveralDocument, summary="Get one or more customers")
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One customer, or up to 100 with commas, which answers a list of those that exist.

    An id that was merged away answers with the record it became.
    """
    if "," not in ids:
        return await web.query(request, caller, _document, _id(ids))
    wanted = ids_of(ids)

    def several(reads: Reads) -> dict[str, Any]:
        return document([customer_resource(one, reads.organisation) for one in find_customers(reads, wanted)])

    return await web.query(request, caller, several)


@router.patch("/{id}", response_model=OneDocument, summary="Change a customer")
async def patch_customer(id: str, body: CustomerChange, request: Request, caller: AgentCaller) -> Response:
    """Sets what is given and leaves the rest. A null in `custom` clears that attribute."""
    return await web.command(request, caller, _change, _id(id), body, False, answer=_shown)


@router.put("/{id}", response_model=OneDocument, summary="Change or replace a customer")
async def put_customer(
    id: str,
    body: CustomerChange,
    request: Request,
    caller: AgentCaller,
    replace: Annotated[bool, Query(description="Clears what the body leaves out.")] = False,
) -> Response:
    """The same; with `?replace=true` what is left out is cleared."""
    return await web.command(request, caller, _change, _id(id), body, replace, answer=_shown)


def _change(work: Work, id: CustomerId, body: CustomerChange, replace: bool) -> CustomerId:
    known = get_customer(work, id).profile
    changes = changes_of(body, known)
    if replace:
        changes = replacement_of(changes, known)
    return update_customer(work, id, changes, rev=body.rev)


def _id(text: str) -> CustomerId:
    return CustomerId(an_id(text))


def _document(reads: Reads, id: CustomerId) -> dict[str, Any]:
    return document(customer_resource(get_customer(reads, id), reads.organisation))


def _shown(work: Work, id: CustomerId) -> dict[str, Any]:
    return _document(work, id)
