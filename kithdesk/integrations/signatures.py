"""Who signed a delivery. Both shops send the HMAC-SHA256 of the raw body, in base64.

Shopify: https://shopify.dev/docs/apps/build/webhooks/verify-deliveries. WooCommerce: the chapter on webhooks of its
REST API's documentation. Neither signs a time or an id, so a genuine body can be sent again by whoever has seen it:
what keeps that harmless is `delivering`, which takes the same words once and never goes back in the shop's own time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence

from kithdesk.integrations.entities import Provider

_SIGNATURE: dict[Provider, tuple[str, ...]] = {
    "shopify": ("shopify-hmac-sha256", "x-shopify-hmac-sha256"),
    "woocommerce": ("x-wc-webhook-signature",),
}
_TOPIC: dict[Provider, tuple[str, ...]] = {
    "shopify": ("shopify-topic", "x-shopify-topic"),
    "woocommerce": ("x-wc-webhook-topic",),
}
"""The first that is there. Shopify began to leave the `X-` away in 2026, and sends either."""
_LONGEST_TOPIC = 64


def is_signed(provider: Provider, headers: Mapping[str, str], body: bytes, secret: bytes) -> bool:
    """Whether the body is signed with the secret. Takes the same time whatever is wrong."""
    try:
        given = base64.b64decode(_first(headers, _SIGNATURE[provider]), validate=True)
    except (binascii.Error, ValueError):
        given = b""
    return hmac.compare_digest(given, hmac.digest(secret, body, hashlib.sha256))


def topic_of(provider: Provider, headers: Mapping[str, str]) -> str:
    """What the shop says it is about; empty when it does not say."""
    topic = _first(headers, _TOPIC[provider])[:_LONGEST_TOPIC]
    return topic if topic.isascii() and topic.isprintable() else ""


def _first(headers: Mapping[str, str], names: Sequence[str]) -> str:
    return next((headers[name] for name in names if name in headers), "")
