"""`/v1/customers/{id}/duplicates`, and `/v1/customers/duplicates` for all of them."""

from __future__ import annotations

from collections.abc import Sequence
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
from kithdesk.customers.duplicates.hints import Reason
from kithdesk.customers.duplicates.pairing import DrawnPair, drawn_pairs, list_pairs
from kithdesk.customers.duplicates.suggesting import Duplicate, dismiss_duplicate, list_duplicates
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.queries import Customer

router = APIRouter(prefix="/v1/customers", tags=["customers"], route_class=StrictRoute)
_OF_ONE = "/{id}/duplicates"


@router.get("/duplicates", response_model=ListDocument, summary="List all suggested duplicates")
async def get_all_duplicates(request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Pairs of records that may be one person's, each with its reasons, the likeliest first.

    They are the same hints as a customer's own, for whoever cleans up after an import.
    """

    def listed(reads: Reads) -> dict[str, Any]:
        found = list_pairs(reads)
        return paged(
            request, page, len(found), [_drawn_pair(one) for one in drawn_pairs(reads, page.of(found))]
        )

    return await web.long_query(request, caller, listed)


@router.get(_OF_ONE, response_model=ListDocument, summary="List suggested duplicates")
async def get_duplicates(id: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Up to 20 records that may be the same person's, each with its reasons, the likeliest first.

    They are hints for agents, and what a page claimed is among the reasons: nothing is ever merged by one.
    """

    def listed(reads: Reads) -> dict[str, Any]:
        found = list_duplicates(reads, CustomerId(an_id(id)))
        return paged(request, page, len(found), [_drawn(one) for one in page.of(found)])

    return await web.query(request, caller, listed)


@router.post(f"{_OF_ONE}/{{other}}/dismissal", status_code=204, summary="Dismiss a suggested duplicate")
async def post_dismissal(id: str, other: str, request: Request, caller: AgentCaller) -> Response:
    """These two are not the same person: neither is suggested for the other again."""
    return await web.command(
        request, caller, dismiss_duplicate, CustomerId(an_id(id)), CustomerId(an_id(other))
    )


def _drawn(duplicate: Duplicate) -> dict[str, Any]:
    customer = duplicate.customer
    shown = {**_known(customer), "reasons": _worded(duplicate.reasons), "score": duplicate.score}
    relationships = {"customer": relation("customer", customer.id, "customers")}
    return resource("customer_duplicate", customer.id, shown, relationships=relationships)


def _drawn_pair(pair: DrawnPair) -> dict[str, Any]:
    both = (pair.one, pair.other)
    shown = {
        "customers": [{"id": customer.id, **_known(customer)} for customer in both],
        "reasons": _worded(pair.reasons),
        "score": pair.score,
    }
    return resource("customer_pair", f"{pair.one.id}.{pair.other.id}", shown)


def _known(customer: Customer) -> dict[str, Any]:
    return {
        "displayName": customer.display_name,
        "emails": [{"email": entry.email, "verified": entry.verified} for entry in customer.profile.emails],
        "phones": [{"phone": entry.phone, "verified": entry.verified} for entry in customer.profile.phones],
        "lastActivityAt": iso(customer.activity.last_activity_at),
    }


def _worded(reasons: Sequence[Reason]) -> list[dict[str, str]]:
    return [{"kind": reason.kind, "text": reason.text} for reason in reasons]
