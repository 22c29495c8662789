"""`/v1/auth/api-keys`: for administrators who have given their password lately. The key itself is shown once."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import audit, schemas
from kithdesk.access.api_keys import create_api_key, revoke_api_key
from kithdesk.access.credentials import hash_of, last_four, new_token
from kithdesk.access.doors import AdminCaller, ConfirmedAdminCaller
from kithdesk.access.entities import ApiKey
from kithdesk.access.queries.credentials import find_api_key, list_api_keys
from kithdesk.access.schemas import NewKeyBody
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, document, instant_of
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/v1/auth/api-keys", tags=["auth"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List API keys")
async def get_api_keys(request: Request, caller: AdminCaller, page: Paged) -> Response:
    """Keys that were not revoked, by their last four characters."""

    def listed(reads: Reads) -> dict[str, Any]:
        keys, total = list_api_keys(reads, offset=page.offset, limit=page.size)
        return paged(request, page, total, [schemas.api_key(reads.organisation, one) for one in keys])

    return await web.query(request, caller, listed)


@router.post("", status_code=201, response_model=OneDocument, summary="Create an API key")
async def post_api_key(body: NewKeyBody, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """A new key; `attributes.apiKey` is never seen again, but by a repeat with the same `Idempotency-Key`."""
    token = new_token("key")
    created: list[ApiKey] = []

    def shown(work: Work, key: ApiKey) -> dict[str, Any]:
        created[:] = [key]
        return document(schemas.api_key(work.organisation, key, apiKey=token))

    response = await web.command(
        request,
        caller,
        create_api_key,
        body.name,
        roles=body.roles,
        token_hash=hash_of(token),
        last_four=last_four(token),
        networks=body.networks,
        expires_at=instant_of(body.expires_at, "expiresAt"),
        answer=shown,
        status=201,
        is_secret=True,
    )
    for key in created:  # a repeat creates none
        audit.note("api_key.created", actor=caller, api_key=key.id, roles=key.roles)
    return response


@router.get("/{key}", response_model=OneDocument, summary="Get an API key")
async def get_api_key(key: str, request: Request, caller: AdminCaller) -> Response:
    """One of them."""

    def one(reads: Reads, key: str) -> dict[str, Any]:
        found = find_api_key(reads, key)
        if found is None:
            raise NotFound
        return document(schemas.api_key(reads.organisation, found))

    return await web.query(request, caller, one, an_id(key))


@router.delete("/{key}", status_code=204, summary="Revoke an API key")
async def delete_api_key(key: str, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """Revokes a key: dead at once, its sockets close."""
    audit.note("api_key.revoked", actor=caller, api_key=key)
    return await web.command(request, caller, revoke_api_key, an_id(key))
