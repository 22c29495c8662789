"""Queues, settings, teams and skills into rows."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, update

from kithdesk.access.events import TeamDeleted, TeamMembersChanged, TeamRenamed
from kithdesk.core.events import Recorded
from kithdesk.core.names import name_key
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.routing.agent_rows import put_skills, refit, refit_all
from kithdesk.routing.entities import encode
from kithdesk.routing.events import (
    AgentSkillsChanged,
    QueueChanged,
    QueueCreated,
    QueueDeleted,
    RoutingSettingsChanged,
    SkillDeclared,
    SkillRemoved,
)
from kithdesk.routing.profiles import ORGANISATION
from kithdesk.routing.queries.queues import settings_rev_at
from kithdesk.routing.queries.skills import levels_at, rev_of, skilled_at
from kithdesk.routing.tables import (
    agent_skill_revs,
    agent_skills,
    queue_flow,
    queues,
    routing_settings,
    routing_skills,
    routing_team_members,
)

_INSERT_QUEUE = insert(queues)
_CHANGE_QUEUE = (
    update(queues)
    .where(queues.c.organisation == bindparam("of"), queues.c.id == bindparam("queue"))
    .values(
        name=bindparam("name"),
        priority=bindparam("priority"),
        weight=bindparam("weight"),
        terms=bindparam("terms"),
        changed_at=bindparam("at"),
        rev=queues.c.rev + 1,
    )
)
_FORGET_QUEUE = delete(queues).where(
    queues.c.organisation == bindparam("organisation"), queues.c.id == bindparam("queue")
)
_FORGET_FLOW = delete(queue_flow).where(
    queue_flow.c.organisation == bindparam("organisation"), queue_flow.c.queue == bindparam("queue")
)
_PUT_SETTINGS = Upsert(routing_settings, ["organisation", "team"])
_RENAME = (
    update(routing_settings)
    .where(
        routing_settings.c.organisation == bindparam("of"), routing_settings.c.team == bindparam("as_team")
    )
    .values(name_order=bindparam("name"))
)
_FORGET_SETTINGS = delete(routing_settings).where(
    routing_settings.c.organisation == bindparam("organisation"), routing_settings.c.team == bindparam("team")
)
_JOIN_TEAM = Upsert(routing_team_members, ["organisation", "user", "team"], [])
_LEAVE_TEAM = delete(routing_team_members).where(
    routing_team_members.c.organisation == bindparam("organisation"),
    routing_team_members.c.user == bindparam("user"),
    routing_team_members.c.team == bindparam("team"),
)
_FORGET_TEAM = delete(routing_team_members).where(
    routing_team_members.c.organisation == bindparam("organisation"),
    routing_team_members.c.team == bindparam("team"),
)
_DECLARE_SKILL = insert(routing_skills)
_FORGET_SKILL = delete(routing_skills).where(
    routing_skills.c.organisation == bindparam("organisation"), routing_skills.c.id == bindparam("skill")
)
_PUT_LEVEL = insert(agent_skills)
_FORGET_LEVELS = delete(agent_skills).where(
    agent_skills.c.organisation == bindparam("organisation"), agent_skills.c.user == bindparam("user")
)
_PUT_REV = Upsert(agent_skill_revs, ["organisation", "user"])
_FORGET_SKILLED = delete(agent_skills).where(
    agent_skills.c.organisation == bindparam("organisation"), agent_skills.c.skill == bindparam("skill")
)


def project_queue_created(rows: Rows, recorded: Recorded[QueueCreated]) -> None:
    event = recorded.event
    rows.execute(
        _INSERT_QUEUE,
        {
            "organisation": recorded.organisation,
            "id": event.queue,
            "name": event.name,
            "key": event.key,
            "is_default": event.is_default,
            "priority": event.priority,
            "weight": event.weight,
            "terms": encode(event.terms),
            "created_at": recorded.at,
            "changed_at": recorded.at,
            "rev": 1,
        },
    )


def project_queue_changed(rows: Rows, recorded: Recorded[QueueChanged]) -> None:
    event = recorded.event
    rows.execute(
        _CHANGE_QUEUE,
        {
            "of": recorded.organisation,
            "queue": event.queue,
            "name": event.name,
            "priority": event.priority,
            "weight": event.weight,
            "terms": encode(event.terms),
            "at": recorded.at,
        },
    )


def project_queue_deleted(rows: Rows, recorded: Recorded[QueueDeleted]) -> None:
    queue = {"organisation": recorded.organisation, "queue": recorded.event.queue}
    for statement in (_FORGET_QUEUE, _FORGET_FLOW):
        rows.execute(statement, queue)


def project_settings_changed(rows: Rows, recorded: Recorded[RoutingSettingsChanged]) -> None:
    event = recorded.event
    rows.execute(
        _PUT_SETTINGS,
        {
            "organisation": recorded.organisation,
            "team": event.team or ORGANISATION,
            "name_order": in_order(event.name_key),
            "is_enabled": event.profile.get("enabled", False),
            "capacity_per_agent": event.profile.get("capacityPerAgent"),
            "profile": encode(event.profile),
            "changed_at": recorded.at,
            "rev": settings_rev_at(rows, recorded.organisation, event.team or ORGANISATION) + 1,
        },
    )
    refit_all(rows)


def in_order(name: str) -> str:
    """A name in digits alone, byte by byte: databases order letters each by its own rules, and digits alike."""
    return "".join(f"{byte:03}" for byte in name.encode())


def project_team_renamed(rows: Rows, recorded: Recorded[TeamRenamed]) -> None:
    event = recorded.event
    renamed = rows.execute(
        _RENAME, {"of": rows.organisation, "as_team": event.team, "name": in_order(name_key(event.name))}
    )
    if renamed.rowcount:
        refit_all(rows)


def project_team_members(rows: Rows, recorded: Recorded[TeamMembersChanged]) -> None:
    event = recorded.event
    for statement, users in ((_JOIN_TEAM, event.added), (_LEAVE_TEAM, event.removed)):
        for user in users:
            rows.execute(statement, {"organisation": rows.organisation, "user": user, "team": event.team})
    for user in (*event.added, *event.removed):
        refit(rows, user)


def project_team_deleted(rows: Rows, recorded: Recorded[TeamDeleted]) -> None:
    team = {"organisation": rows.organisation, "team": recorded.event.team}
    rows.execute(_FORGET_TEAM, team)
    rows.execute(_FORGET_SETTINGS, team)
    refit_all(rows)


def project_skill_declared(rows: Rows, recorded: Recorded[SkillDeclared]) -> None:
    event = recorded.event
    rows.execute(
        _DECLARE_SKILL,
        {
            "organisation": rows.organisation,
            "id": event.skill,
            "key": event.key,
            "name": event.name,
            "created_at": recorded.at,
        },
    )


def project_skill_removed(rows: Rows, recorded: Recorded[SkillRemoved]) -> None:
    event = recorded.event
    had = skilled_at(rows, rows.organisation, event.key)
    rows.execute(_FORGET_SKILL, {"organisation": rows.organisation, "skill": event.skill})
    rows.execute(_FORGET_SKILLED, {"organisation": rows.organisation, "skill": event.key})
    for user in had:
        put_skills(rows, user, levels_at(rows, rows.organisation, user))
        _count_change(rows, user)


def project_agent_skills(rows: Rows, recorded: Recorded[AgentSkillsChanged]) -> None:
    event = recorded.event
    user = {"organisation": rows.organisation, "user": event.user}
    rows.execute(_FORGET_LEVELS, user)
    for skill, level in sorted(event.skills.items()):
        rows.execute(_PUT_LEVEL, {**user, "skill": skill, "level": level})
    put_skills(rows, event.user, levels_at(rows, rows.organisation, event.user))
    _count_change(rows, event.user)


def _count_change(rows: Rows, user: str) -> None:
    rev = rev_of(rows, rows.organisation, user) + 1
    rows.execute(_PUT_REV, {"organisation": rows.organisation, "user": user, "rev": rev})
