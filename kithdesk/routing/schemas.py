"""Routing on the wire: what its routes take, and what they answer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool, StrictInt

from kithdesk.core.documents import Attributes, Body
from kithdesk.routing.capacity import MAX_CAPACITY, SettingsChange


class SettingsBody(Body):
    """What is left out stays as it is. For a team, `capacityPerAgent` null follows the organisation again."""

    capacity_per_agent: StrictInt | None = Field(None, ge=1, le=MAX_CAPACITY)
    requeue_when_offline: StrictBool | None = None

    def as_change(self) -> SettingsChange:
        follow = "capacity_per_agent" in self.model_fields_set and self.capacity_per_agent is None
        return SettingsChange(self.capacity_per_agent, self.requeue_when_offline, follow)


class StatusBody(Body):
    """`reason` is the agent's own word for why they are away."""

    status: Literal["available", "busy", "unavailable", "offline"]
    reason: str | None = Field(None, max_length=255)


class Queue(Attributes):
    name: str
    key: str
    is_default: bool
    created_at: str


class RoutingSettings(Attributes):
    """`isInherited`: the team follows the organisation."""

    capacity_per_agent: int
    is_inherited: bool
    requeue_when_offline: bool
    updated_at: str | None


class UserStatus(Attributes):
    """`load` of `capacity` conversations in hand; `online`: a socket of theirs is open."""

    display_name: str
    status: Literal["available", "busy", "unavailable", "offline"]
    reason: str | None
    changed_at: str | None
    load: int
    capacity: int
    online: bool


class WorkItem(Attributes):
    """`idle`: open, but in no queue and nobody's."""

    status: Literal["queued", "assigned", "paused", "completed", "idle"]
    queued_count: int
    entered_at: str
    changed_at: str
