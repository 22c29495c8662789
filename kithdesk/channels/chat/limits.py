"""What one visitor may ask of us. Buckets belong to the visitor, so that two hundred behind one address are welcome and
one abuser among them is slowed alone; only what happens before we know the visitor is counted by network.

What is seldom and costs much is counted by all servers together, what is said where the visitor's socket is.
"""

from __future__ import annotations

from kithdesk.core.actors import Actor
from kithdesk.core.clock import HOUR, SECOND
from kithdesk.core.desk import Desk
from kithdesk.core.errors import RateLimited
from kithdesk.core.limits import Rate
from kithdesk.core.peers import network_of

MESSAGES = Rate(30, 60)
OPENINGS = Rate(5, 3_600)
UPLOADS = Rate(20, 3_600)
DESCRIPTIONS = Rate(30, 60)
VISITS = Rate(60, 60)
EVENTS = Rate(60, 60)
TOKENS = Rate(300, 60)
BEGINNERS = Rate(60, 3_600)
LOGINS = Rate(300, 60)
_COUNTED_ONCE = Rate(1, HOUR / SECOND)


async def check_new_token(desk: Desk, address: str) -> None:
    """Raises `RateLimited`."""
    await desk.allowances.take("visitor_tokens", network_of(address), TOKENS)


async def check_login(desk: Desk, address: str) -> None:
    """Raises `RateLimited`."""
    await desk.allowances.take("visitor_logins", network_of(address), LOGINS)


def check_may_send(desk: Desk, actor: Actor, *, opens: str | None) -> None:
    """Before a visitor's message. `opens`: the client's name for a conversation, if the message names a new one.

    Sending again what opened a conversation already counts as a message only. Raises `RateLimited`.
    """
    author = actor.author or ""
    desk.limits.check("visitor_messages", author, MESSAGES)
    if opens is None or not _is_first(desk, f"{author} {opens}"):
        return
    try:
        desk.limits.check("visitor_conversations", author, OPENINGS)
    except RateLimited:
        desk.limits.forget("visitor_openings", f"{author} {opens}")
        raise


def check_may_begin(desk: Desk, actor: Actor, *, is_new: bool) -> None:
    """Before a visitor begins a conversation without a message. `is_new`: it is not answered with one there is.

    Raises `RateLimited`.
    """
    desk.limits.check("visitor_messages", actor.author or "", MESSAGES)
    if is_new:
        desk.limits.check("visitor_conversations", actor.author or "", OPENINGS)


async def check_new_beginner(desk: Desk, address: str) -> None:
    """Before a visitor becomes a customer who has not written a word. Raises `RateLimited`."""
    await desk.allowances.take("visitor_beginners", network_of(address), BEGINNERS)


def _is_first(desk: Desk, opening: str) -> bool:
    """Whether this name of a new conversation was not counted within the hour."""
    try:
        desk.limits.check("visitor_openings", opening, _COUNTED_ONCE)
    except RateLimited:
        return False
    return True


def check_visit(desk: Desk, actor: Actor) -> None:
    """Before a visitor's page is noted. Raises `RateLimited`."""
    desk.limits.check("visitor_visits", actor.author or "", VISITS)


def check_event(desk: Desk, actor: Actor) -> None:
    """Before a page tells something of its visitor. Raises `RateLimited`."""
    desk.limits.check("visitor_events", actor.author or "", EVENTS)


async def check_upload(desk: Desk, actor: Actor) -> None:
    """Raises `RateLimited`."""
    await desk.allowances.take("visitor_uploads", actor.author or "", UPLOADS)


def check_describe(desk: Desk, actor: Actor) -> None:
    """Raises `RateLimited`."""
    desk.limits.check("visitor_descriptions", actor.author or "", DESCRIPTIONS)
