"""A browser's topics while another node, which this one hears of late or early, commits what they are about."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import pytest

from kithdesk.channels import chat
from kithdesk.conversations import ConversationId
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from kithdesk.live import replay
from kithdesk.live.client_frames import Subscribe
from kithdesk.live.connection import Connection
from tests.live.conftest import World, eventually, opened
from tests.live.test_merging import _merge
from tests.live.test_parting import _known

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]

MOST_READS = 7
"""More than one subscription asks; moments after the last are after it."""


@pytest.fixture
async def other(world: World, settings: Settings, wiring: Wiring, tmp_path: Path) -> AsyncIterator[Desk]:
    """A second node, whose hints never arrive."""
    its = settings.model_copy(update={"data": tmp_path / "other"})
    its.data.mkdir()
    shutil.copy(settings.data / "secret.key", its.data)
    desk = Desk(its, wiring, clock=world.desk.clock, ids=Ids(2))
    await desk.start(jobs=False)
    yield desk
    await desk.stop()


class Browser:
    """A visitor's socket on the first node, without the wire."""

    def __init__(self, world: World, actor: Actor, credential: str) -> None:
        self.frames: list[dict[str, Any]] = []
        now = asyncio.get_running_loop().time()
        self.connection = Connection("browser", actor, credential, "visitors", self._take, self._close, now)
        self._hub = world.hub

    async def _take(self, frame: str) -> None:
        self.frames.append(json.loads(frame))

    async def _close(self, code: int) -> None:
        """Nobody is connected."""

    async def subscribe(self) -> None:
        turn = replay.begin(self.connection, "visitor")
        await replay.subscribe(self._hub, self.connection, Subscribe(topic="visitor", after=0), turn)

    def said(self) -> list[str]:
        events = [frame["event"] for frame in self.frames if frame["op"] == "event"]
        return [event["data"]["message"]["body"] for event in events if event["kind"] == "message.created"]


class Elsewhere:
    """Another tab of the same visitor, on the other node, that says a word after certain reads of the first.

    Or another browser, in a conversation of both.
    """

    def __init__(
        self,
        world: World,
        other: Desk,
        actor: Actor,
        moments: tuple[int, ...],
        *,
        told: bool,
        reader: Actor | None = None,
        conversation: ConversationId | None = None,
    ) -> None:
        self._desk, self._other, self._actor, self._told = world.desk, other, actor, told
        self._reader, self._conversation = reader or actor, conversation
        self._left = list(moments)
        self._read = world.desk.read
        self._reads = 0
        self.said: list[str] = []

    async def read(self, *args: Any, by: Actor, **kwargs: Any) -> Any:
        done = await self._read(*args, by=by, **kwargs)
        if by.author == self._reader.author:
            self._reads += 1
            await self.speak(self._reads)
        return done

    async def speak(self, moment: int) -> None:
        while self._left and self._left[0] <= moment:
            number = self._left.pop(0)
            word = f"word {len(self.said)} after read {number}"
            self.said.append(word)
            await self._other.run(
                chat.send_as_visitor,
                conversation=self._conversation,
                new_conversation=None if self._conversation else "its-only-one",
                client_id=word,
                body=word,
                by=self._actor,
            )
            if self._told:
                await caught_up(self._desk, self._other, self._actor)


async def caught_up(desk: Desk, other: Desk, actor: Actor) -> None:
    """The first node has been told of all there is."""
    head = await other.head(actor.organisation)
    desk.feed.hint(actor.organisation, head)
    await eventually(lambda: desk.feed.position(actor.organisation) >= head)


async def test_whatever_another_node_commits_between_two_reads_is_heard_once(
    world: World, other: Desk
) -> None:
    moments = combinations_with_replacement(range(MOST_READS), 2)

    for when, told in product(moments, (False, True)):
        token = await world.visitor_token()
        actor, credential = await chat.resolve_visitor(world.desk, token)
        browser = Browser(world, actor, credential)
        await world.hub.join(browser.connection)
        elsewhere = Elsewhere(world, other, actor, when, told=told)
        await elsewhere.speak(0)
        world.desk.read = elsewhere.read  # type: ignore[method-assign]
        await browser.subscribe()
        del world.desk.read
        await elsewhere.speak(MOST_READS)
        await caught_up(world.desk, other, actor)
        world.hub.remove(browser.connection)

        assert browser.said() == elsewhere.said, f"after the reads {when}, this node told at once: {told}"


async def test_T16_what_another_node_takes_up_between_two_reads_is_never_heard(
    world: World, other: Desk
) -> None:
    _, hers, _, maya = await _known(world, "maya")

    for when, told in product(range(MOST_READS), (False, True)):
        token = await world.visitor_token()
        first = await world.visitor(token)
        conversation = ConversationId(await opened(first))
        anonymous = (await first.until(op="ack"))["message"]["customer"]
        await _merge(world, anonymous, maya)
        actor, credential = await chat.resolve_visitor(world.desk, token)
        by, _ = await chat.resolve_visitor(world.desk, hers)
        browser = Browser(world, actor, credential)
        await world.hub.join(browser.connection)
        elsewhere = Elsewhere(
            world, other, by, (when, when), told=told, reader=actor, conversation=conversation
        )
        await elsewhere.speak(0)
        world.desk.read = elsewhere.read  # type: ignore[method-assign]
        await browser.subscribe()
        del world.desk.read
        await elsewhere.speak(MOST_READS)
        await caught_up(world.desk, other, actor)
        world.hub.remove(browser.connection)

        assert browser.said() == ["Hello"], f"after read {when}, this node told at once: {told}"
