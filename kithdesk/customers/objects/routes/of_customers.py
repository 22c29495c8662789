"""What belongs to one customer: their records."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument
from kithdesk.core.paging import PagedNear, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.ids import ObjectId
from kithdesk.customers.objects.queries import counts_of, get_klass, list_klasses, list_of_customer
from kithdesk.customers.objects.rendering import draw_object, draw_objects
from kithdesk.customers.objects.routes.records import create
from kithdesk.customers.objects.schemas import ObjectPut
from kithdesk.customers.pacing import paced
from kithdesk.customers.queries import get_customer

router = APIRouter(prefix="/v1/customers/{id}", tags=["kobjects"], route_class=StrictRoute)


@router.get("/kobjects", response_model=ListDocument, summary="List a customer's records")
async def get_objects(
    id: str,
    request: Request,
    caller: AgentCaller,
    page: PagedNear,
    klass: Annotated[str | None, Query(max_length=64, description="Of this klass only.")] = None,
) -> Response:
    """Of all klasses but those that are disabled, newest first, each with its card.

    `meta.klasses` says how many there are of each klass.
    """

    def listed(reads: Reads) -> dict[str, Any]:
        customer = get_customer(reads, _customer(id)).id
        klasses = [
            one.name
            for one in list_klasses(reads)
            if one.status != "disabled" and klass in (None, one.name, one.id)
        ]
        found, total = list_of_customer(reads, customer, klasses, limit=page.size, offset=page.offset)
        answer = paged(request, page, total, draw_objects(reads, found))
        counts = counts_of(reads, customer)
        answer["meta"]["klasses"] = {name: counts[name] for name in klasses if name in counts}
        return answer

    if klass is None:
        return await web.page_query(request, caller, listed, page)
    # They are picked out of all that the customer has.
    return await web.long_query(request, caller, listed)


@router.get("/klasses/{klass}", response_model=ListDocument, summary="List a customer's records of a klass")
async def get_objects_of_klass(
    id: str, klass: str, request: Request, caller: AgentCaller, page: PagedNear
) -> Response:
    """Newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        customer = get_customer(reads, _customer(id)).id
        name = get_klass(reads, klass).name
        found, total = list_of_customer(reads, customer, [name], limit=page.size, offset=page.offset)
        return paged(request, page, total, draw_objects(reads, found))

    return await web.long_query(request, caller, listed)


@router.post(
    "/klasses/{klass}", status_code=201, response_model=OneDocument, summary="Create a customer's record"
)
async def post_object(
    id: str, klass: str, body: ObjectPut, request: Request, caller: AgentCaller
) -> Response:
    """A new record of this customer."""
    verb = paced(request, caller, _create)
    return await web.command(request, caller, verb, _customer(id), klass, body, answer=_shown, status=201)


def _create(work: Work, customer: CustomerId, klass: str, body: ObjectPut) -> ObjectId:
    return create(work, klass, body, customer=get_customer(work, customer).id)


def _customer(text: str) -> CustomerId:
    return CustomerId(an_id(text))


def _shown(work: Work, id: ObjectId) -> dict[str, Any]:
    return draw_object(work, id)
