"""A whole simulation: the past is read into a twin, played as it was, and played as it would have been."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

from kithdesk import routing
from kithdesk.access import find_user_names
from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core.clock import LATEST, Instant
from kithdesk.core.errors import NotFound
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Reads, Wiring, Work
from kithdesk.simulation.applying import Names, apply_scenario, passed_over, put_hours
from kithdesk.simulation.load import with_load
from kithdesk.simulation.measuring import Meter
from kithdesk.simulation.phases import SHARES, Phase
from kithdesk.simulation.playing import Player
from kithdesk.simulation.reading import Chunk
from kithdesk.simulation.results import Agreement, Measurement, Outcome
from kithdesk.simulation.scenario import Scenario
from kithdesk.simulation.script import Script, write_script
from kithdesk.simulation.twin import Twin, played_of


class _Given:
    """Who was given what, by conversation."""

    def __init__(self) -> None:
        self.of: dict[str, list[tuple[str | None, tuple[str, ...]]]] = {}

    def hear(self, recorded: Recorded[Event]) -> None:
        event = recorded.event
        if isinstance(event, ConversationAssigned) and event.users:
            self.of.setdefault(event.conversation, []).append((event.queue, tuple(event.users)))


class _Watch:
    """Measures a twin as it is played. All of a command is heard when it is over."""

    def __init__(self, twin: Twin, meter: Meter, at: Instant) -> None:
        self.twin, self.meter, self.given = twin, meter, _Given()
        for user in meter.people:
            self._look_at(user, at)

    def hear(self, recorded: Recorded[Event]) -> None:
        concerned = self.meter.concerned(recorded)
        self.meter.hear(recorded)
        self.given.hear(recorded)
        for user in concerned:
            self._look_at(user, recorded.at)

    def _look_at(self, user: str, at: Instant) -> None:
        found = _room_of(self.twin.reads(at), user)
        if found is not None:
            self.meter.stands(user, *found, at)


class Run:
    """One simulation, done a little at a time. Raises `BadScenario` where the past does not bear what is asked."""

    def __init__(
        self,
        wiring: Wiring,
        organisation: OrganisationId,
        begins: Instant,
        ends: Instant,
        scenario: Scenario,
    ) -> None:
        self.phase: Phase = "reading"
        self.outcome: Outcome | None = None
        self._organisation, self._scenario = organisation, scenario
        self._wiring = played_of(wiring)
        self._begins, self._ends = begins, ends
        self._names, self._meter = Names(), Meter(begins, ends)
        self._twin = Twin(self._wiring, organisation)
        self._other: Twin | None = None
        self._before: list[Recorded[Event]] = []
        self._period: list[Recorded[Event]] = []
        self._read = 0.0

    def close(self) -> None:
        self._twin.close()
        if self._other is not None:
            self._other.close()

    @property
    def done(self) -> float:
        """How much is done, from 0 to 1."""
        begins, ends = SHARES[self.phase]
        within = self._read if self.phase == "reading" else 1.0 if self.phase == "done" else self._player.done
        return begins + (ends - begins) * within

    def feed(self, chunk: Chunk) -> None:
        for recorded in chunk.facts:
            if chunk.is_period:
                self._period.append(recorded)
            else:
                self._names.hear(recorded)
                self._meter.hear(recorded)
                self._twin.project(recorded)
                if recorded.conversation is not None or recorded.event.kind == "agent.status_changed":
                    self._before.append(recorded)
        self._read = chunk.read

    def start(self) -> None:
        """All is read."""
        self._meter.begin()
        self._period = in_order(self._period)
        self._script = write_script(self._before, self._period, self._begins, self._ends)
        self._before = []
        self._queues = deepcopy(self._names)
        for recorded in self._period:
            self._queues.hear(recorded)
        self._names.to_come = self._queues
        if not self._scenario.is_empty:
            self._other = self._twin.copied()
        self._watch = _Watch(self._twin, deepcopy(self._meter), self._begins)
        self._player = Player(self._twin, self._script, self._watch)
        self._player.begin(_nothing)
        self.phase = "before"

    def step(self, seconds: float) -> bool:
        """Goes on for about so long, and answers whether it is over."""
        if self.phase == "before" and self._player.play(seconds):
            self._before_is_over()
        elif self.phase == "after" and self._player.play(seconds):
            assert self._other is not None
            self._end(self._measure(self._other))
        return self.phase == "done"

    def _before_is_over(self) -> None:
        self._first = self._measure(self._twin)
        self._given = self._watch.given
        if self._other is None:
            self._end(None)
        else:
            self._start_other(self._other)

    def _start_other(self, twin: Twin) -> None:
        scenario, script = self._scenario, with_load(self._script, self._scenario.load, self._organisation)
        self._watch = _Watch(twin, self._meter, self._begins)
        seconds = scenario.accept_seconds
        self._player = Player(
            twin,
            script,
            self._watch,
            is_changed=True,
            absent=frozenset(scenario.roster.remove),
            typical=None if seconds is None else seconds * 1_000,
            passed_over=passed_over(scenario, self._names),
        )
        newcomers = self._player.begin(lambda work: apply_scenario(work, scenario, self._names))
        put_hours(self._player, twin.reads(self._begins), newcomers, script)
        self.phase = "after"

    def _measure(self, twin: Twin) -> Measurement:
        meter = self._watch.meter
        people = find_user_names(twin.reads(self._ends), meter.people)
        return meter.measured(self._queues.queues, people)

    def _end(self, after: Measurement | None) -> None:
        refused = self._twin.refused + (0 if self._other is None else self._other.refused)
        troubles = [*self._twin.troubles, *(() if self._other is None else self._other.troubles)]
        self.outcome = Outcome(
            _agreement(self._script, self._given), self._first, after, refused, troubles[:10]
        )
        self.phase = "done"


def in_order(period: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
    """The period with times that never go back: what was stated before something earlier was no later than that."""
    ordered, latest = [], LATEST
    for recorded in reversed(period):
        latest = min(latest, recorded.at)
        ordered.append(recorded if recorded.at == latest else replace(recorded, at=latest))
    return ordered[::-1]


def _nothing(_work: Work) -> None:
    pass


def _room_of(reads: Reads, user: str) -> tuple[int, int] | None:
    """What an agent has, and what they may have at once."""
    try:
        drawn = routing.draw_status(reads, user)["attributes"]
    except NotFound:
        return None
    return drawn["load"], drawn["capacity"]


def _agreement(script: Script, given: _Given) -> Agreement:
    happened = _Given()
    for recorded in script.recorded:
        happened.hear(recorded)
    same = sum(given.of.get(conversation) == one for conversation, one in happened.of.items())
    more: Sequence[str] = [one for one in given.of if one not in happened.of]
    return Agreement(len(happened.of) + len(more), same)
