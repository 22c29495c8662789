"""What is told of where work goes: teams, queues, and how they are given it. The rest of them is asked for."""

from __future__ import annotations

from kithdesk.live.facts.parts import Fact


class TeamNamed(Fact):
    """The team is called so from now on."""

    team: str
    name: str


class TeamDeleted(Fact):
    """The team is there no longer."""

    team: str


class TeamMembersChanged(Fact):
    """These came into the team, and those left it."""

    team: str
    added: list[str]
    removed: list[str]


class QueueNamed(Fact):
    """The queue is called so, and may be otherwise than before."""

    queue: str
    name: str


class QueueDeleted(Fact):
    """What waited in it waits in the default queue."""

    queue: str


class RoutingSettingsChanged(Fact):
    """How a team is given work; `team` null: how everybody is."""

    team: str | None
