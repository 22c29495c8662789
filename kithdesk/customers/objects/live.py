"""A record as timelines and live screens get it: a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kithdesk.core.clock import Instant, iso
from kithdesk.customers.objects.entities import Field, Look


def live_object(
    *,
    id: str,
    klass: str,
    look: Look,
    icon: str | None,
    external_id: str | None,
    title: str,
    fields: Sequence[Field],
    created_at: Instant,
    updated_at: Instant,
) -> dict[str, Any]:
    """`{"id", "klass", "klassDisplayName", "icon", "color", "externalId", "title", "fields", …}`."""
    return {
        "id": id,
        "klass": klass,
        "klassDisplayName": look.display_name,
        "icon": icon or look.icon,
        "color": look.color,
        "externalId": external_id,
        "title": title,
        "fields": [msgspec.to_builtins(field) for field in fields],
        "createdAt": iso(created_at),
        "updatedAt": iso(updated_at),
    }
