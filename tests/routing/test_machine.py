"""Agents come, go and give work away; customers write, leave and come back. After every step the promises hold."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kithdesk import access, conversations, routing
from kithdesk.app import WIRING
from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core import journal, migrate
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.replay import replay
from kithdesk.core.sqlite import SqliteTransaction, open_writer
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, create_customer
from kithdesk.routing.queries.agents import find_agent
from kithdesk.routing.queries.items import find_item

AGENTS = st.integers(0, 3)
STATUSES = st.sampled_from(["available", "available", "busy", "unavailable", "offline"])
MOST_CONVERSATIONS = 12


class House:
    """A database that all examples share, one organisation each."""

    connection: ClassVar[sqlite3.Connection]
    clock: ClassVar[ManualClock]
    ids: ClassVar[Ids]
    names: ClassVar[Iterator[int]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("machine") / "machine.sqlite3"
    migrate.create(path)
    House.connection, House.clock, House.ids = open_writer(path), ManualClock(), Ids(3)
    House.names = itertools.count()
    House.connection.execute("PRAGMA synchronous=OFF")
    House.connection.execute("BEGIN IMMEDIATE")
    yield path
    House.connection.close()


class Desk(RuleBasedStateMachine):
    """The real verbs and reactions, one organisation, four agents."""

    def __init__(self) -> None:
        super().__init__()
        self.organisation = OrganisationId(House.ids.new(House.clock.now()))
        founder = Actor(organisation=self.organisation, type="system", roles=frozenset({"org.admin"}))
        name = f"House {next(House.names)}"
        founded = self.run(access.create_organisation, name, email="admin@house.test", by=founder)
        self.admin = Actor(
            organisation=self.organisation,
            type="user",
            id=founded.admin.id,
            author=founded.admin.id,
            roles=frozenset({"org.admin"}),
        )
        self.agents = [
            str(self.run(access.create_user, email=f"a{n}@house.test", display_name=f"Agent {n}").id)
            for n in range(4)
        ]
        self.conversations: list[conversations.ConversationId] = []
        self.by_program: set[str] = set()
        self.run(routing.change_settings, routing.SettingsChange(capacity_per_agent=2))

    def run(self, verb: Any, *args: Any, by: Actor | None = None, **kwargs: Any) -> Any:
        """One command, as the lane runs it. Keeps whom the program itself has given something."""
        House.clock.advance(seconds=1)
        transaction = SqliteTransaction(House.connection)
        work = Work(transaction, WIRING, House.ids, by or self.admin, House.clock.now())
        value = verb(work, *args, **kwargs)
        work.react()
        assert work.troubles == []
        journal.append(
            transaction, work.published, {self.organisation: journal.head(transaction, self.organisation)}
        )
        self.by_program = {
            user
            for fact in work.published
            if isinstance(fact.event, ConversationAssigned) and fact.actor.type == "system"
            for user in fact.event.users
            if user not in fact.event.users_before
        }
        return value

    def read(self, query: Any, *args: Any) -> Any:
        work = Work(SqliteTransaction(House.connection), WIRING, House.ids, self.admin, House.clock.now())
        return query(work, *args)

    def agent(self, user: str) -> Any:
        return self.read(find_agent, user)

    def item(self, conversation: str) -> Any:
        found = self.read(find_item, self.organisation, conversation)
        assert found is not None
        return found

    def someones(self, user: str) -> Actor:
        return Actor(organisation=self.organisation, type="user", id=user, author=user)

    # What happens

    @precondition(lambda self: len(self.conversations) < MOST_CONVERSATIONS)
    @rule()
    def a_customer_writes_first(self) -> None:
        self.conversations.append(self.run(_arrive, by=system(self.organisation)))

    @precondition(lambda self: self.conversations)
    @rule(data=st.data())
    def a_customer_writes_again(self, data: st.DataObject) -> None:
        conversation = self.pick(data)
        if not self.item(conversation).is_ended:
            self.run(_write_again, conversation, by=system(self.organisation))

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), agent=AGENTS)
    def an_agent_answers(self, data: st.DataObject, agent: int) -> None:
        conversation = self.pick(data)
        if not self.item(conversation).is_ended:
            client_id = str(House.clock.now())
            who = self.someones(self.agents[agent])
            self.run(conversations.reply, conversation, client_id=client_id, body="Yes", by=who)

    @rule(agent=AGENTS, status=STATUSES)
    def an_agent_says(self, agent: int, status: str) -> None:
        user = self.agents[agent]
        was_here = self.agent(user) is not None and self.agent(user).status != "offline"
        self.run(routing.set_status, user, status, by=self.someones(user))
        if status == "offline" and was_here:
            assert self.agent(user).load == 0

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), change=st.sampled_from(["done", "open", "snoozed", "ended"]))
    def an_agent_changes(self, data: st.DataObject, change: str) -> None:
        conversation = self.pick(data)
        if change == "ended":
            self.run(conversations.end, conversation)
        elif change == "snoozed" and self.item(conversation).status != "done":
            self.run(conversations.snooze, conversation, until=House.clock.in_(days=30))
        elif change != "snoozed":
            self.run(routing.change, conversation, {"status": change})

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), agents=st.lists(AGENTS, unique=True, max_size=2))
    def somebody_assigns(self, data: st.DataObject, agents: list[int]) -> None:
        users = [self.agents[agent] for agent in agents]
        self.run(routing.assign, self.pick(data), users=users)

    @precondition(lambda self: self.conversations)
    @rule(data=st.data())
    def somebody_hands_off(self, data: st.DataObject) -> None:
        conversation = self.pick(data)
        queue = self.item(conversation).queue or self.read(routing.find_default_queue)
        self.run(routing.hand_off_to_queue, conversation, queue)

    @rule(capacity=st.integers(1, 4))
    def the_capacity_changes(self, capacity: int) -> None:
        self.run(routing.change_settings, routing.SettingsChange(capacity_per_agent=capacity))

    def pick(self, data: st.DataObject) -> conversations.ConversationId:
        return data.draw(st.sampled_from(self.conversations))

    # What must hold

    @invariant()
    def the_program_gives_only_to_whoever_is_available_and_has_room(self) -> None:
        for user in self.by_program:
            agent = self.agent(user)
            assert agent.status == "available"
            assert agent.load <= agent.capacity

    @invariant()
    def a_load_is_what_an_agent_has_open(self) -> None:
        open_ones = [
            one
            for one in (self.read(conversations.get_conversation, id) for id in self.conversations)
            if one.is_open and not one.is_ended
        ]
        for user in self.agents:
            agent = self.agent(user)
            assert (0 if agent is None else agent.load) == sum(user in one.users for one in open_ones)

    @invariant()
    def nothing_waits_while_an_agent_could_take_it(self) -> None:
        queued = [item for item in map(self.item, self.conversations) if item.state == "queued"]
        for user in self.agents:
            agent = self.agent(user)
            if agent is not None and agent.status == "available" and agent.load < agent.capacity:
                assert all(item.not_for == (user,) for item in queued)

    @invariant()
    def every_open_conversation_is_somebodys_or_waits(self) -> None:
        for id in self.conversations:
            conversation, item = self.read(conversations.get_conversation, id), self.item(id)
            expected = "completed" if conversation.is_done or conversation.is_ended else "paused"
            if expected == "paused" and conversation.is_open:
                expected = "assigned" if conversation.users else "queued"
            assert item.state == expected
            assert list(item.users) == conversation.users


def _arrive(work: Work) -> conversations.ConversationId:
    customer = create_customer(work)
    work.actor = Actor(
        organisation=work.organisation, type="customer", id=customer, author=f"browser of {customer}"
    )
    return _receive(work, None, customer, "first")


def _write_again(work: Work, conversation: conversations.ConversationId) -> None:
    customer = CustomerId(conversations.get_conversation(work, conversation).customer)
    work.actor = Actor(
        organisation=work.organisation, type="customer", id=customer, author=f"browser of {customer}"
    )
    _receive(work, conversation, customer, str(work.now))


def _receive(
    work: Work, conversation: conversations.ConversationId | None, customer: CustomerId, client_id: str
) -> conversations.ConversationId:
    return conversations.receive(
        work,
        conversation=conversation,
        new_conversation="first" if conversation is None else None,
        customer=customer,
        author=f"browser of {customer}",
        client_id=client_id,
        body="Hello",
    ).conversation


def test_the_promises_of_routing_hold_whatever_happens_and_the_journal_tells_it_all(database: Path) -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    House.connection.execute("COMMIT")

    report = replay(database, WIRING)

    assert report.events > 1_000
    assert report.agrees, report
