"""What the rules make of merges, their undoing, and logins meanwhile, in histories made by hand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from proofs.history import (
    Acked,
    AnyRecord,
    Asked,
    Event,
    Heard,
    History,
    Listed,
    LoggedIn,
    Merged,
    Message,
    Refused,
    Replayed,
    Resynced,
    Sent,
    Standing,
    Subscribed,
    Undone,
    Unfinished,
)
from proofs.rules import judge


def said(position: int, conversation: str) -> Event:
    return Event(position, "message.created", f"digest of {position}", f"m{position}", conversation)


def opened(position: int, conversation: str, customer: str) -> Event:
    return Event(
        position, "conversation.opened", f"d{position}", None, conversation, status="open", customer=customer
    )


def moved(position: int, conversation: str, customer: str, source: str) -> Event:
    return Event(
        position, "conversation.moved", f"d{position}", None, conversation, customer=customer, source=source
    )


MERGED = Event(5, "customer.merged", "d5", customer="k2", source="k1", merge="g1", by="agent")
UNDONE = Event(9, "customer.unmerged", "d9", customer="k2", source="k1", merge="g1")
OF_FIRST = (opened(1, "c1", "k1"), said(2, "c1"), moved(6, "c1", "k2", "k1"), said(7, "c1"))
BACK = (moved(10, "c1", "k1", "k2"), said(11, "c1"))
OF_SECOND = (opened(3, "c2", "k2"), said(4, "c2"), said(8, "c2"), said(12, "c2"))
END = 12


def listed(conversation: str, customer: str, *messages: int) -> Listed:
    author = "visitor1" if conversation == "c1" else "visitor2"
    return Listed(
        conversation,
        customer,
        tuple(Message(f"m{one}", f"{author}.{one}", "hello", "message") for one in sorted(messages)[::-1]),
    )


@dataclass
class Story:
    """The first visitor's record is merged into the second's, and parted again; both talk all the while."""

    heard: tuple[AnyRecord, ...] = ()
    """What clients heard, beside what everybody in it did."""
    first_read: tuple[Event, ...] = (OF_FIRST[0], OF_FIRST[1], OF_FIRST[3], BACK[1])
    second_read: tuple[Event, ...] = OF_SECOND
    first_belongs_to: str = "k1"
    living: tuple[AnyRecord, ...] = (Standing("k1", "k1"), Standing("k2", "k2"))
    events: tuple[Event, ...] = (MERGED, UNDONE)

    def findings(self) -> set[str]:
        authors = {"c1": "visitor1", "c2": "visitor2"}
        spoken = [e for e in (*OF_FIRST, *BACK, *OF_SECOND) if e.kind == "message.created"]
        records: list[AnyRecord] = []
        answers: list[AnyRecord] = []
        for event in sorted(spoken, key=lambda event: event.position):
            conversation = event.conversation or ""
            who, message = authors[conversation], event.message or ""
            client_id = f"{who}.{event.position}"
            records.append(Sent(who, client_id, "hello", conversation=conversation))
            answers.append(Acked(who, client_id, message, conversation, event.position, "hello"))
        records += [*self.heard, *answers]
        records += [
            Replayed("conversation:c1", "agent", 0, END, (*OF_FIRST, *BACK)),
            Replayed("conversation:c2", "agent", 0, END, OF_SECOND),
            Replayed("inbox", "agent", 0, END, (*OF_FIRST, *BACK, *OF_SECOND, *self.events)),
            Replayed("visitor", "visitor1", 0, END, self.first_read),
            Replayed("visitor", "visitor2", 0, END, self.second_read),
            listed("c1", self.first_belongs_to, 2, 7, 11),
            listed("c2", "k2", 4, 8, 12),
            *self.living,
        ]
        return {finding.partition(":")[0] for finding in judge(History(records))}


def live(client: str, *events: Event, after: int = 0, until: int = END) -> tuple[AnyRecord, ...]:
    """It follows its topic after a position, and hears these."""
    begun = (Asked(client, "visitor", after), Subscribed(client, "visitor", after))
    return (*begun, *(Heard(client, "visitor", one) for one in events), Subscribed(client, "visitor", until))


def agent(*events: Event, topic: str = "customer:k2") -> tuple[AnyRecord, ...]:
    begun = (Asked("agent0", topic, 0), Subscribed("agent0", topic, 0))
    in_order = sorted(events, key=lambda event: event.position)
    return (*begun, *(Heard("agent0", topic, one) for one in in_order), Subscribed("agent0", topic, END))


def test_nothing_is_wrong_with_a_merge_that_was_undone() -> None:
    own = (OF_FIRST[0], OF_FIRST[1], OF_FIRST[3], BACK[1])

    assert Story(heard=live("visitor1", *own)).findings() == set()


def test_a_browser_that_never_logged_in_hears_nothing_of_the_other() -> None:
    own = (OF_FIRST[0], OF_FIRST[1], OF_FIRST[3], OF_SECOND[2], BACK[1])

    assert "visitors_hear_only_their_own" in Story(heard=live("visitor1", *own)).findings()


def test_nor_does_it_read_it_again() -> None:
    everything = (*OF_FIRST[:2], OF_SECOND[2], BACK[1], OF_FIRST[3])

    assert "visitors_hear_only_their_own" in Story(first_read=everything).findings()


def test_it_hears_everything_of_its_own_while_the_merge_stands() -> None:
    without_the_reply = (OF_FIRST[0], OF_FIRST[1], BACK[1])

    assert "nothing_is_missed" in Story(heard=live("visitor1", *without_the_reply)).findings()


def test_after_a_resync_it_goes_on_from_there() -> None:
    before = live("visitor1", *OF_FIRST[:2], until=4)
    after = live("visitor1", OF_FIRST[3], BACK[1], after=5)

    assert Story(heard=(*before, Resynced("visitor1", "visitor", 5), *after)).findings() == set()


@pytest.mark.parametrize(("position", "is_found"), [(8, False), (12, True)])
def test_who_logged_in_as_the_first_hears_of_the_second_while_they_are_one(
    position: int, is_found: bool
) -> None:
    named = Event(0, "customer.created", "d0", customer="k1", external_id="ana")
    login = LoggedIn("visitor1", "k2", 5, "ana")
    of_the_other = next(event for event in OF_SECOND if event.position == position)
    heard = live("visitor1", of_the_other, after=position - 1, until=position)

    findings = Story(heard=(login, *heard), events=(named, MERGED, UNDONE)).findings()

    assert ("visitors_hear_only_their_own" in findings) == is_found


def test_what_is_read_late_is_judged_by_whose_it_was_then() -> None:
    named = Event(0, "customer.created", "d0", customer="k1", external_id="ana")
    login = LoggedIn("visitor1", "k1", 1, "ana")
    replayed = (
        Asked("visitor1", "visitor", 3),
        Heard("visitor1", "visitor", OF_SECOND[1]),
        Subscribed("visitor1", "visitor", 7),
    )

    findings = Story(heard=(login, *replayed), events=(named, MERGED, UNDONE)).findings()

    assert "visitors_hear_only_their_own" not in findings


def test_what_somebody_said_is_theirs_to_read_in_the_end() -> None:
    assert "visitors_keep_their_own" in Story(first_read=OF_FIRST[:2]).findings()


def test_a_conversation_is_whose_the_events_say() -> None:
    assert "each_conversation_has_one_living_customer" in Story(first_belongs_to="k2").findings()


def test_a_customer_with_conversations_is_part_of_nobody() -> None:
    assert "each_conversation_has_one_living_customer" in Story(living=(Standing("k1", "k2"),)).findings()


def test_what_was_acknowledged_as_merged_and_as_undone_happened_once() -> None:
    done = (Merged("agent0", "agent0.k1", "g1", 5), Undone("agent0", "agent0.k2", "g1", 9))
    again = Event(13, "customer.merged", "d13", customer="k2", source="k1", merge="g1", by="agent")

    assert Story(heard=done).findings() == set()
    assert "merges_happen_once" in Story(heard=done, events=(MERGED,)).findings()
    assert "merges_happen_once" in Story(heard=done, events=(MERGED, UNDONE, again)).findings()


def test_followers_of_a_record_hear_what_became_its_own_for_good() -> None:
    everything = agent(*OF_SECOND, MERGED, *OF_FIRST[2:], UNDONE)
    lacking = agent(*OF_SECOND[:3])

    assert Story(heard=everything).findings() == set()
    assert "nothing_is_missed" in Story(heard=lacking).findings()


def test_a_repeat_may_find_its_conversation_gone_with_another() -> None:
    repeat = Sent("visitor1", "visitor1.2", "hello", conversation="c1", again=True)
    refused = Refused("visitor1", "visitor1.2", "notfound", is_final=True)

    assert "nothing_refused_is_there" not in Story(heard=(repeat, refused)).findings()
    assert "nothing_refused_is_there" in Story(heard=(refused,)).findings()


def test_a_job_that_is_left_over_is_found() -> None:
    left = Unfinished(("j1 wake_up running",))

    assert judge(History([left])) == ["no_job_is_left_over: a job is left over: j1 wake_up running"]


def after_a_login_was_taken_along(*heard: Event) -> set[str]:
    """`k3` logs in where `k1` was merged into `k2`, so into `k2`; when those two are parted, it goes with `k1`."""
    merged = Event(3, "customer.merged", "d3", customer="k2", source="k1", merge="g1", by="agent")
    parted = Event(6, "customer.unmerged", "d6", customer="k2", source="k1", merge="g1")
    own = (opened(1, "c3", "k3"), said(2, "c3"))
    moves = (moved(5, "c3", "k2", "k3"), moved(7, "c3", "k1", "k2"))
    records: list[AnyRecord] = [
        Asked("agent0", "customer:k3", 0),
        Subscribed("agent0", "customer:k3", 0),
        *(Heard("agent0", "customer:k3", event) for event in heard),
        Replayed("conversation:c3", "agent", 0, END, (*own, *moves)),
        Replayed("customer:k1", "agent", 0, END, (*own, *moves)),
        Replayed("customer:k2", "agent", 0, END, (merged, LOGGED_IN, parted)),
    ]
    return {one.partition(":")[0] for one in judge(History(records)) if "customer:k3" in one}


LOGGED_IN = Event(4, "customer.merged", "d4", customer="k2", source="k3", by="login")


def test_who_logged_in_was_whole_until_then_whosever_their_words_are_now() -> None:
    assert after_a_login_was_taken_along(opened(1, "c3", "k3"), said(2, "c3"), LOGGED_IN) == set()


def test_what_was_said_before_a_login_must_be_heard_whosever_it_is_now() -> None:
    assert after_a_login_was_taken_along(opened(1, "c3", "k3"), LOGGED_IN) == {"nothing_is_missed"}
