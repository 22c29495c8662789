"""Open, snoozed, done: the three states of work, and the ways between them.

         ┌─────────── customer writes, agent reopens ──────────────┐
         ▼                                                         │
       open ◀──timer, customer writes, agent── snoozed ──close──▶ done
         │ ───────────────snooze──────────────▶    ▲               ▲
         └─────────────────────────close───────────┼───────────────┘
                                                   └── snooze again moves the time

Ending (`ending.py`) is something else: nothing more can be said, whatever the status. A customer who ends what is
open and answered closes it as well.
"""

from __future__ import annotations

from typing import Protocol

from kithdesk.conversations.entities import Conversation
from kithdesk.conversations.errors import ConversationDone, SnoozeInThePast
from kithdesk.conversations.events import Cause, Change, ConversationUpdated
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.live import Channel
from kithdesk.conversations.queries import get_conversation
from kithdesk.conversations.sending import begun_by
from kithdesk.conversations.timers import WakeUp, wake_up_key
from kithdesk.conversations.waiting import Waited, begins_anew_at, goes_on_since
from kithdesk.core.actors import system
from kithdesk.core.clock import DAY, Instant, iso
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId

LONGEST_SNOOZE = 3_660 * DAY
_OURS: frozenset[Cause] = frozenset({"customer_message", "history", "ended", "timer"})


class _Standing(Waited, Protocol):
    """What is needed to change a status; a conversation is more than that."""

    @property
    def id(self) -> ConversationId: ...
    @property
    def customer(self) -> CustomerId: ...
    @property
    def status(self) -> str: ...
    @property
    def channel(self) -> Channel: ...
    @property
    def author(self) -> str | None: ...
    @property
    def message_count(self) -> int: ...


def close(work: Work, conversation_id: ConversationId) -> None:
    """Done. Closing what is done changes nothing. Raises `NotFound`."""
    _set(work, get_conversation(work, conversation_id), "done", cause="agent")


def reopen(work: Work, conversation_id: ConversationId) -> None:
    """Open again, from done or from snoozed. Raises `NotFound`."""
    _set(work, get_conversation(work, conversation_id), "open", cause="agent")


def reopen_for_message(work: Work, conversation: _Standing, *, said_at: Instant, is_history: bool) -> None:
    """The customer wrote, so somebody has to look; at what is recorded as history, in a while."""
    cause: Cause = "history" if is_history else "customer_message"
    _set(work, conversation, "open", cause=cause, said_at=said_at)


def close_with_its_end(work: Work, conversation: _Standing) -> None:
    """Its customer ended it, and nothing is left to do."""
    _set(work, conversation, "done", cause="ended")


def snooze(work: Work, conversation_id: ConversationId, *, until: Instant) -> None:
    """Hide the conversation from working lists until `until`, or until the customer writes.

    A second snooze replaces the first. Raises `ConversationDone`, `SnoozeInThePast`, `NotFound`.
    """
    conversation = get_conversation(work, conversation_id)
    if conversation.is_done:
        raise ConversationDone
    if not work.now < until <= work.now + LONGEST_SNOOZE:
        raise SnoozeInThePast
    changes = {"snooze": Change(_live_snooze(conversation), {"time": iso(until), "status": "scheduled"})}
    if not conversation.is_snoozed:
        changes["status"] = Change(conversation.status, "snoozed")
    work.publish(
        ConversationUpdated(
            conversation=conversation.id,
            customer=conversation.customer,
            changes=changes,
            snoozed_until=until,
            channel=conversation.channel,
            begun_by=begun_by(work, conversation),
        )
    )
    _set_timer(work, conversation.id, until)


def wake_up(work: Work, job: WakeUp) -> None:
    """The time has come. Nothing happens to a conversation that is awake, or was snoozed again until later."""
    conversation = get_conversation(work, job.conversation)
    if not conversation.is_snoozed:
        return
    until = Instant(conversation.snoozed_until or 0)
    if until > work.now:
        # Snoozed again; or the clock that set the timer off was wrong, and then no other timer would ever go off.
        _set_timer(work, conversation.id, until)
    else:
        _set(work, conversation, "open", cause="timer")


def _set_timer(work: Work, conversation_id: ConversationId, until: Instant) -> None:
    work.enqueue(
        WakeUp(conversation=conversation_id),
        at=until,
        unique=wake_up_key(conversation_id),
        on_conflict="replace",
    )


def _set(
    work: Work, conversation: _Standing, status: str, *, cause: Cause, said_at: Instant | None = None
) -> None:
    """`said_at`: of what their customer says again, for which it is opened."""
    if conversation.status == status:
        return
    changes = {"status": Change(conversation.status, status)}
    if conversation.status == "snoozed":
        known = (
            conversation
            if isinstance(conversation, Conversation)
            else get_conversation(work, conversation.id)
        )
        changes["snooze"] = Change(_live_snooze(known), None)
        if cause != "timer":
            work.cancel(wake_up_key(conversation.id))
    waits_since = None
    if status == "done" and conversation.waiting_since is not None:
        changes["lastMessageUnrespondedTo"] = Change(iso(conversation.waiting_since), None)
    elif conversation.status == "done":
        waits_since = _waits_since(conversation, work.now, said_at)
        if waits_since is not None:
            changes["lastMessageUnrespondedTo"] = Change(None, iso(waits_since))
    # What comes of a customer's message or end is not the customer's doing: opening and closing are ours.
    actor = system(work.organisation) if cause in _OURS else None
    work.publish(
        ConversationUpdated(
            conversation=conversation.id,
            customer=conversation.customer,
            changes=changes,
            cause=cause,
            waits_since=waits_since,
            channel=conversation.channel,
            begun_by=begun_by(work, conversation),
        ),
        actor=actor,
    )


def _waits_since(closed: Waited, now: Instant, said_at: Instant | None) -> Instant | None:
    """Once it is open again."""
    return goes_on_since(closed, now) if said_at is None else begins_anew_at(closed, now, said_at)


def _live_snooze(conversation: Conversation) -> dict[str, object] | None:
    if conversation.snooze_status != "scheduled" or conversation.snoozed_until is None:
        return None
    return {"time": iso(conversation.snoozed_until), "status": "scheduled"}
