"""A state machine over the whole spine: visitors write and repeat, agents come, answer, close, snooze and go, clients
lose their connection and come back with a cursor, and the clock moves on."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kithdesk import conversations, routing
from kithdesk.access import provisioning
from kithdesk.app import WIRING
from kithdesk.channels import chat
from kithdesk.conversations import ConversationId, Sent
from kithdesk.core import journal
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Conflict, Refusal
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.live.client_frames import Subscribe
from kithdesk.live.connection import Connection
from kithdesk.live.hub import Hub
from kithdesk.live.replay import begin, subscribe
from tests.machine.model import Model, Reader, Talk
from tests.spine import file_of

T = TypeVar("T")
VISITORS = 3
AGENTS = ("ana", "ben")
BODIES = st.sampled_from(["hello", "and", "more", "é🙂", "x" * 300])
OPENINGS = st.sampled_from(["n1", "n2"])
CLIENT_IDS = st.integers(0, 5).map(lambda n: f"c{n}")


class Wire:
    """A client that reads everything at once."""

    def __init__(self, hub: Hub, actor: Actor, reader: Reader) -> None:
        self.reader = reader
        self.hub = hub
        audience: Any = "visitors" if actor.is_visitor else "agents"
        self.connection = Connection("wire", actor, "none", audience, self._send, self._close, 0.0)

    async def _send(self, text: str) -> None:
        frame = json.loads(text)
        if frame["op"] == "event":
            self.reader.given.append(frame["position"])
            self.reader.cursor = frame["position"]
        elif frame["op"] == "subscribed":
            self.reader.cursor = frame["position"]

    async def _close(self, _code: int) -> None:
        return None

    def cut(self) -> None:
        self.connection.gone()
        self.hub.remove(self.connection)


class Machine(RuleBasedStateMachine):
    """Every rule does one thing to the server and says in the model what must now be true."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="kithdesk-machine-"))
        self.runner = asyncio.Runner()
        self.clock = ManualClock()
        self.model = Model()
        self.wires: dict[int, Wire] = {}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @initialize(capacity=st.sampled_from([1, 2]))
    def start(self, capacity: int) -> None:
        self.model.capacity = capacity
        self.run(self._start())

    async def _start(self) -> None:
        self.desk = Desk(Settings(data=self.folder, limits="off"), WIRING, clock=self.clock, ids=Ids(1))
        await self.desk.start(jobs=False)
        self.hub = Hub(self.desk)
        made = await provisioning.init(
            self.desk, org="Acme", email="a@acme.test", password=None, rotate=False
        )
        self.organisation = OrganisationId(made["org"]["id"])
        self.agents: dict[str, Actor] = {}
        for name in AGENTS:
            agent = await provisioning.create_agent(
                self.desk, email=f"{name}@acme.test", name=name, password=None, role="agent", org=None
            )
            self.agents[name] = Actor(
                organisation=self.organisation,
                type="user",
                id=agent["id"],
                author=agent["id"],
                display_name=name,
            )
            self.model.statuses[name] = "offline"
        self.tokens = [chat.new_token() for _ in range(VISITORS)]
        for token in self.tokens:
            await self.desk.run(
                chat.issue_token, token, by=Actor(organisation=self.organisation, type="system")
            )
        admin = Actor(
            organisation=self.organisation,
            type="user",
            id=made["admin"]["id"],
            roles=frozenset(["org.admin"]),
        )
        change = routing.SettingsChange(capacity_per_agent=self.model.capacity)
        await self.desk.run(routing.change_settings, change, by=admin)

    async def _visitor(self, number: int) -> Actor:
        return (await chat.resolve_visitor(self.desk, self.tokens[number]))[0]

    async def _say(
        self, visitor: int, conversation: str | None, opening: str | None, client: str, body: str
    ) -> Sent:
        done = await self.desk.run(
            chat.send_as_visitor,
            conversation=None if conversation is None else ConversationId(conversation),
            new_conversation=opening,
            client_id=client,
            body=body,
            by=await self._visitor(visitor),
        )
        return done.value

    @rule(visitor=st.integers(0, VISITORS - 1), opening=OPENINGS, client=CLIENT_IDS, body=BODIES)
    def visitor_opens_or_adds(self, visitor: int, opening: str, client: str, body: str) -> None:
        known = self.model.find(visitor, opening)
        talk = self.model.talks.get(known or "")
        before = (
            next((b for a, c, b in talk.said if (a, c) == (f"v{visitor}", client)), None) if talk else None
        )
        try:
            sent = self.run(self._say(visitor, None, opening, client, body))
        except Conflict:
            assert (before is not None and before != body) or (talk is not None and talk.ended)
            return
        assert before is None or before == body
        assert sent.is_repeat == (before is not None)
        if talk is None:
            talk = self.model.talks[sent.conversation] = Talk(visitor, opening)
        else:
            assert sent.conversation == known
        if not sent.is_repeat:
            assert not talk.ended
            talk.said.append((f"v{visitor}", client, body))
            talk.status, talk.wakes_at = "open", None

    @precondition(lambda self: self.model.talks)
    @rule(data=st.data(), agent=st.sampled_from(AGENTS), client=CLIENT_IDS, body=BODIES)
    def agent_answers(self, data: st.DataObject, agent: str, client: str, body: str) -> None:
        id = data.draw(st.sampled_from(sorted(self.model.talks)))
        talk = self.model.talks[id]
        before = next((b for a, c, b in talk.said if (a, c) == (agent, client)), None)
        try:
            done = self.run(
                self.desk.run(
                    conversations.reply,
                    ConversationId(id),
                    client_id=client,
                    body=body,
                    by=self.agents[agent],
                )
            )
        except Conflict:
            assert (before is not None and before != body) or talk.ended
            return
        assert done.value.is_repeat == (before is not None)
        if before is None:
            talk.said.append((agent, client, body))  # which opens nothing: an answer is no news to the agents
            if talk.is_work and id not in self.model.hands and self.model.statuses[agent] != "offline":
                self.model.takes(agent, id)

    @precondition(lambda self: self.model.talks)
    @rule(data=st.data(), what=st.sampled_from(["done", "open", "snooze", "end"]))
    def agent_changes(self, data: st.DataObject, what: str) -> None:
        id = ConversationId(data.draw(st.sampled_from(sorted(self.model.talks))))
        talk = self.model.talks[id]
        by = self.agents["ana"]
        try:
            if what == "done":
                self.run(self.desk.run(conversations.close, id, by=by))
                talk.status, talk.wakes_at = "done", None
            elif what == "open":
                if self._holder_of(id) == "ana" and not talk.is_work and not talk.ended:
                    self.model.takes("ana", id)
                self.run(self.desk.run(conversations.reopen, id, by=by))
                talk.status, talk.wakes_at = "open", None
            elif what == "snooze":
                until = self.clock.in_(minutes=10)
                self.run(self.desk.run(conversations.snooze, id, until=until, by=by))
                talk.status, talk.wakes_at = "snoozed", until
            else:
                self.run(self.desk.run(conversations.end, id, by=by))
                talk.ended = True
        except Refusal:
            assert talk.ended or talk.status == "done"

    @rule(
        agent=st.sampled_from(AGENTS), status=st.sampled_from(["available", "busy", "unavailable", "offline"])
    )
    def agent_says_status(self, agent: str, status: str) -> None:
        by = self.agents[agent]
        self.run(self.desk.run(routing.set_status, by.id or "", status=status, by=by))
        self.model.statuses[agent] = status
        if status == "offline":
            held = [id for id, talk in self.model.talks.items() if talk.is_work]
            assert agent not in [self._holder_of(id) for id in held]

    @rule(minutes=st.sampled_from([1, 5, 11]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)
        self.run(self.desk.jobs.settle())
        for talk in self.model.talks.values():
            if talk.wakes_at is not None and talk.wakes_at <= self.clock.now():
                talk.status, talk.wakes_at = "open", None

    @rule(who=st.sampled_from(["agent", "v0", "v1"]), from_start=st.booleans())
    def client_connects(self, who: str, from_start: bool) -> None:
        if len(self.wires) >= 4:
            return
        topic = "inbox" if who == "agent" else "visitor"
        reader = Reader(f"{topic}:{who}")
        self.model.readers.append(reader)
        self.run(self._connect(len(self.model.readers) - 1, who, 0 if from_start else None))
        if not from_start:
            reader.given = self._positions(reader)[: self._count_before(reader)]

    async def _connect(self, number: int, who: str, after: int | None) -> None:
        reader = self.model.readers[number]
        actor = self.agents["ana"] if who == "agent" else await self._visitor(int(who[1:]))
        wire = self.wires[number] = Wire(self.hub, actor, reader)
        await self.hub.join(wire.connection)
        reader.connected = True
        topic = reader.topic.split(":")[0]
        frame = Subscribe(topic=topic, after=after)
        await subscribe(self.hub, wire.connection, frame, begin(wire.connection, topic))

    @precondition(lambda self: self.wires)
    @rule(data=st.data())
    def client_is_cut(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.wires)))
        self.wires.pop(number).cut()
        self.model.readers[number].connected = False

    @precondition(lambda self: any(not reader.connected for reader in self.model.readers))
    @rule(data=st.data())
    def client_comes_back(self, data: st.DataObject) -> None:
        gone = [n for n, reader in enumerate(self.model.readers) if not reader.connected]
        number = data.draw(st.sampled_from(gone))
        reader = self.model.readers[number]
        self.run(self._connect(number, reader.topic.split(":")[1], reader.cursor))

    # What must always be true

    @invariant()
    def every_message_is_there_once_and_in_order(self) -> None:
        for id, talk in self.model.talks.items():
            events = self._read(journal.read_conversation, id, after=0, limit=10_000)
            said = [e.event.body for e in events if e.event.kind == "message.created"]
            assert said == [body for _, _, body in talk.said]
            assert self._status_of(id) == talk.status, id

    @invariant()
    def positions_are_gapless(self) -> None:
        if not hasattr(self, "organisation"):
            return
        events = self._read(journal.read_all, after=0, limit=100_000)
        assert [event.position for event in events] == list(range(1, len(events) + 1))

    @invariant()
    def work_is_dealt_out_as_it_should(self) -> None:
        """To those who are available and have room, to nobody else, and at once."""
        if hasattr(self, "agents"):
            assert self.model.wrong_with({id: self._holder_of(id) for id in self.model.talks}) == []

    @invariant()
    def every_reader_has_its_topic_once_and_in_order(self) -> None:
        for number, wire in self.wires.items():
            assert self.model.readers[number].given == self._positions(wire.reader), wire.reader.topic

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.run(self.desk.stop())
            assert replay(file_of(self.desk), WIRING).agrees
        self.runner.close()
        shutil.rmtree(self.folder)

    # Looking

    def _ask(self, query: Any, *args: Any, by: Actor) -> Any:
        return self.run(self.desk.read(query, *args, by=by)).value

    def _read(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        by = Actor(organisation=self.organisation, type="user", id="0" * 24)
        return self.run(self.desk.read(query, self.organisation, *args, by=by, **kwargs)).value

    def _conversation(self, id: str) -> Any:
        found = self.desk.read(conversations.get_conversation, ConversationId(id), by=self.agents["ana"])
        return self.run(found).value

    def _status_of(self, id: str) -> str:
        return str(self._conversation(id).status)

    def _holder_of(self, id: str) -> str | None:
        names = {agent.id: name for name, agent in self.agents.items()}
        holders = [names[user] for user in self._conversation(id).users]
        assert len(holders) <= 1  # nobody here shares work
        return holders[0] if holders else None

    def _positions(self, reader: Reader) -> list[int]:
        """What the journal holds for this reader."""
        topic, who = reader.topic.split(":")
        events = self._read(journal.read_all, after=0, limit=100_000)
        if topic == "inbox":
            return [e.position for e in events if e.event.for_agents(e) is not None]
        mine = {id for id, talk in self.model.talks.items() if f"v{talk.visitor}" == who}
        return [e.position for e in events if e.conversation in mine and e.event.for_visitors(e) is not None]

    def _count_before(self, reader: Reader) -> int:
        return sum(position <= reader.cursor for position in self._positions(reader))


@pytest.mark.parametrize("seed", [0])
def test_the_desk_behaves_like_its_model(seed: int) -> None:
    assert seed == 0
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=20, stateful_step_count=30, deadline=None, print_blob=True)
    )
