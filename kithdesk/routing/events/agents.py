"""What agents can, and whether they are there."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from kithdesk.core.clock import iso
from kithdesk.core.events import Event, Personal, Recorded

Status = Literal["available", "busy", "unavailable", "offline"]


class SkillDeclared(Event, frozen=True, kw_only=True):
    """`key`: by which agents' levels and rules name it."""

    kind: ClassVar[str] = "skill.declared"
    skill: str
    key: str
    name: str


class SkillRemoved(Event, frozen=True, kw_only=True):
    """No agent has it any more, and nothing requires it."""

    kind: ClassVar[str] = "skill.removed"
    skill: str
    key: str


class AgentSkillsChanged(Event, frozen=True, kw_only=True):
    """All of an agent's levels, by the keys of skills."""

    kind: ClassVar[str] = "agent.skills_changed"
    user: str
    skills: dict[str, int]
    before: dict[str, int] = {}  # noqa: RUF012


class AgentStatusChanged(Event, frozen=True, kw_only=True):
    """`team`: as which they said they work; '' leaves it to the names."""

    kind: ClassVar[str] = "agent.status_changed"
    user: str
    status: Status
    before: Status
    reason: Personal[str | None] = None
    """In the agent's own words, so it may tell more than a roster should keep."""
    display_name: Personal[str] = ""
    team: str = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "user": self.user,
            "displayName": self.display_name,
            "status": self.status,
            "reason": self.reason,
            "at": iso(recorded.at),
        }
