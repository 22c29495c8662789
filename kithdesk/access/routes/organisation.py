"""`/v1/orgs/current`: the organisation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import schemas
from kithdesk.access.doors import AgentCaller
from kithdesk.access.queries.organisation import get_organisation, list_widgets
from kithdesk.access.settings import OrganisationSettings, read_settings
from kithdesk.core import web
from kithdesk.core.documents import OneDocument, document
from kithdesk.core.errors import NotFound
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads

router = APIRouter(prefix="/v1", tags=["organisation"], route_class=StrictRoute)


@router.get("/orgs/{organisation}", response_model=OneDocument, summary="Get the organisation")
async def get_org(organisation: str, request: Request, caller: AgentCaller) -> Response:
    """`current`, or the id of one's own organisation."""
    if organisation not in ("current", caller.organisation):
        raise NotFound
    return await web.query(request, caller, _shown)


def _shown(reads: Reads) -> dict[str, Any]:
    widgets = list_widgets(reads)
    return document(
        schemas.organisation(
            get_organisation(reads),
            widget_key=widgets[0].key if widgets else None,
            demo_shop_url=read_settings(reads, OrganisationSettings).demo_shop_url,
        )
    )
