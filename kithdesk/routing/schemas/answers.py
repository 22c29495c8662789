"""What routing's routes answer."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from kithdesk.core.documents import Attributes

Status = Literal["available", "busy", "unavailable", "offline"]
Acceptance = Literal["auto", "manual"]
Reach = Literal["any", "own", "none"]


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class OverflowPart(_Part):
    to_queue: str | None
    after_seconds: int | None
    over_waiting: int | None
    message: str | None
    form: bool


class Queue(Attributes):
    """`acceptance` and `requeueWhenOffline` null: as the team has it. `opensAt`: while it is closed by its schedule."""

    name: str
    key: str
    is_default: bool
    priority: int
    weight: int
    acceptance: Acceptance | None
    requeue_when_offline: bool | None
    schedule: str | None
    open: bool
    opens_at: str | None
    overflow: OverflowPart | None
    created_at: str
    updated_at: str
    rev: int


class CrewPart(_Part):
    """`team` null: the agents who are in no team that is routed to. `here`: not offline, and at work as this team;
    `elsewhere`: not offline, and at work as another."""

    team: str | None
    name: str | None
    members: int
    here: int
    available: int
    elsewhere: int


class QueueStaffing(Attributes):
    """`served` false: nobody is ever given what waits in it, until a team that has members serves it."""

    served: bool
    here: int
    available: int
    teams: list[CrewPart]


class TransfersPart(_Part):
    to_queues: Reach
    to_teams: Reach
    to_agents: Reach


class RoutingSettings(Attributes):
    """What holds. `inherited` names what was not set here; `isInherited`: the capacity is among that, for a team."""

    enabled: bool | None = None
    queues: list[str] | None = None
    capacity_per_agent: int
    channel_weights: dict[str, int]
    capacity_by_priority: dict[str, int]
    pause_lower_priority: bool
    acceptance: Acceptance
    accept_timeout_seconds: int
    wrap_up_seconds: int
    requeue_when_offline: bool
    unassign_when_reopened_away: bool
    last_agent_first_seconds: int
    last_agent_hold_seconds: int
    language_hold_seconds: int
    external_queues: list[str] | None = None
    transfers: TransfersPart
    unavailable_reasons: list[str]
    inherited: list[str]
    is_inherited: bool
    updated_at: str | None
    rev: int


class UserStatus(Attributes):
    """`load` of `capacity` in hand; `online`: a socket of theirs is open. `team`: as which they work."""

    display_name: str
    status: Status
    status_type: Status
    reason: str | None
    changed_at: str | None
    load: int
    capacity: int
    online: bool


class WorkItem(Attributes):
    """`idle`: open, but in no queue and nobody's. `waited`: milliseconds, before the wait that lasts. `remaining`:
    milliseconds until the offer or the wrap-up is over. `declinedAt`: since when everybody who could take it has
    declined."""

    status: Literal["idle", "queued", "offered", "assigned", "paused", "wrap_up", "completed"]
    priority: int
    weight: int
    channel: str
    skills: dict[str, int]
    language: str | None
    holds_out_for_language: bool
    declined_at: str | None
    asked_again_at: str | None
    overflowed_at: str | None
    queued_count: int
    waited: int
    entered_at: str
    offered_at: str | None
    offered_until: str | None
    accepted_at: str | None
    held_until: str | None
    wrap_up_until: str | None
    remaining: int | None
    completed_at: str | None
    created_at: str
    changed_at: str


class StandingPart(_Part):
    user: str
    display_name: str
    load: int
    capacity: int
    idle_since: str


class RoutingDecision(Attributes):
    """`others`: how many could not take it, by reason. `unseen`: how many more had room, behind all of these."""

    at: str
    because: Literal["preferred", "most_room", "longest_idle", "tie", "only_one", "nobody", "closed"]
    preferred_as: Literal["by_hand", "rule", "last_agent"] | None
    language_dropped: str | None
    opens_at: str | None
    chosen: StandingPart | None
    runners_up: list[StandingPart]
    others: dict[str, int]
    unseen: int


class WorkSession(Attributes):
    """Milliseconds in each status, with the one that lasts."""

    status: Status
    available: int
    busy: int
    unavailable: int
    items: int
    began_at: str
    signed_out_at: str | None


class QueueRule(Attributes):
    """`position`: which is asked first, from 0. `priority` null: the queue's."""

    name: str
    enabled: bool
    criteria: dict[str, Any]
    skills: dict[str, int]
    priority: int | None
    position: int
    created_at: str
    updated_at: str
    rev: int


class QueueRuleCriteria(Attributes):
    criteria: dict[str, Any]


class FailedPart(_Part):
    """What would have to turn out otherwise; within a `not` it `holds`. `at`: its place in the criteria. The value is
    masked for who may not read it."""

    at: str
    attribute: str
    operator: str
    value: Any
    holds: bool


class QueueRuleJudgement(Attributes):
    """`matches_too`: it would decide, did no rule before it. `not_judged`: those before it cost too much."""

    name: str
    verdict: Literal["decides", "matches_too", "does_not_match", "off", "not_judged"]
    failed: list[FailedPart]


class Skill(Attributes):
    key: str
    name: str
    created_at: str


class UserSkills(Attributes):
    """`rev`: how often they were changed."""

    skills: dict[str, int]
    rev: int


class QueueMetrics(Attributes):
    """Milliseconds. `expectedWait`: of who would come now, from what left the queue in the last half hour; 0 where
    nothing waits and somebody has room, null where nothing left, nobody who serves the queue is available, and while it
    is closed. `recentWait`: how long those have waited on average."""

    open: bool
    opens_at: str | None
    waiting: int
    longest_wait: int | None
    expected_wait: int | None
    recent_wait: int | None
