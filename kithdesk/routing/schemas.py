"""Routing on the wire: what its routes take, and what they answer."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt
from pydantic.alias_generators import to_camel

from kithdesk.routing.capacity import MAX_CAPACITY, SettingsChange


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class SettingsBody(_Body):
    """What is left out stays as it is. For a team, `capacityPerAgent` null follows the organisation again."""

    capacity_per_agent: StrictInt | None = Field(None, ge=1, le=MAX_CAPACITY)
    requeue_when_offline: StrictBool | None = None

    def as_change(self) -> SettingsChange:
        follow = "capacity_per_agent" in self.model_fields_set and self.capacity_per_agent is None
        return SettingsChange(self.capacity_per_agent, self.requeue_when_offline, follow)


class StatusBody(_Body):
    """`reason` is the agent's own word for why they are away."""

    status: Literal["available", "busy", "unavailable", "offline"]
    reason: str | None = Field(None, max_length=255)


A = TypeVar("A", bound=BaseModel)


class Resource(BaseModel, Generic[A]):
    """One thing: `attributes` are its own fields, `relationships` name others."""

    type: str
    id: str
    attributes: A
    relationships: dict[str, Any] | None = None
    links: dict[str, str]


class One(BaseModel, Generic[A]):
    data: Resource[A]


class Listed(BaseModel, Generic[A]):
    """`meta {page, pageSize, total, totalPages}`, `links {self, first, prev, next, last}`; null at the ends."""

    data: list[Resource[A]]
    meta: dict[str, int]
    links: dict[str, str | None]


class _Attributes(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class Queue(_Attributes):
    name: str
    key: str
    is_default: bool
    created_at: str


class RoutingSettings(_Attributes):
    """`isInherited`: the team follows the organisation."""

    capacity_per_agent: int
    is_inherited: bool
    requeue_when_offline: bool
    updated_at: str | None


class UserStatus(_Attributes):
    """`load` of `capacity` conversations in hand; `online`: a socket of theirs is open."""

    display_name: str
    status: Literal["available", "busy", "unavailable", "offline"]
    reason: str | None
    changed_at: str | None
    load: int
    capacity: int
    online: bool


class WorkItem(_Attributes):
    """`idle`: open, but in no queue and nobody's."""

    status: Literal["queued", "assigned", "paused", "completed", "idle"]
    queued_count: int
    entered_at: str
    changed_at: str
