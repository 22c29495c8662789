"""`/v1/klasses/{klass}/…`: records of one kind. `{klass}` is its name, or its id."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core import json, web
from kithdesk.core.documents import OneDocument, instant_of
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.idempotency import Answer
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers.objects.ids import ObjectId
from kithdesk.customers.objects.keeping import change_object, create_object, put_object, remove_object
from kithdesk.customers.objects.queries import find_by_external_id, get_klass, get_object
from kithdesk.customers.objects.rendering import draw_object
from kithdesk.customers.objects.schemas import ObjectChange, ObjectPut
from kithdesk.customers.pacing import paced

router = APIRouter(prefix="/v1/klasses/{klass}", tags=["kobjects"], route_class=StrictRoute)

Replace = Annotated[bool, Query(description="Clears what the body leaves out.")]


@router.post("", status_code=201, response_model=OneDocument, summary="Create a record")
async def post_object(klass: str, body: ObjectPut, request: Request, caller: AgentCaller) -> Response:
    """A new record of this klass. An external id that another one has is a conflict."""
    verb = paced(request, caller, create)
    return await web.command(request, caller, verb, klass, body, answer=_shown, status=201)


@router.get(
    "/externalId={external_id:path}", response_model=OneDocument, summary="Find a record by external id"
)
async def get_by_external_id(klass: str, external_id: str, request: Request, caller: AgentCaller) -> Response:
    """The record of this klass that another system knows by this id."""

    def shown(reads: Reads) -> dict[str, Any]:
        found = find_by_external_id(reads, get_klass(reads, klass).name, external_id)
        if found is None:
            raise NotFound
        return draw_object(reads, found.id)

    return await web.query(request, caller, shown)


@router.put(
    "/externalId={external_id:path}",
    response_model=OneDocument,
    summary="Create or change a record by external id",
)
async def put_by_external_id(
    klass: str,
    external_id: str,
    body: ObjectPut,
    request: Request,
    caller: AgentCaller,
    replace: Replace = False,
) -> Response:
    """The record that another system knows by this id, as it is there: 201 when it is new, 200 when it was known.

    Repeating it changes nothing, and with `sourceUpdatedAt` nothing older replaces what is newer.
    """
    verb = paced(request, caller, _put)
    return await web.command(request, caller, verb, klass, external_id, body, replace, answer=_put_shown)


@router.get("/{id}", response_model=OneDocument, summary="Get a record")
async def get_one(klass: str, id: str, request: Request, caller: AgentCaller) -> Response:
    """One record of this klass."""

    def shown(reads: Reads) -> dict[str, Any]:
        return draw_object(reads, get_object(reads, an_id(id), klass=get_klass(reads, klass).name).id)

    return await web.query(request, caller, shown)


@router.patch("/{id}", response_model=OneDocument, summary="Change a record")
async def patch_object(
    klass: str, id: str, body: ObjectChange, request: Request, caller: AgentCaller
) -> Response:
    """Sets what is given and leaves the rest. A null in `custom` clears that attribute."""
    verb = paced(request, caller, change)
    return await web.command(request, caller, verb, klass, an_id(id), body, False, answer=_shown)


@router.put("/{id}", response_model=OneDocument, summary="Change or replace a record")
async def put_one(
    klass: str,
    id: str,
    body: ObjectChange,
    request: Request,
    caller: AgentCaller,
    replace: Replace = False,
) -> Response:
    """The same; with `?replace=true` what is left out is cleared, but for the external id."""
    verb = paced(request, caller, change)
    return await web.command(request, caller, verb, klass, an_id(id), body, replace, answer=_shown)


@router.delete("/{id}", status_code=204, summary="Delete a record")
async def delete_object(klass: str, id: str, request: Request, caller: AgentCaller) -> Response:
    """The record goes; what the timeline says of it stays."""
    return await web.command(request, caller, remove_object, ObjectId(an_id(id)), klass_key=klass)


def create(work: Work, klass: str, body: ObjectPut, **given: Any) -> ObjectId:
    """Makes the record of a body; `given` is said by the path. Raises what `create_object` raises."""
    return create_object(
        work,
        klass,
        {**body.given, **given},
        created_at=instant_of(body.created_at, "createdAt"),
        imported_at=instant_of(body.imported_at, "importedAt"),
        source_at=instant_of(body.source_updated_at, "sourceUpdatedAt"),
    )


def change(work: Work, klass: str, id: str, body: ObjectChange, replace: bool) -> ObjectId:
    """Raises what `change_object` raises."""
    return change_object(
        work,
        ObjectId(id),
        body.given,
        klass_key=klass,
        replace=replace,
        rev=body.rev,
        source_at=instant_of(body.source_updated_at, "sourceUpdatedAt"),
    )


def _put(work: Work, klass: str, external_id: str, body: ObjectPut, replace: bool) -> tuple[ObjectId, bool]:
    if body.external_id not in (None, external_id):
        raise BadParameter("The path names another one.", parameter="externalId")
    given = {name: value for name, value in body.given.items() if name != "external_id"}
    return put_object(
        work,
        klass,
        external_id,
        given,
        replace=replace,
        created_at=instant_of(body.created_at, "createdAt"),
        imported_at=instant_of(body.imported_at, "importedAt"),
        source_at=instant_of(body.source_updated_at, "sourceUpdatedAt"),
    )


def _shown(work: Work, id: ObjectId) -> dict[str, Any]:
    return draw_object(work, id)


def _put_shown(work: Work, done: tuple[ObjectId, bool]) -> Answer:
    id, is_new = done
    return Answer(201 if is_new else 200, json.encode(draw_object(work, id)))
