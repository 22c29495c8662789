"""The facts this slice states. Those of a conversation's clocks carry where it stands with them from then on."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from kithdesk.core.clock import Instant, iso
from kithdesk.core.events import Event, Personal, Recorded
from kithdesk.sla.clocks import Meter, Step
from kithdesk.sla.promises import Metric, Promise
from kithdesk.sla.rendering import draw_left, draw_standing
from kithdesk.sla.standing import Cause, Left, Standing


class _Policy(Event, frozen=True, kw_only=True):
    """What creating and changing have in common: the policy whole, as it is from then on."""

    policy: str
    version: str
    number: int
    promise: Promise
    """Without its criteria, for these may name a person."""
    is_enabled: bool = True
    criteria: Personal[dict[str, Any] | None] = None
    """None: they were erased, and it matches nothing any more. With none it would match everything."""

    @property
    def whole(self) -> Promise:
        return msgspec.structs.replace(self.promise, criteria=self.criteria or {})

    @property
    def is_asked(self) -> bool:
        return self.is_enabled and self.criteria is not None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"policy": self.policy, "name": self.promise.name, "version": self.number}


class PolicyCreated(_Policy, frozen=True, kw_only=True):
    """There is another policy, after all others."""

    kind: ClassVar[str] = "sla.policy_created"


class PolicyChanged(_Policy, frozen=True, kw_only=True):
    """It promises something else, or is switched on or off. Open conversations keep the version that they have."""

    kind: ClassVar[str] = "sla.policy_changed"


class PolicyDeleted(Event, frozen=True, kw_only=True):
    """It matches nothing any more. Conversations that have it keep it until another matches."""

    kind: ClassVar[str] = "sla.policy_deleted"
    policy: str

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"policy": self.policy}


class PoliciesOrdered(Event, frozen=True, kw_only=True):
    """Which is asked first: all of them, in their order."""

    kind: ClassVar[str] = "sla.policies_ordered"
    policies: list[str]

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"policies": self.policies}


class _Clocked(Event, frozen=True, kw_only=True):
    """`steps` are new; `meter` stands for all before and with them, when they have become many."""

    conversation: str
    customer: str
    standing: Standing
    steps: tuple[Step, ...] = ()
    meter: Meter | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "conversation": self.conversation,
            "customer": self.customer,
            "sla": draw_standing(self.standing),
        }


class SlaMatched(_Clocked, frozen=True, kw_only=True):
    """The first policy that matches the conversation is this one, from now on. `left`: the one before."""

    kind: ClassVar[str] = "sla.matched"
    on_timeline: ClassVar[bool] = True
    cause: Cause | None = None
    left: Left | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {**super().for_agents(recorded), "cause": self.cause, "left": draw_left(self.left)}


class SlaUnmatched(Event, frozen=True, kw_only=True):
    """It changed, and no policy matches it any more."""

    kind: ClassVar[str] = "sla.unmatched"
    on_timeline: ClassVar[bool] = True
    conversation: str
    customer: str
    cause: Cause | None = None
    left: Left | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "conversation": self.conversation,
            "customer": self.customer,
            "sla": None,
            "cause": self.cause,
            "left": draw_left(self.left),
        }


class SlaClocked(_Clocked, frozen=True, kw_only=True):
    """Clocks began, stopped or moved: somebody wrote, it was snoozed, its priority or its schedule changed."""

    kind: ClassVar[str] = "sla.clocked"


class SlaSatisfied(_Clocked, frozen=True, kw_only=True):
    """What these metrics promise was kept."""

    kind: ClassVar[str] = "sla.satisfied"
    metrics: list[Metric]

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {**super().for_agents(recorded), "metrics": self.metrics}


class _Told(_Clocked, frozen=True, kw_only=True):
    metric: Metric
    due: int

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            **super().for_agents(recorded),
            "metric": self.metric,
            "due": iso(Instant(self.due)),
            "policy": self.standing.matched.name,
        }


class SlaWarned(_Told, frozen=True, kw_only=True):
    """A promise will be broken unless somebody acts."""

    kind: ClassVar[str] = "sla.warned"


class SlaBreached(_Told, frozen=True, kw_only=True):
    """A promise was broken, at `due`."""

    kind: ClassVar[str] = "sla.breached"
    on_timeline: ClassVar[bool] = True


CLOCKED: tuple[type[_Clocked], ...] = (SlaMatched, SlaClocked, SlaSatisfied, SlaWarned, SlaBreached)
"""Those that carry a standing."""
