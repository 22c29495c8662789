"""Weighing: how much of an agent what they have takes, and weighing it again after the terms have changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, bindparam, select, update

from kithdesk.core.work import Rows
from kithdesk.routing.choosing import Terms, Traits, units
from kithdesk.routing.entities import AgentRow, WorkItem
from kithdesk.routing.profiles import Resolved
from kithdesk.routing.queries.queues import load_profiles, profiles_of
from kithdesk.routing.tables import LIVE, live_assignments, routing_agents, work_items

_IN_HAND = (
    select(
        live_assignments.c.user,
        live_assignments.c.conversation,
        live_assignments.c.units,
        routing_agents.c.team,
        routing_agents.c.capacity,
        work_items.c.priority,
        work_items.c.weight,
        work_items.c.channel,
    )
    .select_from(
        live_assignments.join(
            routing_agents,
            and_(
                routing_agents.c.organisation == live_assignments.c.organisation,
                routing_agents.c.user == live_assignments.c.user,
            ),
        ).join(
            work_items,
            and_(
                work_items.c.organisation == live_assignments.c.organisation,
                work_items.c.conversation == live_assignments.c.conversation,
                LIVE,
            ),
        )
    )
    .where(live_assignments.c.organisation == bindparam("organisation"))
)
_IN_HANDS_OF = _IN_HAND.where(live_assignments.c.user == bindparam("user"))
_WEIGH = (
    update(live_assignments)
    .where(
        live_assignments.c.organisation == bindparam("of"),
        live_assignments.c.user == bindparam("by"),
        live_assignments.c.conversation == bindparam("what"),
    )
    .values(units=bindparam("now_units"))
)


def units_of(rows: Rows, agent: AgentRow, item: WorkItem) -> int:
    """How much of the agent the item takes, by the terms on which they work now."""
    return _units(profile_of(rows, agent.team), agent.capacity, item.traits)


def weigh_anew(rows: Rows) -> Collection[str]:
    """What everybody has, after settings have changed. Answers whose load is another now."""
    return _weigh(rows, rows.execute(_IN_HAND, {"organisation": rows.organisation}).rows)


def weigh_hands_of(rows: Rows, user: str) -> None:
    """What one agent has, after their team or their capacity has changed."""
    _weigh(rows, rows.execute(_IN_HANDS_OF, {"organisation": rows.organisation, "user": user}).rows)


def profile_of(rows: Rows, team: str) -> Resolved:
    return profiles_of(rows, rows.organisation, team).of(team)


def _weigh(rows: Rows, in_hand: list[Any]) -> Collection[str]:
    changed: dict[str, None] = {}
    profiles = load_profiles(rows, rows.organisation) if in_hand else None
    for one in in_hand:
        assert profiles is not None
        traits = Traits(queue="", priority=one.priority, weight=one.weight, channel=one.channel)
        now = _units(profiles.of(one.team), one.capacity, traits)
        if now != one.units:
            key = {"of": rows.organisation, "by": one.user, "what": one.conversation}
            rows.execute(_WEIGH, {**key, "now_units": now})
            changed[one.user] = None
    return changed


def _units(profile: Resolved, capacity: int, traits: Traits) -> int:
    terms = Terms(channel_weights=profile.channel_weights, capacity_by_priority=profile.capacity_by_priority)
    return units(terms, capacity, traits)
