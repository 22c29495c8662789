"""Up to 100 records of a klass in one request."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core.bulk import IDS, ITEMS, BulkDocument, do_each, ids_to_delete
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Work
from kithdesk.customers.objects.ids import ObjectId
from kithdesk.customers.objects.keeping import remove_object
from kithdesk.customers.objects.routes.records import change, create
from kithdesk.customers.objects.schemas import ObjectChange, ObjectPut
from kithdesk.customers.pacing import paced

router = APIRouter(prefix="/v1/klasses/{klass}/bulk", tags=["kobjects"], route_class=StrictRoute)


@router.post("", status_code=201, response_model=BulkDocument, summary="Create records in bulk")
async def post_bulk(klass: str, items: ITEMS, request: Request, caller: AgentCaller) -> Response:
    """Each item is a record as one alone would be created, and answers for itself."""

    def create_one(work: Work, body: ObjectPut) -> str:
        return create(work, klass, body)

    verb = paced(request, caller, create_one)
    return await do_each(request, caller, items, ObjectPut, verb, status=201)


@router.put("", status_code=201, response_model=BulkDocument, summary="Change records in bulk")
async def put_bulk(klass: str, items: ITEMS, request: Request, caller: AgentCaller) -> Response:
    """Each item says by `id` which record it changes."""

    def change_one(work: Work, body: ObjectChange, id: str) -> str:
        return change(work, klass, an_id(id), body, False)

    return await do_each(request, caller, items, ObjectChange, paced(request, caller, change_one))


@router.delete("", status_code=201, response_model=BulkDocument, summary="Delete records in bulk")
async def delete_bulk(klass: str, request: Request, caller: AgentCaller, ids: IDS) -> Response:
    """One result for each id."""

    def delete_one(work: Work, id: str) -> str:
        remove_object(work, ObjectId(an_id(id)), klass_key=klass)
        return id

    return await do_each(request, caller, ids_to_delete(ids), None, delete_one, status=204)
