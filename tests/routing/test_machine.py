"""Agents come, go, are asked and give work away; customers write, leave and come back; administrators change their
minds. After every step the promises hold, and in the end the journal tells it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kithdesk import access, conversations, routing
from kithdesk.app import WIRING
from kithdesk.conversations import ConversationId
from kithdesk.core.errors import Refusal
from kithdesk.core.replay import replay
from kithdesk.routing import SettingsChange
from kithdesk.routing.statuses import go_offline
from tests.routing.house import House, Street
from tests.routing.promises import late, wrong_with, wrongly_weighed

AGENTS = st.integers(0, 3)
STATUSES = st.sampled_from(["available", "available", "busy", "unavailable", "offline"])
MOST_CONVERSATIONS = 12


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("machine") / "machine.sqlite3"
    Desk.street = Street(path)
    yield path
    Desk.street.close()


class Desk(RuleBasedStateMachine):
    """The real verbs and reactions, one organisation, four agents of whom two are a team, two queues."""

    street: ClassVar[Street]

    def __init__(self) -> None:
        super().__init__()
        self.house = House(self.street)
        self.agents = [self.house.new_agent(number) for number in range(4)]
        self.conversations: list[ConversationId] = []
        run = self.house.run
        run(routing.change_settings, SettingsChange(capacity_per_agent=2))
        self.billing = run(routing.create_queue, "Billing", "billing", {"priority": 10, "weight": 2})
        self.team = run(access.create_team, "Experts").id
        run(access.change_members, self.team, self.agents[:2])
        self.skill = run(routing.declare_skill, "Refunds", "refunds")
        self.settings_changed = False
        self.make_rules()

    def make_rules(self) -> None:
        self.rules = []
        for word, skills in (("billing", {}), ("refund", {"refunds": 2})):
            criteria = {"and": [{"message_body": {"contains": word}}]}
            values = {"name": word, "criteria": criteria, "queue": self.billing, "skills": skills}
            self.rules.append(self.house.run(routing.create_rule, values))

    @initialize(available=st.lists(AGENTS, unique=True), enabled=st.booleans(), asked=st.booleans())
    def a_day_begins(self, available: list[int], enabled: bool, asked: bool) -> None:
        if enabled:
            self.the_team_changes(enabled=True, serves_billing=True)
        if asked:
            self.the_settings_change({"acceptance": "manual"})
        for about in ("billing", "refund", "something else"):
            self.conversations.append(self.house.arrives(f"It is about {about}"))
        for agent in available:
            self.an_agent_says(agent, "available")

    # Customers

    def writes(self, about: str) -> None:
        if len(self.conversations) < MOST_CONVERSATIONS:
            self.conversations.append(self.house.arrives(f"It is about {about}"))

    @rule()
    def a_customer_has_a_question(self) -> None:
        self.writes("something else")

    @rule()
    def a_customer_has_an_invoice(self) -> None:
        self.writes("billing")

    @rule()
    def a_customer_wants_money_back(self) -> None:
        self.writes("refund")

    @precondition(lambda self: self.conversations)
    @rule(data=st.data())
    def a_customer_writes_again(self, data: st.DataObject) -> None:
        conversation = self.pick(data)
        if not self.house.item(conversation).is_ended:
            self.house.writes_again(conversation)

    # Agents

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), agent=AGENTS)
    def an_agent_answers(self, data: st.DataObject, agent: int) -> None:
        conversation = self.pick(data)
        if not self.house.item(conversation).is_ended:
            client_id = str(self.street.clock.now())
            who = self.house.someone(self.agents[agent])
            self.house.run(conversations.reply, conversation, client_id=client_id, body="Yes", by=who)

    @rule(agent=AGENTS, status=STATUSES)
    def an_agent_says(self, agent: int, status: str) -> None:
        user = self.agents[agent]
        self.house.run(routing.set_status, user, status, by=self.house.someone(user))
        self.nobody_offline_has_anything_left(user)

    @rule(agent=AGENTS)
    def an_agent_is_gone(self, agent: int) -> None:
        self.house.run(go_offline, self.agents[agent], reason="connection_lost")
        self.nobody_offline_has_anything_left(self.agents[agent])

    def nobody_offline_has_anything_left(self, user: str) -> None:
        row = self.house.agent_row(user)
        was_told = any(getattr(fact.event, "user", None) == user for fact in self.house.stated)
        if was_told and row is not None and row.status == "offline":
            assert row.load == 0

    @precondition(lambda self: self.asked())
    @rule(data=st.data(), accepts=st.booleans())
    def an_agent_who_is_asked_says(self, data: st.DataObject, accepts: bool) -> None:
        item = self.house.item(data.draw(st.sampled_from(self.asked())))
        who = self.house.someone(item.offered_to or "")
        self.house.run(routing.accept if accepts else routing.decline, item.id, by=who)

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), agent=AGENTS)
    def an_agent_who_is_not_asked_cannot_accept(self, data: st.DataObject, agent: int) -> None:
        item = self.house.item(self.pick(data))
        user = self.agents[agent]
        if item.offered_to != user and user not in item.users:
            with pytest.raises(Refusal):
                self.house.run(routing.accept, item.id, by=self.house.someone(user))

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), change=st.sampled_from(["done", "open", "snoozed", "ended"]))
    def an_agent_changes(self, data: st.DataObject, change: str) -> None:
        conversation = self.pick(data)
        if change == "ended":
            self.house.run(conversations.end, conversation)
        elif change == "snoozed" and self.house.item(conversation).status != "done":
            self.house.run(conversations.snooze, conversation, until=self.street.clock.in_(days=30))
        elif change != "snoozed":
            self.house.run(routing.change, conversation, {"status": change})

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), agents=st.lists(AGENTS, unique=True, max_size=2))
    def somebody_assigns(self, data: st.DataObject, agents: list[int]) -> None:
        users = [self.agents[agent] for agent in agents]
        self.house.run(routing.assign, self.pick(data), users=users)

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), to=st.sampled_from(["billing", "default", "team"]))
    def somebody_hands_off(self, data: st.DataObject, to: str) -> None:
        conversation = self.pick(data)
        if to == "team":
            self.house.run(routing.transfer, conversation, team=self.team, reason="")
        else:
            queue = self.billing if to == "billing" else self.house.read(routing.find_default_queue)
            self.house.run(routing.hand_off_to_queue, conversation, queue)

    # Administrators, and time

    @rule(
        change=st.sampled_from(
            [
                {"capacity_per_agent": 1},
                {"capacity_per_agent": 3},
                {"acceptance": "manual"},
                {"acceptance": "auto"},
                {"wrap_up_seconds": 20},
                {"wrap_up_seconds": 0},
                {"last_agent_hold_seconds": 30},
                {"last_agent_first_seconds": 60},
                {"pause_lower_priority": True},
                {"capacity_by_priority": {50: 1}},
                {"capacity_by_priority": None},
                {"channel_weights": {"chat": 2}},
                {"channel_weights": None},
            ]
        )
    )
    def the_settings_change(self, change: dict[str, Any]) -> None:
        self.settings_changed = True
        self.house.run(routing.change_settings, SettingsChange(**change))

    @rule(enabled=st.booleans(), serves_billing=st.booleans())
    def the_team_changes(self, enabled: bool, serves_billing: bool) -> None:
        default = self.house.read(routing.find_default_queue)
        queues = (self.billing,) if serves_billing else (default,)
        change = SettingsChange(enabled=enabled, queues=queues)
        self.settings_changed = True
        self.house.run(routing.change_settings, change, team=self.team)

    @rule(members=st.lists(AGENTS, unique=True, max_size=3))
    def the_members_change(self, members: list[int]) -> None:
        self.house.run(access.change_members, self.team, [self.agents[one] for one in members])

    @rule(agent=AGENTS, level=st.integers(0, 3))
    def an_agent_learns(self, agent: int, level: int) -> None:
        self.house.run(routing.set_skills, self.agents[agent], {"refunds": level} if level else {})

    @rule(over=st.sampled_from([None, {"over_waiting": 1}, {"after_seconds": 20}]))
    def the_queue_overflows(self, over: dict[str, object] | None) -> None:
        default = self.house.read(routing.find_default_queue)
        overflow = None if over is None else {"to_queue": default, **over}
        self.house.run(routing.change_queue, self.billing, {"overflow": overflow})

    @rule(of=st.sampled_from(["queue", "skill"]))
    def something_goes_and_is_made_anew(self, of: str) -> None:
        run = self.house.run
        for one in self.rules:
            run(routing.delete_rule, one)
        if of == "skill":
            run(routing.remove_skill, self.skill)
            self.skill = run(routing.declare_skill, "Refunds", "refunds")
        else:
            run(routing.delete_queue, self.billing)
            self.billing = run(routing.create_queue, "Billing", "billing", {"priority": 10, "weight": 2})
        self.make_rules()

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), heavy=st.booleans(), agent=AGENTS)
    def somebody_assigns_out_of_a_queue(self, data: st.DataObject, heavy: bool, agent: int) -> None:
        conversation = self.pick(data)
        queue = self.billing if heavy else self.house.read(routing.find_default_queue)
        users = list(self.house.item(conversation).users) or [self.agents[agent]]
        self.house.run(routing.change, conversation, {"assignedUsers": users, "queue": queue})

    @rule(seconds=st.sampled_from([5, 31, 3_600]))
    def time_passes(self, seconds: int) -> None:
        self.street.clock.advance(seconds=seconds)
        self.house.settle()
        asked = [self.house.item(one) for one in self.asked()]
        assert all((item.offered_until or 0) > self.street.clock.now() - 60_000 for item in asked)
        assert self.house.read(late) == []

    def pick(self, data: st.DataObject) -> ConversationId:
        return data.draw(st.sampled_from(self.conversations))

    def asked(self) -> list[ConversationId]:
        return [one for one in self.conversations if self.house.item(one).state == "offered"]

    # What must hold

    @invariant()
    def the_promises_hold(self) -> None:
        assert self.house.read(wrong_with) == []

    @invariant()
    def what_somebody_has_weighs_what_it_says(self) -> None:
        if not self.settings_changed:
            assert self.house.read(wrongly_weighed) == []

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


def test_the_promises_of_routing_hold_whatever_happens_and_the_journal_tells_it_all(database: Path) -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    Desk.street.connection.execute("COMMIT")

    report = replay(database, WIRING)

    assert report.events > 1_000
    assert report.agrees, report
