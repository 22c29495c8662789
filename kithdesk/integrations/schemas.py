"""Integrations on the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.documents import Body, resource
from kithdesk.integrations.entities import Integration, Provider, Status

_Secret = Annotated[str, Field(min_length=8, max_length=255, description="Never shown again.")]


class NewIntegration(Body):
    provider: Provider
    name: str
    secret: _Secret
    continues: str | None = Field(
        None,
        max_length=64,
        description="The handle of a shop that was let go, when this is the same shop. Its records go on.",
    )


class IntegrationChange(Body):
    """What is left out stays."""

    name: str | None = None
    status: Status | None = None
    secret: _Secret | None = None


def draw_integration(integration: Integration, base_url: str) -> dict[str, Any]:
    """`hookUrl` is what the shop is told to post to; `unsignedAt`, when something came that the secret did not sign."""
    attributes = {
        "provider": integration.provider,
        "name": integration.name,
        "status": integration.status,
        "handle": integration.handle,
        "key": integration.key,
        "hookUrl": f"{base_url.rstrip('/')}/hooks/{integration.provider}/{integration.key}",
        "createdAt": iso(integration.created_at),
        "updatedAt": iso(integration.updated_at),
        "lastDeliveryAt": iso_or_none(integration.last_delivery_at),
        "unsignedAt": iso_or_none(integration.unsigned_at),
    }
    return resource("integration", integration.id, attributes, at=f"/v1/integrations/{integration.id}")


def draw_former(row: Any) -> dict[str, Any]:
    attributes = {"provider": row.provider, "name": row.name, "leftAt": iso(Instant(row.left_at))}
    return resource("integration_handle", row.handle, attributes)


def draw_delivery(row: Any) -> dict[str, Any]:
    attributes = {
        "topic": row.topic,
        "outcome": row.outcome,
        "detail": row.detail,
        "at": iso(Instant(row.at)),
    }
    return resource("hook_delivery", row.digest[:24], attributes)
