"""`/v1/auth/customer/debug`: why a token that the company signed is taken or refused."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kithdesk.access import AdminCaller, list_identity_secrets
from kithdesk.channels.chat import schemas
from kithdesk.channels.chat.debugging import draw_verdict
from kithdesk.core.documents import One
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import desk_of, query

router = APIRouter(tags=["chat"], route_class=StrictRoute)


@router.post(
    "/v1/auth/customer/debug",
    response_model=One[schemas.IdentityVerdict],
    summary="Explain an identity token",
)
async def debug_identity(request: Request, caller: AdminCaller, body: schemas.DebugBody) -> Response:
    """What the visitors' door would say to this token now, and why. Nothing is kept of it, and nobody is logged in."""
    secrets = await list_identity_secrets(desk_of(request), caller.organisation)
    return await query(request, caller, draw_verdict, body.token.strip(), secrets)
