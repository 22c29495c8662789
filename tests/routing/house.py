"""The real verbs and reactions on one connection, without a lane: many commands a second, one organisation each."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kithdesk import access, conversations
from kithdesk.app import WIRING
from kithdesk.conversations import ConversationId
from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core import journal, migrate
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.jobs import decode
from kithdesk.core.sqlite import SqliteTransaction, open_writer
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, create_customer
from kithdesk.routing.entities import AgentRow, WorkItem
from kithdesk.routing.queries.agents import find_agent
from kithdesk.routing.queries.items import find_item


class Street:
    """A database that all examples share."""

    def __init__(self, path: Path) -> None:
        migrate.create(path)
        self.connection: sqlite3.Connection = open_writer(path)
        self.connection.execute("PRAGMA synchronous=OFF")
        self.connection.execute("BEGIN IMMEDIATE")
        self.clock, self.ids = ManualClock(), Ids(3)
        self.names: Iterator[int] = itertools.count()

    def close(self) -> None:
        self.connection.close()


class House:
    """One organisation."""

    def __init__(self, street: Street) -> None:
        self.street = street
        self.organisation = OrganisationId(street.ids.new(street.clock.now()))
        founder = Actor(organisation=self.organisation, type="system", roles=frozenset({"org.admin"}))
        self.admin = founder
        founded = self.run(
            access.create_organisation, f"House {next(street.names)}", email="admin@house.test", by=founder
        )
        self.admin = Actor(
            organisation=self.organisation,
            type="user",
            id=founded.admin.id,
            author=founded.admin.id,
            roles=frozenset({"org.admin"}),
        )
        self.stated: list[Recorded[Event]] = []

    def run(self, verb: Any, *args: Any, by: Actor | None = None, **kwargs: Any) -> Any:
        """One command, as the lane runs it, a second after the last."""
        self.street.clock.advance(seconds=1)
        transaction = SqliteTransaction(self.street.connection)
        work = Work(transaction, WIRING, self.street.ids, by or self.admin, self.street.clock.now())
        value = verb(work, *args, **kwargs)
        work.react()
        assert work.troubles == []
        head = journal.head(transaction, self.organisation)
        journal.append(transaction, work.published, {self.organisation: head})
        self.stated = work.published
        return value

    def settle(self) -> list[Recorded[Event]]:
        """Does the jobs that are due, and answers what they stated."""
        stated: list[Recorded[Event]] = []
        while True:
            row = self.street.connection.execute(
                "SELECT id, kind, payload FROM jobs WHERE organisation = ? AND run_at <= ? AND kind LIKE"
                " 'routing.%' ORDER BY run_at, id LIMIT 1",
                (self.organisation, self.street.clock.now()),
            ).fetchone()
            if row is None:
                return stated
            self.street.connection.execute("DELETE FROM jobs WHERE id = ?", (row[0],))
            job = decode(row[1], row[2])
            self.run(WIRING.verbs[type(job)], job, by=system(self.organisation))
            stated += self.stated

    def read(self, query: Any, *args: Any) -> Any:
        transaction = SqliteTransaction(self.street.connection)
        return query(Work(transaction, WIRING, self.street.ids, self.admin, self.street.clock.now()), *args)

    def agent_row(self, user: str) -> AgentRow | None:
        row: AgentRow | None = self.read(find_agent, user)
        return row

    def item(self, conversation: str) -> WorkItem:
        found: WorkItem | None = self.read(find_item, self.organisation, conversation)
        assert found is not None
        return found

    def someone(self, user: str) -> Actor:
        return Actor(
            organisation=self.organisation, type="user", id=user, author=user, roles=frozenset({"org.user"})
        )

    def new_agent(self, number: int) -> str:
        made = self.run(access.create_user, email=f"a{number}@house.test", display_name=f"Agent {number}")
        return str(made.id)

    def arrives(self, body: str = "Hello") -> ConversationId:
        done: ConversationId = self.run(_arrive, body, by=system(self.organisation))
        return done

    def writes_again(self, conversation: ConversationId) -> None:
        self.run(_write_again, conversation, by=system(self.organisation))

    def given_by_program(self) -> set[str]:
        """Whom the program itself gave something in the last command."""
        return {
            user
            for fact in self.stated
            if isinstance(fact.event, ConversationAssigned) and fact.actor.type == "system"
            for user in fact.event.users
            if user not in fact.event.users_before
        }


def _arrive(work: Work, body: str) -> ConversationId:
    customer = create_customer(work)
    author = f"browser of {customer}"
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=author)
    return _receive(work, None, customer, "first", body)


def _write_again(work: Work, conversation: ConversationId) -> None:
    customer = CustomerId(conversations.get_conversation(work, conversation).customer)
    author = f"browser of {customer}"
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=author)
    _receive(work, conversation, customer, str(work.now), "Hello again")


def _receive(
    work: Work, conversation: ConversationId | None, customer: CustomerId, client_id: str, body: str
) -> ConversationId:
    return conversations.receive(
        work,
        conversation=conversation,
        new_conversation="first" if conversation is None else None,
        customer=customer,
        author=f"browser of {customer}",
        client_id=client_id,
        body=body,
    ).conversation
