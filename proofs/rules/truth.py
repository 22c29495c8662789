"""What there was to hear on each topic, and what of it a certain reader had to hear.

Whole topics are read again at the end. A login makes that harder to judge: a customer's topic then holds what was
said under the record that was merged into it. Who followed before the merge need not have heard that, and who turns
out to be a customer with a past need not have heard the past; whoever reads from the beginning afterwards has both.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from proofs.history import (
    Acked,
    AnyRecord,
    Event,
    Heard,
    History,
    LoggedIn,
    Replayed,
    Subscribed,
)
from proofs.rules.owners import Owners
from proofs.rules.records import audience_of


@dataclass(frozen=True)
class Merge:
    into: str
    position: int


@dataclass(frozen=True)
class Expected:
    """What a topic holds after `begin`. `optional` may be heard or not, and nothing else may."""

    begin: int
    positions: frozenset[int]
    optional: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    """What the topic may have held for a while, and does not hold in the end."""


@dataclass
class Truth:
    """Everything that anybody with all rights saw, and whose it is."""

    events: dict[int, Event] = field(default_factory=dict)
    """By position, as agents see them."""
    readings: dict[tuple[str, str], Replayed] = field(default_factory=dict)
    """The last reading of each topic, by audience and topic."""
    owners: dict[str, str] = field(default_factory=dict)
    """The customer under whom each conversation was opened."""
    whose: Owners = field(default_factory=Owners)
    tangled: frozenset[int] = frozenset()
    """Where something was said or done in conversations of records that agents merged."""
    sure: dict[str, frozenset[int]] = field(default_factory=lambda: defaultdict(frozenset))
    """By customer, what of it was theirs from then on for good."""
    of_records: frozenset[int] = frozenset()
    """Where something happened to a customer, and in no conversation."""
    merges: dict[str, Merge] = field(default_factory=dict)
    """Of each record the last one, also where it was undone."""
    logins: dict[str, LoggedIn] = field(default_factory=dict)
    """By audience."""
    known_since: dict[str, int] = field(default_factory=dict)
    """By client: up to where its first subscription after the login reached."""
    own: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By audience: the customers under whom it wrote before it logged in."""

    @staticmethod
    def of(history: History) -> Truth:
        return _truth_of(history, len(history.records))

    @classmethod
    def found_in(cls, history: History) -> Truth:
        truth = cls()
        for record in history:
            truth._take(record)
        for event in truth.events.values():
            if event.kind == "conversation.opened" and event.conversation and event.customer:
                truth.owners[event.conversation] = event.customer
            if event.kind == "customer.merged" and event.source and event.customer:
                truth.merges[event.source] = Merge(event.customer, event.position)
        truth.whose = Owners.of(history, truth.events.values())
        truth.tangled = frozenset(
            position for position, event in truth.events.items() if truth.whose.is_tangled(event.conversation)
        )
        truth._find_sure()
        truth.of_records = frozenset(
            position for position, event in truth.events.items() if event.conversation is None
        )
        truth._find_own(history)
        return truth

    def owner(self, position: int) -> str | None:
        event = self.events.get(position)
        if event is None:
            return None
        return self.owners.get(event.conversation or "") or event.customer

    def may_read(self, audience: str, conversation: str, first: int, last: int) -> bool:
        """Whether a visitor may have read of the conversation at any position from `first` to `last`: they opened it,
        or had logged in as whose it was then."""
        if self.whose.openers.get(conversation) == audience:
            return True
        home = self.whose.homes.get(audience)
        return home is not None and self.whose.was_with(home, conversation, first, last)

    def expected(self, client: str, topic: str) -> Expected | None:
        """What the client had to hear of the topic; None where nobody can tell any more."""
        audience, (kind, _, subject) = audience_of(client), topic.partition(":")
        if kind == "queue":
            return self._of_queue(subject)
        if kind == "customer" and subject in self.whose.tangled:
            return self._of_tangled(subject)
        if kind == "customer" and subject in self.merges:
            return self._of_merged(subject)
        reading = self.readings.get((audience, topic))
        if reading is None:
            return None
        positions = frozenset(event.position for event in reading.events)
        if kind == "visitor":
            strange = self._strange_to(client, positions - self.tangled)
            strange |= self._passing_by(client, positions & self.tangled)
            return Expected(reading.after, positions, strange, self.tangled)
        if kind == "customer":
            return Expected(reading.after, positions, self._before_merge(subject, positions))
        return Expected(reading.after, positions)

    def of_conversations(self) -> frozenset[int]:
        """Everything that happened in conversations, wherever the readings of longer topics begin."""
        return frozenset(
            event.position
            for (audience, topic), reading in self.readings.items()
            if audience == "agent" and topic.startswith("conversation:")
            for event in reading.events
        )

    def _take(self, record: AnyRecord) -> None:
        match record:
            case Heard(client, _, event) if audience_of(client) == "agent":
                self.events.setdefault(event.position, event)
            case Replayed(topic, audience, _, _, events):
                self.readings[(audience, topic)] = record
                if audience == "agent":
                    self.events.update((event.position, event) for event in events)
            case LoggedIn(client):
                self.logins.setdefault(client, record)
            case Subscribed(client, topic, position) if topic == "visitor":
                if audience_of(client) in self.logins:
                    self.known_since.setdefault(client, position)
            case _:
                pass

    def _find_sure(self) -> None:
        found: dict[str | None, set[int]] = defaultdict(set)
        for position in self.tangled:
            conversation = self._conversation(position)
            if self.whose.last_move(conversation) <= position:
                found[self.whose.owner(conversation, position)].add(position)
        self.sure |= {owner: frozenset(positions) for owner, positions in found.items() if owner is not None}

    def _find_own(self, history: History) -> None:
        known: set[str] = set()
        for record in history:
            if isinstance(record, LoggedIn):
                known.add(record.client)
            elif (
                isinstance(record, Acked)
                and record.client not in known
                and record.conversation in self.owners
            ):
                self.own[audience_of(record.client)].add(self.owners[record.conversation])

    def _of_queue(self, queue: str) -> Expected:
        """A queue's own past is too long to be read; all its events are in conversations too."""
        assigned = (self.events[position] for position in self.of_conversations())
        return Expected(0, frozenset(event.position for event in assigned if event.queue == queue))

    def _of_merged(self, customer: str) -> Expected | None:
        """The topic of a record that is gone: what stood under it until the merge, and the merge.

        It stands under another record now, and not always under that into which it went: a login goes into the record
        that the identity's was merged into, and leaves with it when agents part the two.
        """
        merge = self.merges[customer]
        homes = self.whose.tangled if merge.into in self.whose.tangled else {merge.into}
        readings = [one for home in homes if (one := self.readings.get(("agent", f"customer:{home}")))]
        if not readings or any(reading.after for reading in readings):
            return None
        own = {
            event.position
            for reading in readings
            for event in reading.events
            if event.position < merge.position and self.owner(event.position) == customer
        }
        return Expected(0, frozenset(own | {merge.position}))

    def _of_tangled(self, customer: str) -> Expected:
        """A reader at any time may have read all that was this customer's then. What became theirs for good they have
        to have read from there on."""
        return Expected(0, self.sure[customer], gone=self.tangled | self.of_records)

    def _before_merge(self, customer: str, positions: frozenset[int]) -> frozenset[int]:
        return frozenset(
            position
            for position in positions
            if (owner := self.owner(position)) != customer and position <= self._merged_at(owner)
        )

    def _strange_to(self, client: str, positions: frozenset[int]) -> frozenset[int]:
        """What others wrote as the same customer, before this client was told that it is that customer."""
        own, known_since = self.own[audience_of(client)], self.known_since.get(client, 0)
        return frozenset(
            position
            for position in positions
            if (owner := self.owner(position)) not in own
            and position <= max(known_since, self._merged_at(owner))
        )

    def _passing_by(self, client: str, positions: frozenset[int]) -> frozenset[int]:
        """Of what is tangled, what the client need not have heard.

        Who never logged in hears whatever happens in their own conversations. Who did hears it from when the
        conversation came to be their record's for good.
        """
        audience = audience_of(client)
        home, end = self.whose.homes.get(audience), max(self.events, default=0)
        if home is None:
            openers = self.whose.openers
            return frozenset(one for one in positions if openers.get(self._conversation(one)) != audience)
        known_since = self.known_since.get(client, 0)
        since: dict[str, int | None] = {}
        for conversation in {self._conversation(position) for position in positions}:
            since[conversation] = self.whose.is_with_since(home, conversation, end)
        return frozenset(
            position
            for position in positions
            if (begun := since[self._conversation(position)]) is None or position <= max(begun, known_since)
        )

    def _conversation(self, position: int) -> str:
        return self.events[position].conversation or ""

    def _merged_at(self, customer: str | None) -> int:
        merge = self.merges.get(customer or "")
        return 0 if merge is None else merge.position


@lru_cache(maxsize=1)
def _truth_of(history: History, _length: int) -> Truth:
    """Many rules ask for it, one after another."""
    return Truth.found_in(history)
