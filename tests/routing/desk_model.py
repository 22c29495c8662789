"""A desk that Hypothesis plays on: the real verbs and reactions, and what must hold after every step."""

from __future__ import annotations

from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from kithdesk import access, conversations, routing
from kithdesk.calendar import Draft, create_schedule
from kithdesk.conversations import ConversationId
from kithdesk.core.clock import HOUR, SECOND
from kithdesk.routing import SettingsChange
from kithdesk.routing.queries.queues import load_profiles
from tests.routing.house import House, Street
from tests.routing.promises import out_of_hours, wrong_with

MOST_CONVERSATIONS = 12


def half_hours(name: str, *, first: bool) -> Draft:
    """Open for the first half of every hour, or for the second."""
    begin = 0 if first else 30
    pairs = [(hour * 60 + begin, hour * 60 + begin + 30) for hour in range(24)]
    return Draft(name=name, timezone="UTC", hours={str(day): pairs for day in range(7)})


class DeskModel(RuleBasedStateMachine):
    """One organisation, four agents of whom two are a team, two queues of which one may have hours."""

    street: ClassVar[Street]

    def __init__(self) -> None:
        super().__init__()
        clock = self.street.clock
        clock.advance(seconds=(HOUR - clock.now() % HOUR) / SECOND)  # the same moves meet the same hours
        self.house = House(self.street)
        self.agents = [self.house.new_agent(number) for number in range(4)]
        self.conversations: list[ConversationId] = []
        self.told: dict[str, tuple[int, int]] = {}
        run = self.house.run
        run(routing.change_settings, SettingsChange(capacity_per_agent=2))
        self.billing = run(routing.create_queue, "Billing", "billing", {"priority": 10, "weight": 2})
        self.team = run(access.create_team, "Experts").id
        run(access.change_members, self.team, self.agents[:2])
        self.skill = run(routing.declare_skill, "Refunds", "refunds")
        self.language = run(routing.declare_skill, "German", "lang:de")
        self.schedule = run(create_schedule, half_hours("Ours", first=True)).id
        self.other_schedule = run(create_schedule, half_hours("Theirs", first=False)).id
        self.make_rules()

    @property
    def team_is_routed(self) -> bool:
        return bool(self.house.read(load_profiles, self.house.organisation).of(self.team).queues)

    def make_rules(self) -> None:
        self.rules = []
        for word, skills in (("billing", {}), ("refund", {"refunds": 2})):
            criteria = {"and": [{"message_body": {"contains": word}}]}
            values = {"name": word, "criteria": criteria, "queue": self.billing, "skills": skills}
            self.rules.append(self.house.run(routing.create_rule, values))

    # What happens

    def writes(self, about: str, *, locale: str | None = None) -> None:
        if len(self.conversations) < MOST_CONVERSATIONS:
            self.conversations.append(self.house.arrives(f"It is about {about}", locale=locale))

    def nobody_offline_has_anything_left(self, user: str) -> None:
        row = self.house.agent_row(user)
        was_told = any(getattr(fact.event, "user", None) == user for fact in self.house.stated)
        if was_told and row is not None and row.status == "offline":
            assert row.load == 0

    def pick(self, data: st.DataObject) -> ConversationId:
        return data.draw(st.sampled_from(self.conversations))

    def asked(self) -> list[ConversationId]:
        return [one for one in self.conversations if self.house.item(one).state == "offered"]

    # What must hold

    @invariant()
    def the_promises_hold(self) -> None:
        assert self.house.read(wrong_with) == []

    @invariant()
    def nothing_is_given_out_of_a_closed_queue(self) -> None:
        heard, self.house.heard = self.house.heard, []
        assert self.house.read(out_of_hours, heard) == []

    @invariant()
    def nobody_is_told_twice_in_one_turn(self) -> None:
        for id in self.conversations:
            told = self.told.get(id)
            item = self.house.item(id)
            if told is not None and told[0] == item.number and item.overflowed_at is not None:
                assert told[1] == item.overflowed_at
            if item.overflowed_at is not None:
                self.told[id] = item.number, item.overflowed_at

    @invariant()
    def the_program_gives_only_to_whoever_is_available_and_has_room(self) -> None:
        for user in self.house.given_by_program():
            row = self.house.agent_row(user)
            assert row is not None
            assert row.status == "available"
            assert row.load <= row.capacity

    @invariant()
    def an_item_says_what_its_conversation_says(self) -> None:
        for id in self.conversations:
            conversation, item = self.house.read(conversations.get_conversation, id), self.house.item(id)
            assert list(item.users) == conversation.users
            assert item.status == conversation.status
            if conversation.is_done or conversation.is_ended:
                assert item.state in ("completed", "wrap_up")


def play(machine: type[DeskModel], *, examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
