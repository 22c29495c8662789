"""Each rule finds what it is there for, in a history made by hand, and nothing in one that is right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from proofs.history import (
    Acked,
    AnyRecord,
    Asked,
    Began,
    Entry,
    Event,
    Heard,
    History,
    Listed,
    Load,
    Message,
    Outlived,
    Ponged,
    Refused,
    Replayed,
    Restarted,
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


OPENED = Event(1, "conversation.opened", "digest of 1", None, "c1", (), is_open=True)
FIRST, SECOND, NOTE = created(2, "m1"), created(3, "m2"), Event(4, "note.created", "digest of 4", "m3", "c1")
ASSIGNED = Event(5, "conversation.assigned", "digest of 5", None, "c1", ("agent0",))


def right() -> list[AnyRecord]:
    """Two messages and a note, a restart between, everything heard once, everything found at the end."""
    return [
        Began(seed=1, capacity=1),
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
        Sent("agent0", "agent0.2", "nobody hears this", "message", "c9"),
        Refused("agent0", "agent0.2", "notfound", is_final=True),
        Settled(()),
        Replayed("conversation:c1", "agent", 0, 5, (OPENED, FIRST, SECOND, NOTE, ASSIGNED)),
        Replayed("inbox", "agent", 2, 5, (SECOND, NOTE, ASSIGNED)),
        Replayed("visitor", "visitor0", 0, 5, (OPENED, FIRST, SECOND)),
        Listed(
            "c1",
            "k1",
            (
                Message("m1", "visitor0.1", "one", "message"),
                Message("m2", "visitor0.2", "two", "message"),
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
        Load("agent0", 1),
        Stopped(0, 1.0),
        Verified(0),
    ]


def test_a_right_history_has_no_findings() -> None:
    assert judge(History(right())) == []


@dataclass(frozen=True)
class Wrong:
    """A change to the right history, and the rule that must notice."""

    rule: str
    instead_of: AnyRecord
    put: tuple[AnyRecord, ...]


def changed(record: AnyRecord, **fields: object) -> AnyRecord:
    return msgspec.structs.replace(record, **fields)


LISTED = next(record for record in right() if isinstance(record, Listed))
INBOX = next(record for record in right() if isinstance(record, Replayed) and record.topic == "inbox")
OF_VISITOR = next(record for record in right() if isinstance(record, Replayed) and record.topic == "visitor")
OF_CONVERSATION = next(
    record for record in right() if isinstance(record, Replayed) and record.topic == "conversation:c1"
)
TIMELINE = next(record for record in right() if isinstance(record, Timeline))
SECOND_ACK = Acked("visitor0", "visitor0.2", "m2", "c1", 3, "two")

WRONGS = {
    "an acked message is gone": Wrong(
        "everything_acked_is_there_once", LISTED, (changed(LISTED, messages=LISTED.messages[1:]),)
    ),
    "an acked message has another body": Wrong(
        "everything_acked_is_there_once",
        LISTED,
        (changed(LISTED, messages=(Message("m1", "visitor0.1", "uno", "message"), *LISTED.messages[1:])),),
    ),
    "an acked message stands in another conversation": Wrong(
        "everything_acked_is_there_once", LISTED, (changed(LISTED, conversation="c2"),)
    ),
    "a message is there twice": Wrong(
        "nothing_is_there_twice",
        LISTED,
        (changed(LISTED, messages=(*LISTED.messages, Message("m9", "visitor0.1", "one", "message"))),),
    ),
    "a refused message is there": Wrong(
        "nothing_refused_is_there",
        LISTED,
        (
            changed(
                LISTED, messages=(*LISTED.messages, Message("m9", "agent0.2", "nobody hears this", "message"))
            ),
        ),
    ),
    "a message that nobody sent": Wrong(
        "nothing_was_made_up",
        LISTED,
        (changed(LISTED, messages=(*LISTED.messages, Message("m9", "visitor0.7", "boo", "message"))),),
    ),
    "a note became a message": Wrong(
        "nothing_was_made_up",
        LISTED,
        (changed(LISTED, messages=(*LISTED.messages[:2], Message("m3", "agent0.1", "psst", "message"))),),
    ),
    "a repeat makes another message": Wrong(
        "a_repeat_gets_the_same_answer", SECOND_ACK, (SECOND_ACK, changed(SECOND_ACK, message="m9"))
    ),
    "a send never gets an answer": Wrong(
        "everything_was_acked_in_the_end", Settled(()), (Settled(("visitor0.2",)),)
    ),
    "two messages changed places": Wrong(
        "senders_keep_their_order", SECOND_ACK, (changed(SECOND_ACK, position=1),)
    ),
    "an event comes twice": Wrong(
        "positions_increase",
        Heard("visitor0", "visitor", SECOND),
        (Heard("visitor0", "visitor", SECOND), Heard("visitor0", "visitor", SECOND)),
    ),
    "an event is repeated after a reconnect": Wrong(
        "positions_increase",
        Heard("visitor0", "visitor", SECOND),
        (Heard("visitor0", "visitor", FIRST), Heard("visitor0", "visitor", SECOND)),
    ),
    "a pong promised too much": Wrong(
        "positions_increase",
        Heard("agent0", "inbox", NOTE),
        (Ponged("agent0", 4, ("inbox",)), Heard("agent0", "inbox", NOTE)),
    ),
    "complete only up to before the cursor": Wrong(
        "positions_increase", Subscribed("agent0", "inbox", 3), (Subscribed("agent0", "inbox", 1),)
    ),
    "a visitor misses an event": Wrong("nothing_is_missed", Heard("visitor0", "visitor", SECOND), ()),
    "an agent misses an event": Wrong("nothing_is_missed", Heard("agent0", "inbox", SECOND), ()),
    "an event was taken back": Wrong(
        "nothing_is_missed", OF_VISITOR, (changed(OF_VISITOR, events=OF_VISITOR.events[:2]),)
    ),
    "the inbox has what replay has not": Wrong(
        "nothing_is_missed", INBOX, (changed(INBOX, events=INBOX.events[:2]),)
    ),
    "a position is used for two events": Wrong(
        "a_position_is_one_event",
        OF_VISITOR,
        (changed(OF_VISITOR, events=(OPENED, created(2, "m8"), SECOND)),),
    ),
    "a message stands at two positions": Wrong(
        "a_position_is_one_event",
        OF_VISITOR,
        (changed(OF_VISITOR, events=(OPENED, FIRST, created(9, "m2"))),),
    ),
    "replay shows an event otherwise than it was pushed": Wrong(
        "a_position_is_one_event",
        INBOX,
        (changed(INBOX, events=(msgspec.structs.replace(SECOND, digest="other"), NOTE, ASSIGNED)),),
    ),
    "an ack names a wrong position": Wrong(
        "an_answer_tells_the_events_position", SECOND_ACK, (changed(SECOND_ACK, position=4),)
    ),
    "a visitor hears a note": Wrong(
        "visitors_hear_no_notes", SECOND_ACK, (SECOND_ACK, Heard("visitor0", "visitor", NOTE))
    ),
    "the timeline lacks a message": Wrong(
        "timelines_are_complete", TIMELINE, (changed(TIMELINE, entries=TIMELINE.entries[:2]),)
    ),
    "a page of the timeline repeats": Wrong(
        "timelines_are_complete",
        TIMELINE,
        (changed(TIMELINE, entries=(*TIMELINE.entries, TIMELINE.entries[-1])),),
    ),
    "an agent got more than fits": Wrong(
        "nobody_is_given_more_than_fits",
        OF_CONVERSATION,
        (
            OF_CONVERSATION,
            Replayed(
                "conversation:c2",
                "agent",
                0,
                6,
                (Event(6, "conversation.opened", "digest of 6", None, "c2", ("agent0",), is_open=True),),
            ),
        ),
    ),
    "a list forgets a conversation": Wrong(
        "lists_agree_with_events", Load("agent0", 1), (Load("agent0", 0),)
    ),
    "replay finds a difference": Wrong(
        "replay_finds_no_difference", Verified(0), (Verified(1, "messages differ"),)
    ),
    "the server needed a person": Wrong("the_server_comes_back", Restarted(1.5), (Restarted(11),)),
    "a helper outlived its server": Wrong(
        "nothing_outlives_the_server", Restarted(1.5), (Outlived(("spawn_main",)), Restarted(1.5))
    ),
    "a drain was cut off": Wrong("a_drain_ends_well", Stopped(0, 1.0), (Stopped(-9, 40),)),
}


@pytest.mark.parametrize("what", WRONGS)
def test_a_wrong_history_is_found_by_its_rule(what: str) -> None:
    wrong = WRONGS[what]
    records = right()
    place = records.index(wrong.instead_of)
    records[place : place + 1] = wrong.put

    findings = judge(History(records))

    assert wrong.rule in {finding.partition(":")[0] for finding in findings}


def test_an_ended_conversation_makes_room() -> None:
    ended = Event(6, "conversation.ended", "digest of 6", None, "c1", None, is_open=False)
    next_one = Event(7, "conversation.opened", "digest of 7", None, "c2", ("agent0",), is_open=True)
    records = right()
    place = records.index(OF_CONVERSATION)
    records[place : place + 1] = [
        changed(OF_CONVERSATION, events=(*OF_CONVERSATION.events, ended), position=7),
        Replayed("conversation:c2", "agent", 0, 7, (next_one,)),
    ]

    assert not [one for one in judge(History(records)) if one.startswith("nobody_is_given_more_than_fits")]


def test_an_agent_may_take_more_than_the_server_gives() -> None:
    opened = Event(6, "conversation.opened", "digest of 6", None, "c2", (), is_open=True)
    taken = Event(7, "conversation.assigned", "digest of 7", None, "c2", ("agent0",), "answered")
    records = right()
    place = records.index(Load("agent0", 1))
    records[place : place + 1] = [
        Replayed("conversation:c2", "agent", 0, 7, (opened, taken)),
        Load("agent0", 2),
    ]

    assert not [one for one in judge(History(records)) if "fits" in one or "lists" in one]


def test_a_new_stretch_begins_where_the_client_went_on_after_a_resync() -> None:
    records = right()
    place = records.index(Asked("agent0", "inbox", 2))
    # It was told to resync at 3 and fetched over HTTP: the events up to there are not missed.
    records[place : place + 3] = [Asked("agent0", "inbox", 3), Subscribed("agent0", "inbox", 3)]

    assert judge(History(records)) == []


def test_a_history_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "1.jsonl"

    History(right()).write(path)

    assert History.load(path).records == right()
