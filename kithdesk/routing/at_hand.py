"""At hand: how many who serve a queue are available, so that nobody is promised a wait that nobody will end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kithdesk.core.work import Reads
from kithdesk.routing.choosing import has_skills
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.profiles import Profiles
from kithdesk.routing.queries.agents import count_crowds, find_agent, find_agents, list_skilled
from kithdesk.routing.queries.queues import load_profiles

LOOKED_AT = 50
"""So many of those who have all skills that are asked are looked at for their levels."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """Who is available: `free` of them have room."""

    available: int = 0
    free: int = 0


class Crews:
    """Who is available for each queue, as it stands just now."""

    def __init__(self, reads: Reads) -> None:
        self._profiles: Profiles = load_profiles(reads, reads.organisation)
        self._crowds = [(one.team, one.kind, one.agents) for one in count_crowds(reads)]

    def of(self, queue: str) -> AtHand:
        serving = set(self.teams(queue))
        free = sum(agents for team, kind, agents in self._crowds if team in serving and kind == "free")
        full = sum(agents for team, kind, agents in self._crowds if team in serving and kind == "full")
        return AtHand(free + full, free)

    def teams(self, queue: str) -> Sequence[str]:
        return self._profiles.serving(queue)


def somebody_may_take(reads: Reads, item: WorkItem) -> bool:
    """Whether one of those who are available may, once they have room. Its language is held out for only a while."""
    crews, traits = Crews(reads), item.traits
    teams = crews.teams(traits.queue)
    if traits.reserved_for is not None:
        agent = find_agent(reads, traits.reserved_for)
        return agent is not None and agent.status == "available" and agent.team in teams
    ruled_out = {*traits.not_for, *traits.declined}
    if traits.skills:
        found = list_skilled(reads, teams, dict(traits.skills), LOOKED_AT)
        return any(user not in ruled_out and has_skills(levels, traits.skills) for user, levels in found)
    out = sum(
        agent.status == "available" and agent.team in teams
        for agent in find_agents(reads, ruled_out).values()
    )
    return crews.of(traits.queue).available > out
