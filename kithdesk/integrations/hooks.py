"""`/hooks/…`: where shops post. The signature is over the raw bytes, so nothing is parsed before it is checked."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response

from kithdesk.access import note_audit
from kithdesk.core import json
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.desk import Desk
from kithdesk.core.errors import OutcomeUnknown, Overloaded, RateLimited, Refusal, TooLarge
from kithdesk.core.limits import Rate
from kithdesk.core.peers import address_of, headers_of, network_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import desk_of
from kithdesk.integrations.connecting import unseal_secret
from kithdesk.integrations.delivering import (
    check_body,
    deliver,
    digest_of,
    note_refusal,
    note_unsigned,
)
from kithdesk.integrations.entities import Integration, Provider
from kithdesk.integrations.errors import NotSigned, NotUnderstood
from kithdesk.integrations.queries import find_by_key
from kithdesk.integrations.signatures import is_signed, topic_of

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/hooks", tags=["hooks"], route_class=StrictRoute)

MAX_BODY = 400_000
_TOO_LARGE = f"A delivery has at most {MAX_BODY} bytes."
PER_INTEGRATION = Rate(1_000, 60)
PER_NETWORK = Rate(3_000, 60)
"""Before anything is known of the sender. Many shops post from the same few networks of their provider."""
UNSIGNED_NOTED = Rate(1, 60)
"""How often one integration notes that something was not signed: an address that leaked costs no more than that."""
_PING = re.compile(rb"webhook_id=[0-9]{1,20}")
"""What WooCommerce posts, unsigned, when a webhook is saved: it is not saved unless the answer is 200."""
_LOAD = (Overloaded, OutcomeUnknown)
"""Nothing that an administrator could mend: the shop sends it again."""
_NOBODYS_SECRET = b"a secret that signs nothing"


@router.post("/shopify/{key}", status_code=204, summary="Receive a Shopify webhook")
async def post_shopify(key: str, request: Request) -> Response:
    """Orders and customers, signed in `X-Shopify-Hmac-Sha256`. A repeat answers the same and changes nothing."""
    return await _receive("shopify", key, request)


@router.post("/woocommerce/{key}", status_code=204, summary="Receive a WooCommerce webhook")
async def post_woocommerce(key: str, request: Request) -> Response:
    """Orders and customers, signed in `X-WC-Webhook-Signature`. A repeat answers the same and changes nothing."""
    return await _receive("woocommerce", key, request)


async def _receive(provider: Provider, key: str, request: Request) -> Response:
    desk, headers = desk_of(request), _said_once(request)
    network = network_of(address_of(request.scope, desk.settings.trusted_proxies))
    desk.limits.check("hooks_network", network, PER_NETWORK)
    body = await _body_of(request)
    if provider == "woocommerce" and _PING.fullmatch(body):
        return Response(status_code=200)
    integration = await _signer(provider, key, request, body)
    desk.limits.check("hooks", integration.id, PER_INTEGRATION)
    topic = topic_of(provider, headers)
    digest = digest_of(topic, body)
    by = system(integration.organisation)
    try:
        await desk.run(deliver, integration.id, topic, digest, _parsed(body), by=by)
    except _LOAD:
        raise
    except Refusal as refusal:
        await desk.run(note_refusal, integration.id, topic, digest, refusal, by=by)
        raise
    return Response(status_code=204)


def _said_once(request: Request) -> dict[str, str]:
    """The headers, without any that comes twice: of two signatures or topics nobody could say which one counts."""
    names = Counter(name for name, _ in request.scope["headers"])
    return {
        name: value for name, value in headers_of(request.scope).items() if names[name.encode("latin-1")] == 1
    }


async def _body_of(request: Request) -> bytes:
    """Raises `TooLarge`, before anything is read if the sender says how much it is."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > MAX_BODY:
        raise TooLarge(_TOO_LARGE)
    body = await request.body()
    if len(body) > MAX_BODY:
        raise TooLarge(_TOO_LARGE)
    return body


async def _signer(provider: Provider, key: str, request: Request, body: bytes) -> Integration:
    """Who signed it. An unknown key, another provider's and a wrong signature take the same way to the same answer."""
    desk, headers = desk_of(request), _said_once(request)
    found = (await desk.read(find_by_key, key, by=INSTALLATION)).value if key.isascii() else None
    secret = _NOBODYS_SECRET
    if found is not None and found[0].provider == provider:
        try:
            secret = unseal_secret(desk, found[1])
        except ValueError:
            log.warning("integration_secret_unreadable", integration=found[0].id)
            found = None
    if not is_signed(provider, headers, body, secret) or found is None or found[0].provider != provider:
        known: dict[str, Any] = {} if found is None else {"integration": found[0].id}
        note_audit("hook.refused", provider=provider, **known)
        if found is not None and found[0].provider == provider:
            await _note_unsigned(desk, found[0])
        raise NotSigned
    return found[0]


async def _note_unsigned(desk: Desk, integration: Integration) -> None:
    """Whoever can make us write this knows the address, of which nobody could guess one."""
    try:
        desk.limits.check("hooks_unsigned", integration.id, UNSIGNED_NOTED)
        await desk.run(note_unsigned, integration.id, by=system(integration.organisation))
    except (RateLimited, *_LOAD):
        return


def _parsed(body: bytes) -> Any:
    try:
        return check_body(json.parse(body))
    except ValueError as problem:
        raise NotUnderstood(str(problem)) from None
