"""Each rule finds what it is there for, in a history made by hand, and nothing in one that is right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from proofs.history import (
    Acked,
    AnyRecord,
    Asked,
    Began,
    Changed,
    Changing,
    Entry,
    Event,
    Fault,
    Heard,
    History,
    Left,
    Listed,
    Load,
    LoggedIn,
    Looking,
    Marked,
    Message,
    Moment,
    Outlived,
    Ponged,
    Present,
    Refused,
    Replayed,
    Restarted,
    Saw,
    Sent,
    Settled,
    Stopped,
    Subscribed,
    Timeline,
    TopicRefused,
    Unread,
    Verified,
    WentHome,
)
from proofs.rules import judge
from proofs.rules.running import LIVED_ON


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


def test_a_right_history_has_no_findings() -> None:
    assert judge(History(right())) == []


@dataclass(frozen=True)
class Wrong:
    """A change to the right history, and the rule that must notice."""

    rule: str
    instead_of: AnyRecord
    put: tuple[AnyRecord, ...]


R = TypeVar("R", bound=msgspec.Struct)


def changed(record: R, **fields: object) -> R:
    return msgspec.structs.replace(record, **fields)


LISTED = next(record for record in right() if isinstance(record, Listed))
INBOX = next(record for record in right() if isinstance(record, Replayed) and record.topic == "inbox")
OF_VISITOR = next(record for record in right() if isinstance(record, Replayed) and record.topic == "visitor")
OF_CONVERSATION = next(
    record for record in right() if isinstance(record, Replayed) and record.topic == "conversation:c1"
)
TIMELINE = next(record for record in right() if isinstance(record, Timeline))
SAW = next(record for record in right() if isinstance(record, Saw))
OTHERS = Event(10, "conversation.opened", "digest of 10", None, "c2", (), status="open", customer="k2")
OFFLINE = Event(10, "agent.status_changed", "digest of 10", status="offline", agent="user0")
GIVEN_TO_ONE_AWAY = Event(
    5, "conversation.assigned", "digest of 5", None, "c1", ("agent1",), reason="only_one", queue="q1"
)
SECOND_ACK = Acked("visitor0", "visitor0.2", "m2", "c1", 3, "two")

WRONGS = {
    "an acked message is gone": Wrong(
        "everything_acked_is_there_once", LISTED, (changed(LISTED, messages=LISTED.messages[1:]),)
    ),
    "an acked message has another body": Wrong(
        "everything_acked_is_there_once",
        LISTED,
        (changed(LISTED, messages=(Message("m2", "visitor0.2", "dos", "message"), *LISTED.messages[1:])),),
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
        "everything_was_acked_in_the_end", SETTLED, (Settled(("visitor0.2",), at=10_000),)
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
        (changed(INBOX, events=(msgspec.structs.replace(SECOND, digest="other"), *INBOX.events[1:])),),
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
                10,
                (Event(10, "conversation.opened", "digest of 10", None, "c2", ("agent0",), status="open"),),
            ),
        ),
    ),
    "a list forgets a conversation": Wrong(
        "lists_agree_with_events", Load("agent0", 1, 11), (Load("agent0", 0, 11),)
    ),
    "replay finds a difference": Wrong(
        "replay_finds_no_difference", Verified(0), (Verified(1, "messages differ"),)
    ),
    "the server needed a person": Wrong("the_server_comes_back", Restarted(1.5), (Restarted(11),)),
    "a helper outlived its server": Wrong(
        "nothing_outlives_the_server", Restarted(1.5), (Outlived(("spawn_main",)), Restarted(1.5))
    ),
    "a failed flush was survived": Wrong(
        "a_failed_flush_ends_the_server", Restarted(1.5), (Fault("flush fails", LIVED_ON), Restarted(1.5))
    ),
    "a queue's reader misses an event": Wrong("nothing_is_missed", Heard("agent0", "queue:q1", ASSIGNED), ()),
    "a topic is refused that is there": Wrong(
        "topics_are_refused_for_a_reason",
        Left("agent0", "queue:q1"),
        (TopicRefused("agent0", "queue:q1", "notfound"),),
    ),
    "a visitor hears of another's conversation": Wrong(
        "visitors_hear_only_their_own",
        OF_VISITOR,
        (
            OF_VISITOR,
            Replayed("conversation:c2", "agent", 0, 10, (OTHERS,)),
            Heard("visitor0", "visitor", OTHERS),
        ),
    ),
    "a visitor hears that a note was read": Wrong(
        "visitors_hear_no_notes",
        OF_VISITOR,
        (
            changed(
                OF_VISITOR,
                events=(*OF_VISITOR.events, Event(10, "message.read", "digest of 10", "m3", "c1", by="user")),
            ),
        ),
    ),
    "the API lists another order": Wrong(
        "a_conversation_is_one_list",
        LISTED,
        (changed(LISTED, messages=(LISTED.messages[1], LISTED.messages[0], LISTED.messages[2])),),
    ),
    "what was sent later stands earlier": Wrong(
        "what_came_later_stands_later",
        Sent("agent0", "agent0.1", "psst", "note", "c1"),
        (Ponged("agent0", 4, ()), Sent("agent0", "agent0.1", "psst", "note", "c1")),
    ),
    "a reader begins behind what was told": Wrong(
        "a_later_reading_covers_what_was_told",
        Asked("agent0", "queue:q1", 4),
        (Ponged("agent1", 6, ()), Asked("agent0", "queue:q1", 4)),
    ),
    "a hand-over had no effect": Wrong(
        "assignments_are_one_register",
        Changing("agent0", "agent0.k1", "assign", "c1", ("agent0",)),
        (Changing("agent0", "agent0.k1", "assign", "c1", ("agent1",)),),
    ),
    "the API shows who had it before": Wrong(
        "assignments_are_one_register", SAW, (changed(SAW, assigned=()),)
    ),
    "a snooze had no effect": Wrong(
        "statuses_are_one_register",
        Changing("agent0", "agent0.k2", "snooze", "c1", ("soon",)),
        (Changing("agent0", "agent0.k2", "done", "c1"),),
    ),
    "the API shows the status before": Wrong(
        "statuses_are_one_register", SAW, (changed(SAW, status="snoozed"),)
    ),
    "a reading is older than what was told": Wrong(
        "a_reading_is_not_of_the_past", SAW, (changed(SAW, position=8),)
    ),
    "a sleeper is forgotten": Wrong(
        "who_sleeps_wakes_up",
        OF_CONVERSATION,
        (changed(OF_CONVERSATION, events=tuple(event for event in WHOLE if event is not WOKEN)),),
    ),
    "a sleeper is woken before the time": Wrong(
        "nobody_is_woken_twice_or_early",
        OF_CONVERSATION,
        (
            changed(
                OF_CONVERSATION,
                events=tuple(changed(event, at=899) if event is WOKEN else event for event in WHOLE),
            ),
        ),
    ),
    "a timer goes off twice": Wrong(
        "nobody_is_woken_twice_or_early",
        OF_CONVERSATION,
        (changed(OF_CONVERSATION, events=(*WHOLE, changed(WOKEN, position=10))),),
    ),
    "somebody who is there is sent offline": Wrong(
        "who_is_there_is_not_called_away", SETTLED, (*called_away(seen_at=50_000, sent_at=60_000), SETTLED)
    ),
    "somebody who went home counts as there": Wrong(
        "who_left_is_known_to_be_gone",
        SETTLED,
        (Moment(1_000), WentHome("agent0"), Present("user0", "available", 41_001), SETTLED),
    ),
    "a read mark is forgotten": Wrong(
        "read_marks_stand",
        OF_CONVERSATION,
        (changed(OF_CONVERSATION, events=tuple(event for event in WHOLE if event is not READ)),),
    ),
    "a read mark goes back": Wrong(
        "read_marks_stand",
        OF_CONVERSATION,
        (
            changed(
                OF_CONVERSATION,
                events=(*WHOLE, Event(10, "message.read", "digest of 10", "m1", "c1", by="user")),
            ),
        ),
    ),
    "somebody who is away is given work": Wrong(
        "the_away_are_given_nothing",
        OF_CONVERSATION,
        (
            changed(
                OF_CONVERSATION,
                events=tuple(GIVEN_TO_ONE_AWAY if event is ASSIGNED else event for event in WHOLE),
            ),
        ),
    ),
    "a conversation stands under a customer who is gone": Wrong(
        "everything_can_be_read_again", SETTLED, (SETTLED, Unread("customer:k2", "agent", "notfound"))
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


def test_who_was_last_heard_of_long_ago_may_be_called_away() -> None:
    for seen_at in (1_000, 20_000, 59_000):
        records: list[AnyRecord] = [
            Began(1, 1, agents=("user0",)),
            *called_away(seen_at=seen_at, sent_at=60_000),
        ]

        assert not [one for one in judge(History(records)) if one.startswith("who_is_there")]


def test_who_was_there_may_be_called_away_when_nobody_was_answered() -> None:
    records: list[AnyRecord] = [
        Began(1, 1, agents=("user0",)),
        Moment(41_000),
        Sent("visitor0", "visitor0.1", "one", new_conversation="n"),
        *called_away(seen_at=50_000, sent_at=60_000),
    ]

    assert not [one for one in judge(History(records)) if one.startswith("who_is_there")]


def test_who_went_home_has_time_to_be_missed() -> None:
    for present in (Present("user0", "available", 40_000), Present("user0", "offline", 90_000)):
        records: list[AnyRecord] = [
            Began(1, 1, agents=("user0",)),
            Moment(1_000),
            WentHome("agent0"),
            present,
        ]

        assert not [one for one in judge(History(records)) if one.startswith("who_left")]


def test_while_a_clock_is_wrong_nobody_knows_what_is_early() -> None:
    early = tuple(changed(event, at=1) if event is WOKEN else event for event in WHOLE)
    records: list[AnyRecord] = [Fault("clock jumps"), changed(OF_CONVERSATION, events=early)]

    assert not [one for one in judge(History(records)) if one.startswith("nobody_is_woken")]


def test_an_ended_conversation_makes_room() -> None:
    ended = Event(10, "conversation.ended", "digest of 10", None, "c1")
    next_one = Event(11, "conversation.opened", "digest of 11", None, "c2", ("agent0",), status="open")
    records = right()
    place = records.index(OF_CONVERSATION)
    records[place : place + 1] = [
        changed(OF_CONVERSATION, events=(*OF_CONVERSATION.events, ended), position=11),
        Replayed("conversation:c2", "agent", 0, 11, (next_one,)),
    ]

    assert not [one for one in judge(History(records)) if one.startswith("nobody_is_given_more_than_fits")]


def test_an_agent_may_take_more_than_the_server_gives() -> None:
    opened = Event(10, "conversation.opened", "digest of 10", None, "c2", (), status="open")
    taken = Event(11, "conversation.assigned", "digest of 11", None, "c2", ("agent0",), "answered")
    records = right()
    place = records.index(Load("agent0", 1, 11))
    records[place : place + 1] = [
        Replayed("conversation:c2", "agent", 0, 11, (opened, taken)),
        Load("agent0", 2, 11),
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


LOGGED_IN = Event(10, "customer.merged", "digest of 10", customer="k9", source="k1")
PAST = Event(2, "message.created", "digest of m0", "m0", "c0", customer="k9")


def after_login(*heard: AnyRecord) -> list[str]:
    """The right history, and then the visitor turns out to be `k9`, who has said `m0` in `c0` long ago."""
    old = Event(1, "conversation.opened", "digest of c0", None, "c0", (), status="open", customer="k9")
    mine = [msgspec.structs.replace(event, position=event.position + 2) for event in (OPENED, FIRST)]
    merged = msgspec.structs.replace(LOGGED_IN, position=5)
    later = Event(6, "message.created", "digest of 6", "m8", "c0", customer="k9")
    everything = (old, PAST, *mine, merged, later)
    return judge(
        History(
            [
                Asked("visitor0", "visitor", 0),
                Subscribed("visitor0", "visitor", 2),
                Sent("visitor0", "visitor0.1", "one", new_conversation="n"),
                *(Heard("visitor0", "visitor", event) for event in mine),
                Acked("visitor0", "visitor0.1", "m1", "c1", 4, "one"),
                LoggedIn("visitor0", "k9", 5),
                Asked("visitor0", "visitor", 4),
                Subscribed("visitor0", "visitor", 5),
                *heard,
                Replayed("conversation:c0", "agent", 0, 6, (old, PAST, later)),
                Replayed("conversation:c1", "agent", 0, 6, tuple(mine)),
                Replayed("customer:k9", "agent", 0, 6, everything),
                Replayed("visitor", "visitor0", 0, 6, (old, PAST, *mine, later)),
                Listed("c0", "k9", ()),
                Listed("c1", "k9", (Message("m1", "visitor0.1", "one", "message"),)),
            ]
        )
    )


def test_who_logs_in_need_not_have_heard_the_past_of_the_customer() -> None:
    later = Event(6, "message.created", "digest of 6", "m8", "c0", customer="k9")

    found = after_login(Heard("visitor0", "visitor", later), Ponged("visitor0", 6, ("visitor",)))

    assert [one for one in found if "visitor0 visitor" in one] == []


def test_from_the_login_on_everything_of_the_customer_must_be_heard() -> None:
    found = after_login(Ponged("visitor0", 6, ("visitor",)))

    assert [one for one in found if one.startswith("nothing_is_missed: visitor0 visitor")]


def test_the_topic_of_a_merged_customer_was_whole_until_the_merge() -> None:
    mine = [msgspec.structs.replace(event, position=event.position + 2) for event in (OPENED, FIRST)]
    merged = msgspec.structs.replace(LOGGED_IN, position=5)

    def findings(*heard: Event) -> list[str]:
        return after_login(
            Asked("agent0", "customer:k1", 0),
            *(Heard("agent0", "customer:k1", event) for event in heard),
            Subscribed("agent0", "customer:k1", 5),
            TopicRefused("agent0", "customer:k1", "notfound"),
        )

    assert not [one for one in findings(*mine, merged) if "customer:k1" in one]
    assert [one for one in findings(mine[0], merged) if one.startswith("nothing_is_missed")]


def test_what_opens_again_may_be_given_on_by_the_same_command() -> None:
    others = [
        Event(10, "conversation.opened", "digest of 10", None, "c2", ("agent0",), status="open"),
        Event(11, "conversation.updated", "digest of 11", None, "c2", status="done"),
        Event(20, "conversation.updated", "digest of 20", None, "c2", status="open"),
        Event(21, "conversation.assigned", "digest of 21", None, "c2", (), "agent_away"),
    ]

    def findings(*events: Event) -> list[str]:
        first = Replayed("conversation:c1", "agent", 0, 30, (OPENED, ASSIGNED))
        second = Replayed("conversation:c2", "agent", 0, 30, events)
        return [
            one
            for one in judge(History([Began(1, capacity=1), first, second]))
            if one.startswith("nobody_is_given_more_than_fits: at 20")
        ]

    assert findings(*others) == []
    assert findings(*others[:-1])
