"""What is told of agents."""

from __future__ import annotations

from typing import Literal

from kithdesk.live.facts.parts import Fact


class AgentStatusChanged(Fact):
    """An agent's status. `offline`: no socket for thirty seconds."""

    user: str
    display_name: str
    status: Literal["available", "busy", "unavailable", "offline"]
    reason: str | None
    at: str
