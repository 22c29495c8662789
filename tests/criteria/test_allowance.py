from __future__ import annotations

from typing import Any

from kithdesk.core.clock import Instant
from kithdesk.criteria import Criteria, Facts, read_criteria
from kithdesk.criteria.allowance import ALLOWANCE
from kithdesk.criteria.comparing import MAX_COMPARED

NOW = Instant(1_800_000_000_000)
LONGEST = "a" * 32_000


def body_contains(*words: str) -> Criteria:
    return read_criteria({"or": [{"message_body": {"contains": word}} for word in words]})


DEAR = body_contains(*("a" * n + "b" + "a" * n for n in range(8, 66)))


def fresh(**known: Any) -> Facts:
    return Facts.of(known, now=NOW)


def judged(facts: Facts, *, most: int = 1_000) -> int:
    """How many dear criteria are judged of it."""
    for count in range(most):
        assert not DEAR.matches(facts)
        if facts.allowance.is_used_up:
            return count
    return most


def test_T42_an_ordinary_desk_is_nowhere_near_the_end() -> None:
    facts = fresh(message_body="Where is my tent, please? " * 77)
    rules = [body_contains(*(f"wordof{place:03}{n:03}" for n in range(3))) for place in range(200)]

    assert not any(rule.matches(facts) for rule in rules)

    assert facts.allowance.used < ALLOWANCE / 2


def test_T42_dear_criteria_come_to_an_end() -> None:
    facts = fresh(message_body=LONGEST)

    assert 0 < judged(facts) < 20

    assert facts.allowance.used < ALLOWANCE * 1.01


def test_T42_what_comes_after_the_end_matches_nothing() -> None:
    facts = fresh(message_body=LONGEST)
    rest = [
        read_criteria({}),
        body_contains("a"),
        read_criteria({"not": [{"message_body": {"contains": "b"}}]}),
        read_criteria({"and": [{"message_body": {"not_contains": "b"}}]}),
    ]
    assert all(one.matches(facts) for one in rest)

    judged(facts)

    assert not any(one.matches(facts) for one in rest)


def test_T42_what_ends_in_the_middle_of_an_opposite_does_not_match() -> None:
    facts = fresh(message_body=LONGEST)
    opposite = read_criteria({"not": [{"or": DEAR.document["or"]}]})
    assert opposite.matches(facts)

    judgements = [(opposite.matches(facts), facts.allowance.is_used_up) for _ in range(20)]

    assert set(judgements) == {(True, False), (False, True)}


def test_the_same_is_judged_the_same_again() -> None:
    assert judged(fresh(message_body=LONGEST)) == judged(fresh(message_body=LONGEST))


def test_T42_lists_of_values_times_and_objects_count_too() -> None:
    cases: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"conversation_priority": {"in": list(range(10, 110))}}, {"conversation_priority": 3}),
        ({"customer_tags": {"in": [f"t{n}" for n in range(100)]}}, {"customer_tags": ["x"] * 100}),
        ({"customer_phone": {"contains": "912"}}, {"customer_phone": ["+1 415 555 0100"] * 100}),
        ({"customer_custom_endsAt": {"gt": "2030-01-01"}}, {"customer_custom_endsAt": ["2026-11-30"] * 100}),
        ({"page_title": {"prefix": "b"}}, {"page_title": "é" * 32_000}),
    ]
    for criterion, known in cases:
        facts = fresh(**known)

        assert not read_criteria({"and": [criterion]}).matches(facts)

        assert facts.allowance.used > 30_000, criterion


def test_finding_the_blame_takes_nothing_from_what_is_judged_next() -> None:
    explained, matched = fresh(message_body=LONGEST), fresh(message_body=LONGEST)

    while not matched.allowance.is_used_up:
        assert DEAR.matches(matched) is DEAR.explain(explained).holds

    assert explained.allowance.is_used_up
    assert DEAR.explain(explained) == (False, ())


def test_a_text_is_compared_up_to_a_number_of_characters() -> None:
    known = {"message_body": "x" * (MAX_COMPARED - 3) + "end" + "beyond"}

    assert body_contains("end").matches(fresh(**known))
    assert not body_contains("beyond").matches(fresh(**known))


def test_T42_a_text_that_folding_makes_longer_is_no_longer_than_another() -> None:
    facts = fresh(message_body="\ufdfa" * MAX_COMPARED)

    assert max(map(len, facts.values("message_body").folded)) == MAX_COMPARED
