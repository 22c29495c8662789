"""Skills: which there are, and who has them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads
from kithdesk.routing.tables import AWAKE, agent_skill_revs, agent_skills, routing_agents, routing_skills

_ORGANISATION: Any = bindparam("organisation")
_PAGE: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")

_SKILLS = (
    select(routing_skills.c.id, routing_skills.c.key, routing_skills.c.name, routing_skills.c.created_at)
    .where(routing_skills.c.organisation == _ORGANISATION)
    .order_by(routing_skills.c.id)
)
_SKILLS_PAGE = _SKILLS.limit(_PAGE).offset(_OFFSET)
_SKILLS_COUNT = (
    select(func.count()).select_from(routing_skills).where(routing_skills.c.organisation == _ORGANISATION)
)
_SKILL = _SKILLS.where(routing_skills.c.id == bindparam("id"))
_SKILL_KEYS = select(routing_skills.c.key).where(
    routing_skills.c.organisation == _ORGANISATION,
    routing_skills.c.key.in_(bindparam("keys", expanding=True)),
)
_LANGUAGES = select(routing_skills.c.key).where(
    routing_skills.c.organisation == _ORGANISATION, routing_skills.c.key.like("lang:%")
)
_LEVELS = (
    select(agent_skills.c.skill, agent_skills.c.level)
    .where(agent_skills.c.organisation == _ORGANISATION, agent_skills.c.user == bindparam("user"))
    .order_by(agent_skills.c.skill)
)
_REV = select(agent_skill_revs.c.rev).where(
    agent_skill_revs.c.organisation == _ORGANISATION, agent_skill_revs.c.user == bindparam("user")
)
_SKILLED = (
    select(agent_skills.c.user, agent_skills.c.level)
    .where(agent_skills.c.organisation == _ORGANISATION, agent_skills.c.skill == bindparam("skill"))
    .order_by(agent_skills.c.user)
)
_SOMEBODY_IS_HERE = (
    select(agent_skills.c.user)
    .select_from(
        agent_skills.join(
            routing_agents,
            and_(
                routing_agents.c.organisation == agent_skills.c.organisation,
                routing_agents.c.user == agent_skills.c.user,
                AWAKE,
            ),
        )
    )
    .where(agent_skills.c.organisation == _ORGANISATION, agent_skills.c.skill == bindparam("skill"))
    .limit(1)
)
_SOMEBODY_HAS = (
    select(agent_skills.c.user)
    .where(agent_skills.c.organisation == _ORGANISATION, agent_skills.c.skill == bindparam("skill"))
    .limit(1)
)


def list_skills(reads: Reads, limit: int, offset: int) -> list[Any]:
    values = {"organisation": reads.organisation, "limit": limit, "offset": offset}
    return reads.execute(_SKILLS_PAGE, values).rows


def count_skills(reads: Reads) -> int:
    count: int = reads.execute(_SKILLS_COUNT, {"organisation": reads.organisation}).scalar()
    return count


def find_skill(reads: Reads, skill: str) -> Any | None:
    return reads.execute(_SKILL, {"organisation": reads.organisation, "id": skill}).first()


def known_skills(reads: Reads, keys: Collection[str]) -> set[str]:
    """Which of these keys are of skills that were declared."""
    return known_at(reads, reads.organisation, keys)


def known_at(rows: Executes, organisation: str, keys: Collection[str]) -> set[str]:
    if not keys:
        return set()
    return {row.key for row in rows.execute(_SKILL_KEYS, {"organisation": organisation, "keys": list(keys)})}


def list_languages(reads: Reads) -> set[str]:
    """The skills that are languages."""
    return {row.key for row in reads.execute(_LANGUAGES, {"organisation": reads.organisation})}


def levels_of(reads: Reads, user: str) -> dict[str, int]:
    return levels_at(reads, reads.organisation, user)


def levels_at(rows: Executes, organisation: str, user: str) -> dict[str, int]:
    found = rows.execute(_LEVELS, {"organisation": organisation, "user": user})
    return {row.skill: row.level for row in found}


def rev_of(rows: Executes, organisation: str, user: str) -> int:
    """How often the levels of an agent have changed."""
    rev: int | None = rows.execute(_REV, {"organisation": organisation, "user": user}).scalar()
    return rev or 0


def skilled_at(rows: Executes, organisation: str, skill: str) -> dict[str, int]:
    """Who has a skill, and how well."""
    found = rows.execute(_SKILLED, {"organisation": organisation, "skill": skill})
    return {row.user: row.level for row in found}


def somebody_has(reads: Reads, skill: str) -> bool:
    return (
        reads.execute(_SOMEBODY_HAS, {"organisation": reads.organisation, "skill": skill}).first() is not None
    )


def somebody_is_here(reads: Reads, skill: str) -> bool:
    """Whether somebody who has it is signed in, whatever their status."""
    values = {"organisation": reads.organisation, "skill": skill}
    return reads.execute(_SOMEBODY_IS_HERE, values).first() is not None
