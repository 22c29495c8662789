"""Visitors write and log in while agents merge and part their records, on one node and on two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from kithdesk import conversations, customers
from kithdesk.conversations import Sent
from kithdesk.conversations.events import MessageCreated
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Refusal
from kithdesk.core.ids import Ids
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, Identity, VisitorId
from kithdesk.timeline import read_timeline
from tests.make import ACME
from tests.slices import WIRING
from tests.spine import file_of

pytestmark = pytest.mark.anyio

AGENT = Actor(organisation=ACME, type="user", id="1" * 24, author="1" * 24)
BROWSERS = [VisitorId(f"{number:024x}") for number in range(0xA0, 0xA6)]
WRITES = 12


@pytest.fixture
async def nodes(settings: Settings, clock: ManualClock, tmp_path: Path) -> AsyncIterator[Sequence[Desk]]:
    """One process on a file, two on a database that they share."""
    desks = []
    for number in (1, 2) if settings.database_url else (1,):
        its = settings.model_copy(
            update={"data": tmp_path / f"node{number}", "secret_key": SecretStr("k" * 32)}
        )
        desk = Desk(its, WIRING, clock=clock, ids=Ids(number))
        await desk.start(jobs=False)
        desks.append(desk)
    yield desks
    for desk in desks:
        await desk.stop()


def write(work: Work, matter: int) -> Sent:
    """As chat does, with an actor that may have been judged long ago."""
    author = work.actor.author or ""
    customer = work.actor.id or customers.customer_of_visitor(work, VisitorId(author))
    return conversations.receive(
        work,
        conversation=None,
        new_conversation=f"n{matter}",
        customer=CustomerId(customer),
        author=author,
        client_id=f"m{matter}",
        body="Hello",
    )


async def attempt(desk: Desk, verb: Any, *args: Any, by: Actor) -> Any:
    try:
        return (await desk.run(verb, *args, by=by)).value
    except Refusal:
        return None


async def test_nothing_is_lost_or_doubled_while_records_merge_and_part(nodes: Sequence[Desk]) -> None:
    def node(number: int) -> Desk:
        return nodes[number % len(nodes)]

    def visitor(number: int, customer: str | None = None) -> Actor:
        return Actor(organisation=ACME, type="customer", id=customer, author=BROWSERS[number])

    first = [(await node(n).run(write, 0, by=visitor(n))).value for n in range(len(BROWSERS))]
    anonymous = [CustomerId(sent.message["customer"]) for sent in first]

    accepted = [sent.message["id"] for sent in first]

    async def writes(number: int) -> None:
        """Judged before anything was merged."""
        actor = visitor(number, anonymous[number])
        for n in range(1, WRITES):
            sent = await attempt(node(number + n), write, n, by=actor)
            if sent is not None:
                accepted.append(sent.message["id"])

    async def merges(number: int) -> None:
        source, target = anonymous[number], anonymous[(number + 1) % len(anonymous)]
        for n in range(4):
            made = await attempt(node(n), conversations.merge_customers, source, target, by=AGENT)
            if made is not None and n != 2:  # one stays
                await attempt(node(n + 1), conversations.undo_merge, made.id, by=AGENT)

    async def logs_in(number: int) -> None:
        identity = Identity("email", f"{number % 2}@acme.test")
        await attempt(node(number), conversations.identify, BROWSERS[number], identity, by=visitor(number))

    await asyncio.gather(
        *(writes(number) for number in range(len(BROWSERS))),
        *(merges(number) for number in range(len(BROWSERS))),
        *(logs_in(number) for number in range(2, len(BROWSERS))),
    )

    told = [
        message
        for customer in await standing(node(0), anonymous)
        for message in await said_with(node(1), customer)
    ]
    assert sorted(told) == sorted(accepted)
    url = node(0).settings.database_url
    where = file_of(node(0)) if url is None else url.get_secret_value()
    report = await asyncio.to_thread(replay, where, WIRING)
    assert report.agrees, report.differences


async def standing(desk: Desk, known: Sequence[CustomerId]) -> set[CustomerId]:
    """Every customer that there is by now."""
    by = system(ACME)
    found = {(await desk.read(customers.get_customer, id, by=by)).value.id for id in known}
    for browser in BROWSERS:
        visitor = (await desk.read(customers.find_visitor, browser, by=by)).value
        assert visitor is not None
        assert visitor.customer is not None
        found.add(visitor.customer)
    for email in ("0@acme.test", "1@acme.test"):
        owner = (await desk.read(customers.find_by_email, email, by=by)).value
        if owner is not None:
            found.add(owner)
    return found


async def said_with(desk: Desk, customer: CustomerId) -> list[str]:
    """The messages on a timeline, each of a conversation of this customer."""
    entries = (await desk.read(read_timeline, customer, limit=10_000, by=system(ACME))).value.found
    said = [entry.event for entry in entries if isinstance(entry.event, MessageCreated)]
    for conversation in {message.conversation for message in said}:
        owner = await desk.read(conversations.find_customer_of, conversation, by=system(ACME))
        assert owner.value == customer
    return [message.message for message in said]
