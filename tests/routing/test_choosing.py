"""The choice of an agent and of an item, as arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kithdesk.core.clock import Instant
from kithdesk.routing.choosing import (
    RUNNERS_UP,
    SHARE,
    Agent,
    Crowd,
    Terms,
    Traits,
    Waiting,
    free_share,
    pick_agent,
    pick_item,
    units,
    why_not,
)

USERS = [f"agent{number:02}" for number in range(8)]
QUEUES = ["billing", "returns", "sales"]
SKILLS = ["refunds", "lang:de"]


def cases() -> Iterator[Random]:
    """The same few thousand every time."""
    for seed in range(3_000):
        yield Random(seed)


def terms(chance: Random) -> Terms:
    return Terms(
        queues=frozenset(chance.sample(QUEUES, chance.randint(0, 3))),
        serves_all_but=chance.random() < 0.5,
        channel_weights={
            channel: chance.randint(1, 3) for channel in ("chat", "email") if chance.random() < 0.5
        },
        capacity_by_priority={one: chance.randint(1, 4) for one in (1, 2, 3) if chance.random() < 0.3},
        pauses_lower=chance.random() < 0.3,
    )


def agents(chance: Random, smallest: int = 0) -> list[Agent]:
    return [some_agent(chance, user) for user in chance.sample(USERS, chance.randint(smallest, len(USERS)))]


def some_agent(chance: Random, user: str) -> Agent:
    held = {one: chance.randint(1, 2) for one in (1, 2, 3) if chance.random() < 0.3}
    return Agent(
        user,
        capacity=chance.randint(1, 8),
        load=sum(held.values()),
        idle_since=Instant(chance.randint(0, 5)),
        terms=terms(chance),
        held=held,
        skills={skill: chance.randint(1, 5) for skill in SKILLS if chance.random() < 0.6},
        is_available=chance.random() < 0.85,
    )


def some_item(chance: Random, number: int = 0) -> Waiting:
    traits = Traits(
        queue=chance.choice(QUEUES),
        priority=chance.randint(1, 3),
        weight=chance.choice([1, 1, 2, 9]),
        channel=chance.choice(["chat", "email"]),
        skills=tuple((skill, chance.randint(1, 5)) for skill in SKILLS if chance.random() < 0.3),
        language=chance.choice([None, None, "lang:de"]),
        reserved_for=chance.choice([None, None, None, *USERS]),
        not_for=tuple(sorted(chance.sample(USERS, chance.randint(0, 2)))),
    )
    preferred = chance.choice([None, *USERS])
    return Waiting(f"item{number}", f"c{number}", traits, Instant(chance.randint(0, 5)), preferred)


def some_items(chance: Random, most: int = 6) -> list[Waiting]:
    return [some_item(chance, number) for number in range(chance.randint(0, most))]


def item(**changes: object) -> Waiting:
    return Waiting("item", "conversation", Traits(queue="billing", **changes), Instant(0))  # type: ignore[arg-type]


def agent(user: str, capacity: int = 4, load: int = 0, idle_since: int = 0, **changes: object) -> Agent:
    return Agent(user, capacity, load, Instant(idle_since), **changes)  # type: ignore[arg-type]


def test_the_agent_with_the_most_free_share_is_chosen() -> None:
    decision = pick_agent(item(), Crowd([agent("third", 3, 2), agent("half", 10, 5)]))

    assert decision.chosen is not None
    assert (decision.chosen.user, decision.because) == ("half", "most_room")
    assert [one.user for one in decision.runners_up] == ["third"]


def test_among_equally_free_agents_the_longest_idle_is_chosen() -> None:
    decision = pick_agent(item(), Crowd([agent("a", 4, 2, idle_since=9), agent("b", 2, 1, idle_since=3)]))

    assert decision.chosen is not None
    assert (decision.chosen.user, decision.because) == ("b", "longest_idle")


def test_a_tie_always_falls_the_same_way() -> None:
    twins = [agent("b"), agent("a")]

    first, second = pick_agent(item(), Crowd(twins)), pick_agent(item(), Crowd(twins[::-1]))

    assert first == second
    assert first.chosen is not None
    assert (first.chosen.user, first.because) == ("a", "tie")


def test_a_preferred_agent_goes_first_while_they_may_take_it_at_all() -> None:
    wanted = Waiting("item", "c", Traits(queue="billing"), Instant(0), preferred="ana")

    with_room = pick_agent(wanted, Crowd([agent("ana", 4, 3), agent("ben")]))
    full = pick_agent(wanted, Crowd([agent("ana", 4, 4), agent("ben")]))

    assert with_room.chosen is not None
    assert full.chosen is not None
    assert (with_room.chosen.user, with_room.because) == ("ana", "preferred")
    assert (full.chosen.user, full.because, full.others) == ("ben", "only_one", {"full": 1})


def test_why_somebody_was_not_chosen_is_counted_by_reason() -> None:
    needs = item(skills=(("refunds", 3),), not_for=("gave",), priority=2)
    crowd = [
        agent("away", is_available=False),
        agent("elsewhere", terms=Terms(frozenset({"sales"}), serves_all_but=False)),
        agent("gave", skills={"refunds": 5}),
        agent("unskilled", skills={"refunds": 2}),
        agent("full", 2, 2, skills={"refunds": 3}),
        agent("paused", 4, 1, skills={"refunds": 3}, held={1: 1}, terms=Terms(pauses_lower=True)),
    ]

    decision = pick_agent(needs, Crowd(crowd, {"full": 2}, unseen=4))

    assert decision.chosen is None
    assert decision.because == "nobody"
    assert decision.unseen == 4
    assert decision.others == {
        "away": 1,
        "not_serving": 1,
        "gave_it_away": 1,
        "lacks_skill": 1,
        "full": 3,
        "paused_by_priority": 1,
    }


def test_what_is_reserved_is_nobody_elses() -> None:
    held = item(reserved_for="ana", language="lang:de")

    assert why_not(agent("ana"), held.traits) is None
    assert why_not(agent("ben", skills={"lang:de": 5}), held.traits) == "held_for_another"


def test_a_priority_may_have_a_capacity_of_its_own() -> None:
    limited = Terms(capacity_by_priority={2: 1})

    assert why_not(agent("ana", 4, 1, held={2: 1}, terms=limited), item(priority=2).traits) == "full"
    assert why_not(agent("ana", 4, 1, held={2: 1}, terms=limited), item(priority=1).traits) is None


def test_priority_goes_before_the_longest_wait() -> None:
    late = Waiting("late", "c1", Traits(queue="billing", priority=1), Instant(9))
    early = Waiting("early", "c2", Traits(queue="billing", priority=2), Instant(1))

    found = pick_item(agent("ana"), [early, late])

    assert (found.item, found.because, found.runners_up) == (late, "priority", (early,))


@given(st.integers(1, 1_000), st.integers(1, 1_000), st.data())
def test_free_shares_order_as_exact_fractions_do(one: int, other: int, data: st.DataObject) -> None:
    load, other_load = data.draw(st.integers(0, one)), data.draw(st.integers(0, other))
    exact, other_exact = Fraction(one - load, one), Fraction(other - other_load, other)

    share, other_share = free_share(one, load), free_share(other, other_load)

    assert (share < other_share) == (exact < other_exact)
    assert 0 <= share <= SHARE


def test_whoever_is_chosen_may_take_it_and_nobody_else_is_better() -> None:
    for chance in cases():
        one, those = some_item(chance), agents(chance)

        decision = pick_agent(one, Crowd(those))

        able = [agent for agent in those if why_not(agent, one.traits) is None]
        assert len(decision.runners_up) == max(0, min(RUNNERS_UP, len(able) - 1))
        if decision.chosen is None:
            assert (able, decision.because) == ([], "nobody")
            continue
        chosen = next(agent for agent in able if agent.user == decision.chosen.user)
        assert chosen.load + units(chosen.terms, chosen.capacity, one.traits) <= chosen.capacity
        if one.preferred in {agent.user for agent in able}:
            assert chosen.user == one.preferred
        else:
            assert all(chosen.order <= agent.order for agent in able)


def test_everybody_is_accounted_for_once() -> None:
    for chance in cases():
        those = agents(chance)

        decision = pick_agent(some_item(chance), Crowd(those))

        chosen = 0 if decision.chosen is None else 1
        counted = sum(decision.others.values()) + decision.unseen
        assert chosen + len(decision.runners_up) + counted == len(those)


def test_the_order_in_which_agents_are_looked_at_changes_nothing() -> None:
    for chance in cases():
        one, those = some_item(chance), agents(chance)
        shuffled = chance.sample(those, len(those))

        assert pick_agent(one, Crowd(shuffled)) == pick_agent(one, Crowd(those))


def test_the_item_taken_is_the_first_of_those_that_may_be() -> None:
    for chance in cases():
        agent, waiting = some_agent(chance, "ana"), some_items(chance)

        found = pick_item(agent, waiting)

        able = [one for one in waiting if why_not(agent, one.traits) is None]
        assert (found.item is None) == (able == [])
        assert sum(found.others.values()) == len(waiting) - len(able)
        if found.item is not None:
            assert found.item in able
            assert all(found.item.order <= one.order for one in able)


def test_whoever_has_nothing_in_hand_has_room_for_anything() -> None:
    """Or an item heavier than everybody's capacity would wait for ever."""
    for chance in cases():
        idle = Agent("ana", chance.randint(1, 8), 0, Instant(0), terms(chance))

        assert why_not(idle, some_item(chance).traits) not in ("full", "paused_by_priority")


def test_giving_out_one_after_another_never_overfills() -> None:
    for chance in cases():
        pool = {one.user: one for one in agents(chance)}
        before = dict(pool)

        for one in some_items(chance, most=12):
            decision = pick_agent(one, Crowd(list(pool.values())))
            if decision.chosen is not None:
                pool[decision.chosen.user] = with_one_more(pool[decision.chosen.user], one)

        for user, agent in pool.items():
            assert agent.load <= max(agent.capacity, before[user].load)
            for priority, limit in agent.terms.capacity_by_priority.items():
                assert agent.held.get(priority, 0) <= max(limit, before[user].held.get(priority, 0))


def with_one_more(agent: Agent, one: Waiting) -> Agent:
    more = units(agent.terms, agent.capacity, one.traits)
    held = {**agent.held, one.traits.priority: agent.held.get(one.traits.priority, 0) + more}
    return replace(agent, load=agent.load + more, held=held, idle_since=Instant(7))
