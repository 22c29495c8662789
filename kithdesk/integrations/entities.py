"""What the rest of this slice works with: an integration, and a shop's words in ours."""

from __future__ import annotations

from typing import Literal

import msgspec

from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.integrations.ids import IntegrationId

Provider = Literal["shopify", "woocommerce"]
Status = Literal["enabled", "disabled"]
Outcome = Literal["kept", "ignored", "asked", "refused"]
"""`ignored`: genuine, and about something we keep nothing of. `asked`: it asks for what only people can do here.
`refused`: genuine, and not to be understood or not to be kept."""


class Integration(msgspec.Struct, frozen=True, kw_only=True):
    """`key` stands in the address that the shop posts to: it names the integration and proves nothing.

    `handle` begins the external ids of what the shop tells, so that two shops may count from 1. `unsigned_at`: when
    something was posted there last that the present secret did not sign.
    """

    organisation: OrganisationId
    id: IntegrationId
    provider: Provider
    name: str
    handle: str
    key: str
    status: Status
    created_at: Instant
    updated_at: Instant
    last_delivery_at: Instant | None = None
    unsigned_at: Instant | None = None


class Shopper(msgspec.Struct, frozen=True, kw_only=True):
    """Who bought, as the shop knows them. `external_id` is None for a guest.

    `email` and `phone` are the account's own. What was typed at a checkout may be anybody's.
    """

    external_id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    typed_email: str | None = None
    typed_phone: str | None = None
    country: str | None = None
    """In which a number without its country is one: two letters (ISO 3166)."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it stood at `occurred_at`, by the shop's clock. What is None is not known, or not so yet."""

    external_id: str
    occurred_at: Instant
    number: str | None = None
    status: str | None = None
    total: float | None = None
    currency: str | None = None
    items: str | None = None
    placed_at: Instant | None = None
    sent_at: Instant | None = None
    tracking_url: str | None = None
    shopper: Shopper | None = None


class Gone(msgspec.Struct, frozen=True):
    """An order that was deleted in the shop."""

    external_id: str


class Remark(msgspec.Struct, frozen=True):
    """Nothing for a record: words for the administrator who looks at what arrived. They name nobody but by number."""

    outcome: Literal["ignored", "asked"]
    words: str


News = Order | Shopper | Gone | Remark
"""What a delivery can be about."""
