"""Taking a delivery: once, whatever the shop repeats, and whatever a stranger repeats.

The same words about the same topic are the same delivery for thirty days, whatever id they come under. What was kept or
passed over stays so; what was refused is tried again, for whatever stood in its way may be mended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from kithdesk.core.clock import DAY
from kithdesk.core.errors import Refusal
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Work
from kithdesk.integrations import shopify, woocommerce
from kithdesk.integrations.entities import Gone, News, Outcome, Remark
from kithdesk.integrations.errors import IntegrationDisabled, NotSigned, NotUnderstood
from kithdesk.integrations.ids import IntegrationId
from kithdesk.integrations.keeping import keep
from kithdesk.integrations.queries import find_integration, find_outcome
from kithdesk.integrations.tables import hook_deliveries, integration_secrets

REMEMBERED = 30 * DAY
_FORGOTTEN_AT_ONCE = 20
"""With each that comes, which is one: so there are fewer and fewer."""
_TAKEN: tuple[Outcome, ...] = ("kept", "ignored", "asked")
_READ = {"shopify": shopify.read, "woocommerce": woocommerce.read}

_PUT = Upsert(hook_deliveries, ["organisation", "integration", "digest"])
_MINE = (
    hook_deliveries.c.organisation == bindparam("organisation"),
    hook_deliveries.c.integration == bindparam("integration"),
)
_OLDEST = (
    select(hook_deliveries.c.digest)
    .where(*_MINE, hook_deliveries.c.at < bindparam("before"))
    .order_by(hook_deliveries.c.at)
    .limit(_FORGOTTEN_AT_ONCE)
    .correlate(None)
)
_FORGET = delete(hook_deliveries).where(*_MINE, hook_deliveries.c.digest.in_(_OLDEST))
_NOTE_UNSIGNED = (
    update(integration_secrets)
    .where(
        integration_secrets.c.organisation == bindparam("of"),
        integration_secrets.c.integration == bindparam("which"),
    )
    .values(unsigned_at=bindparam("now"))
)


def digest_of(topic: str, body: bytes) -> str:
    return hashlib.sha256(topic.encode() + b"\0" + body).hexdigest()


def deliver(work: Work, id: IntegrationId, topic: str, digest: str, body: Mapping[str, Any]) -> None:
    """Keeps what the delivery tells. Raises what is wrong with it; then nothing of it is kept.

    A deletion says the same each time, so not its words but the order's state tells whether it was kept.
    """
    integration = find_integration(work, id)
    if integration is None:  # let go of since its signature was checked: a stranger
        raise NotSigned
    news = _READ[integration.provider](topic, body, integration.handle)
    if not isinstance(news, Gone) and find_outcome(work, id, digest) in _TAKEN:
        return
    if integration.status == "disabled":
        raise IntegrationDisabled
    outcome, detail = _taken(work, news)
    _note(work, id, topic, digest, outcome, detail)


def _taken(work: Work, news: News | None) -> tuple[Outcome, str | None]:
    if news is None:
        return "ignored", None
    if isinstance(news, Remark):
        return news.outcome, news.words
    keep(work, news)
    return "kept", None


def note_unsigned(work: Work, id: IntegrationId) -> None:
    """For the administrator who gave another secret here than in the shop: nothing else would tell them."""
    work.execute(_NOTE_UNSIGNED, {"of": work.organisation, "which": id, "now": work.now})


def note_refusal(work: Work, id: IntegrationId, topic: str, digest: str, refusal: Refusal) -> None:
    """For the administrator who looks whether the shop is heard. What was taken before stays so."""
    if find_integration(work, id) is not None and find_outcome(work, id, digest) not in _TAKEN:
        _note(work, id, topic, digest, "refused", _words(refusal))


def _note(
    work: Work, id: IntegrationId, topic: str, digest: str, outcome: Outcome, detail: str | None
) -> None:
    values = {"organisation": work.organisation, "integration": id}
    work.execute(_FORGET, {**values, "before": work.now - REMEMBERED})
    row = {**values, "digest": digest, "topic": topic, "outcome": outcome, "detail": detail, "at": work.now}
    work.execute(_PUT, row)


def _words(refusal: Refusal) -> str:
    where = "" if refusal.parameter is None else f" ({refusal.parameter})"
    return f"{refusal.code}: {refusal.detail or refusal.title}{where}"[:500]


def check_body(body: Any) -> Mapping[str, Any]:
    """Raises `NotUnderstood`."""
    if not isinstance(body, dict):
        raise NotUnderstood("The body is a JSON object.")
    return body
