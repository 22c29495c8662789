"""What was said and heard: each rule finds what it is there for, in a history that is wrong in one thing."""

from __future__ import annotations

import msgspec
import pytest

from proofs.history import (
    Asked,
    Event,
    Fault,
    Heard,
    Left,
    Load,
    Message,
    Outlived,
    Ponged,
    Replayed,
    Restarted,
    Sent,
    Settled,
    Stopped,
    Subscribed,
    TopicRefused,
    Unread,
    Verified,
)
from proofs.rules.running import LIVED_ON
from tests.proofs.histories import (
    ASSIGNED,
    FIRST,
    INBOX,
    LISTED,
    NOTE,
    OF_CONVERSATION,
    OF_VISITOR,
    OPENED,
    OTHERS,
    SECOND,
    SECOND_ACK,
    SETTLED,
    TIMELINE,
    Wrong,
    changed,
    created,
    findings_of,
)

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
    "a conversation stands under a customer who is gone": Wrong(
        "everything_can_be_read_again", SETTLED, (SETTLED, Unread("customer:k2", "agent", "notfound"))
    ),
    "a drain was cut off": Wrong("a_drain_ends_well", Stopped(0, 1.0), (Stopped(-9, 40),)),
}


@pytest.mark.parametrize("what", WRONGS)
def test_a_wrong_history_is_found_by_its_rule(what: str) -> None:
    wrong = WRONGS[what]

    assert wrong.rule in findings_of(wrong)
