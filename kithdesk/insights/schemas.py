"""What the routes of insights answer."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from kithdesk.core.documents import Attributes, Listed


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class _Counts(_Part):
    """`waiting`: nobody has it; for `offered` of them an agent is being asked, and everybody who could take them has
    declined the `declined`, the first of them `declinedSince`. `longestWaitSince` null: nothing waits.
    `slaAtRisk`: past a warning; `slaLate`: past a due time, now. What is from `arrived` on went through since
    `hourSince`. Waits are milliseconds."""

    waiting: int
    offered: int
    declined: int
    declined_since: str | None
    in_hand: int
    wrapping_up: int
    longest_wait_since: str | None
    sla_at_risk: int
    sla_late: int
    arrived: int
    assigned: int
    completed: int
    median_wait: int | None


class TotalsPart(_Counts):
    """Also of what is in no queue, unless `queues` were asked for. `slaIsCapped`: there are more at risk or broken."""

    sla_is_capped: bool


class BucketPart(_Part):
    """Five minutes."""

    at: str
    arrived: int
    assigned: int
    completed: int


class QueuePart(_Counts):
    """`expectedWait`: of what comes now; null where nothing is known, nobody who serves the queue is `available`, and
    while it is not `open`. `buckets`: twelve, of which the last is not over."""

    id: str
    name: str
    key: str
    priority: int
    expected_wait: int | None
    available: int
    open: bool
    opens_at: str | None
    buckets: list[BucketPart]


class StatusesPart(_Part):
    available: int
    busy: int
    unavailable: int
    offline: int


class TeamPart(_Part):
    id: str
    name: str


class AgentPart(_Part):
    """`team`: as which they work. `load` of `capacity` is taken, by `items` conversations."""

    user: str
    name: str
    status: Literal["available", "busy", "unavailable", "offline"]
    reason: str | None
    since: str | None
    team: TeamPart | None
    load: int
    capacity: int
    items: int


class AgentsPart(_Part):
    """`rows`: up to 500 of the `total` who are not offline, or have something in hand; `byStatus` counts all."""

    by_status: StatusesPart
    total: int
    is_capped: bool
    rows: list[AgentPart]


class LiveBoard(Attributes):
    at: str
    hour_since: str
    totals: TotalsPart
    queues: list[QueuePart]
    agents: AgentsPart


class ForetoldPart(_Part):
    """A promise that would be another, in seconds; null: not promised. `dueAt`: of what waits now."""

    metric: str
    seconds: int | None
    seconds_before: int | None
    due_at: str | None
    due_at_before: str | None


class SlaHandoff(Attributes):
    """The SLA that a conversation would have with a queue, a team or an agent (`place`), and has now; null: none.

    `mayChange`: which it would have depends on attributes that you may not read, and nothing more is told.
    """

    place: Literal["queue", "team", "user"]
    sla: str | None
    sla_before: str | None
    may_change: bool
    promises: list[ForetoldPart]


class SlaHandoffs(Listed[SlaHandoff]):
    """`isCut`: there are so many places, or so many criteria, that some could not be looked at: of those nothing is
    known. Ask with fewer `places`."""

    meta: dict[str, Any]
