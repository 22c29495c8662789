"""What routing's routes take."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictInt

from kithdesk.core.documents import Body, Id
from kithdesk.routing.profiles import YEAR, Transfers
from kithdesk.routing.settings import MAX_CAPACITY, MOST_QUEUES, MOST_REASONS, SettingsChange

Status = Literal["available", "busy", "unavailable", "offline"]
Acceptance = Literal["auto", "manual"]
Reach = Literal["any", "own", "none"]
Weight = Annotated[StrictInt, Field(ge=1, le=MAX_CAPACITY)]
Priority = Annotated[StrictInt, Field(ge=1, le=100)]
PriorityKey = Annotated[str, Field(pattern=r"^([1-9][0-9]?|100)$")]


class TransfersBody(Body):
    """`own`: what their team serves, their own teams, its members."""

    to_queues: Reach = "any"
    to_teams: Reach = "any"
    to_agents: Reach = "any"


class SettingsBody(Body):
    """What is left out stays as it is; null follows the organisation, or the default, again.

    `enabled` and `queues` are a team's; `unavailableReasons` the organisation's.
    """

    enabled: StrictBool | None = None
    queues: list[Id] | None = Field(None, max_length=MOST_QUEUES)
    capacity_per_agent: StrictInt | None = Field(None, ge=1, le=MAX_CAPACITY)
    channel_weights: dict[str, Weight] | None = None
    capacity_by_priority: dict[PriorityKey, Weight] | None = None
    pause_lower_priority: StrictBool | None = None
    acceptance: Acceptance | None = None
    accept_timeout_seconds: StrictInt | None = Field(None, ge=5, le=3_600)
    wrap_up_seconds: StrictInt | None = Field(None, ge=0, le=3_600)
    requeue_when_offline: StrictBool | None = None
    unassign_when_reopened_away: StrictBool | None = None
    last_agent_first_seconds: StrictInt | None = Field(None, ge=0, le=YEAR)
    last_agent_hold_seconds: StrictInt | None = Field(None, ge=0, le=86_400)
    language_hold_seconds: StrictInt | None = Field(None, ge=0, le=86_400)
    external_queues: list[Annotated[str, Field(max_length=255)]] | None = Field(
        None,
        max_length=1,
        description="A queue of another system, kept for programs; nothing is routed by it.",
    )
    transfers: TransfersBody | None = None
    unavailable_reasons: list[Annotated[str, Field(max_length=255)]] | None = Field(
        None, max_length=MOST_REASONS
    )
    rev: StrictInt | None = Field(None, description="Refuse it if they have changed since.")

    def as_change(self) -> SettingsChange:
        given: dict[str, Any] = {name: getattr(self, name) for name in self.model_fields_set - {"rev"}}
        if "enabled" in given:
            given["enabled"] = bool(given["enabled"])
        if "queues" in given:
            given["queues"] = tuple(given["queues"] or ())
        for name in ("unavailable_reasons", "external_queues"):
            if given.get(name) is not None:
                given[name] = tuple(given[name])
        if given.get("capacity_by_priority") is not None:
            given["capacity_by_priority"] = {
                int(priority): units for priority, units in given["capacity_by_priority"].items()
            }
        if given.get("transfers") is not None:
            given["transfers"] = Transfers(**given["transfers"].model_dump())
        return SettingsChange(**given)


class OverflowBody(Body):
    """At least one of `toQueue`, `message` and `form`, and of `afterSeconds` and `overWaiting`."""

    to_queue: Id | None = None
    after_seconds: StrictInt | None = Field(None, ge=5, le=86_400)
    over_waiting: StrictInt | None = Field(None, ge=1, le=100_000)
    message: str | None = Field(None, max_length=4_000, description="What the customer is told, once.")
    form: StrictBool = Field(False, description="Whether they may leave an address instead of waiting.")


class _QueueValues(Body):
    """What a queue says of its work."""

    priority: Priority | None = Field(None, description="1 goes first.")
    weight: Weight | None = Field(None, description="How much of a capacity one item takes.")
    acceptance: Acceptance | None = Field(None, description="Null: as the team has it.")
    requeue_when_offline: StrictBool | None = Field(None, description="Null: as the team has it.")
    schedule: Id | None = Field(None, description="Its business hours.")
    overflow: OverflowBody | None = None

    def values(self) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in self.model_fields_set - {"key", "rev"}}
        if given.get("overflow") is not None:
            given["overflow"] = given["overflow"].model_dump()
        return given


class NewQueueBody(_QueueValues):
    """With the `key` of a queue that there is, that one is changed."""

    name: str = Field(max_length=255)
    key: str | None = Field(None, max_length=64)


class QueueBody(_QueueValues):
    """What is left out stays as it is."""

    name: str | None = Field(None, max_length=255)
    key: str | None = Field(None, max_length=64)
    rev: StrictInt | None = Field(None, description="Refuse it if it has changed since.")


Level = Annotated[StrictInt, Field(ge=1, le=5)]
SkillKey = Annotated[str, Field(max_length=64)]
Levels = Annotated[dict[SkillKey, Level], Field(max_length=50)]


_MAY_BE_NULL = ("priority", "preferred")


class _RuleValues(Body):
    criteria: dict[str, Any] | None = Field(None, description="As docs/criteria.md has them.")
    enabled: StrictBool | None = None
    skills: Levels | None = Field(None, description="The least level, by key of skill.")
    priority: Priority | None = Field(None, description="Null: the queue's.")
    preferred: Id | None = Field(None, description="Who goes first of those who may take it.")

    def values(self) -> dict[str, Any]:
        """Without what may not be null and is."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"rev"}}
        return {name: value for name, value in given.items() if value is not None or name in _MAY_BE_NULL}


class NewRuleBody(_RuleValues):
    """What matches goes into `queue`. Without criteria everything does."""

    name: str = Field(max_length=255)
    queue: Id


class RuleBody(_RuleValues):
    """What is left out stays as it is."""

    name: str | None = Field(None, max_length=255)
    queue: Id | None = None
    rev: StrictInt | None = Field(None, description="Refuse it if it has changed since.")


class OrderBody(Body):
    """All queue rules, in the order in which they are asked."""

    queue_rules: list[Id] = Field(max_length=200)


class TransferBody(Body):
    """To one of a queue, a team or an agent, with the reason in the agent's words."""

    queue: Id | None = None
    team: Id | None = None
    user: Id | None = None
    reason: str = Field("", max_length=500)


class SkillBody(Body):
    """`key`: by which levels and rules name it; of a language it is `lang:` and its code."""

    name: str = Field(max_length=255)
    key: str = Field(max_length=64)


class LevelsBody(Body):
    """All skills of an agent: levels from 1 to 5, by key."""

    skills: Levels
    rev: StrictInt | None = Field(None, description="Refuse it if they have changed since.")


class StatusBody(Body):
    """`reason` is the agent's own word for why they are away; `team` as which of theirs they work, null: the first."""

    status: Status
    reason: str | None = Field(None, max_length=255)
    team: Id | None = None

    @property
    def chosen_team(self) -> str | None:
        if "team" not in self.model_fields_set:
            return None
        return self.team or ""
