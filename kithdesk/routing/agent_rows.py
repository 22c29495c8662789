"""An agent's row: what they may have, what they have, and how much of it is free.

The load is counted anew at each change of theirs (a handful of rows of one index), so that no counter can drift.
"""

from __future__ import annotations

from sqlalchemy import and_, bindparam, case, func, select, update

from kithdesk.core.clock import Instant
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.routing.capacity import DEFAULT_CAPACITY, ORGANISATION
from kithdesk.routing.choosing import SHARE
from kithdesk.routing.events import Status
from kithdesk.routing.tables import live_assignments, routing_agents, routing_settings, routing_team_members

_PUT_STATUS = Upsert(
    routing_agents, ["organisation", "user"], ["status", "reason", "changed_at", "idle_since"]
)
_TOUCH = (
    update(routing_agents)
    .where(routing_agents.c.organisation == bindparam("of"), routing_agents.c.user == bindparam("agent"))
    .values(idle_since=bindparam("at"))
)
_TEAM_CAPACITY = (
    select(func.min(routing_settings.c.capacity_per_agent))
    .select_from(
        routing_team_members.join(
            routing_settings,
            and_(
                routing_settings.c.organisation == routing_team_members.c.organisation,
                routing_settings.c.team == routing_team_members.c.team,
            ),
        )
    )
    .where(
        routing_team_members.c.organisation == routing_agents.c.organisation,
        routing_team_members.c.user == routing_agents.c.user,
    )
    .correlate(routing_agents)
    .scalar_subquery()
)
_GENERAL_CAPACITY = (
    select(routing_settings.c.capacity_per_agent)
    .where(
        routing_settings.c.organisation == routing_agents.c.organisation,
        routing_settings.c.team == ORGANISATION,
    )
    .correlate(routing_agents)
    .scalar_subquery()
)
_LOAD = (
    select(func.count())
    .select_from(live_assignments)
    .where(
        live_assignments.c.organisation == routing_agents.c.organisation,
        live_assignments.c.user == routing_agents.c.user,
    )
    .correlate(routing_agents)
    .scalar_subquery()
)
_ONE = (routing_agents.c.organisation == bindparam("of"), routing_agents.c.user == bindparam("agent"))
_ALL = (routing_agents.c.organisation == bindparam("of"),)
_COUNT = update(routing_agents).values(
    capacity=func.coalesce(_TEAM_CAPACITY, _GENERAL_CAPACITY, DEFAULT_CAPACITY), load=_LOAD
)
_SHARE = update(routing_agents).values(
    free_share=case(
        (
            routing_agents.c.capacity > routing_agents.c.load,
            (routing_agents.c.capacity - routing_agents.c.load) * SHARE // routing_agents.c.capacity,
        ),
        else_=0,
    )
)
_COUNT_ONE, _COUNT_ALL = _COUNT.where(*_ONE), _COUNT.where(*_ALL)
_SHARE_ONE, _SHARE_ALL = _SHARE.where(*_ONE), _SHARE.where(*_ALL)


def put_agent(
    rows: Rows,
    user: str,
    status: Status,
    *,
    at: Instant,
    reason: str | None = None,
    changed_at: Instant | None = None,
) -> None:
    """Writes what they say of themselves; `changed_at` None: they have never said. Count them next."""
    rows.execute(
        _PUT_STATUS,
        {
            "organisation": rows.organisation,
            "user": user,
            "status": status,
            "reason": reason,
            "changed_at": changed_at,
            "capacity": DEFAULT_CAPACITY,
            "load": 0,
            "free_share": 0,
            "idle_since": at,
        },
    )


def touch(rows: Rows, user: str, at: Instant) -> bool:
    """They were given something, so they are idle from now. Answers whether they have a row."""
    return rows.execute(_TOUCH, {"of": rows.organisation, "agent": user, "at": at}).rowcount > 0


def count(rows: Rows, user: str) -> None:
    """Capacity, load and free share of one agent."""
    for statement in (_COUNT_ONE, _SHARE_ONE):
        rows.execute(statement, {"of": rows.organisation, "agent": user})


def count_all(rows: Rows) -> None:
    """The same for every agent."""
    for statement in (_COUNT_ALL, _SHARE_ALL):
        rows.execute(statement, {"of": rows.organisation})
