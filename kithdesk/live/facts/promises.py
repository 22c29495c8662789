"""What is told of the promises made to customers: which a conversation has, and how it stands with them."""

from __future__ import annotations

from typing import Literal

from kithdesk.live.facts.parts import Fact

State = Literal["pending", "paused", "done"]
Cause = Literal["opened", "written", "changed", "handed_on", "overflowed", "customer"]


class LiveMetric(Fact):
    """One clock. `breachAt`: when it is due, was, or would have been; null while it is paused."""

    status: State
    started_at: str
    breach_at: str | None
    breached: bool
    warned: bool
    satisfied_at: str | None


class SlaBreach(Fact):
    """The first that was broken."""

    metric: str
    at: str


class SlaSummary(Fact):
    satisfied_at: str | None
    first_breach_at: str | None


class LiveSla(Fact):
    """`dueAt`: when the next clock that runs is due, or was. `metrics` by name."""

    id: str
    version_id: str
    name: str
    version: int
    matched_at: str
    status: State
    breached: bool
    breach: SlaBreach | None
    due_at: str | None
    metrics: dict[str, LiveMetric]
    summary: SlaSummary


class SlaChanged(Fact):
    """How the conversation stands from now on; null when nothing is promised any more."""

    conversation: str
    customer: str
    sla: LiveSla | None


class LiveLeft(Fact):
    """The service level there was. `dueAt` by name of what it promised and is now promised later, or not at all."""

    name: str
    due_at: dict[str, str | None]


class SlaMatched(SlaChanged):
    """Another service level holds from now on, or none. `cause`: what happened; null of what was told before there was
    such a field."""

    cause: Cause | None
    left: LiveLeft | None


class SlaSatisfied(SlaChanged):
    """`metrics` were kept."""

    metrics: list[str]


class SlaTold(SlaChanged):
    """`metric` of `policy` is, or was, due then."""

    metric: str
    due: str
    policy: str
