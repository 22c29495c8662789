"""Whatever happens, in whatever order: counters count, lists hold what they say, and the journal alone tells it all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithdesk import conversations, customers
from kithdesk.conversations import Address, ConversationId, Mailed, MessageId, Words
from kithdesk.conversations.events import Reason
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import DAY, HOUR, Instant, ManualClock, iso
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Refusal
from kithdesk.core.ids import Ids
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, Identity, VisitorId
from tests.conversations.recounting import check_counts
from tests.make import ACME, GLOBEX
from tests.slices import WIRING
from tests.spine import file_of, sql

AGENTS = ["1" * 24, "2" * 24, "3" * 24]
QUEUES = ["8" * 24, "9" * 24]
EMAILS = ["ana@acme.test", "ben@acme.test"]

small = st.integers(0, 2)
moves = st.one_of(
    st.tuples(st.just("write"), small, small, small),
    st.tuples(st.just("write"), small, small, small),
    st.tuples(st.just("begin"), small, small, small),
    st.tuples(st.just("reply"), small, small, st.sampled_from(["message", "note"])),
    st.tuples(st.just("assign"), small, st.lists(st.sampled_from(AGENTS), unique=True, max_size=3), small),
    st.tuples(st.just("status"), small, st.sampled_from(["open", "done", "snoozed"]), small),
    st.tuples(st.just("end"), small, small, small),
    st.tuples(st.just("tag"), small, st.sampled_from(["a", "A", "b"]), st.booleans()),
    st.tuples(st.just("read"), small, small, st.booleans()),
    st.tuples(st.just("visit"), small, small, small),
    st.tuples(st.just("login"), small, small, small),
    st.tuples(st.just("describe"), small, small, small),
    st.tuples(st.just("mail"), small, st.booleans(), st.booleans()),
    st.tuples(st.just("record"), small, small, st.booleans()),
    st.tuples(st.just("advance"), small, small, small),
)


FIRST: list[tuple[bool, tuple[Any, ...]]] = [
    (at_globex, ("write", visitor, 0, 0)) for at_globex in (False, True) for visitor in (0, 1)
]


class World:
    """Two organisations, three browsers in each, and what has come to be."""

    def __init__(self, desk: Desk, clock: ManualClock) -> None:
        self.desk = desk
        self.clock = clock
        self.known: dict[str, list[ConversationId]] = {ACME: [], GLOBEX: []}
        self.messages: dict[ConversationId, list[MessageId]] = {}
        self.authors = {(ACME, n): f"{n:x}" * 24 for n in range(3)} | {
            (GLOBEX, n): f"{n:x}" * 24 for n in range(3)
        }

    async def move(self, organisation: Any, name: str, *how: Any) -> None:
        before = await self.desk.head(organisation)
        try:
            await getattr(self, name)(organisation, *how)
        except Refusal:
            assert await self.desk.head(organisation) == before

    async def run(self, verb: Callable[..., Any], *args: Any, by: Actor, **kwargs: Any) -> Any:
        return (await self.desk.run(verb, *args, by=by, **kwargs)).value

    def visitor(self, organisation: Any, number: int) -> Actor:
        return Actor(organisation=organisation, type="customer", author=self.authors[organisation, number])

    def agent(self, organisation: Any, number: int) -> Actor:
        return Actor(organisation=organisation, type="user", id=AGENTS[number], author=AGENTS[number])

    def conversation(self, organisation: Any, number: int) -> ConversationId:
        known = self.known[organisation]
        return known[number % len(known)] if known else ConversationId("f" * 24)

    async def write(self, organisation: Any, visitor: int, matter: int, client_id: int) -> None:
        sent = await self.run(
            write, f"n{matter}", f"m{client_id}", f"text {client_id}", by=self.visitor(organisation, visitor)
        )
        if sent.conversation not in self.messages:
            self.known[organisation].append(sent.conversation)
        self.messages.setdefault(sent.conversation, []).append(MessageId(sent.message["id"]))

    async def begin(self, organisation: Any, visitor: int, *_: Any) -> None:
        """A browser begins a chat before its visitor writes."""
        begun = await self.run(begin, by=self.visitor(organisation, visitor))
        if begun.conversation not in self.messages:
            self.known[organisation].append(begun.conversation)
            self.messages[begun.conversation] = []

    async def reply(self, organisation: Any, which: int, agent: int, kind: Any) -> None:
        id = self.conversation(organisation, which)
        sent = await self.run(
            conversations.reply,
            id,
            client_id=None,
            body="Answer",
            kind=kind,
            by=self.agent(organisation, agent),
        )
        self.messages[id].append(MessageId(sent.message["id"]))

    async def assign(self, organisation: Any, which: int, users: list[str], queue: int) -> None:
        await self.run(
            conversations.record_assignment,
            self.conversation(organisation, which),
            queue=[None, *QUEUES][queue],
            users=users,
            teams=[],
            reason=Reason("test", "Test"),
            by=system(organisation),
        )

    async def status(self, organisation: Any, which: int, status: str, hours: int) -> None:
        changes: dict[str, Any] = {"status": status}
        if status == "snoozed":
            changes["snooze"] = {"time": iso(Instant(self.clock.now() + (hours + 1) * HOUR))}
        id = self.conversation(organisation, which)
        await self.run(conversations.change, id, changes, by=self.agent(organisation, 0))

    async def end(self, organisation: Any, which: int, *_: Any) -> None:
        await self.run(
            conversations.end, self.conversation(organisation, which), by=self.agent(organisation, 1)
        )

    async def tag(self, organisation: Any, which: int, name: str, on: bool) -> None:
        verb = conversations.tag if on else conversations.untag
        await self.run(verb, self.conversation(organisation, which), [name], by=self.agent(organisation, 1))

    async def read(self, organisation: Any, which: int, message: int, by_agent: bool) -> None:
        id = self.conversation(organisation, which)
        seen = self.messages.get(id) or [MessageId("f" * 24)]
        actor = self.agent(organisation, 1)
        if not by_agent:
            owner = (await self.desk.read(conversations.find_customer_of, id, by=system(organisation))).value
            actor = Actor(organisation=organisation, type="customer", id=owner)
        await self.run(conversations.mark_read, id, seen[message % len(seen)], by=actor)

    async def visit(self, organisation: Any, visitor: int, page: int, _: Any) -> None:
        by = self.visitor(organisation, visitor)
        found = (await self.desk.read(customers.find_visitor, VisitorId(by.author or ""), by=by)).value
        customer = None if found is None else found.customer
        await self.run(conversations.view_page, customer, url=f"https://shop.test/{page}", by=by)

    async def login(self, organisation: Any, visitor: int, email: int, _: Any) -> None:
        by = self.visitor(organisation, visitor)
        identity = Identity("email", EMAILS[email % 2])
        identified = await self.run(conversations.identify, VisitorId(by.author or ""), identity, by=by)
        self.authors[organisation, visitor] = identified.visitor

    async def describe(self, organisation: Any, visitor: int, value: int, _: Any) -> None:
        by = self.visitor(organisation, visitor)
        claims = customers.claims_of({"name": f"Ana {value}"}, {"sizeNum": value})
        await self.run(customers.describe, VisitorId(by.author or ""), claims, by=by)

    async def mail(self, organisation: Any, which: int, is_new: bool, is_in: bool) -> None:
        """A program records an e-mail, in a conversation or in a new one of its customer."""
        id, by = self.conversation(organisation, which), system(organisation)
        owner = (await self.desk.read(conversations.find_customer_of, id, by=by)).value
        words = Words(
            body="Dear shop",
            direction="in" if is_in else "out",
            channel="email",
            mailed=Mailed(subject="Kettle", sender=Address("ana@acme.test", "Ana")),
        )
        sent = await self.run(
            conversations.record_message, words, conversation=None if is_new else id, customer=owner, by=by
        )
        if is_new:
            self.known[organisation].append(sent.conversation)
        self.messages.setdefault(sent.conversation, []).append(MessageId(sent.message["id"]))

    async def record(self, organisation: Any, which: int, days: int, is_answered: bool) -> None:
        """A program tells what was said with one of them days ago."""
        conversation = self.conversation(organisation, which)
        owner = (
            await self.desk.read(conversations.find_customer_of, conversation, by=system(organisation))
        ).value
        by = Actor(
            organisation=organisation,
            type="machine",
            id="7" * 24,
            author="7" * 24,
            roles=frozenset({"org.admin"}),
        )
        at = Instant(self.clock.now() - days * DAY)
        opened: ConversationId | None = None
        for direction in ("in", "out") if is_answered else ("in",):
            words = conversations.Words(body="Then", direction=direction, sent_at=at)
            sent = await self.run(
                conversations.record_message,
                words,
                conversation=opened,
                customer=CustomerId(owner or "f" * 24),
                by=by,
            )
            opened = sent.conversation
            self.messages.setdefault(opened, []).append(MessageId(sent.message["id"]))
        assert opened is not None
        self.known[organisation].append(opened)

    async def advance(self, _organisation: Any, hours: int, *_: Any) -> None:
        self.clock.advance(hours=hours, seconds=1)
        await self.desk.jobs.settle()


def write(work: Work, new: str, client_id: str, body: str) -> conversations.Sent:
    """As chat does: the customer is made by the first message."""
    author = work.actor.author or ""
    customer = customers.customer_of_visitor(work, VisitorId(author))
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=author)
    return conversations.receive(
        work,
        conversation=None,
        new_conversation=new,
        customer=CustomerId(customer),
        author=author,
        client_id=client_id,
        body=body,
    )


def begin(work: Work) -> conversations.Begun:
    """As chat does."""
    author = work.actor.author or ""
    customer = customers.customer_of_visitor(work, VisitorId(author))
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=author)
    return conversations.begin_chat(work, customer, author)


async def live_through(data: Path, steps: list[tuple[bool, tuple[Any, ...]]]) -> None:
    clock = ManualClock()
    desk = Desk(Settings(data=data, test=True), WIRING, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    try:
        world = World(desk, clock)
        for at_globex, (name, *how) in [*FIRST, *steps]:
            clock.advance(seconds=1)
            await world.move(GLOBEX if at_globex else ACME, name, *how)
        report = await asyncio.to_thread(replay, file_of(desk), WIRING)
        assert report.agrees, report.differences
        check_counts(file_of(desk))
    finally:
        await desk.stop()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.booleans(), moves), min_size=12, max_size=50))
def test_any_history_is_counted_right_and_can_be_replayed(steps: list[tuple[bool, tuple[Any, ...]]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(live_through(Path(folder), steps))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE conversations SET message_count = message_count + 1",
        "UPDATE messages SET body = 'lie'",
        "UPDATE conversation_tallies SET total = 7 WHERE whose = '*'",
        "UPDATE customer_activity SET conversations_open = 0",
        "DELETE FROM customer_addresses",
        "UPDATE customers SET claims = '{}'",
        "UPDATE conversation_details SET context = '{}'",
        "DELETE FROM visitors",
        "UPDATE tags SET color = 'x'",
    ],
)
async def test_replay_finds_a_planted_lie(tmp_path: Path, change: str) -> None:
    clock = ManualClock()
    desk = Desk(Settings(data=tmp_path, test=True), WIRING, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    world = World(desk, clock)
    for step in (
        ("write", 0, 0, 0),
        ("visit", 0, 1, 0),
        ("describe", 0, 1, 0),
        ("tag", 0, "a", True),
        ("login", 1, 0, 0),
    ):
        await world.move(ACME, *step)
    assert replay(file_of(desk), WIRING).agrees

    await sql(desk, change)

    assert not replay(file_of(desk), WIRING).agrees
    await desk.stop()


pytestmark = pytest.mark.anyio
