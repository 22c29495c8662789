"""A customer as live screens get it."""

from __future__ import annotations

from typing import Any

import msgspec

from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.profile import Claims, Profile


def live_customer(
    *,
    id: CustomerId,
    display_name: str,
    profile: Profile,
    claims: Claims,
    is_identified: bool,
    created_at: int,
    last_seen_at: int | None,
) -> dict[str, Any]:
    """`{"id", "displayName", "emails", "phones", "externalId", "identified", …, "claims"}`."""
    return {
        "id": id,
        "displayName": display_name,
        "name": profile.name,
        "emails": [{"email": entry.email, "verified": entry.verified} for entry in profile.emails],
        "phones": [{"phone": entry.phone, "verified": entry.verified} for entry in profile.phones],
        "externalId": profile.external_id,
        "identified": is_identified,
        "avatarUrl": profile.avatar_url,
        "company": profile.company,
        "createdAt": iso(Instant(created_at)),
        "lastSeenAt": iso_or_none(None if last_seen_at is None else Instant(last_seen_at)),
        "claims": msgspec.to_builtins(claims),
    }
