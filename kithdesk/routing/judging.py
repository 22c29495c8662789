"""Judging: into which queue work goes when it enters, and what is asked of whoever takes it."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from kithdesk import customers
from kithdesk.conversations import ConversationId, get_conversation
from kithdesk.core.work import Work
from kithdesk.criteria import as_ours, facts_of
from kithdesk.routing.entities import Queue, WorkItem
from kithdesk.routing.events import QueueRule
from kithdesk.routing.queries.queues import find_default_queue, find_queue, list_rules
from kithdesk.routing.queries.skills import list_languages, somebody_has
from kithdesk.routing.queue_rules import read_rule

log = structlog.get_logger(__name__)

LANGUAGE = "lang:"
"""How the skill of a language begins: `lang:de`. Work holds out for it a while, where an agent has it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say, where they say more than that the default queue has it."""

    queue: str
    priority: int
    weight: int
    rule: str | None
    skills: tuple[tuple[str, int], ...]
    preferred: str | None
    language: str | None


def judge(work: Work, item: WorkItem) -> Judgement | None:
    """None: nothing is known of it but that it has come."""
    found = _first_match(work, item)
    language = _language_of(work, item)
    if found is None and language is None:
        return None
    id, rule = (None, None) if found is None else found
    queue = _queue_of(work, item, rule)
    if queue is None:
        return None
    if rule is None:
        return Judgement(queue.id, queue.priority, queue.weight, id, (), None, language)
    priority = queue.priority if rule.priority is None else rule.priority
    skills = tuple(sorted(rule.skills.items()))
    wished = None if language in rule.skills else language
    return Judgement(queue.id, priority, queue.weight, id, skills, rule.preferred, wished)


def _first_match(work: Work, item: WorkItem) -> tuple[str, QueueRule] | None:
    """None also where rules cost so much that not all of them could be asked."""
    rules = list_rules(work)
    if not rules:
        return None
    facts = facts_of(as_ours(work), item.conversation)
    for row in rules:
        rule, criteria = read_rule(row.rule)
        if rule.enabled and criteria.matches(facts):
            return row.id, rule
        if facts.allowance.is_used_up:
            log.warning("queue_rules_given_up", organisation=work.organisation, rule=row.id)
            return None
    return None


def _queue_of(work: Work, item: WorkItem, rule: QueueRule | None) -> Queue | None:
    """The rule's, else the one it was in, else the default one."""
    named = rule.queue if rule is not None else item.queue or find_default_queue(work)
    return None if named is None else find_queue(work, named)


def _language_of(work: Work, item: WorkItem) -> str | None:
    """The skill of the customer's language, if an agent speaks it."""
    declared = list_languages(work)
    if not declared:
        return None
    ours = as_ours(work)
    conversation = get_conversation(ours, ConversationId(item.conversation))
    customer = customers.find_customer(ours, conversation.customer)
    spoken = None if customer is None else customer.profile.default_lang or customer.profile.locale
    if not spoken:
        return None
    skill = LANGUAGE + spoken.replace("_", "-").split("-")[0].lower()
    return skill if skill in declared and somebody_has(work, skill) else None
