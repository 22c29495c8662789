"""What queues, and the profiles of teams, say of work."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from kithdesk.core.events import Event, Recorded


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

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"queue": self.queue, "name": self.name}


class QueueChanged(Event, frozen=True, kw_only=True):
    """All of it as it is now. What waits keeps the priority and the weight with which it entered."""

    kind: ClassVar[str] = "queue.changed"
    queue: str
    name: str
    priority: int
    weight: int
    terms: QueueTerms
    before: dict[str, Any] = {}  # noqa: RUF012 - a struct copies it

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"queue": self.queue, "name": self.name}


class QueueDeleted(Event, frozen=True, kw_only=True):
    """What waits in it goes to the default queue, and so does what comes back to it."""

    kind: ClassVar[str] = "queue.deleted"
    queue: str

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"queue": self.queue}


class RoutingSettingsChanged(Event, frozen=True, kw_only=True):
    """The whole profile of a team, or with `team` None of the organisation, as JSON values; what is not in it follows.

    `name_key`: the team's name as names are compared.
    """

    kind: ClassVar[str] = "routing.settings_changed"
    team: str | None
    profile: dict[str, Any]
    before: dict[str, Any] = {}  # noqa: RUF012
    name_key: str = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"team": self.team}
