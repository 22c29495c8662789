"""`/v1/customers/{id}/duplicates`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core import web
from kithdesk.core.clock import iso
from kithdesk.core.documents import ListDocument, relation, resource
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.customers.duplicates.suggesting import Duplicate, dismiss_duplicate, list_duplicates
from kithdesk.customers.ids import CustomerId

router = APIRouter(prefix="/v1/customers/{id}/duplicates", tags=["customers"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List suggested duplicates")
async def get_duplicates(id: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Up to 20 records that may be the same person's, each with its reasons, the likeliest first.

    They are hints for agents, and what a page claimed is among the reasons: nothing is ever merged by one.
    """

    def listed(reads: Reads) -> dict[str, Any]:
        found = list_duplicates(reads, CustomerId(an_id(id)))
        return paged(request, page, len(found), [_drawn(one) for one in page.of(found)])

    return await web.query(request, caller, listed)


@router.post("/{other}/dismissal", status_code=204, summary="Dismiss a suggested duplicate")
async def post_dismissal(id: str, other: str, request: Request, caller: AgentCaller) -> Response:
    """These two are not the same person: neither is suggested for the other again."""
    return await web.command(
        request, caller, dismiss_duplicate, CustomerId(an_id(id)), CustomerId(an_id(other))
    )


def _drawn(duplicate: Duplicate) -> dict[str, Any]:
    customer = duplicate.customer
    shown = {
        "displayName": customer.display_name,
        "emails": [{"email": entry.email, "verified": entry.verified} for entry in customer.profile.emails],
        "phones": [{"phone": entry.phone, "verified": entry.verified} for entry in customer.profile.phones],
        "lastActivityAt": iso(customer.activity.last_activity_at),
        "reasons": [{"kind": reason.kind, "text": reason.text} for reason in duplicate.reasons],
        "score": duplicate.score,
    }
    relationships = {"customer": relation("customer", customer.id, "customers")}
    return resource("customer_duplicate", customer.id, shown, relationships=relationships)
