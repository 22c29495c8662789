"""Which policy a conversation has: the first, in their order, whose criteria match it."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import Any, Final, NamedTuple

import structlog

from kithdesk.conversations import get_conversation
from kithdesk.core.work import Reads
from kithdesk.criteria import Explanation, Facts, facts_of, hidden_names
from kithdesk.sla.promises import criteria_of, read_promise
from kithdesk.sla.queries import policies_asked
from kithdesk.sla.standing import Cause, Matched

log = structlog.get_logger(__name__)

OF_ASSIGNMENT = ("conversation_queue", "conversation_assigned_users", "conversation_assigned_teams")
"""What changes with who has a conversation."""


class Asking:
    """The policies as they are now, asked about one conversation. `cause`: what happened to it."""

    def __init__(self, reads: Reads, conversation: str, cause: Cause) -> None:
        self.cause = cause
        self._reads = reads
        self._conversation = conversation
        self._policies = policies_asked(reads)

    @property
    def has_none(self) -> bool:
        return not self._policies.rows

    @property
    def names(self) -> frozenset[str]:
        """The attributes that policies look at."""
        return frozenset().union(*(criteria_of(row.promise).names for row in self._policies))

    def asks_by(self, names: Collection[str]) -> bool:
        """Whether any policy looks at one of these attributes."""
        return not self.names.isdisjoint(names)

    def first(self, facts: Facts, known: Matched | None) -> Matched | None:
        """`known`: what it has, which stays in its version if it is the one; and stays where policies cost so much that
        not all of them could be asked."""
        for row in self._policies:
            if self._matches(row, facts):
                return known if known is not None and known.policy == row.id else self._matched(row)
            if facts.allowance.is_used_up:
                log.warning("slas_given_up", organisation=self._reads.organisation, sla=row.id)
                return known
        return None

    def _matches(self, row: Any, facts: Facts) -> bool:
        return criteria_of(row.promise).matches(facts)

    def facts(self) -> Facts:
        return facts_of(self._reads, self._conversation)

    def _matched(self, row: Any) -> Matched:
        name = read_promise(row.promise).name
        return Matched(policy=row.id, version=row.version, number=row.number, name=name, at=self._reads.now)


class Untold(Enum):
    """Another may be first or none: that depends on what who asks may not read."""

    UNTOLD = "untold"


UNTOLD: Final = Untold.UNTOLD


class Supposing(Asking):
    """The same, of a conversation as it would be with many others: what does not look at who has it is asked once.

    Nothing is told by which the values could be guessed that who asks may not read: a policy that looks at some is not
    judged by them, unless the one that the conversation has says how it turned out.
    """

    def __init__(self, reads: Reads, conversation: str) -> None:
        super().__init__(reads, conversation, "handed_on")
        self._judged: dict[str, bool] = {}
        self._told: dict[str, bool | None] = {}
        self._hidden = hidden_names(reads, self.names)

    def first_told(self, facts: Facts, has: Matched | None) -> Matched | Untold | None:
        """`first`, as who asks may know it. `has`: what the conversation has now."""
        for row in self._policies:
            holds = self._holds_openly(row, facts, has)
            if holds is None:
                return UNTOLD
            if holds:
                return has if has is not None and has.policy == row.id else self._matched(row)
            if facts.allowance.is_used_up:
                return has
        return None

    def _holds_openly(self, row: Any, facts: Facts, has: Matched | None) -> bool | None:
        criteria = criteria_of(row.promise)
        if self._hidden.isdisjoint(criteria.names):
            return self._matches(row, facts)
        if not criteria.names.isdisjoint(OF_ASSIGNMENT):
            return criteria.matches_whatever(facts, self._hidden)
        if row.id not in self._told:
            holds = criteria.matches_whatever(facts, self._hidden)
            self._told[row.id] = self._as_it_has(row.id, has) if holds is None else holds
        return self._told[row.id]

    def _as_it_has(self, policy: str, has: Matched | None) -> bool | None:
        """Of one that does not look at who has it, and so matches with others as it does now. Of what the conversation
        has, and of what is asked before that, everybody sees whether it does."""
        order: list[str] = [one.id for one in self._policies]
        if has is None or has.policy not in order or order.index(policy) > order.index(has.policy):
            return None
        return has.policy == policy

    def _matches(self, row: Any, facts: Facts) -> bool:
        if not criteria_of(row.promise).names.isdisjoint(OF_ASSIGNMENT):
            return super()._matches(row, facts)
        if row.id not in self._judged:
            self._judged[row.id] = super()._matches(row, facts)
        return self._judged[row.id]


def any_asks_of(reads: Reads, homes: Collection[str]) -> bool:
    """Whether any policy that is switched on looks at one of these records."""
    return any(
        name.partition("_")[0] in homes
        for row in policies_asked(reads)
        for name in criteria_of(row.promise).names
    )


class PolicyJudged(NamedTuple):
    """Whether a policy matches, and what is to blame if it does not; None where that depends on what who asks may not
    read."""

    id: str
    name: str
    number: int
    judgement: Explanation | None


def judge_all(reads: Reads, conversation: str) -> list[PolicyJudged]:
    """Every policy that is switched on, in their order. Raises `NotFound`."""
    facts = facts_of(reads, get_conversation(reads, conversation).id)
    return [
        PolicyJudged(row.id, read_promise(row.promise).name, row.number, _explain(reads, row, facts))
        for row in policies_asked(reads)
    ]


def _explain(reads: Reads, row: Any, facts: Facts) -> Explanation | None:
    criteria = criteria_of(row.promise)
    hidden = hidden_names(reads, criteria.names)
    is_untold = hidden and criteria.matches_whatever(facts, hidden) is None
    return None if is_untold else criteria.explain(facts)
