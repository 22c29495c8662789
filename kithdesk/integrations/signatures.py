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
from collections.abc import Mapping

from kithdesk.integrations.entities import Provider

_SIGNATURE: dict[Provider, str] = {
    "shopify": "x-shopify-hmac-sha256",
    "woocommerce": "x-wc-webhook-signature",
}
_TOPIC: dict[Provider, str] = {"shopify": "x-shopify-topic", "woocommerce": "x-wc-webhook-topic"}
_LONGEST_TOPIC = 64


def is_signed(provider: Provider, headers: Mapping[str, str], body: bytes, secret: bytes) -> bool:
    """Whether the body is signed with the secret. Takes the same time whatever is wrong."""
    try:
        given = base64.b64decode(headers.get(_SIGNATURE[provider], ""), validate=True)
    except (binascii.Error, ValueError):
        given = b""
    return hmac.compare_digest(given, hmac.digest(secret, body, hashlib.sha256))


def topic_of(provider: Provider, headers: Mapping[str, str]) -> str:
    """What the shop says it is about; empty when it does not say."""
    topic = headers.get(_TOPIC[provider], "")[:_LONGEST_TOPIC]
    return topic if topic.isascii() and topic.isprintable() else ""
