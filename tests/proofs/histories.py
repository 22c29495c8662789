"""A history made by hand that is right, for tests of the rules to spoil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from proofs.history import (
    Acked,
    AnyRecord,
    Asked,
    Began,
    Changed,
    Changing,
    Entry,
    Event,
    Heard,
    History,
    Left,
    Listed,
    Load,
    Looking,
    Marked,
    Message,
    Moment,
    Ponged,
    Refused,
    Replayed,
    Restarted,
    Saw,
    Sent,
    Settled,
    Stopped,
    Subscribed,
    Timeline,
    Verified,
)
from proofs.rules import judge


def created(position: int, message: str, conversation: str = "c1") -> Event:
    return Event(position, "message.created", f"digest of {position}", message, conversation)


OPENED = Event(1, "conversation.opened", "digest of 1", None, "c1", (), status="open", customer="k1")
FIRST, SECOND, NOTE = created(2, "m1"), created(3, "m2"), Event(4, "note.created", "digest of 4", "m3", "c1")
ASSIGNED = Event(5, "conversation.assigned", "digest of 5", None, "c1", ("agent0",), queue="q1")
AVAILABLE = Event(6, "agent.status_changed", "digest of 6", status="available", agent="agent0")
SNOOZED = Event(7, "conversation.updated", "digest of 7", None, "c1", status="snoozed", until=900, at=500)
WOKEN = Event(8, "conversation.updated", "digest of 8", None, "c1", status="open", cause="timer", at=900)
READ = Event(9, "message.read", "digest of 9", "m2", "c1", by="user")
WHOLE = (OPENED, FIRST, SECOND, NOTE, ASSIGNED, SNOOZED, WOKEN, READ)


SETTLED = Settled((), at=10_000)


OFFLINE = Event(10, "agent.status_changed", "digest of 10", status="offline", agent="user0")


def called_away(seen_at: int, sent_at: int) -> tuple[AnyRecord, ...]:
    """An agent is heard of, and sent offline, at these milliseconds."""
    heard = Heard("agent1", "queue:q1", OFFLINE)
    asked = Asked("agent1", "queue:q1", None)
    return Moment(seen_at), Ponged("agent0", 9, ()), Moment(sent_at), asked, heard


def right() -> list[AnyRecord]:
    """Two messages and a note, a restart between, everything heard once, everything found at the end."""
    return [
        Began(seed=1, capacity=1, agents=("user0",)),
        Asked("visitor0", "visitor", 0),
        Subscribed("visitor0", "visitor", 0),
        Asked("agent0", "inbox", None),
        Subscribed("agent0", "inbox", 0),
        Sent("visitor0", "visitor0.1", "one", new_conversation="n"),
        Sent("visitor0", "visitor0.2", "two", new_conversation="n"),
        Acked("visitor0", "visitor0.1", "m1", "c1", 2, "one"),
        Heard("visitor0", "visitor", OPENED),
        Heard("visitor0", "visitor", FIRST),
        *(Heard("agent0", "inbox", event) for event in (OPENED, FIRST)),
        Ponged("agent0", 2, ("inbox",)),
        Restarted(1.5),
        Asked("visitor0", "visitor", 2),
        Heard("visitor0", "visitor", SECOND),
        Subscribed("visitor0", "visitor", 3),
        Sent("visitor0", "visitor0.2", "two", new_conversation="n", again=True),
        Acked("visitor0", "visitor0.2", "m2", "c1", 3, "two"),
        Asked("agent0", "inbox", 2),
        Heard("agent0", "inbox", SECOND),
        Subscribed("agent0", "inbox", 3),
        Sent("agent0", "agent0.1", "psst", "note", "c1"),
        Heard("agent0", "inbox", NOTE),
        Acked("agent0", "agent0.1", "m3", "c1", 4, "psst"),
        Heard("agent0", "inbox", ASSIGNED),
        Asked("agent0", "queue:q1", 4),
        Heard("agent0", "queue:q1", ASSIGNED),
        Subscribed("agent0", "queue:q1", 5),
        Heard("agent0", "inbox", AVAILABLE),
        Changing("agent0", "agent0.k1", "assign", "c1", ("agent0",)),
        Changed("agent0", "agent0.k1", 6),
        Changing("agent0", "agent0.k2", "snooze", "c1", ("soon",)),
        *(Heard("agent0", "inbox", event) for event in (SNOOZED, WOKEN, READ)),
        Changed("agent0", "agent0.k2", 7),
        Marked("agent0", "c1", "m2"),
        Left("agent0", "queue:q1"),
        Looking("agent0", "agent0.k3", "c1"),
        Saw("agent0", "agent0.k3", ("agent0",), "open", 9),
        Sent("agent0", "agent0.2", "nobody hears this", "message", "c9"),
        Refused("agent0", "agent0.2", "notfound", is_final=True),
        SETTLED,
        Replayed("conversation:c1", "agent", 0, 9, WHOLE),
        Replayed("customer:k1", "agent", 0, 9, WHOLE),
        Replayed("inbox", "agent", 2, 9, (SECOND, NOTE, ASSIGNED, AVAILABLE, SNOOZED, WOKEN, READ)),
        Replayed("visitor", "visitor0", 0, 9, (OPENED, FIRST, SECOND, SNOOZED, WOKEN, READ)),
        Listed(
            "c1",
            "k1",
            (
                Message("m2", "visitor0.2", "two", "message"),
                Message("m1", "visitor0.1", "one", "message"),
                Message("m3", "agent0.1", "psst", "note", "out"),
            ),
        ),
        Timeline(
            "k1",
            "before",
            (
                Entry(1, "conversation.opened"),
                Entry(2, "message.created", "m1"),
                Entry(3, "message.created", "m2"),
                Entry(4, "note.created", "m3"),
            ),
        ),
        Load("agent0", 1, 11),
        Stopped(0, 1.0),
        Verified(0),
    ]


R = TypeVar("R", bound=msgspec.Struct)


def changed(record: R, **fields: object) -> R:
    return msgspec.structs.replace(record, **fields)


OF_CONVERSATION = next(
    record for record in right() if isinstance(record, Replayed) and record.topic == "conversation:c1"
)
LISTED = next(record for record in right() if isinstance(record, Listed))
INBOX = next(record for record in right() if isinstance(record, Replayed) and record.topic == "inbox")
OF_VISITOR = next(record for record in right() if isinstance(record, Replayed) and record.topic == "visitor")
TIMELINE = next(record for record in right() if isinstance(record, Timeline))
SAW = next(record for record in right() if isinstance(record, Saw))
OTHERS = Event(10, "conversation.opened", "digest of 10", None, "c2", (), status="open", customer="k2")
GIVEN_TO_ONE_AWAY = Event(
    5, "conversation.assigned", "digest of 5", None, "c1", ("agent1",), reason="only_one", queue="q1"
)
SECOND_ACK = Acked("visitor0", "visitor0.2", "m2", "c1", 3, "two")


@dataclass(frozen=True)
class Wrong:
    """A change to the right history, and the rule that must notice."""

    rule: str
    instead_of: AnyRecord
    put: tuple[AnyRecord, ...]


def findings_of(wrong: Wrong) -> set[str]:
    """The rules that notice it."""
    records = right()
    place = records.index(wrong.instead_of)
    records[place : place + 1] = wrong.put
    return {finding.partition(":")[0] for finding in judge(History(records))}
