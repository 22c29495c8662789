"""Whose each conversation was at each position, and which record each person's was, by what the journal says.

A login takes an anonymous record along for good. Agents merge records, and take that back: everything of both is then
*tangled*. What a browser may read of it depends on when it read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from proofs.history import Event, History, Listed, LoggedIn
from proofs.rules.records import of
from proofs.rules.register import Register

BY_AGENT = "agent"
_STEPS = 100


@dataclass
class Owners:
    """`Owners.of(history, events)` with the events as agents see them."""

    of_conversation: dict[str, Register[str]] = field(default_factory=lambda: defaultdict(Register))
    part_of: dict[str, Register[str | None]] = field(default_factory=lambda: defaultdict(Register))
    """By record: into which an agent has merged it. None where it stands for itself again."""
    openers: dict[str, str] = field(default_factory=dict)
    """By conversation, the visitor who spoke first in it."""
    homes: dict[str, str] = field(default_factory=dict)
    """By visitor who logged in: the record that their identity was given first, and goes back to."""
    tangled: set[str] = field(default_factory=set)
    """Customers that an agent's merge has ever touched."""
    partings: list[int] = field(default_factory=list)
    """Where agents merged records, or undid that."""

    @classmethod
    def of(cls, history: History, events: Iterable[Event]) -> Owners:
        owners, by_identity = cls(), dict[str, str]()
        for event in sorted(events, key=lambda event: event.position):
            owners._take(event)
            if event.kind == "customer.created" and event.external_id and event.customer:
                by_identity.setdefault(event.external_id, event.customer)
        for listed in of(history, Listed):
            said = [message.client_id for message in listed.messages if message.direction == "in"]
            if said and said[-1] is not None:  # The newest is listed first.
                owners.openers[listed.conversation] = said[-1].partition(".")[0]
        for login in of(history, LoggedIn):
            owners.homes.setdefault(login.client, by_identity.get(login.identity, login.customer))
        return owners

    def standing(self, record: str, position: int) -> str:
        """The record that this one was part of at the position: itself, or another."""
        for _ in range(_STEPS):
            into = self.part_of[record].at(position) if record in self.part_of else None
            if into is None:
                return record
            record = into
        return record

    def is_tangled(self, conversation: str | None) -> bool:
        register = self.of_conversation.get(conversation or "")
        return register is not None and not self.tangled.isdisjoint(register.values)

    def owner(self, conversation: str, position: int) -> str | None:
        register = self.of_conversation.get(conversation)
        return None if register is None else register.at(position)

    def last_move(self, conversation: str) -> int:
        return self.of_conversation[conversation].positions[-1]

    def is_with(self, home: str, conversation: str, position: int) -> bool:
        """Whether at the position the conversation was the record's whose part `home` was."""
        return self.owner(conversation, position) == self.standing(home, position)

    def was_with(self, home: str, conversation: str, first: int, last: int) -> bool:
        """The same at any position from `first` to `last`."""
        between = self._changes(conversation, first, last)
        return any(self.is_with(home, conversation, position) for position in (first, *between))

    def is_with_since(self, home: str, conversation: str, end: int) -> int | None:
        """From where on that was so without a break until the end; None where it is not so."""
        if not self.is_with(home, conversation, end):
            return None
        for position in reversed(self._changes(conversation, 0, end)):
            if not self.is_with(home, conversation, position - 1):
                return position
        return 0

    def _changes(self, conversation: str, after: int, until: int) -> list[int]:
        """Where whose it is may have changed."""
        return sorted(
            position
            for positions in (self.of_conversation[conversation].positions, self.partings)
            for position in positions[bisect_right(positions, after) : bisect_right(positions, until)]
        )

    def _take(self, event: Event) -> None:
        match event.kind:
            case "conversation.opened" | "conversation.identified" | "conversation.moved":
                if event.conversation and event.customer:
                    self.of_conversation[event.conversation].set(event.position, event.customer)
            case "customer.merged" if event.by == BY_AGENT:
                self._part(event, event.customer)
            case "customer.unmerged":
                self._part(event, None)
            case _:
                pass

    def _part(self, event: Event, into: str | None) -> None:
        if event.source and event.customer:
            self.part_of[event.source].set(event.position, into)
            self.tangled |= {event.source, event.customer}
            self.partings.append(event.position)
