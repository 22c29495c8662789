"""Rules: what goes into which queue."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from kithdesk.core.events import Event, Personal


class QueueRule(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What matches `criteria` goes into `queue`, with what is asked of whoever takes it.

    `skills`: the least level by key. `priority` None: the queue's. `preferred`: who goes first of those who may.
    """

    name: str
    queue: str
    criteria: dict[str, Any] = {}
    enabled: bool = True
    skills: dict[str, int] = {}
    priority: int | None = None
    preferred: str | None = None


class _Ruled(Event, frozen=True, kw_only=True):
    """A rule whole, but that what it matches may name a person and stands apart. None: that was erased."""

    queue_rule: str
    rule: QueueRule
    criteria: Personal[dict[str, Any] | None] = None

    @property
    def whole(self) -> QueueRule:
        """Without its criteria it decides nothing: with none it would decide everything."""
        if self.criteria is None:
            return msgspec.structs.replace(self.rule, enabled=False)
        return msgspec.structs.replace(self.rule, criteria=self.criteria)


class QueueRuleCreated(_Ruled, frozen=True, kw_only=True):
    kind: ClassVar[str] = "queue_rule.created"
    place: int


class QueueRuleChanged(_Ruled, frozen=True, kw_only=True):
    """All of it as it is now. It is asked of what enters from now on."""

    kind: ClassVar[str] = "queue_rule.changed"
    before: QueueRule
    criteria_before: Personal[dict[str, Any] | None] = None


class QueueRuleDeleted(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "queue_rule.deleted"
    queue_rule: str


class QueueRulesOrdered(Event, frozen=True, kw_only=True):
    """All rules in the order in which they are asked: the first that matches decides."""

    kind: ClassVar[str] = "queue_rule.ordered"
    queue_rules: list[str]
