"""The choice of an agent, as arithmetic."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kithdesk.core.clock import Instant
from kithdesk.routing.choosing import SHARE, Candidate, Match, Waiting, choose, free_share, match

USERS = [f"agent{number:02}" for number in range(12)]


@st.composite
def candidates(draw: st.DrawFn, *, smallest: int = 0) -> list[Candidate]:
    users = draw(st.lists(st.sampled_from(USERS), unique=True, min_size=smallest))
    return [
        Candidate(
            user,
            capacity=draw(st.integers(1, 8)),
            load=draw(st.integers(0, 9)),
            idle_since=Instant(draw(st.integers(0, 5))),
        )
        for user in users
    ]


waiting = st.lists(
    st.tuples(st.integers(0, 40), st.none() | st.sampled_from(USERS)), unique_by=lambda pair: pair[0]
).map(lambda pairs: [Waiting(f"c{number}", not_for) for number, not_for in pairs])


def test_the_agent_with_the_most_free_share_is_chosen() -> None:
    half = Candidate("half", capacity=10, load=5, idle_since=Instant(0))
    third = Candidate("third", capacity=3, load=2, idle_since=Instant(0))

    choice = choose([third, half])

    assert choice is not None
    assert (choice.agent.user, choice.because) == ("half", "most_room")


def test_among_equally_free_agents_the_longest_idle_is_chosen() -> None:
    busy_lately = Candidate("a", capacity=4, load=2, idle_since=Instant(9))
    rested = Candidate("b", capacity=2, load=1, idle_since=Instant(3))

    choice = choose([busy_lately, rested])

    assert choice is not None
    assert (choice.agent.user, choice.because) == ("b", "longest_idle")


def test_a_tie_always_falls_the_same_way() -> None:
    twins = [Candidate(user, capacity=4, load=0, idle_since=Instant(0)) for user in ("b", "a")]

    first, second = choose(twins), choose(reversed(twins))

    assert first is not None
    assert first == second
    assert (first.agent.user, first.because) == ("a", "tie")


def test_nobody_is_chosen_when_all_are_full_or_gave_it_away() -> None:
    full = Candidate("full", capacity=2, load=2, idle_since=Instant(0))
    gave_away = Candidate("gave", capacity=2, load=0, idle_since=Instant(0))

    assert choose([full, gave_away], not_for="gave") is None


@given(st.integers(1, 1_000), st.integers(1, 1_000), st.data())
def test_free_shares_order_as_exact_fractions_do(one: int, other: int, data: st.DataObject) -> None:
    load, other_load = data.draw(st.integers(0, one)), data.draw(st.integers(0, other))
    exact, other_exact = Fraction(one - load, one), Fraction(other - other_load, other)

    share, other_share = free_share(one, load), free_share(other, other_load)

    assert (share < other_share) == (exact < other_exact)
    assert 0 <= share <= SHARE


@given(candidates(), st.none() | st.sampled_from(USERS))
def test_whoever_is_chosen_has_room_and_nobody_else_is_better(
    agents: list[Candidate], not_for: str | None
) -> None:
    choice = choose(agents, not_for=not_for)

    able = [agent for agent in agents if agent.load < agent.capacity and agent.user != not_for]
    if choice is None:
        assert able == []
    else:
        assert choice.agent in able
        assert all(choice.agent.order <= agent.order for agent in able)


@given(waiting, candidates())
def test_matching_never_overfills_and_leaves_nothing_waiting_that_somebody_could_take(
    items: list[Waiting], agents: list[Candidate]
) -> None:
    matches = match(items, agents, now=Instant(7))

    given_to = {
        agent.user: sum(found.choice.agent.user == agent.user for found in matches) for agent in agents
    }
    assert all(
        given_to[agent.user] == 0 or agent.load + given_to[agent.user] <= agent.capacity for agent in agents
    )
    assert len({found.item.conversation for found in matches}) == len(matches)
    assert all(found.choice.agent.user != found.item.not_for for found in matches)
    matched = {found.item for found in matches}
    left = [item for item in items if item not in matched]
    free = {agent.user for agent in agents if agent.load + given_to[agent.user] < agent.capacity}
    assert all(free <= {item.not_for} for item in left)


@given(waiting, candidates())
def test_matching_keeps_the_order_of_waiting(items: list[Waiting], agents: list[Candidate]) -> None:
    found = [match_.item for match_ in match(items, agents, now=Instant(7))]

    assert found == [item for item in items if item in found]


@given(waiting.map(lambda items: items[:6]), candidates(smallest=7))
def test_the_best_few_agents_give_the_same_matches_as_all_of_them(
    items: list[Waiting], agents: list[Candidate]
) -> None:
    able = sorted((agent for agent in agents if agent.has_room), key=lambda agent: agent.order)

    few = match(items, able[: len(items) + 1], now=Instant(7))

    def outcome(matches: list[Match]) -> list[tuple[str, str]]:
        return [(found.item.conversation, found.choice.agent.user) for found in matches]

    assert outcome(few) == outcome(match(items, agents, now=Instant(7)))
