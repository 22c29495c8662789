"""`/v1/tracking/event`: what the company's own systems tell of a customer."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kithdesk.access import TrackingCaller
from kithdesk.core import web
from kithdesk.core.documents import instant_of
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.names import mailbox_key
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Work
from kithdesk.customers.addresses import clean_phone
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.schemas import TrackingBody
from kithdesk.customers.objects.tracking import track
from kithdesk.customers.pacing import paced
from kithdesk.customers.queries import find_by_address
from kithdesk.customers.settings import phone_region

router = APIRouter(prefix="/v1/tracking", tags=["tracking"], route_class=StrictRoute)


@router.post("/event", status_code=204, summary="Track an event of a customer")
async def post_event(body: TrackingBody, request: Request, caller: TrackingCaller) -> Response:
    """Puts an event of the company's own on a customer's timeline.

    The customer is `customer`, or whoever has the address in `identity`; nobody is made or merged by it. A key with
    `org.tracking` may do this and nothing else.
    """
    return await web.command(request, caller, paced(request, caller, _track), body)


def _track(work: Work, body: TrackingBody) -> CustomerId:
    return track(work, _whom(work, body), body.name, body.meta, at=instant_of(body.at, "at"))


def _whom(work: Work, body: TrackingBody) -> CustomerId:
    who = body.identity
    named = body.customer or (None if who is None else who.id)
    if named is not None:
        return CustomerId(named)
    found = None
    if who is not None and who.external_id is not None:
        found = find_by_address(work, "external_id", who.external_id)
    elif who is not None and who.email is not None:
        found = find_by_address(work, "email", mailbox_key(who.email))
    elif who is not None and who.phone is not None:
        number = clean_phone(who.phone, parameter="identity.phone", region=phone_region(work))
        found = find_by_address(work, "phone", number)
    else:
        raise BadParameter("Of which customer?", parameter="customer")
    if found is None:
        raise NotFound
    return found
