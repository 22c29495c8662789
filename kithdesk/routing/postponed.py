"""What routing leaves for later: the rest of what did not fit one command, and what is due at a moment."""

from __future__ import annotations

from typing import ClassVar, Literal

from kithdesk.core.jobs import Job


class ServeAgent(Job, frozen=True, kw_only=True):
    """Goes on giving an agent what waits."""

    kind: ClassVar[str] = "routing.serve_agent"
    user: str


class ServeEverybody(Job, frozen=True, kw_only=True):
    """Goes on giving out what waits, after settings have changed: to those whose ids come after."""

    kind: ClassVar[str] = "routing.serve_everybody"
    after: str = ""


class GiveBack(Job, frozen=True, kw_only=True):
    """Goes on taking an absent agent's work."""

    kind: ClassVar[str] = "routing.give_back"
    user: str
    after: str = ""
    everything: bool = False
    """Whatever the settings leave them."""

    @property
    def key(self) -> str:
        """One for each of both, so that who leaves for good does not keep what who is only offline would."""
        return f"{self.kind}:{self.user}{':everything' if self.everything else ''}"


class WithdrawOffers(Job, frozen=True, kw_only=True):
    """Goes on asking an absent agent no longer."""

    kind: ClassVar[str] = "routing.withdraw_offers"
    user: str


class EmptyQueue(Job, frozen=True, kw_only=True):
    """Goes on moving what waits in a queue that is going."""

    kind: ClassVar[str] = "routing.empty_queue"
    queue: str


class DropSkill(Job, frozen=True, kw_only=True):
    """Goes on asking a skill no longer of what waits."""

    kind: ClassVar[str] = "routing.drop_skill"
    skill: str
    after: str = ""


class EndOffer(Job, frozen=True, kw_only=True):
    """The time to accept is over."""

    kind: ClassVar[str] = "routing.end_offer"
    item: str
    user: str
    until: int

    @staticmethod
    def key(item: str) -> str:
        return f"{EndOffer.kind}:{item}"


class AskAgain(Job, frozen=True, kw_only=True):
    """Those who declined it, or gave it away, are asked once more."""

    kind: ClassVar[str] = "routing.ask_again"
    item: str

    @staticmethod
    def key(item: str) -> str:
        return f"{AskAgain.kind}:{item}"


class EndHold(Job, frozen=True, kw_only=True):
    """It is held for the agent who had it last no longer."""

    kind: ClassVar[str] = "routing.end_hold"
    item: str

    @staticmethod
    def key(item: str) -> str:
        return f"{EndHold.kind}:{item}"


class EndWrapUp(Job, frozen=True, kw_only=True):
    """The time to wrap it up is over."""

    kind: ClassVar[str] = "routing.end_wrap_up"
    item: str

    @staticmethod
    def key(item: str) -> str:
        return f"{EndWrapUp.kind}:{item}"


class Overflow(Job, frozen=True, kw_only=True):
    """It has waited in its queue as long as that lets it."""

    kind: ClassVar[str] = "routing.overflow"
    item: str
    queue: str
    since: int

    @staticmethod
    def key(item: str) -> str:
        return f"{Overflow.kind}:{item}"


class OverflowAnew(Job, frozen=True, kw_only=True):
    """Reckons anew when what waits in a queue overflows: that has changed."""

    kind: ClassVar[str] = "routing.overflow_anew"
    queue: str
    state: Literal["queued", "offered"] = "queued"
    entered_at: int = -1
    conversation: str = ""

    @staticmethod
    def key(queue: str) -> str:
        return f"{OverflowAnew.kind}:{queue}"


class EndLanguage(Job, frozen=True, kw_only=True):
    """It has held out for its language as long as it should."""

    kind: ClassVar[str] = "routing.end_language"
    item: str

    @staticmethod
    def key(item: str) -> str:
        return f"{EndLanguage.kind}:{item}"


class HoldOutAnew(Job, frozen=True, kw_only=True):
    """Reckons anew how long what waits in a queue holds out for its language: its hours have changed."""

    kind: ClassVar[str] = "routing.hold_out_anew"
    queue: str
    after: str = ""

    @staticmethod
    def key(queue: str) -> str:
        return f"{HoldOutAnew.kind}:{queue}"


class SetHours(Job, frozen=True, kw_only=True):
    """Goes on setting the timers of the queues that name a schedule: it has changed."""

    kind: ClassVar[str] = "routing.set_hours"
    schedule: str
    after: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.schedule}"


class OpenQueue(Job, frozen=True, kw_only=True):
    """A queue opens by its hours."""

    kind: ClassVar[str] = "routing.open_queue"
    queue: str

    @staticmethod
    def key(queue: str) -> str:
        return f"{OpenQueue.kind}:{queue}"


class ArriveLate(Job, frozen=True, kw_only=True):
    """What a program recorded of the past is work after all, if it is open by now.

    `since`: when its item changed last. What changed later has been placed, or taken, by whoever changed it.
    """

    kind: ClassVar[str] = "routing.arrive_late"
    conversation: str
    since: int | None = None
