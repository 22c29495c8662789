"""Queue rules: into which queue work goes, by what it is about. For administrators.

They are asked in their order, and the first enabled one whose criteria match decides. What no rule matches goes into
the default queue. They are asked when work enters: with a customer's first message, or when they come back to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from kithdesk.core.actors import check_admin
from kithdesk.core.clock import Instant, iso
from kithdesk.core.documents import resource
from kithdesk.core.errors import BadOrder, BadParameter, ChangedMeanwhile, NotFound
from kithdesk.core.names import strict_name
from kithdesk.core.work import Reads, Work
from kithdesk.criteria import Criteria, check_criteria, check_together, masked, read_criteria
from kithdesk.routing.entities import decode_rule
from kithdesk.routing.errors import TooManyRules, UnknownSkill
from kithdesk.routing.events import (
    QueueRule,
    QueueRuleChanged,
    QueueRuleCreated,
    QueueRuleDeleted,
    QueueRulesOrdered,
)
from kithdesk.routing.ids import QueueRuleId
from kithdesk.routing.queries.queues import find_rule, list_rules
from kithdesk.routing.queries.skills import known_skills
from kithdesk.routing.queues import check_queue
from kithdesk.routing.transferring import check_agents

MOST = 200
MOST_SKILLS = 5


@lru_cache(maxsize=1_024)
def read_rule(kept: str) -> tuple[QueueRule, Criteria]:
    """A rule as its row has it. It was checked when it was kept."""
    rule = decode_rule(kept)
    return rule, read_criteria(rule.criteria)


def create_rule(work: Work, values: Mapping[str, Any]) -> QueueRuleId:
    """After all others.

    Raises `Forbidden`, `TooManyRules`, `BadParameter`, `BadCriterion`, `CriteriaFull`, `UnknownQueue`, `UnknownSkill`.
    """
    check_admin(work.actor)
    rules = list_rules(work)
    if len(rules) >= MOST:
        raise TooManyRules(MOST)
    id = QueueRuleId(work.new_id())
    place = 1 + max((row.place for row in rules), default=-1)
    rule = _checked(work, QueueRule(name="", queue=""), values)
    _check_together(rules, rule, before=None)
    stated, criteria = _apart(rule)
    work.publish(QueueRuleCreated(queue_rule=id, place=place, rule=stated, criteria=criteria))
    return id


def change_rule(work: Work, id: str, values: Mapping[str, Any], *, rev: int | None = None) -> None:
    """Sets what is given. Changing nothing states nothing. `rev`: refuse it if it has changed since.

    Raises `NotFound`, `ChangedMeanwhile`, and the same.
    """
    row = _get(work, id)
    check_admin(work.actor)
    if rev not in (None, row.rev):
        raise ChangedMeanwhile("The queue rule")
    before = decode_rule(row.rule)
    after = _checked(work, before, values)
    if after == before:
        return
    _check_together((row for row in list_rules(work) if row.id != id), after, before=before)
    (rule, criteria), (rule_before, criteria_before) = _apart(after), _apart(before)
    work.publish(
        QueueRuleChanged(
            queue_rule=id,
            rule=rule,
            criteria=criteria,
            before=rule_before,
            criteria_before=criteria_before,
        )
    )


def _apart(rule: QueueRule) -> tuple[QueueRule, dict[str, Any]]:
    """The rule without its criteria, and these."""
    return msgspec.structs.replace(rule, criteria={}), rule.criteria


def delete_rule(work: Work, id: str) -> None:
    """Raises `NotFound`, `Forbidden`."""
    _get(work, id)
    check_admin(work.actor)
    work.publish(QueueRuleDeleted(queue_rule=id))


def order_rules(work: Work, ids: Sequence[str]) -> None:
    """Raises `Forbidden`, and `BadOrder` unless it is all of them, each once."""
    check_admin(work.actor)
    before = [row.id for row in list_rules(work)]
    if sorted(ids) != sorted(before):
        raise BadOrder("queue rules", parameter="queueRules")
    if list(ids) != before:
        work.publish(QueueRulesOrdered(queue_rules=list(ids)))


def rules_with(reads: Reads) -> list[tuple[str, QueueRule]]:
    """All rules, to see what they name."""
    return [(row.id, read_rule(row.rule)[0]) for row in list_rules(reads)]


def draw_rules(reads: Reads) -> list[dict[str, Any]]:
    """All `queue_rule` resources, in the order in which they are asked."""
    return [_draw(reads, row, position) for position, row in enumerate(list_rules(reads))]


def draw_criteria(reads: Reads) -> list[dict[str, Any]]:
    """All `queue_rule_criteria` resources: of each rule what it matches, under the rule's id."""
    return [_draw_criteria(reads, row) for row in list_rules(reads)]


def draw_rule(reads: Reads, id: str) -> dict[str, Any]:
    """One `queue_rule`. Raises `NotFound`."""
    for drawn in draw_rules(reads):
        if drawn["id"] == id:
            return drawn
    raise NotFound


def _get(reads: Reads, id: str) -> Any:
    row = find_rule(reads, id)
    if row is None:
        raise NotFound
    return row


def _checked(work: Work, before: QueueRule, values: Mapping[str, Any]) -> QueueRule:
    rule = msgspec.structs.replace(before, **values)
    rule = msgspec.structs.replace(rule, name=strict_name(rule.name, parameter="name"))
    if rule.queue != before.queue or not rule.queue:
        check_queue(work, rule.queue)
    if rule.criteria != before.criteria:
        check_criteria(work, rule.criteria)
    if rule.preferred is not None and rule.preferred != before.preferred:
        check_agents(work, [rule.preferred], parameter="preferred")
    if rule.skills != before.skills:
        check_levels(work, rule.skills, most=MOST_SKILLS)
    return rule


def _check_together(others: Iterable[Any], rule: QueueRule, *, before: QueueRule | None) -> None:
    check_together(
        (read_rule(row.rule)[0].criteria for row in others),
        rule.criteria,
        before={} if before is None else before.criteria,
    )


def check_levels(work: Work, skills: Mapping[str, int], *, most: int) -> None:
    """Raises `UnknownSkill`, and `BadParameter` for a level outside 1 to 5."""
    if len(skills) > most:
        raise BadParameter(f"At most {most}.", parameter="skills")
    if any(not 1 <= level <= 5 for level in skills.values()):
        raise BadParameter("A level is a whole number from 1 to 5.", parameter="skills")
    if len(known_skills(work, skills.keys())) != len(skills):
        raise UnknownSkill


def _draw_criteria(reads: Reads, row: Any) -> dict[str, Any]:
    rule, _ = read_rule(row.rule)
    around = {"queueRule": {"data": {"type": "queue_rule", "id": row.id}}}
    shown = {"criteria": masked(reads, rule.criteria)}
    return resource("queue_rule_criteria", row.id, shown, relationships=around)


def _draw(reads: Reads, row: Any, position: int) -> dict[str, Any]:
    rule, _ = read_rule(row.rule)
    attributes = {
        "name": rule.name,
        "enabled": rule.enabled,
        "criteria": masked(reads, rule.criteria),
        "skills": rule.skills,
        "priority": rule.priority,
        "position": position,
        "createdAt": iso(Instant(row.created_at)),
        "updatedAt": iso(Instant(row.changed_at)),
        "rev": row.rev,
    }
    preferred = None if rule.preferred is None else {"type": "user", "id": rule.preferred}
    around = {"queue": {"data": {"type": "queue", "id": rule.queue}}, "preferred": {"data": preferred}}
    return resource(
        "queue_rule", row.id, attributes, at=f"/v1/routing/queue-rules/{row.id}", relationships=around
    )
