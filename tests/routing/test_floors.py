"""The floor in rows and the floor in memory are one procedure: the same day on both ends the same, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import msgspec
import pytest

from kithdesk import access, conversations, routing
from kithdesk.calendar import create_schedule
from kithdesk.core.clock import Instant
from kithdesk.core.jobs import Job
from kithdesk.routing import SettingsChange
from kithdesk.routing.choosing import Agent, Decision, Terms, Traits, Waiting, pick_agent
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.events import WorkOffered
from kithdesk.routing.postponed import AskAgain, EndLanguage, EndOffer, OpenQueue
from kithdesk.routing.queries.items import list_decisions
from tests.routing.desk_model import half_hours
from tests.routing.house import House, Street
from tests.routing.memory_floor import MemoryFloor

HOLD = 120
KINDS = {"billing": 10, "returns": 20, "refund": 20, "other": 50}
"""What customers write about, and the priority of the queue that it goes to."""


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    street = Street(tmp_path_factory.mktemp("floors") / "floors.sqlite3")
    yield street
    street.close()


@dataclass
class Day:
    """One organisation, kept twice."""

    house: House
    memory: MemoryFloor
    users: list[str] = field(default_factory=list)
    terms: dict[str, Terms] = field(default_factory=dict)
    capacities: dict[str, int] = field(default_factory=dict)
    skills: dict[str, dict[str, int]] = field(default_factory=dict)
    queues: dict[str, str] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    """Items by conversation."""

    def arrives(self, kind: str, *, is_german: bool = False) -> None:
        conversation = self.house.arrives(f"It is about {kind}", locale="de" if is_german else None)
        item = self.house.item(conversation)
        self.open[conversation] = item.id
        traits = Traits(
            queue=self.queues["returns" if kind == "refund" else kind],
            priority=KINDS[kind],
            weight=2 if kind == "billing" else 1,
            skills=(("refunds", 2),) if kind == "refund" else (),
            language="lang:de" if is_german else None,
        )
        self.now()
        self.memory.arrives(Waiting(item.id, conversation, traits, self.memory.now, language=traits.language))

    def is_available(self, user: str) -> None:
        self.house.run(routing.set_status, user, "available", by=self.house.someone(user))
        self.now()
        terms, capacity = self.terms[user], self.capacities[user]
        agent = Agent(user, capacity, 0, self.memory.now, terms, {}, self.skills[user])
        self.memory.is_available(agent)

    def goes(self, user: str) -> None:
        self.house.run(routing.set_status, user, "offline", by=self.house.someone(user))
        self.now()
        self.memory.goes(user)

    def is_done(self, conversation: str) -> None:
        self.house.run(conversations.close, conversations.ConversationId(conversation))
        self.now()
        self.memory.is_done(self.open.pop(conversation))

    def answers(self, conversation: str, *, accepts: bool) -> None:
        item = self.house.item(conversation)
        by = self.house.someone(item.offered_to or "")
        self.house.run(routing.accept if accepts else routing.decline, item.id, by=by)
        self.now()
        if accepts:
            self.memory.accepts(item.id)
        else:
            self.memory.passes(item.id, "declined")

    def let_time_pass(self, seconds: int) -> None:
        """Who was asked does not answer, queues open, and what holds out for its language does so no longer."""
        self.house.street.clock.advance(seconds=seconds)
        self.house.settle(done=self._happened)
        self.now()

    def _happened(self, job: Job) -> None:
        self.now()
        if isinstance(job, EndOffer) and self._is_asked(job):
            self.memory.passes(job.item, "timed_out")
        elif isinstance(job, AskAgain):
            self.memory.asks_again(job.item)
        elif isinstance(job, OpenQueue):
            self.memory.opens()
        elif isinstance(job, EndLanguage):
            self.memory.holds_out_no_longer(job.item)

    def _is_asked(self, offer: EndOffer) -> bool:
        """In rows, what was taken or offered anew meanwhile has another time."""
        return offer.item in self.memory.in_hand and self.memory.in_hand[offer.item][1].is_offered

    def now(self) -> None:
        self.memory.now = Instant(self.house.street.clock.now())


def begin(street: Street, chance: Random, *, acceptance: bool) -> Day:
    house = House(street)
    memory = MemoryFloor(seconds=lambda _item, _agent: 30 if acceptance else None, language_hold=HOLD)
    day = Day(house, memory)
    house.run(routing.change_settings, SettingsChange(language_hold_seconds=HOLD))
    schedule = house.run(create_schedule, half_hours("Half", first=chance.random() < 0.5))
    for name, priority in (("billing", 10), ("returns", 20)):
        values = {"priority": priority, "weight": 2 if name == "billing" else 1}
        if name == "returns":
            values["schedule"] = schedule.id
        day.queues[name] = house.run(routing.create_queue, name.title(), name, values)
    memory.schedules[day.queues["returns"]] = schedule
    house.run(routing.declare_skill, "German", "lang:de")
    default = house.read(routing.find_default_queue)
    assert default is not None
    day.queues["other"] = default
    house.run(routing.declare_skill, "Refunds", "refunds")
    for word, rule in (
        ("billing", {"queue": day.queues["billing"]}),
        ("returns", {"queue": day.queues["returns"]}),
        ("refund", {"queue": day.queues["returns"], "skills": {"refunds": 2}}),
    ):
        criteria = {"and": [{"message_body": {"contains": word}}]}
        house.run(routing.create_rule, {"name": word, "criteria": criteria, **rule})
    team = house.run(access.create_team, "Experts")
    served = (day.queues["billing"], day.queues["returns"])
    pauses = chance.random() < 0.5
    house.run(
        routing.change_settings,
        SettingsChange(enabled=True, queues=served, capacity_per_agent=3, pause_lower_priority=pauses),
        team=team.id,
    )
    if acceptance:
        house.run(routing.change_settings, SettingsChange(acceptance="manual"))
    experts = Terms(frozenset(served), serves_all_but=False, pauses_lower=pauses)
    others = Terms(frozenset(served), serves_all_but=True)
    for number in range(5):
        user = house.new_agent(number)
        is_expert = number < 3
        day.users.append(user)
        day.terms[user] = experts if is_expert else others
        day.capacities[user] = 3 if is_expert else 4
        day.skills[user] = {"refunds": number + 1} if is_expert else {}
        if number in (1, 4):
            day.skills[user]["lang:de"] = 1
        house.run(routing.set_skills, user, day.skills[user])
    house.run(access.change_members, team.id, day.users[:3])
    return day


def step(day: Day, chance: Random) -> None:
    available = {user for user, agent in day.memory.agents.items() if agent.is_available}
    offered = [c for c, item in day.open.items() if day.house.item(c).state == "offered" and item]
    move = chance.choice(["arrives", "arrives", "comes", "goes", "done", "accepts", "declines", "silent"])
    if move == "arrives":
        day.arrives(chance.choice(list(KINDS)), is_german=chance.random() < 0.3)
    elif move == "comes":
        away = [user for user in day.users if user not in available]
        if away:
            day.is_available(chance.choice(away))
    elif move == "goes" and available and chance.random() < 0.5:
        day.goes(chance.choice(sorted(available)))
    elif move == "done" and day.open:
        day.is_done(chance.choice(sorted(day.open)))
    elif move in ("accepts", "declines") and offered:
        day.answers(chance.choice(offered), accepts=move == "accepts")
    elif move == "silent":
        day.let_time_pass(chance.choice([31, 31, 130, 900]))


def in_rows(item: WorkItem) -> tuple[str, tuple[str, ...]]:
    return item.state, item.hands


def in_memory(memory: MemoryFloor, item: str) -> tuple[str, tuple[str, ...]]:
    if item in memory.queued:
        return "queued", ()
    _, hands = memory.in_hand[item]
    return ("offered" if hands.is_offered else "assigned"), (hands.user,)


@pytest.mark.parametrize("acceptance", [False, True], ids=["auto", "manual"])
def test_a_day_in_rows_is_the_same_day_in_memory(street: Street, acceptance: bool) -> None:
    for seed in range(12):
        chance = Random(seed)
        day = begin(street, chance, acceptance=acceptance)
        for number in range(40):
            step(day, chance)
            rows = {c: in_rows(day.house.item(c)) for c in day.open}
            assert rows == {c: in_memory(day.memory, item) for c, item in day.open.items()}, (seed, number)
            for user, agent in day.memory.agents.items():
                row = day.house.agent_row(user)
                assert row is not None
                assert (row.load, row.idle_since) == (agent.load, agent.idle_since), (seed, number, user)


def test_what_is_kept_of_a_decision_is_what_the_calculator_says_again(street: Street) -> None:
    day = begin(street, Random(1), acceptance=True)
    for user in day.users:
        day.is_available(user)
    while not day.memory.hours_of(day.queues["returns"]).is_open(day.memory.now):
        day.let_time_pass(900)
    for kind in KINDS:
        item_before = dict(day.memory.agents)
        day.arrives(kind)
        offered = next(fact.event for fact in day.house.stated if isinstance(fact.event, WorkOffered))
        assert offered.decision is not None
        waiting, _ = day.memory.in_hand[offered.item]

        from_rows = day.house.read(_decision_of, offered.item)

        again = pick_agent(waiting, routing.Crowd(list(item_before.values())))
        assert isinstance(from_rows, Decision)
        assert (from_rows.because, from_rows.chosen, from_rows.runners_up) == (
            again.because,
            again.chosen,
            again.runners_up,
        )
        assert from_rows.others == again.others


def _decision_of(reads: object, item: str) -> Decision:
    (row, *_) = list_decisions(reads, item, 1, 0)  # type: ignore[arg-type]
    return msgspec.json.decode(row.decision, type=Decision)
