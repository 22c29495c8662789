"""What becomes of work items."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.events import Event, Personal, Recorded
from kithdesk.routing.choosing import PreferredAs


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


class WorkDeclined(_Turn, frozen=True, kw_only=True):
    """Everybody who could take it has declined: `users` were asked. They are asked again, `asked_again_at` when."""

    kind: ClassVar[str] = "work.declined"
    users: tuple[str, ...]
    asked_again_at: int
    decision: dict[str, Any] | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "item": self.item,
            "conversation": self.conversation,
            "queue": self.queue,
            "users": list(self.users),
            "at": iso(recorded.at),
            "askedAgainAt": iso(Instant(self.asked_again_at)),
        }


class WorkAskedAgain(_Turn, frozen=True, kw_only=True):
    """It has waited a while since they declined it or gave it away, and is for them too once more."""

    kind: ClassVar[str] = "work.asked_again"
    users: tuple[str, ...] = ()

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"item": self.item, "conversation": self.conversation, "queue": self.queue}


class WorkHoldEnded(_Turn, frozen=True, kw_only=True):
    """It was held for the agent who had it last, and is now for anybody."""

    kind: ClassVar[str] = "work.hold_ended"


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
