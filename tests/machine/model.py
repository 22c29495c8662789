"""What conversations, journal, routing and sockets promise together, as a model small enough to believe.

The model knows only what a user could say: who wrote what where, what is open, who is here with room. After every step
the machine compares it with what the server shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Talk:
    """A conversation as its participants would tell it."""

    visitor: int
    opening: str
    said: list[tuple[str, str, str]] = field(default_factory=list)  # (author, client id, body)
    status: str = "open"
    wakes_at: int | None = None
    ended: bool = False

    @property
    def is_work(self) -> bool:
        """Whether somebody has to attend to it: that is what counts to an agent's load."""
        return self.status == "open" and not self.ended


@dataclass
class Reader:
    """A client with a cursor: what it has been given on its topic, in order."""

    topic: str
    connected: bool = True
    cursor: int = 0
    given: list[int] = field(default_factory=list)


@dataclass
class Model:
    """Everything that is true."""

    talks: dict[str, Talk] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    readers: list[Reader] = field(default_factory=list)
    capacity: int = 2
    hands: dict[str, str] = field(default_factory=dict)
    """Whose work each conversation is, as of the last look."""
    by_hand: tuple[str, str] | None = None
    """The conversation that an agent takes by what they just did, and the agent: no capacity bounds that."""

    def find(self, visitor: int, opening: str) -> str | None:
        return next(
            (id for id, t in self.talks.items() if (t.visitor, t.opening) == (visitor, opening)), None
        )

    def takes(self, agent: str, talk: str) -> None:
        """The agent answers what nobody has, or opens again what is theirs: from now on they have it."""
        self.by_hand = talk, agent

    def load(self, agent: str) -> int:
        return sum(holder == agent for holder in self.hands.values())

    def wrong_with(self, holders: dict[str, str | None]) -> list[str]:
        """What is wrong with how the server has dealt out the work since the last look. Looks, and remembers."""
        before = self.hands
        self.hands = {
            id: holder for id, holder in holders.items() if holder is not None and self.talks[id].is_work
        }
        given = {(id, agent) for id, agent in self.hands.items() if before.get(id) != agent}
        wrong = [f"{id}: {agent} took it and has it not" for id, agent in _missing(self.by_hand, self.hands)]
        for id, agent in given - {self.by_hand}:
            if self.statuses[agent] != "available":
                wrong.append(f"{id} was given to {agent}, who is {self.statuses[agent]}")
            if self.load(agent) > self.capacity:
                wrong.append(f"{id} was given to {agent}, who has {self.load(agent)}; {self.capacity} fit")
        free = [agent for agent in self.statuses if self._has_room(agent)]
        waiting = [id for id, talk in self.talks.items() if talk.is_work and id not in self.hands]
        if free and waiting:
            wrong.append(f"{waiting} wait beside {free}")
        self.by_hand = None
        return wrong

    def _has_room(self, agent: str) -> bool:
        return self.statuses[agent] == "available" and self.load(agent) < self.capacity


def _missing(taken: tuple[str, str] | None, hands: dict[str, str]) -> list[tuple[str, str]]:
    return [] if taken is None or hands.get(taken[0]) == taken[1] else [taken]
