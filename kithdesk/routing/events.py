"""The facts routing states. Who serves a conversation is stated through conversations, as `conversation.assigned`."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from kithdesk.core.clock import iso
from kithdesk.core.events import Event, Personal, Recorded

Status = Literal["available", "busy", "unavailable", "offline"]


class QueueCreated(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "queue.created"
    queue: str
    name: str
    key: str
    is_default: bool = False


class RoutingSettingsChanged(Event, frozen=True, kw_only=True):
    """`team` is None for the organisation's own. Each value is None where a team follows the organisation."""

    kind: ClassVar[str] = "routing.settings_changed"
    team: str | None
    capacity_per_agent: int | None
    requeue_when_offline: bool | None
    before: dict[str, Any] = {}  # noqa: RUF012 - a struct copies it


class AgentStatusChanged(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "agent.status_changed"
    user: str
    status: Status
    before: Status
    reason: Personal[str | None] = None
    """In the agent's own words, so it may tell more than a roster should keep."""
    display_name: Personal[str] = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "user": self.user,
            "displayName": self.display_name,
            "status": self.status,
            "reason": self.reason,
            "at": iso(recorded.at),
        }
