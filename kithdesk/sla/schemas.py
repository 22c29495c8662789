"""SLAs on the wire: what their routes take, and what they answer."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, UnsetType
from pydantic import Field, StrictBool, StrictInt

from kithdesk.core.documents import Attributes, Body, Id, ListDocument, One, Resource
from kithdesk.sla.policies import LONGEST, MAX_DESCRIPTION, MOST, Wish
from kithdesk.sla.promises import Target

_Seconds = Annotated[StrictInt, Field(ge=1, le=LONGEST)]
_Text = Annotated[str, Field(max_length=1_024)]


class TargetBody(Body):
    """In seconds. `byPriority`: of conversations with that priority, 1 to 5; the rest have `seconds`, or no target."""

    seconds: _Seconds | None = None
    by_priority: Annotated[dict[str, _Seconds], Field(max_length=5, default_factory=dict)]

    def as_target(self) -> Target:
        return Target(seconds=self.seconds, by_priority=self.by_priority)


_Metrics = Annotated[dict[str, TargetBody], Field(max_length=20)]


class _Said(Body):
    description: Annotated[str, Field(max_length=MAX_DESCRIPTION)] | None = None
    criteria: dict[str, Any] | None = None
    schedule: Annotated[str, Field(max_length=64)] | None = None
    pause_on_snooze: StrictBool | None = None
    warn_before: _Seconds | None = None
    enabled: StrictBool | None = None

    def _wish(self, name: str | None, metrics: dict[str, TargetBody] | None) -> Wish:
        targets: Any = None if metrics is None else {key: one.as_target() for key, one in metrics.items()}
        return Wish(
            name=_given(name),
            description=_given(self.description),
            criteria=_given(self.criteria),
            metrics=_given(targets),
            schedule=self.schedule if "schedule" in self.model_fields_set else UNSET,
            pause_on_snooze=_given(self.pause_on_snooze),
            warn_before=self.warn_before if "warn_before" in self.model_fields_set else UNSET,
            is_enabled=_given(self.enabled),
        )


class SlaBody(_Said):
    """`criteria` as docs/criteria.md has them: without any, every conversation. `metrics`: firstResponse, nextReply,
    longestUnrespondedMessage, totalCustomerWaitTime, totalConversationOpenTime. Without a `schedule` all hours count;
    `warnBefore`: so many seconds before a target agents are warned, null never."""

    name: _Text
    metrics: _Metrics

    def as_wish(self) -> Wish:
        return self._wish(self.name, self.metrics)


class SlaChangeBody(_Said):
    """The same; what is left out stays. `rev`: refuse it if the SLA has changed since."""

    name: _Text | None = None
    metrics: _Metrics | None = None
    rev: StrictInt | None = None

    def as_wish(self) -> Wish:
        return self._wish(self.name, self.metrics)


class OrderBody(Body):
    """All SLAs, in the order in which they are asked."""

    slas: Annotated[list[Id], Field(max_length=MOST)]


def _given(value: Any) -> Any | UnsetType:
    return UNSET if value is None else value


class TargetOf(Attributes):
    seconds: int | None
    by_priority: dict[str, int]


class _Promised(Attributes):
    name: str
    description: str
    criteria: dict[str, Any]
    metrics: dict[str, TargetOf]
    schedule: str | None
    pause_on_snooze: bool
    warn_before: int | None


class Sla(_Promised):
    """`currentVersion` is the number of what it promises now. `position`: which is asked first, from 0."""

    current_version: int
    enabled: bool
    position: int
    created_at: str
    updated_at: str
    rev: int


class SlaVersion(_Promised):
    """What it promised at one time."""

    version: int
    created_at: str


class FailedComparison(Attributes):
    """A comparison that would have to turn out otherwise. `at`: its place in `criteria`."""

    at: str
    attribute: str
    operator: str
    value: Any


class SlaJudged(Attributes):
    """Whether an SLA matches a conversation, and what is to blame if it does not. null: that depends on attributes that
    you may not read."""

    name: str
    version: int
    matches: bool | None
    failed: list[FailedComparison]


class OneSla(One[Sla]):
    """With `versions`, those are in `included`."""

    included: list[Resource[SlaVersion]] | None = None


class SeveralSlas(ListDocument):
    """With `versions`, those are in `included`."""

    data: list[Resource[Sla]]  # type: ignore[assignment]
    included: list[Resource[SlaVersion]] | None = None
