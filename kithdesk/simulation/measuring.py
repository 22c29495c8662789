"""Measuring what happened: waits, first answers, and how much each agent had in hand, as facts go by.

The same for what was recorded and for what is played. Time goes into buckets, so that it can be drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from kithdesk.access.events import TeamMembersChanged
from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationUpdated,
)
from kithdesk.core.clock import DAY, HOUR, MINUTE, Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.routing.events import (
    AgentStatusChanged,
    RoutingSettingsChanged,
    WorkOffered,
    WorkOfferEnded,
    WorkWrappedUp,
)
from kithdesk.simulation.counts import Person, Place, part_of, share_of, sum_of
from kithdesk.simulation.hands import Hands
from kithdesk.simulation.results import AgentMeasured, Kept, Measured, Measurement, Series, Waits
from kithdesk.sla.events import SlaBreached, SlaSatisfied

BUCKETS = 120
"""At most: a plot is a few hundred pixels wide."""
_SIZES = (
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
)
_FIRST = "firstResponse"


def bucket_size(period: int) -> int:
    return next((size for size in _SIZES if period <= size * BUCKETS), DAY)


class Meter:
    """Hears a period in its order, and before it what was before."""

    def __init__(self, begins: Instant, ends: Instant) -> None:
        self.begins, self.ends = begins, ends
        self.size = bucket_size(ends - begins)
        self._hands = Hands()
        self._queue_of: dict[str, str] = {}
        self._waits_since: dict[str, Instant] = {}
        self._here_since: dict[str, Instant] = {}
        self._clear()

    def _clear(self) -> None:
        self._arrived: dict[int, int] = defaultdict(int)
        self._places: dict[str, Place] = defaultdict(Place)
        self._people: dict[str, Person] = defaultdict(Person)

    def begin(self) -> None:
        """All that was heard so far was before: how it stands is kept, and nothing of it is counted."""
        here = {user: person.is_available for user, person in self._people.items()}
        self._clear()
        for user, is_available in here.items():
            self._people[user].is_available = is_available

    def stands(self, user: str, load: int, capacity: int, at: Instant) -> None:
        """What an agent has, and may have, from now on."""
        person = self._people[user]
        self._settle(person, at)
        person.load, person.capacity = load, capacity

    def concerned(self, recorded: Recorded[Event]) -> Collection[str]:
        """Whose load a fact may have changed. Ask before it is heard."""
        event = recorded.event
        if isinstance(event, ConversationAssigned):
            return {*event.users, *event.users_before}
        if isinstance(event, WorkOffered | WorkOfferEnded | AgentStatusChanged):
            return (event.user,)
        if isinstance(event, WorkWrappedUp):
            return event.users
        if isinstance(event, ConversationUpdated | ConversationEnded):
            return self._hands.get(event.conversation).users
        return self.people if isinstance(event, RoutingSettingsChanged | TeamMembersChanged) else ()

    @property
    def people(self) -> list[str]:
        return sorted(self._people)

    def hear(self, recorded: Recorded[Event]) -> None:
        event, at = recorded.event, recorded.at
        if isinstance(event, AgentStatusChanged):
            self._hear_status(event, at)
        elif isinstance(event, SlaSatisfied | SlaBreached):
            self._hear_promise(event)
        elif isinstance(event, ConversationAssigned):
            self._hear_assigned(event, at)
        elif isinstance(event, ConversationEnded) or (
            isinstance(event, ConversationUpdated)
            and event.status is not None
            and event.status.after != "open"
        ):
            self._leaves(event.conversation, at)
        self._hands.hear(recorded)

    def _hear_assigned(self, event: ConversationAssigned, at: Instant) -> None:
        queue, conversation = event.queue or "", event.conversation
        before = self._queue_of.get(conversation)
        if before != queue:
            self._queue_of[conversation] = queue
            self._places[queue].arrivals[self._bucket(at)] += 1
            self._arrived[self._bucket(at)] += before is None
            if before is not None and conversation in self._here_since:
                self._add_waiting(before, self._here_since[conversation], at)
                self._here_since[conversation] = at
        if not event.users:
            self._waits_since.setdefault(conversation, at)
            self._here_since.setdefault(conversation, at)
            return
        new = [user for user in event.users if user not in event.users_before]
        for user in new:
            self._people[user].served += 1
        if not new:
            return
        waited_from = self._waits_since.pop(conversation, at)
        place, waited = self._places[queue], at - waited_from
        place.waits.append(waited)
        place.waits_in[self._bucket(at)].append(waited)
        self._add_waiting(queue, self._here_since.pop(conversation, at), at)

    def _leaves(self, conversation: str, at: Instant) -> None:
        """It waits no longer, and nobody had it."""
        since = self._waits_since.pop(conversation, None)
        if since is not None:
            queue = self._queue_of[conversation]
            self._places[queue].gave_up += 1
            self._add_waiting(queue, self._here_since.pop(conversation, since), at)
        self._queue_of.pop(conversation, None)  # what comes back arrives anew

    def _hear_promise(self, event: SlaSatisfied | SlaBreached) -> None:
        place = self._places[self._queue_of.get(event.conversation, "")]
        if isinstance(event, SlaSatisfied):
            if _FIRST in event.metrics and event.conversation not in place.missed:
                place.met.add(event.conversation)
        elif event.metric == _FIRST:
            place.missed.add(event.conversation)
            place.met.discard(event.conversation)  # it was closed, and opened again

    def _hear_status(self, event: AgentStatusChanged, at: Instant) -> None:
        person = self._people[event.user]
        self._settle(person, at)
        person.is_available = event.status == "available"

    def _settle(self, person: Person, until: Instant) -> None:
        """What lasted until now is counted."""
        since = max(person.since, self.begins)
        self._spread(person.loaded, since, until, person.load)
        if person.is_available:
            self._spread(person.available, since, until)
            self._spread(person.busy, since, until, person.load)
            self._spread(person.room, since, until, person.capacity)
        person.since = until

    # Time

    def _bucket(self, at: int) -> int:
        return (at - self.begins) // self.size

    def _add_waiting(self, queue: str, since: int, until: int) -> None:
        self._spread(self._places[queue].waiting, max(since, self.begins), until)

    def _spread(self, into: dict[int, int], since: int, until: int, times: int = 1) -> None:
        """So much time, into each bucket what lies in it."""
        while since < until:
            bucket = self._bucket(since)
            end = min(until, self.begins + (bucket + 1) * self.size)
            into[bucket] += (end - since) * times
            since = end

    # What came of it

    def measured(self, queues: Mapping[str, str], people: Mapping[str, str]) -> Measurement:
        """As the period is over: names by id, of queues and of people. Ask once."""
        self._close()
        places = [(id, name, self._places.get(id, Place())) for id, name in queues.items()]
        everybody = sum_of([place for _, _, place in places])
        everybody.arrivals = self._arrived
        count = -((self.begins - self.ends) // self.size)
        series = range(count)
        load = [self._mean(sum(one.loaded[n] for one in self._people.values()), n) for n in series]
        available = [self._mean(sum(one.available[n] for one in self._people.values()), n) for n in series]
        return Measurement(
            self.size,
            self._place("", "", everybody, count, load, available),
            [self._place(id, name, place, count) for id, name, place in places],
            [
                self._person(user, people.get(user, ""), person, count)
                for user, person in sorted(self._people.items())
                if person.served or person.available
            ],
        )

    def _close(self) -> None:
        for conversation, since in self._here_since.items():
            queue = self._queue_of[conversation]
            self._places[queue].still += 1
            self._add_waiting(queue, since, self.ends)
        for person in self._people.values():
            self._settle(person, self.ends)

    def _mean(self, total: int, bucket: int) -> float:
        length = min(self.size, self.ends - self.begins - bucket * self.size)
        return round(total / length, 2)

    def _place(
        self,
        id: str,
        name: str,
        place: Place,
        count: int,
        load: list[float] | None = None,
        available: list[float] | None = None,
    ) -> Measured:
        buckets = range(count)
        series = Series(
            arrivals=[place.arrivals.get(n, 0) for n in buckets],
            waiting=[self._mean(place.waiting.get(n, 0), n) for n in buckets],
            wait=[share_of(place.waits_in.get(n, []), 50) for n in buckets],
            load=load or [],
            available=available or [],
        )
        waits = Waits(share_of(place.waits, 50), share_of(place.waits, 90), max(place.waits, default=None))
        kept = Kept(len(place.met - place.missed), len(place.missed))
        arrivals = sum(place.arrivals.values())
        return Measured(id, name, arrivals, len(place.waits), place.gave_up, place.still, waits, kept, series)

    def _person(self, user: str, name: str, person: Person, count: int) -> AgentMeasured:
        busy = [part_of(person.busy.get(n, 0), person.room.get(n, 0)) for n in range(count)]
        occupancy = part_of(sum(person.busy.values()), sum(person.room.values()))
        available = sum(person.available.values())
        return AgentMeasured(user, name, person.served, available, occupancy, busy)
