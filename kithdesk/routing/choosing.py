"""Choosing: which agent takes which waiting item. Arithmetic only, so that thousands of cases can be tried.

An agent who may take an item is compared by who is preferred for it, then by the most free share of their capacity,
then by the longest idle, then by the lower id, so that the same state always gives the same answer. Items are compared
by priority, then by how long they have waited. Nothing is given out of a queue outside its hours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import msgspec

from kithdesk.core.clock import Instant

SHARE = 1_000_000_000
"""A free share of one whole. Fine enough to tell any two fractions of capacities up to 1,000 apart."""
RUNNERS_UP = 3

WhyNot = Literal[
    "away",
    "not_serving",
    "held_for_another",
    "gave_it_away",
    "declined",
    "lacks_skill",
    "full",
    "paused_by_priority",
]
Because = Literal["preferred", "most_room", "longest_idle", "tie", "only_one", "nobody", "closed"]
PreferredAs = Literal["by_hand", "rule", "last_agent"]
ItemBecause = Literal["priority", "longest_wait", "tie", "only_one", "nothing"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the profile of a team says of how its agents are given work.

    `serves_all_but`: for those of no team, who serve what no profile names; `queues` are then the ones named.
    """

    queues: frozenset[str] = frozenset()
    serves_all_but: bool = True
    channel_weights: Mapping[str, int] = field(default_factory=dict)
    capacity_by_priority: Mapping[int, int] = field(default_factory=dict)
    pauses_lower: bool = False

    def serves(self, queue: str) -> bool:
        return (queue in self.queues) != self.serves_all_but


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who might take work. `idle_since`: the last time they were given something or changed status.

    `held`: by priority, how much of their load is of it. `team`: as which they work, '' as none.
    """

    user: str
    capacity: int
    load: int
    idle_since: Instant
    terms: Terms = Terms()
    held: Mapping[int, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    is_available: bool = True
    team: str = ""

    @property
    def order(self) -> tuple[int, Instant, str]:
        """Lower comes first."""
        return -free_share(self.capacity, self.load), self.idle_since, self.user


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """All of an item that decides who may take it: those with equal traits differ only in how long they wait.

    `language`: the skill of one who speaks it, while the item holds out for them. `not_for`: who gave it away;
    `declined`: who was asked and said no; both until they are asked again.
    """

    queue: str
    priority: int = 50
    weight: int = 1
    channel: str = "chat"
    skills: tuple[tuple[str, int], ...] = ()
    language: str | None = None
    reserved_for: str | None = None
    not_for: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A work item that nobody has. `language`: its customer's, whether it still holds out for it or not."""

    id: str
    conversation: str
    traits: Traits
    entered_at: Instant
    preferred: str | None = None
    preferred_as: PreferredAs = "last_agent"
    language: str | None = None

    @property
    def order(self) -> tuple[int, Instant, str]:
        """Lower comes first."""
        return self.traits.priority, self.entered_at, self.id

    def in_any_language(self) -> Waiting:
        """Holding out for its language no longer."""
        return replace(self, traits=msgspec.structs.replace(self.traits, language=None))


class Standing(msgspec.Struct, frozen=True):
    """An agent as they stood when it was decided."""

    user: str
    load: int
    capacity: int
    idle_since: Instant


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Who was chosen for an item, what decided it against the next best, and why the others were not.

    `unseen`: how many more had room and came behind all of these. `language_dropped`: asked of nobody any more.
    `opens_at`: when its queue does, if it is closed.
    """

    item: str
    because: Because
    chosen: Standing | None
    runners_up: tuple[Standing, ...] = ()
    others: dict[WhyNot, int] = {}
    unseen: int = 0
    preferred_as: PreferredAs | None = None
    language_dropped: str | None = None
    opens_at: int | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those among whom to choose: `seen` one by one, the rest only counted. `is_open`: the queue that they serve is."""

    seen: Sequence[Agent]
    others: Mapping[WhyNot, int] = field(default_factory=dict)
    unseen: int = 0
    is_open: bool = True
    opens_at: Instant | None = None

    def chosen(self, decision: Decision) -> Agent | None:
        """The agent whom a decision about this crowd names."""
        if decision.chosen is None:
            return None
        return next(agent for agent in self.seen if agent.user == decision.chosen.user)


@dataclass(frozen=True, slots=True)
class Next:
    """Which item an agent takes next."""

    item: Waiting | None
    because: ItemBecause
    runners_up: tuple[Waiting, ...]
    others: Mapping[WhyNot, int]


def free_share(capacity: int, load: int) -> int:
    """The free part of a capacity, in parts of `SHARE`, rounded down; nothing is free of what is overfull."""
    return max(0, capacity - load) * SHARE // capacity


def units(terms: Terms, capacity: int, traits: Traits) -> int:
    """How much of an agent's capacity an item takes. Never more than there can be, or it would wait for ever."""
    whole = min(capacity, terms.capacity_by_priority.get(traits.priority, capacity))
    return min(traits.weight * terms.channel_weights.get(traits.channel, 1), whole)


def why_not(agent: Agent, traits: Traits) -> WhyNot | None:
    """What keeps an agent from taking an item with these traits, if anything does."""
    return _may_never(agent, traits) or _has_no_room(agent, traits)


def _may_never(agent: Agent, traits: Traits) -> WhyNot | None:
    if not agent.is_available:
        return "away"
    if not agent.terms.serves(traits.queue):
        return "not_serving"
    if traits.reserved_for not in (None, agent.user):
        return "held_for_another"
    ruled_out = _ruled_out(agent, traits)
    if ruled_out is not None:
        return ruled_out
    if not has_skills(agent.skills, traits.skills) or not _speaks(agent, traits):
        return "lacks_skill"
    return None


def _ruled_out(agent: Agent, traits: Traits) -> WhyNot | None:
    if agent.user in traits.not_for:
        return "gave_it_away"
    return "declined" if agent.user in traits.declined else None


def _speaks(agent: Agent, traits: Traits) -> bool:
    """What is held for somebody is held for them in any language."""
    return traits.language is None or traits.language in agent.skills or traits.reserved_for is not None


def _has_no_room(agent: Agent, traits: Traits) -> WhyNot | None:
    more = units(agent.terms, agent.capacity, traits)
    if agent.load + more > agent.capacity:
        return "full"
    limit = agent.terms.capacity_by_priority.get(traits.priority)
    if limit is not None and agent.held.get(traits.priority, 0) + more > limit:
        return "full"
    if agent.terms.pauses_lower and any(priority < traits.priority for priority in agent.held):
        return "paused_by_priority"
    return None


def has_skills(levels: Mapping[str, int], required: Iterable[tuple[str, int]]) -> bool:
    return all(levels.get(skill, 0) >= least for skill, least in required)


def pick_agent(item: Waiting, crowd: Crowd) -> Decision:
    """The best of those who may take the item; nobody when none may, or when its queue is closed."""
    if not crowd.is_open:
        return Decision(item=item.id, because="closed", chosen=None, opens_at=crowd.opens_at)
    others: Counter[WhyNot] = Counter(dict(crowd.others))
    able: list[Agent] = []
    for agent in crowd.seen:
        problem = why_not(agent, item.traits)
        if problem is None:
            able.append(agent)
        else:
            others[problem] += 1
    able.sort(key=lambda agent: (agent.user != item.preferred, agent.order))
    standings = [_standing(agent) for agent in able[: RUNNERS_UP + 1]]
    because = _because(item, able)
    return Decision(
        item=item.id,
        because=because,
        chosen=standings[0] if standings else None,
        runners_up=tuple(standings[1:]),
        others={why: count for why, count in others.items() if count},
        unseen=crowd.unseen + max(0, len(able) - len(standings)),
        preferred_as=item.preferred_as if because == "preferred" else None,
        language_dropped=item.language if item.traits.language is None else None,
    )


def pick_item(agent: Agent, heads: Collection[Waiting]) -> Next:
    """What the agent takes first of the heads of the lines they might serve."""
    others: Counter[WhyNot] = Counter()
    able: list[Waiting] = []
    for item in heads:
        problem = why_not(agent, item.traits)
        if problem is None:
            able.append(item)
        else:
            others[problem] += 1
    able.sort(key=lambda item: item.order)
    return Next(able[0] if able else None, _item_because(able), tuple(able[1 : RUNNERS_UP + 1]), dict(others))


def _standing(agent: Agent) -> Standing:
    return Standing(agent.user, agent.load, agent.capacity, agent.idle_since)


def _because(item: Waiting, ranked: Sequence[Agent]) -> Because:
    if not ranked:
        return "nobody"
    if ranked[0].user == item.preferred:
        return "preferred"
    if len(ranked) == 1:
        return "only_one"
    (share, idle, _), (next_share, next_idle, _) = ranked[0].order, ranked[1].order
    if share != next_share:
        return "most_room"
    return "longest_idle" if idle != next_idle else "tie"


def _item_because(ranked: Sequence[Waiting]) -> ItemBecause:
    if len(ranked) < 2:
        return "only_one" if ranked else "nothing"
    (priority, since, _), (next_priority, next_since, _) = ranked[0].order, ranked[1].order
    if priority != next_priority:
        return "priority"
    return "longest_wait" if since != next_since else "tie"
