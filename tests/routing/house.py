"""The real verbs and reactions on one connection, without a lane: many commands a second, one organisation each."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, delete, or_, select

from kithdesk import access, conversations
from kithdesk.app import WIRING
from kithdesk.conversations import ConversationId
from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core import journal, migrate
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.jobs import Job, decode, jobs
from kithdesk.core.postgres.connections import Connection
from kithdesk.core.postgres.executing import PostgresTransaction
from kithdesk.core.sqlite import SqliteTransaction, open_writer
from kithdesk.core.work import Transaction, Work
from kithdesk.customers import CustomerId, Profile, create_customer
from kithdesk.routing.entities import AgentRow, WorkItem
from kithdesk.routing.queries.agents import find_agent
from kithdesk.routing.queries.items import find_item

_DUE = (
    select(jobs.c.id, jobs.c.kind, jobs.c.payload)
    .where(
        jobs.c.organisation == bindparam("organisation"),
        jobs.c.run_at <= bindparam("by"),
        or_(jobs.c.kind.like("routing.%"), jobs.c.kind.like("sla.%")),
    )
    .order_by(jobs.c.run_at, jobs.c.id)
    .limit(1)
)
_FORGET = delete(jobs).where(jobs.c.id == bindparam("job"))


class Street:
    """A database that all examples share."""

    def __init__(self, path: Path) -> None:
        migrate.create(path)
        self.connection: sqlite3.Connection = open_writer(path)
        self.connection.execute("PRAGMA synchronous=OFF")
        self.connection.execute("BEGIN IMMEDIATE")
        self._begin()

    def _begin(self) -> None:
        self.clock, self.ids = ManualClock(), Ids(3)
        self.names: Iterator[int] = itertools.count()

    def transaction(self) -> Transaction:
        return SqliteTransaction(self.connection)

    def close(self) -> None:
        self.connection.close()


class PostgresStreet(Street):
    """The same on PostgreSQL, inside a greenlet: everything happens in one transaction of this connection."""

    def __init__(self, connection: Connection) -> None:
        self._postgres = PostgresTransaction(connection)
        self._postgres.say("BEGIN")
        self._begin()

    def transaction(self) -> Transaction:
        return self._postgres

    def close(self) -> None:
        self._postgres.say("COMMIT")
        self._postgres.settle()


class House:
    """One organisation."""

    def __init__(self, street: Street) -> None:
        self.street = street
        self.organisation = OrganisationId(street.ids.new(street.clock.now()))
        self.heard: list[Recorded[Event]] = []
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
        transaction = self.street.transaction()
        work = Work(transaction, WIRING, self.street.ids, by or self.admin, self.street.clock.now)
        value = verb(work, *args, **kwargs)
        work.react()
        assert work.troubles == []
        head = journal.head(transaction, self.organisation)
        journal.append(transaction, work.published, {self.organisation: head})
        self.stated = work.published
        self.heard += work.published
        return value

    def settle(self, done: Callable[[Job], None] = lambda _job: None) -> list[Recorded[Event]]:
        """Does the jobs of routing and promises that are due, and answers what they stated. `done` hears of each."""
        stated: list[Recorded[Event]] = []
        while True:
            due = {"organisation": self.organisation, "by": self.street.clock.now()}
            row = self.street.transaction().execute(_DUE, due).first()
            if row is None:
                return stated
            self.street.transaction().execute(_FORGET, {"job": row.id})
            job = decode(row.kind, row.payload)
            self.run(WIRING.verbs[type(job)], job, by=system(self.organisation))
            stated += self.stated
            done(job)

    def read(self, query: Any, *args: Any) -> Any:
        transaction = self.street.transaction()
        return query(Work(transaction, WIRING, self.street.ids, self.admin, self.street.clock.now), *args)

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

    def arrives(self, body: str = "Hello", *, locale: str | None = None) -> ConversationId:
        done: ConversationId = self.run(_arrive, body, locale, by=system(self.organisation))
        return done

    def writes_again(self, conversation: ConversationId) -> None:
        self.run(_write_again, conversation, by=system(self.organisation))

    def ends(self, conversation: ConversationId) -> None:
        """Its customer ends the chat."""
        self.run(_end, conversation, by=system(self.organisation))

    def given_by_program(self) -> set[str]:
        """Whom the program itself gave something in the last command."""
        return {
            user
            for fact in self.stated
            if isinstance(fact.event, ConversationAssigned) and fact.actor.type == "system"
            for user in fact.event.users
            if user not in fact.event.users_before
        }


def _arrive(work: Work, body: str, locale: str | None) -> ConversationId:
    customer = create_customer(work, Profile(locale=locale))
    author = f"browser of {customer}"
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=author)
    return _receive(work, None, customer, "first", body)


def _write_again(work: Work, conversation: ConversationId) -> None:
    customer = _be_its_customer(work, conversation)
    _receive(work, conversation, customer, str(work.now), "Hello again")


def _end(work: Work, conversation: ConversationId) -> None:
    _be_its_customer(work, conversation)
    conversations.end(work, conversation)


def _be_its_customer(work: Work, conversation: ConversationId) -> CustomerId:
    customer = CustomerId(conversations.get_conversation(work, conversation).customer)
    author = f"browser of {customer}"
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=author)
    return customer


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
