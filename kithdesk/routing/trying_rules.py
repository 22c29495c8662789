"""Trying the rules on a conversation as it is now: which would decide, and why not the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from kithdesk.conversations import get_conversation
from kithdesk.core.documents import resource
from kithdesk.core.work import Reads
from kithdesk.criteria import Facts, Outcome, facts_of, masked
from kithdesk.routing.events import QueueRule
from kithdesk.routing.queries.queues import list_rules
from kithdesk.routing.queue_rules import read_rule

Verdict = Literal["decides", "matches_too", "does_not_match", "off", "not_judged"]
"""
    decides          the first that matches
    matches_too      would decide, did no rule before it
    does_not_match   with the comparisons to blame
    off              it is passed over
    not_judged       those before it cost too much, and no rule decides
"""


class Tried(NamedTuple):
    """A rule, and what it says of the conversation."""

    id: str
    rule: QueueRule
    verdict: Verdict
    failed: tuple[Outcome, ...] = ()


def try_rules(reads: Reads, conversation: str) -> list[Tried]:
    """All rules in the order in which they are asked. Raises `NotFound`."""
    return list(_try_each(reads, facts_of(reads, get_conversation(reads, conversation).id)))


def draw_tried(reads: Reads, one: Tried) -> dict[str, Any]:
    """A `queue_rule_judgement` resource; its id is the rule's."""
    attributes = {
        "name": one.rule.name,
        "verdict": one.verdict,
        "failed": [_failed(reads, each) for each in one.failed],
    }
    around = {
        "queueRule": {"data": {"type": "queue_rule", "id": one.id}},
        "queue": {"data": {"type": "queue", "id": one.rule.queue}},
    }
    return resource("queue_rule_judgement", one.id, attributes, relationships=around)


def _try_each(reads: Reads, facts: Facts) -> Iterator[Tried]:
    """As `judging` asks them, by the same allowance; only that it goes on after the one that decides."""
    is_decided = False
    for row in list_rules(reads):
        rule, criteria = read_rule(row.rule)
        if not rule.enabled:
            yield Tried(row.id, rule, "off")
            continue
        holds, failed = criteria.explain(facts)
        if holds:
            yield Tried(row.id, rule, "matches_too" if is_decided else "decides")
            is_decided = True
        elif facts.allowance.is_used_up:
            yield Tried(row.id, rule, "not_judged")
        else:
            yield Tried(row.id, rule, "does_not_match", failed)


def _failed(reads: Reads, one: Outcome) -> dict[str, Any]:
    value = masked(reads, {one.name: {one.operator: one.value}})[one.name][one.operator]
    return {
        "at": one.at,
        "attribute": one.name,
        "operator": one.operator,
        "value": value,
        "holds": one.holds,
    }
