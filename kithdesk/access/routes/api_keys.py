"""`/v1/auth/api-keys`: for administrators who have given their password lately. The key itself is shown once."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import audit, schemas
from kithdesk.access.api_keys import create_api_key, revoke_api_key
from kithdesk.access.credentials import hash_of, last_four, new_token
from kithdesk.access.doors import AdminCaller, ConfirmedAdminCaller
from kithdesk.access.queries.credentials import find_api_key, list_api_keys
from kithdesk.access.routes.answers import answer
from kithdesk.access.routes.paths import an_id
from kithdesk.access.schemas import ListDocument, NewKeyBody, OneDocument
from kithdesk.core import web
from kithdesk.core.clock import Instant, parse_iso
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.web import StrictRoute, desk_of
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/v1/auth/api-keys", tags=["auth"], route_class=StrictRoute)


@router.get("", response_model=ListDocument)
async def get_api_keys(request: Request, caller: AdminCaller) -> Response:
    """Keys that were not revoked, by their last four characters."""
    page = web.page_of(request)

    def listed(reads: Reads) -> dict[str, Any]:
        keys, total = list_api_keys(reads, offset=page.offset, limit=page.size)
        return web.paged(request, page, total, [schemas.api_key(reads.organisation, one) for one in keys])

    return await web.query(request, caller, listed)


@router.post("", status_code=201, response_model=OneDocument)
async def post_api_key(body: NewKeyBody, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """A new key; `attributes.apiKey` is never seen again."""
    token = new_token("key")
    done = await desk_of(request).run(
        create_api_key,
        body.name,
        roles=body.roles,
        token_hash=hash_of(token),
        last_four=last_four(token),
        networks=body.networks,
        expires_at=_instant(body.expires_at),
        by=caller,
    )
    audit.note("api_key.created", actor=caller, api_key=done.value.id, roles=done.value.roles)
    shown = schemas.api_key(caller.organisation, done.value, apiKey=token)
    return answer(schemas.one(shown), done.position, status=201)


@router.get("/{key}", response_model=OneDocument)
async def get_api_key(key: str, request: Request, caller: AdminCaller) -> Response:
    """One of them."""

    def one(reads: Reads, key: str) -> dict[str, Any]:
        found = find_api_key(reads, key)
        if found is None:
            raise NotFound
        return schemas.one(schemas.api_key(reads.organisation, found))

    return await web.query(request, caller, one, an_id(key))


@router.delete("/{key}", status_code=204)
async def delete_api_key(key: str, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """Revokes a key: dead at once, its sockets close."""

    def nothing(_work: Work, _value: None) -> None:
        return None

    audit.note("api_key.revoked", actor=caller, api_key=key)
    return await web.command(request, caller, revoke_api_key, an_id(key), answer=nothing)


def _instant(text: str | None) -> Instant | None:
    try:
        return None if text is None else parse_iso(text)
    except (ValueError, OverflowError):
        raise BadParameter("expiresAt is an ISO 8601 time.", parameter="expiresAt") from None
