"""`/v1/orgs/current` and `/v1/auth/customer/settings`: the organisation, and the secret its shop signs with."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import audit, schemas
from kithdesk.access.doors import AdminCaller, AgentCaller
from kithdesk.access.identity_secrets import list_identity_secrets
from kithdesk.access.queries.organisation import get_organisation, list_widgets
from kithdesk.access.settings import OrganisationSettings, WidgetSettings, read_settings
from kithdesk.core import web
from kithdesk.core.clock import iso
from kithdesk.core.documents import OneDocument, document, resource
from kithdesk.core.errors import NotFound
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import desk_of
from kithdesk.core.work import Reads

router = APIRouter(prefix="/v1", tags=["organisation"], route_class=StrictRoute)


@router.get("/orgs/{organisation}", response_model=OneDocument, summary="Get the organisation")
async def get_org(organisation: str, request: Request, caller: AgentCaller) -> Response:
    """`current`, or the id of one's own organisation."""
    if organisation not in ("current", caller.organisation):
        raise NotFound
    return await web.query(request, caller, _shown)


@router.get("/auth/customer/settings", response_model=OneDocument, summary="Get the identity secret")
async def get_customer_settings(request: Request, caller: AdminCaller) -> Response:
    """The identity secret: the one that can be read again, as shops expect. Each reading leaves an audit line."""
    desk = desk_of(request)
    secrets = await list_identity_secrets(desk, caller.organisation)
    if not secrets:
        raise NotFound
    audit.note("identity_secret.read", actor=caller, secret=secrets[0].id)
    done = await desk.read(read_settings, WidgetSettings, by=caller)
    attributes = {
        "secret": secrets[0].secret,
        "corsWhitelist": list(done.value.allowed_domains),
        "createdAt": iso(secrets[0].created_at),
        "updatedAt": iso(secrets[0].created_at),
    }
    shown = resource("auth_customer_settings", secrets[0].id, attributes, at="/v1/auth/customer/settings")
    return web.answer(document(shown), done.position)


def _shown(reads: Reads) -> dict[str, Any]:
    widgets = list_widgets(reads)
    return document(
        schemas.organisation(
            get_organisation(reads),
            widget_key=widgets[0].key if widgets else None,
            demo_shop_url=read_settings(reads, OrganisationSettings).demo_shop_url,
        )
    )
