"""Taking a delivery: once, whatever the shop repeats, and never twice whatever a stranger repeats.

The same words about the same topic are the same delivery, whatever id they come under. What was kept or passed over
stays so; what was refused is tried again, for whatever stood in its way may be mended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, delete

from kithdesk.core.clock import DAY
from kithdesk.core.errors import Refusal
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Work
from kithdesk.integrations import shopify, woocommerce
from kithdesk.integrations.entities import Integration, Outcome
from kithdesk.integrations.errors import NotUnderstood
from kithdesk.integrations.keeping import keep
from kithdesk.integrations.queries import find_outcome
from kithdesk.integrations.tables import hook_deliveries

REMEMBERED = 30 * DAY
_READ = {"shopify": shopify.read, "woocommerce": woocommerce.read}

_PUT = Upsert(hook_deliveries, ["organisation", "integration", "digest"])
_FORGET = delete(hook_deliveries).where(
    hook_deliveries.c.organisation == bindparam("organisation"),
    hook_deliveries.c.integration == bindparam("integration"),
    hook_deliveries.c.at < bindparam("before"),
)


def digest_of(topic: str, body: bytes) -> str:
    return hashlib.sha256(topic.encode() + b"\0" + body).hexdigest()


def deliver(work: Work, integration: Integration, topic: str, digest: str, body: Mapping[str, Any]) -> None:
    """Keeps what the delivery tells. Raises what is wrong with it; then nothing of it is kept."""
    if find_outcome(work, integration.id, digest) in ("kept", "ignored"):
        return
    news = _READ[integration.provider](topic, body)
    if news is not None:
        keep(work, news)
    note(work, integration, topic, digest, "ignored" if news is None else "kept")


def note(
    work: Work,
    integration: Integration,
    topic: str,
    digest: str,
    outcome: Outcome,
    refusal: Refusal | None = None,
) -> None:
    """For the administrator who looks whether the shop is heard."""
    values = {"organisation": work.organisation, "integration": integration.id}
    work.execute(_FORGET, {**values, "before": work.now - REMEMBERED})
    row = {**values, "digest": digest, "topic": topic, "outcome": outcome, "at": work.now}
    work.execute(_PUT, {**row, "detail": None if refusal is None else _words(refusal)})


def _words(refusal: Refusal) -> str:
    where = "" if refusal.parameter is None else f" ({refusal.parameter})"
    return f"{refusal.code}: {refusal.detail or refusal.title}{where}"[:500]


def check_body(body: Any) -> Mapping[str, Any]:
    """Raises `NotUnderstood`."""
    if not isinstance(body, dict):
        raise NotUnderstood("The body is a JSON object.")
    return body
