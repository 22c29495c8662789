"""The facts routing states. Who serves a conversation is stated through conversations, as `conversation.assigned`."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.events import Event, Personal, Recorded
from kithdesk.routing.choosing import PreferredAs

Status = Literal["available", "busy", "unavailable", "offline"]

# Queues and their rules


class OverflowTerms(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What becomes of what waits so long, or behind so much: the customer is told, or asked, or it goes elsewhere."""

    to_queue: str | None = None
    after_seconds: int | None = None
    over_waiting: int | None = None
    message: str | None = None
    form: bool = False


class QueueTerms(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What a queue says of the work in it. None: as the team, or the organisation, has it."""

    acceptance: Literal["auto", "manual"] | None = None
    requeue_when_offline: bool | None = None
    schedule: str | None = None
    overflow: OverflowTerms | None = None


class QueueCreated(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "queue.created"
    queue: str
    name: str
    key: str
    is_default: bool = False
    priority: int = 50
    weight: int = 1
    terms: QueueTerms = QueueTerms()


class QueueChanged(Event, frozen=True, kw_only=True):
    """All of it as it is now. What waits keeps the priority and the weight with which it entered."""

    kind: ClassVar[str] = "queue.changed"
    queue: str
    name: str
    priority: int
    weight: int
    terms: QueueTerms
    before: dict[str, Any] = {}  # noqa: RUF012 - a struct copies it


class QueueDeleted(Event, frozen=True, kw_only=True):
    """What waits in it goes to the default queue, and so does what comes back to it."""

    kind: ClassVar[str] = "queue.deleted"
    queue: str


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


class RoutingSettingsChanged(Event, frozen=True, kw_only=True):
    """The whole profile of a team, or with `team` None of the organisation, as JSON values; what is not in it follows.

    `name_key`: the team's name as names are compared.
    """

    kind: ClassVar[str] = "routing.settings_changed"
    team: str | None
    profile: dict[str, Any]
    before: dict[str, Any] = {}  # noqa: RUF012
    name_key: str = ""


# Agents


class SkillDeclared(Event, frozen=True, kw_only=True):
    """`key`: by which agents' levels and rules name it."""

    kind: ClassVar[str] = "skill.declared"
    skill: str
    key: str
    name: str


class SkillRemoved(Event, frozen=True, kw_only=True):
    """No agent has it any more, and nothing requires it."""

    kind: ClassVar[str] = "skill.removed"
    skill: str
    key: str


class AgentSkillsChanged(Event, frozen=True, kw_only=True):
    """All of an agent's levels, by the keys of skills."""

    kind: ClassVar[str] = "agent.skills_changed"
    user: str
    skills: dict[str, int]
    before: dict[str, int] = {}  # noqa: RUF012


class AgentStatusChanged(Event, frozen=True, kw_only=True):
    """`team`: as which they said they work; '' leaves it to the names."""

    kind: ClassVar[str] = "agent.status_changed"
    user: str
    status: Status
    before: Status
    reason: Personal[str | None] = None
    """In the agent's own words, so it may tell more than a roster should keep."""
    display_name: Personal[str] = ""
    team: str = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "user": self.user,
            "displayName": self.display_name,
            "status": self.status,
            "reason": self.reason,
            "at": iso(recorded.at),
        }


# Work items


class WorkJudged(Event, frozen=True, kw_only=True):
    """More is known of what enters `queue` than the queue says: by a rule, or from who had it last."""

    kind: ClassVar[str] = "work.judged"
    conversation: str
    queue: str
    priority: int
    weight: int
    rule: str | None = None
    skills: tuple[tuple[str, int], ...] = ()
    preferred: str | None = None
    preferred_as: PreferredAs | None = None
    language: str | None = None
    reserved_for: str | None = None
    held_until: int | None = None


class _Turn(Event, frozen=True, kw_only=True):
    """What is said of an item, of which conversation and in which queue."""

    item: str
    conversation: str
    queue: str | None


class _Work(_Turn, frozen=True, kw_only=True):
    """What is said of an item that an agent is, or was, asked to take."""

    user: str


class WorkOffered(_Work, frozen=True, kw_only=True):
    """An agent is asked to take it, `until` when."""

    kind: ClassVar[str] = "work.offered"
    until: int
    decision: dict[str, Any] | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "item": self.item,
            "conversation": self.conversation,
            "queue": self.queue,
            "user": self.user,
            "until": iso(Instant(self.until)),
        }


How = Literal["declined", "timed_out", "withdrawn"]


class WorkOfferEnded(_Work, frozen=True, kw_only=True):
    """They did not take it, and it goes to the next."""

    kind: ClassVar[str] = "work.offer_ended"
    how: How

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "item": self.item,
            "conversation": self.conversation,
            "queue": self.queue,
            "user": self.user,
            "how": self.how,
        }


class WorkHoldEnded(_Turn, frozen=True, kw_only=True):
    """It was held for the agent who had it last, and is now for anybody."""

    kind: ClassVar[str] = "work.hold_ended"
    item: str
    conversation: str
    queue: str | None


class WorkLanguageDropped(_Turn, frozen=True, kw_only=True):
    """It held out for somebody who speaks its customer's language, and is now for anybody."""

    kind: ClassVar[str] = "work.language_dropped"
    language: str


class WorkOverflowed(_Turn, frozen=True, kw_only=True):
    """Its customer was told that it takes long. `form`: and asked to leave an address."""

    kind: ClassVar[str] = "work.overflowed"
    form: bool = False


class WorkWrappedUp(_Turn, frozen=True, kw_only=True):
    """The time to wrap it up is over, or was not needed."""

    kind: ClassVar[str] = "work.wrapped_up"
    users: tuple[str, ...] = ()

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "item": self.item,
            "conversation": self.conversation,
            "queue": self.queue,
            "users": list(self.users),
            "at": iso_or_none(recorded.at),
        }


class WorkTransferred(Event, frozen=True, kw_only=True):
    """An agent gave it on by hand, and says why. Who has it is `conversation.assigned`'s to tell."""

    kind: ClassVar[str] = "work.transferred"
    on_timeline: ClassVar[bool] = True
    item: str
    conversation: str
    customer: str
    queue: str | None
    reason: Personal[str] = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "item": self.item,
            "conversation": self.conversation,
            "queue": self.queue,
            "reason": self.reason,
        }
