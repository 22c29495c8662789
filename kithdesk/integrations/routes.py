"""`/v1/integrations`: the shops that are connected, and what came from them. For administrators."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AdminCaller, ConfirmedAdminCaller, note_audit
from kithdesk.access.provisioning import DEFAULT_BASE_URL
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, document
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute, add_routes
from kithdesk.core.web import desk_of
from kithdesk.core.work import Reads, Work
from kithdesk.integrations import hooks
from kithdesk.integrations.connecting import (
    Connection,
    IntegrationWish,
    change,
    connect,
    disconnect,
    seal_secret,
)
from kithdesk.integrations.entities import Integration
from kithdesk.integrations.ids import IntegrationId
from kithdesk.integrations.queries import (
    count_deliveries,
    count_former,
    count_integrations,
    get_integration,
    list_deliveries,
    list_former,
    list_integrations,
)
from kithdesk.integrations.schemas import (
    IntegrationChange,
    NewIntegration,
    draw_delivery,
    draw_former,
    draw_integration,
)

router = APIRouter(prefix="/v1/integrations", tags=["integrations"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List integrations")
async def get_integrations(request: Request, caller: AdminCaller, page: Paged) -> Response:
    """The shops that are connected, in the order they were."""

    def listed(reads: Reads) -> dict[str, Any]:
        found = list_integrations(reads, limit=page.size, offset=page.offset)
        base = _base_url(request)
        return paged(request, page, count_integrations(reads), [draw_integration(one, base) for one in found])

    return await web.query(request, caller, listed)


@router.post("", status_code=201, response_model=OneDocument, summary="Connect a shop")
async def post_integration(body: NewIntegration, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """`attributes.hookUrl` goes into the shop's webhooks; the secret is the one that the shop signs with."""
    connection = Connection(
        provider=body.provider,
        name=body.name,
        key=secrets.token_hex(16),
        sealed=seal_secret(desk_of(request), body.secret),
        continues=body.continues,
    )
    note_audit("integration.connected", actor=caller, provider=body.provider)
    return await web.command(request, caller, connect, connection, answer=_shown(request), status=201)


@router.get("/former", response_model=ListDocument, summary="List the handles of shops that were let go")
async def get_former(request: Request, caller: AdminCaller, page: Paged) -> Response:
    """One that is connected again may go on with the records of one of these (`continues`)."""

    def listed(reads: Reads) -> dict[str, Any]:
        rows = list_former(reads, limit=page.size, offset=page.offset)
        return paged(request, page, count_former(reads), [draw_former(row) for row in rows])

    return await web.query(request, caller, listed)


@router.get("/{id}", response_model=OneDocument, summary="Get an integration")
async def get_one(id: str, request: Request, caller: AdminCaller) -> Response:
    """One of them. The secret is shown to nobody."""

    def one(reads: Reads) -> dict[str, Any]:
        return document(draw_integration(get_integration(reads, _id(id)), _base_url(request)))

    return await web.query(request, caller, one)


@router.put("/{id}", response_model=OneDocument, summary="Change an integration")
async def put_integration(
    id: str, body: IntegrationChange, request: Request, caller: ConfirmedAdminCaller
) -> Response:
    """Sets what is given. A new secret counts at once, and the old one no more."""
    sealed = None if body.secret is None else seal_secret(desk_of(request), body.secret)
    note_audit("integration.changed", actor=caller, integration=id, secret=sealed is not None)
    return await web.command(
        request,
        caller,
        change,
        _id(id),
        IntegrationWish(name=body.name, status=body.status, sealed=sealed),
        answer=_shown(request),
    )


@router.delete("/{id}", status_code=204, summary="Disconnect a shop")
async def delete_integration(id: str, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """Takes nothing more from it. Orders and customers that it told of stay."""
    note_audit("integration.disconnected", actor=caller, integration=id)
    return await web.command(request, caller, disconnect, _id(id))


@router.get("/{id}/deliveries", response_model=ListDocument, summary="List what a shop delivered")
async def get_deliveries(id: str, request: Request, caller: AdminCaller, page: Paged) -> Response:
    """Those of the last thirty days, the newest first: topic and outcome, never a body."""

    def listed(reads: Reads) -> dict[str, Any]:
        known = get_integration(reads, _id(id))
        rows = list_deliveries(reads, known.id, limit=page.size, offset=page.offset)
        return paged(request, page, count_deliveries(reads, known.id), [draw_delivery(row) for row in rows])

    return await web.long_query(request, caller, listed)


def _shown(request: Request) -> Any:
    def shown(_work: Work, integration: Integration) -> dict[str, Any]:
        return document(draw_integration(integration, _base_url(request)))

    return shown


def _base_url(request: Request) -> str:
    return desk_of(request).settings.base_url or DEFAULT_BASE_URL


def _id(text: str) -> IntegrationId:
    return IntegrationId(an_id(text))


add_routes(router, hooks.router)
