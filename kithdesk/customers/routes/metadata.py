"""`/v1/metadata/{record}`: which attributes of its own an organisation keeps in its records.

Attributes stand below whoever may change them, so this door is here, above both.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from kithdesk import attributes
from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.core import web
from kithdesk.core.documents import Body, OneDocument, document
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers.objects.queries import get_klass

router = APIRouter(prefix="/v1/metadata", tags=["metadata"], route_class=StrictRoute)


class MetadataBody(Body):
    """Attributes by name: what is sent of one changes it, null removes it."""

    properties: dict[str, dict[str, Any] | None] = Field(max_length=1_000)
    rev: int | None = Field(
        None, description="When given, the change is refused if the attributes have another by now."
    )


@router.get("/{record}", response_model=OneDocument, summary="Get the attributes of a kind of record")
async def get_metadata(record: str, request: Request, caller: AgentCaller) -> Response:
    """`customer`, `company`, `conversation`, `message`, `user`, or the name of a klass."""
    return await web.query(request, caller, _shown, record)


@router.put("/{record}", response_model=OneDocument, summary="Declare attributes of a kind of record")
async def put_metadata(
    record: str,
    body: MetadataBody,
    request: Request,
    caller: AdminCaller,
    replace: Annotated[
        bool, Query(description="Removes what the body leaves out, and sets the order.")
    ] = False,
) -> Response:
    """Adds, changes and removes attributes. Types are fixed; values of removed attributes stay, unseen."""

    def shown(work: Work, _: None) -> dict[str, Any]:
        return _shown(work, record)

    return await web.command(request, caller, _declare, record, body, replace, answer=shown)


def _declare(work: Work, record: str, body: MetadataBody, replace: bool) -> None:
    attributes.declare(work, _owner(work, record), body.properties, replace=replace, rev=body.rev)


def _shown(reads: Reads, record: str) -> dict[str, Any]:
    return document(attributes.metadata_resource(reads, _owner(reads, record), name=record))


def _owner(reads: Reads, record: str) -> str:
    """Raises `NotFound` for a klass that the organisation does not have."""
    return record if record in attributes.RECORDS else get_klass(reads, record).owner
