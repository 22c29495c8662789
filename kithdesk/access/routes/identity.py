"""`/v1/auth/customer/settings`: the secret a shop signs with who its customer is, and changing it without a gap."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import audit
from kithdesk.access.credentials import new_identity_secret
from kithdesk.access.doors import AdminCaller, ConfirmedAdminCaller
from kithdesk.access.identity_secrets import (
    end_identity_secret,
    list_identity_secrets,
    rotate_identity_secret,
    seal_identity_secret,
)
from kithdesk.access.ids import SecretId
from kithdesk.access.queries.organisation import SealedSecret, list_sealed_secrets
from kithdesk.access.schemas import RotateBody
from kithdesk.access.settings import WidgetSettings, read_settings
from kithdesk.core import web
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import OneDocument, document, resource
from kithdesk.core.errors import NotFound
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import desk_of
from kithdesk.core.work import Reads, Work

_PATH = "/v1/auth/customer/settings"

router = APIRouter(prefix=_PATH, tags=["organisation"], route_class=StrictRoute)


@router.get("", response_model=OneDocument, summary="Get the identity secret")
async def get_customer_settings(request: Request, caller: AdminCaller) -> Response:
    """The newest identity secret: the one that can be read again, as shops expect. Each reading leaves an audit line.

    `secrets` lists it and the older ones without their values: `endsAt` is when one stops, null for the newest.
    """
    desk = desk_of(request)
    now = desk.clock.now()
    living = [one for one in await list_identity_secrets(desk, caller.organisation) if one.signs_at(now)]
    if not living:
        raise NotFound
    audit.note("identity_secret.read", actor=caller, secret=living[0].id)
    return await web.query(request, caller, _shown, living[0].id, living[0].secret)


@router.post("/rotate", status_code=201, response_model=OneDocument, summary="Make a new identity secret")
async def post_rotation(body: RotateBody, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """A new secret. The older ones sign for `overlapHours` more, so that servers can change one after another.

    Who is logged in stays so. Answers the settings with the new secret.
    """
    secret = new_identity_secret()
    made: list[SecretId] = []

    def shown(work: Work, id: SecretId) -> dict[str, Any]:
        made[:] = [id]
        return _shown(work, id, secret)

    response = await web.command(
        request,
        caller,
        rotate_identity_secret,
        seal_identity_secret(desk_of(request), secret),
        overlap_hours=body.overlap_hours,
        answer=shown,
        status=201,
        is_secret=True,
    )
    for id in made:  # a repeat makes none
        audit.note("identity_secret.rotated", actor=caller, secret=id, overlap_hours=body.overlap_hours)
    return response


@router.delete("/secrets/{secret}", status_code=204, summary="End an older identity secret")
async def delete_secret(secret: str, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """Ends the overlap: what an older secret signs is refused from now on. The newest cannot be ended."""
    id = SecretId(an_id(secret))
    response = await web.command(request, caller, end_identity_secret, id)
    audit.note("identity_secret.ended", actor=caller, secret=id)
    return response


def _shown(reads: Reads, newest: SecretId, secret: str) -> dict[str, Any]:
    known = list_sealed_secrets(reads)
    created_at = next((iso(one.created_at) for one in known if one.id == newest), None)
    attributes = {
        "secret": secret,
        "corsWhitelist": list(read_settings(reads, WidgetSettings).allowed_domains),
        "createdAt": created_at,
        "updatedAt": created_at,
        "secrets": [_listed(one) for one in known],
    }
    return document(resource("auth_customer_settings", newest, attributes, at=_PATH))


def _listed(one: SealedSecret) -> dict[str, Any]:
    return {"id": one.id, "createdAt": iso(one.created_at), "endsAt": iso_or_none(one.ends_at)}
