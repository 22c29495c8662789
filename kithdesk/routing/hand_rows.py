"""What is in an agent's hands: what they have, wind up, or are asked to take, and how much of them it takes."""

from __future__ import annotations

from sqlalchemy import bindparam, delete

from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.routing.agent_rows import count, count_given, put_agent
from kithdesk.routing.entities import AgentRow, WorkItem
from kithdesk.routing.queries.agents import agent_at
from kithdesk.routing.queries.skills import levels_at
from kithdesk.routing.tables import live_assignments
from kithdesk.routing.weighing import units_of

_TAKE = Upsert(live_assignments, ["organisation", "user", "conversation"])
_LET_GO = delete(live_assignments).where(
    live_assignments.c.organisation == bindparam("organisation"),
    live_assignments.c.user == bindparam("user"),
    live_assignments.c.conversation == bindparam("conversation"),
)


def let_go(rows: Rows, user: str, item: WorkItem) -> None:
    rows.execute(
        _LET_GO, {"organisation": rows.organisation, "user": user, "conversation": item.conversation}
    )
    count(rows, user)


def take(rows: Rows, recorded: Recorded[Event], user: str, item: WorkItem) -> None:
    agent = agent_at(rows, rows.organisation, user)
    if agent is None:  # given by hand to somebody who has never said they are here
        put_agent(
            rows,
            user,
            "offline",
            at=recorded.at,
            skills=levels_at(rows, rows.organisation, user),
        )
        agent = agent_at(rows, rows.organisation, user)
        assert agent is not None
    _put(rows, agent, item)
    count_given(rows, agent, recorded.at)


def weigh(rows: Rows, user: str, item: WorkItem) -> None:
    """They have it already, and it takes more or less of them now."""
    agent = agent_at(rows, rows.organisation, user)
    assert agent is not None
    _put(rows, agent, item)
    count(rows, user)


def _put(rows: Rows, agent: AgentRow, item: WorkItem) -> None:
    rows.execute(
        _TAKE,
        {
            "organisation": rows.organisation,
            "user": agent.user,
            "conversation": item.conversation,
            "units": units_of(rows, agent, item),
            "priority": item.priority,
        },
    )
