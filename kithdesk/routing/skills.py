"""Skills: what agents can, from 1 to 5, and what work may ask of them.

A skill has a key by which levels and rules name it. A language is a skill whose key is `lang:` and its code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kithdesk.access import User, get_user
from kithdesk.core.actors import check_admin
from kithdesk.core.clock import Instant, iso
from kithdesk.core.documents import resource
from kithdesk.core.errors import BadParameter, ChangedMeanwhile, NotFound
from kithdesk.core.names import strict_name
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads, Work
from kithdesk.routing.errors import KeyTaken, NotAnAgent, SkillInUse, TooManySkills
from kithdesk.routing.events import AgentSkillsChanged, SkillDeclared, SkillRemoved
from kithdesk.routing.ids import SkillId
from kithdesk.routing.queries.skills import (
    count_skills,
    find_skill,
    known_skills,
    levels_of,
    list_skills,
    rev_of,
)
from kithdesk.routing.queue_rules import check_levels, rules_with

MOST = 200
MOST_OF_AN_AGENT = 50
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,47}(:[a-z0-9_-]{1,16})?")


def declare_skill(work: Work, name: str, key: str) -> SkillId:
    """Raises `Forbidden`, `BadParameter`, `KeyTaken`, `TooManySkills`."""
    check_admin(work.actor)
    if not _KEY.fullmatch(key):
        raise BadParameter("Small letters, digits, - and _; a language is lang:de.", parameter="key")
    if known_skills(work, [key]):
        raise KeyTaken("There is a skill with this key.", parameter="key")
    if count_skills(work) >= MOST:
        raise TooManySkills(MOST)
    skill = SkillId(work.new_id())
    work.publish(SkillDeclared(skill=skill, key=key, name=strict_name(name, parameter="name")))
    return skill


def remove_skill(work: Work, skill_id: str) -> None:
    """Agents lose it, and what waits asks for it no longer. Raises `NotFound`, `Forbidden`, `SkillInUse`."""
    skill = _get(work, skill_id)
    check_admin(work.actor)
    rules = [rule.name for _, rule in rules_with(work) if skill.key in rule.skills]
    if rules:
        raise SkillInUse(rules)
    work.publish(SkillRemoved(skill=skill.id, key=skill.key))


def set_skills(work: Work, user_id: str, levels: Mapping[str, int], *, rev: int | None = None) -> None:
    """All of an agent's skills, by key. `rev`: refuse it if they have changed since.

    Raises `NotFound`, `Forbidden`, `NotAnAgent`, `UnknownSkill`, `BadParameter`, `ChangedMeanwhile`.
    """
    user = get_user(work, user_id)
    check_admin(work.actor)
    if user.type != "user" or not user.is_active:
        raise NotAnAgent
    check_levels(work, levels, most=MOST_OF_AN_AGENT)
    if rev is not None and rev != rev_of(work, work.organisation, user.id):
        raise ChangedMeanwhile("The agent's skills")
    before = levels_of(work, user.id)
    if dict(levels) != before:
        work.publish(AgentSkillsChanged(user=user.id, skills=dict(levels), before=before))


def draw_skills(reads: Reads, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of `skill` resources, and how many there are."""
    return [_draw(row) for row in list_skills(reads, page.size, page.offset)], count_skills(reads)


def draw_skill(reads: Reads, skill_id: str) -> dict[str, Any]:
    """One `skill`. Raises `NotFound`."""
    return _draw(_get(reads, skill_id))


def draw_agent_skills(reads: Reads, user_id: str) -> dict[str, Any]:
    """An agent's `user_skills`. Raises `NotFound`."""
    user: User = get_user(reads, user_id)
    return resource(
        "user_skills",
        user.id,
        {"skills": levels_of(reads, user.id), "rev": rev_of(reads, reads.organisation, user.id)},
        at=f"/v1/routing/users/{user.id}/skills",
    )


def _get(reads: Reads, skill_id: str) -> Any:
    row = find_skill(reads, skill_id)
    if row is None:
        raise NotFound
    return row


def _draw(row: Any) -> dict[str, Any]:
    attributes = {"key": row.key, "name": row.name, "createdAt": iso(Instant(row.created_at))}
    return resource("skill", row.id, attributes, at=f"/v1/routing/skills/{row.id}")
