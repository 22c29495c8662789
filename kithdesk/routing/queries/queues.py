"""Queues, settings and skills."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads
from kithdesk.routing.entities import Queue, queue_of
from kithdesk.routing.ids import QueueId
from kithdesk.routing.profiles import ORGANISATION, Profiles
from kithdesk.routing.tables import (
    queue_flow,
    queue_rules,
    queues,
    routing_settings,
    routing_team_members,
)

_ORGANISATION: Any = bindparam("organisation")
_PAGE: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")

_QUEUES = (
    select(
        queues.c.id,
        queues.c.name,
        queues.c.key,
        queues.c.is_default,
        queues.c.priority,
        queues.c.weight,
        queues.c.terms,
        queues.c.created_at,
        queues.c.changed_at,
        queues.c.rev,
    )
    .where(queues.c.organisation == _ORGANISATION)
    .order_by(queues.c.id)
)
_QUEUES_PAGE = _QUEUES.limit(_PAGE).offset(_OFFSET)
_QUEUES_COUNT = select(func.count()).select_from(queues).where(queues.c.organisation == _ORGANISATION)
_QUEUE = _QUEUES.where(queues.c.id == bindparam("id"))
_QUEUES_OF = _QUEUES.where(queues.c.id.in_(bindparam("ids", expanding=True)))
_QUEUE_BY_KEY = _QUEUES.where(queues.c.key == bindparam("key"))
_DEFAULT_QUEUE = select(queues.c.id).where(
    queues.c.organisation == _ORGANISATION, queues.c.is_default.is_(True)
)


def list_queues(reads: Reads, limit: int, offset: int) -> list[Queue]:
    values = {"organisation": reads.organisation, "limit": limit, "offset": offset}
    return [queue_of(row) for row in reads.execute(_QUEUES_PAGE, values)]


def count_queues(reads: Reads) -> int:
    count: int = reads.execute(_QUEUES_COUNT, {"organisation": reads.organisation}).scalar()
    return count


def find_queue(reads: Reads, queue_id: str) -> Queue | None:
    return queue_at(reads, reads.organisation, queue_id)


def queue_at(rows: Executes, organisation: str, queue_id: str) -> Queue | None:
    row = rows.execute(_QUEUE, {"organisation": organisation, "id": queue_id}).first()
    return None if row is None else queue_of(row)


def find_queues(reads: Reads, ids: Collection[str]) -> dict[str, Queue]:
    if not ids:
        return {}
    rows = reads.execute(_QUEUES_OF, {"organisation": reads.organisation, "ids": list(ids)})
    return {row.id: queue_of(row) for row in rows}


def find_queue_by_key(reads: Reads, key: str) -> Queue | None:
    row = reads.execute(_QUEUE_BY_KEY, {"organisation": reads.organisation, "key": key}).first()
    return None if row is None else queue_of(row)


def find_default_queue(reads: Reads) -> QueueId | None:
    queue: QueueId | None = reads.execute(_DEFAULT_QUEUE, {"organisation": reads.organisation}).scalar()
    return queue


# Settings

_EVERY_SETTING = select(
    routing_settings.c.team,
    routing_settings.c.is_enabled,
    routing_settings.c.profile,
    routing_settings.c.changed_at,
    routing_settings.c.rev,
).where(routing_settings.c.organisation == _ORGANISATION)
_SETTINGS = _EVERY_SETTING.where(routing_settings.c.team == bindparam("team"))
_SETTINGS_OF = _EVERY_SETTING.where(routing_settings.c.team.in_(bindparam("teams", expanding=True)))
_PROFILES = select(routing_settings.c.team, routing_settings.c.profile).where(
    routing_settings.c.organisation == _ORGANISATION,
    or_(routing_settings.c.is_enabled.is_(True), routing_settings.c.team == ORGANISATION),
)
_PROFILES_OF = select(routing_settings.c.team, routing_settings.c.profile).where(
    routing_settings.c.organisation == _ORGANISATION,
    routing_settings.c.team.in_(bindparam("teams", expanding=True)),
)
_EVERY_PROFILE = select(routing_settings.c.team, routing_settings.c.profile).where(
    routing_settings.c.organisation == _ORGANISATION, routing_settings.c.team != ORGANISATION
)
_CAPACITIES = (
    select(routing_team_members.c.user, func.min(routing_settings.c.capacity_per_agent).label("capacity"))
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
        routing_team_members.c.organisation == _ORGANISATION,
        routing_team_members.c.user.in_(bindparam("users", expanding=True)),
    )
    .group_by(routing_team_members.c.user)
)
_MEMBERS = (
    select(routing_team_members.c.user)
    .where(
        routing_team_members.c.organisation == _ORGANISATION, routing_team_members.c.team == bindparam("team")
    )
    .order_by(routing_team_members.c.user)
)
_TEAMS_OF = select(routing_team_members.c.team).where(
    routing_team_members.c.organisation == _ORGANISATION, routing_team_members.c.user == bindparam("user")
)


def find_settings(reads: Reads, team: str) -> Any | None:
    """What was set for a team, or with '' for the organisation."""
    return reads.execute(_SETTINGS, {"organisation": reads.organisation, "team": team}).first()


def find_settings_of(reads: Reads, teams: Collection[str]) -> dict[str, Any]:
    """What was set for each of these teams for which something was."""
    if not teams:
        return {}
    rows = reads.execute(_SETTINGS_OF, {"organisation": reads.organisation, "teams": list(teams)})
    return {row.team: row for row in rows}


def settings_rev_at(rows: Executes, organisation: str, team: str) -> int:
    """How often they have been set."""
    row = rows.execute(_SETTINGS, {"organisation": organisation, "team": team}).first()
    return 0 if row is None else int(row.rev)


def load_profiles(reads: Executes, organisation: str) -> Profiles:
    """The organisation's profile and those of the teams that are routed to."""
    rows = reads.execute(_PROFILES, {"organisation": organisation})
    return Profiles({row.team: row.profile for row in rows})


def profiles_of(reads: Executes, organisation: str, team: str) -> Profiles:
    """Enough of them to know what holds for one team, and not who serves what."""
    rows = reads.execute(_PROFILES_OF, {"organisation": organisation, "teams": [ORGANISATION, team]})
    return Profiles({row.team: row.profile for row in rows})


def list_team_profiles(reads: Reads) -> dict[str, str]:
    """The profiles of all teams that have one, enabled or not, as JSON."""
    rows = reads.execute(_EVERY_PROFILE, {"organisation": reads.organisation})
    return {row.team: row.profile for row in rows}


def list_capacities(reads: Reads, users: Collection[str]) -> dict[str, int]:
    """The smallest capacity that a team of theirs sets, for those who are in such a team."""
    if not users:
        return {}
    rows = reads.execute(_CAPACITIES, {"organisation": reads.organisation, "users": list(users)})
    return {row.user: row.capacity for row in rows if row.capacity is not None}


def list_members(reads: Executes, organisation: str, team: str) -> list[str]:
    return [row.user for row in reads.execute(_MEMBERS, {"organisation": organisation, "team": team})]


def list_teams_of(reads: Reads, user: str) -> set[str]:
    rows = reads.execute(_TEAMS_OF, {"organisation": reads.organisation, "user": user})
    return {row.team for row in rows}


# Rules

_RULES = (
    select(
        queue_rules.c.id,
        queue_rules.c.place,
        queue_rules.c.rule,
        queue_rules.c.created_at,
        queue_rules.c.changed_at,
        queue_rules.c.rev,
    )
    .where(queue_rules.c.organisation == _ORGANISATION)
    .order_by(queue_rules.c.place, queue_rules.c.id)
)
_RULE = _RULES.where(queue_rules.c.id == bindparam("id"))


def list_rules(reads: Reads) -> list[Any]:
    """All of them, in the order in which they are asked."""
    return reads.execute(_RULES, {"organisation": reads.organisation}).rows


def find_rule(reads: Reads, id: str) -> Any | None:
    return reads.execute(_RULE, {"organisation": reads.organisation, "id": id}).first()


# Flow

_DEPARTURES = select(queue_flow.c.minute, queue_flow.c.departed, queue_flow.c.waited).where(
    queue_flow.c.organisation == _ORGANISATION,
    queue_flow.c.queue == bindparam("queue"),
    queue_flow.c.minute > bindparam("after"),
)


def list_departures(reads: Reads, queue: str, after: int) -> list[Any]:
    """What left a queue in each minute since `after`."""
    values = {"organisation": reads.organisation, "queue": queue, "after": after}
    return reads.execute(_DEPARTURES, values).rows
