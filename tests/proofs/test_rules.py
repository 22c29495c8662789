"""The rules find nothing in a history that is right, and know what they must not ask for."""

from __future__ import annotations

from pathlib import Path

import msgspec

from proofs.history import (
    Acked,
    AnyRecord,
    Asked,
    Began,
    Event,
    Fault,
    Heard,
    History,
    Listed,
    Load,
    LoggedIn,
    Message,
    Moment,
    Ponged,
    Present,
    Replayed,
    Sent,
    Subscribed,
    TopicRefused,
    WentHome,
)
from proofs.rules import judge
from tests.proofs.histories import (
    ASSIGNED,
    FIRST,
    OF_CONVERSATION,
    OPENED,
    WHOLE,
    WOKEN,
    called_away,
    changed,
    right,
)


def test_a_right_history_has_no_findings() -> None:
    assert judge(History(right())) == []


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


def test_who_was_there_may_be_called_away_just_after_a_clock_was_wrong() -> None:
    def findings(jumped_at: int) -> list[str]:
        jump = (Moment(jumped_at), Fault("clock jumps", "-1 h"))
        records = [Began(1, 1, agents=("user0",)), *jump, *called_away(seen_at=50_000, sent_at=60_000)]
        return [one for one in judge(History(records)) if one.startswith("who_is_there")]

    assert not findings(jumped_at=45_000)
    assert findings(jumped_at=15_000)


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
