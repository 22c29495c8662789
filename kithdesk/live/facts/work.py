"""What is told of work items: who is asked to take one, and when their time to wrap it up is over."""

from __future__ import annotations

from typing import Literal

from kithdesk.live.facts.parts import Fact


class WorkOffered(Fact):
    """`user` is asked to take the item, `until` when."""

    item: str
    conversation: str
    queue: str | None
    user: str
    until: str


class WorkOfferEnded(Fact):
    """`user` did not take it, and is not asked any more."""

    item: str
    conversation: str
    queue: str | None
    user: str
    how: Literal["declined", "timed_out", "withdrawn"]


class WorkDeclined(Fact):
    """Everybody who could take it has declined: `users`. They are asked again, `askedAgainAt` when."""

    item: str
    conversation: str
    queue: str | None
    users: list[str]
    at: str
    asked_again_at: str


class WorkAskedAgain(Fact):
    """It is for those who declined it or gave it away too once more."""

    item: str
    conversation: str
    queue: str | None


class WorkWrappedUp(Fact):
    """`users` are done with it."""

    item: str
    conversation: str
    queue: str | None
    users: list[str]
    at: str


class WorkTransferred(Fact):
    """An agent gave it on by hand; `reason` in their words."""

    item: str
    conversation: str
    queue: str | None
    reason: str
