"""Who has what, how it stands, who is there, what is read: each wrong in a history is found by its rule."""

from __future__ import annotations

import pytest

from proofs.history import (
    Changing,
    Event,
    Moment,
    Present,
    WentHome,
)
from tests.proofs.histories import (
    ASSIGNED,
    GIVEN_TO_ONE_AWAY,
    OF_CONVERSATION,
    READ,
    SAW,
    SETTLED,
    WHOLE,
    WOKEN,
    Wrong,
    called_away,
    changed,
    findings_of,
)

WRONGS = {
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
}


@pytest.mark.parametrize("what", WRONGS)
def test_a_wrong_history_is_found_by_its_rule(what: str) -> None:
    wrong = WRONGS[what]

    assert wrong.rule in findings_of(wrong)
