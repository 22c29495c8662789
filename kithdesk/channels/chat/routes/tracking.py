"""Who the visitor is: tokens, and login by a signed identity."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import list_identity_secrets
from kithdesk.channels.chat import schemas
from kithdesk.channels.chat.callers import (
    Visitor,
    VisitorCaller,
    WidgetCaller,
    bearer_of,
    check_site,
    get_visitor,
    get_widget,
)
from kithdesk.channels.chat.errors import DeadVisitorToken
from kithdesk.channels.chat.identity import fingerprint_of, log_in, new_login, token_of
from kithdesk.channels.chat.limits import check_login, check_new_token
from kithdesk.channels.chat.proving import read_identity
from kithdesk.channels.chat.queries import find_login
from kithdesk.channels.chat.sending import context_of
from kithdesk.channels.chat.tokens import hash_of, issue_token, log_out, new_token
from kithdesk.core import web
from kithdesk.core.actors import INSTALLATION, Actor
from kithdesk.core.documents import One, document, resource
from kithdesk.core.peers import address_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import desk_of, query
from kithdesk.core.work import Reads
from kithdesk.customers import find_customer, find_visitor

router = APIRouter(prefix="/c/v1", tags=["chat"], route_class=StrictRoute)


@router.post(
    "/tracking/tokens",
    status_code=201,
    response_model=One[schemas.TrackingToken],
    summary="Create a visitor's token",
)
async def create_token(request: Request, widget: WidgetCaller) -> Response:
    """A token for a new visitor, with the widget's key as bearer. No customer is made before they write."""
    desk = desk_of(request)
    await check_new_token(desk, address_of(request.scope, desk.settings.trusted_proxies))
    done = await desk.run(
        issue_token, new_token(), by=Actor(organisation=widget.organisation, type="customer")
    )
    issued = done.value
    attributes = {
        "token": issued.token,
        "trackingId": issued.visitor,
        "customerId": None,
        "identified": False,
    }
    return web.answer(document(resource("tracking_token", issued.visitor, attributes)), done.position, 201)


@router.get(
    "/tracking/tokens/current", response_model=One[schemas.TrackingToken], summary="Get the visitor's token"
)
async def read_token(request: Request, caller: VisitorCaller) -> Response:
    """Whose token this is."""
    return await query(request, caller.actor, _draw_token, caller)


@router.delete("/tracking/tokens/current", status_code=204, summary="Log out")
async def delete_token(request: Request, caller: VisitorCaller) -> Response:
    """The visitor logs out: the token is dead, and its sockets close."""
    desk = desk_of(request)
    done = await desk.run(log_out, caller.hash, by=caller.actor)
    return web.no_content(done.position)


@router.post("/identity", response_model=One[schemas.LoggedInAs], summary="Log in")
async def create_identity(request: Request, body: schemas.IdentityBody) -> Response:
    """Login: with the visitor's token, or with the widget's key where there is none yet. Answers a new token.

    Whoever did not get the answer repeats the request, with the old token and the same identity, and gets it then.
    """
    desk = desk_of(request)
    await check_login(desk, address_of(request.scope, desk.settings.trusted_proxies))
    actor, hash = await _who_logs_in(request, body.external_token)
    secrets = await list_identity_secrets(desk, actor.organisation)
    proof = read_identity(body.external_token, secrets, desk.clock.now())
    login = new_login(desk, hash, body.external_token)
    done = await desk.run(log_in, proof, login, context_of(None, request.headers), by=actor)
    now = done.value
    attributes = {
        "token": token_of(desk, now),
        "trackingId": now.visitor,
        "customerId": now.customer,
        "identified": True,
        "email": now.email,
        "externalId": now.external_id,
        "anotherPerson": now.is_another,
    }
    return web.answer(document(resource("identity", now.customer, attributes)), done.position)


async def _who_logs_in(request: Request, external_token: str) -> tuple[Actor, str | None]:
    bearer = bearer_of(request)
    hashed = hash_of(bearer)
    if hashed is None:
        return Actor(organisation=(await get_widget(request, bearer)).organisation, type="customer"), None
    try:
        return (await get_visitor(request, bearer)).actor, hashed
    except DeadVisitorToken:
        # It may have died of this very login, whose answer was lost.
        login = fingerprint_of(hashed, external_token)
        answered = (await desk_of(request).read(find_login, login, by=INSTALLATION)).value
        if answered is None:
            raise
        await check_site(request, answered.organisation)
        actor = Actor(organisation=answered.organisation, type="customer", author=answered.visitor)
        return actor, hashed


def _draw_token(reads: Reads, caller: Visitor) -> dict[str, Any]:
    found = find_visitor(reads, caller.visitor)
    # Its own login counts. That the record is somebody's who is known may be an agent's word, and addresses are theirs.
    is_identified = found is not None and found.proven is not None and found.sees is None
    attributes: dict[str, Any] = {
        "trackingId": caller.visitor,
        "customerId": None if found is None else found.customer,
        "identified": is_identified,
        "emails": [],
        "externalIds": [],
    }
    known = None if found is None or found.customer is None else find_customer(reads, found.customer)
    if is_identified and known is not None:
        profile = known.profile
        attributes["emails"] = [entry.email for entry in profile.emails if entry.verified]
        attributes["externalIds"] = [entry.external_id for entry in profile.external_ids if entry.verified]
    return document(resource("tracking_token", caller.visitor, attributes))
