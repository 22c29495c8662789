"""`/v1/customers/{id}/merges`. Merging and undoing are doors of conversations, which go along."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core import web
from kithdesk.core.documents import ListDocument
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.merging.queries import list_merges
from kithdesk.customers.merging.rendering import merge_resource
from kithdesk.customers.queries import customer_ids, get_customer

router = APIRouter(prefix="/v1/customers/{id}/merges", tags=["customers"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List a customer's merges")
async def get_merges(id: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Every merge that this record, or one that is part of it, had a part in; the latest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        standing = get_customer(reads, CustomerId(an_id(id))).id
        ids = customer_ids(reads, standing)
        found, total = list_merges(reads, ids, limit=page.size, offset=page.offset)
        return paged(request, page, total, [merge_resource(merge) for merge in found])

    return await web.query(request, caller, listed)
