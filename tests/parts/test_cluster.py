"""Two nodes in processes of their own, over a real bus and behind a balancer: who is on one hears the other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from statistics import median

import httpx
import pytest
import websockets

from parts.cluster import Cluster
from parts.cluster.commands import UnknownWords, obey, parts_of
from parts.cluster.screen import Screen
from tests.databases import QUICK
from tests.live.conftest import Client, opened

pytestmark = pytest.mark.anyio

WITHIN_SECONDS = 5


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster(nodes=2, workers=1, environment={"KITHDESK_LIMITS": "off"}, postgres=QUICK) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def made(cluster: Cluster) -> dict[str, str]:
    """An organisation's `apiKey` and the `key` of its widget."""
    answer = json.loads(
        cluster.run("init", "--org", "Acme", "--email", "admin@acme.test", "--rotate", "--json")
    )
    return {"apiKey": answer["apiKey"], "key": answer["widget"]["key"]}


@asynccontextmanager
async def connected(url: str, path: str, token: str, topic: str) -> AsyncIterator[Client]:
    async with websockets.connect(url.replace("http", "ws", 1) + path, compression=None) as socket:
        client = Client(socket)
        await client.say(op="hello", token=token, client="test/1")
        await client.until(op="welcome")
        await client.say(op="subscribe", topic=topic, after=0)
        await client.until(op="subscribed", topic=topic)
        yield client


async def visitor_token(url: str, key: str) -> str:
    async with httpx.AsyncClient(base_url=url) as http:
        answer = await http.post("/c/v1/tracking/tokens", headers={"Authorization": f"Bearer {key}"})
    token: str = answer.raise_for_status().json()["data"]["attributes"]["token"]
    return token


async def seconds_across(writer: Client, reader: Client, words: str) -> float:
    """What a message takes from one to the other; in the middle of three, whatever else the machine does."""
    return median([await _once_across(writer, reader, f"{words} {number}") for number in range(3)])


async def _once_across(writer: Client, reader: Client, body: str) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    conversation = writer.events("visitor")[0]["event"]["data"]["conversation"]["id"]
    ack = await writer.answer(op="send", id=body, conversation=conversation, body=body)
    await reader.until(op="event", position=ack["position"])
    return loop.time() - began


async def test_messages_cross_between_nodes_with_the_bus_and_without(
    cluster: Cluster, made: dict[str, str]
) -> None:
    token = await visitor_token(cluster.urls[0], made["key"])
    async with (
        connected(cluster.urls[0], "/c/v1/live", token, "visitor") as visitor,
        connected(cluster.urls[1], "/v1/live", made["apiKey"], "inbox") as agent,
    ):
        await opened(visitor)
        await visitor.until(op="event", topic="visitor")

        assert await seconds_across(visitor, agent, "with the bus") < WITHIN_SECONDS
        cluster.bus.kill()
        assert await seconds_across(visitor, agent, "without") < WITHIN_SECONDS
    cluster.bus.start()


async def test_a_node_dies_in_mid_sentence_and_nothing_is_lost_or_twice(
    cluster: Cluster, made: dict[str, str]
) -> None:
    token = await visitor_token(cluster.url, made["key"])
    said = [f"m{number}" for number in range(50)]
    async with connected(cluster.urls[1], "/v1/live", made["apiKey"], "inbox") as agent:
        async with connected(cluster.urls[0], "/c/v1/live", token, "visitor") as visitor:
            conversation = await opened(visitor)
            for id in said:
                await visitor.say(op="send", id=id, conversation=conversation, body=id)
            await visitor.until(op="ack", id=said[5])
            cluster.nodes[0].kill()

        async with connected(cluster.url, "/c/v1/live", token, "visitor") as visitor:
            for id in said:
                ack = await visitor.answer(op="send", id=id, conversation=conversation, body=id)
                assert ack["op"] == "ack", ack
            last = await visitor.until(op="ack", id=said[-1])
        await agent.until(op="event", topic="inbox", position=last["position"])
        await agent.say(op="subscribe", topic=f"conversation:{conversation}", after=0)
        await agent.until(op="subscribed", topic=f"conversation:{conversation}")
        assert agent.bodies(f"conversation:{conversation}") == ["Hello", *said]
    cluster.nodes[0].start()


@pytest.mark.long
def test_each_part_is_stopped_and_started_by_its_name(cluster: Cluster) -> None:
    for name in ("bus", "store", "database", "node1"):
        obey(cluster, ["stop", name])
        assert not parts_of(cluster)[name].is_running, name

        assert obey(cluster, ["start", name]) == [name]
        assert parts_of(cluster)[name].is_running, name


def test_what_a_cluster_does_not_know_is_answered_with_what_it_knows(cluster: Cluster) -> None:
    with pytest.raises(UnknownWords, match="restart"):
        obey(cluster, ["destroy", "node1"])
    with pytest.raises(UnknownWords, match="worker1"):
        obey(cluster, ["stop", "node7"])
    with pytest.raises(UnknownWords, match="cannot be frozen"):
        obey(cluster, ["freeze", "database"])


@pytest.mark.long
def test_who_goes_by_itself_is_named_with_the_way_back(
    cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Screen()
    screen.expect(cluster)
    cluster.nodes[0].kill()

    screen.watch(cluster)
    screen.watch(cluster)
    cluster.nodes[0].start()

    assert capsys.readouterr().out.count("node1 has gone; `start node1` brings it back") == 1


@pytest.mark.long
async def test_a_node_that_is_restarted_sends_its_people_elsewhere(
    cluster: Cluster, made: dict[str, str]
) -> None:
    token = await visitor_token(cluster.url, made["key"])
    async with connected(cluster.urls[0], "/c/v1/live", token, "visitor") as visitor:
        cluster.nodes[0].ask_to_stop()
        assert (await visitor.until(op="goodbye"))["op"] == "goodbye"
        assert await visitor.closed() == 1012

    async with connected(cluster.url, "/c/v1/live", token, "visitor") as visitor:
        await opened(visitor)
    assert cluster.nodes[0].wait() == 0
    cluster.nodes[0].start()
