"""The facts of integrations. What a shop tells becomes facts of customers and their orders."""

from __future__ import annotations

from typing import ClassVar

from kithdesk.core.events import Event
from kithdesk.integrations.entities import Provider, Status


class IntegrationConnected(Event, frozen=True, kw_only=True):
    """A shop may post its news. Its secret is kept apart. `handle` begins the external ids of what it tells."""

    kind: ClassVar[str] = "integration.connected"
    integration: str
    provider: Provider
    name: str
    handle: str
    key: str


class IntegrationChanged(Event, frozen=True, kw_only=True):
    """Its name and status as they are now."""

    kind: ClassVar[str] = "integration.changed"
    integration: str
    name: str
    status: Status


class IntegrationDisconnected(Event, frozen=True, kw_only=True):
    """Nothing more is taken from this shop. What it told stays."""

    kind: ClassVar[str] = "integration.disconnected"
    integration: str
