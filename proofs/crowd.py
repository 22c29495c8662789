"""Who talks in an attack: agents, visitors, their other tabs, and the clock on the wall."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from random import Random

from proofs.agents import Agent
from proofs.attack import Attack
from proofs.clients import Client
from proofs.deployment import Deployment
from proofs.fallback import FallbackVisitor
from proofs.history import History, Moment
from proofs.mergers import Merger
from proofs.people import People
from proofs.visitors import Tab, Visitor


@contextlib.asynccontextmanager
async def talking(
    attack: Attack, people: People, deployment: Deployment, history: History, random: Random
) -> AsyncIterator[list[Client]]:
    """Everybody at their socket, until the block is left."""
    # Agents come first: a server that is busy with visitors lets nobody in quickly.
    clients = [
        *_agents(attack, people, deployment, history, random),
        *_visitors(attack, people, deployment, history, random),
    ]
    beside = [asyncio.create_task(_keep_time(history))]
    for client in clients:
        client.start()
    if attack.sends_home:
        leaving = [client for client in clients if isinstance(client, Agent)][-1]
        beside.append(asyncio.create_task(_send_home(leaving, random.uniform(1, 5))))
    try:
        yield clients
    finally:
        await asyncio.gather(*(client.stop() for client in clients))
        for task in beside:
            await Client.end(task)


async def _keep_time(history: History) -> None:
    while True:
        history.note(Moment(round(time.time() * 1000)))
        await asyncio.sleep(0.1)


async def _send_home(agent: Agent, after: float) -> None:
    await asyncio.sleep(after)
    await agent.go_home()


def _agents(
    attack: Attack, people: People, deployment: Deployment, history: History, random: Random
) -> Iterator[Client]:
    for number, token in enumerate(people.agent_tokens[: attack.agents]):
        own = Random(random.random())
        kind = Merger if attack.has_merges else Agent
        agent = kind(f"agent{number}", deployment.doors, token, history, own, 2 * attack.in_flight)
        agent.snooze_seconds = attack.snooze_seconds
        agent.colleagues = people.agents[: attack.agents]
        # One never becomes available: that agent must be given nothing.
        agent.is_available = number != 1
        yield agent


def _visitors(
    attack: Attack, people: People, deployment: Deployment, history: History, random: Random
) -> Iterator[Client]:
    for number, browser in enumerate(people.browsers[: attack.visitors]):
        # One in ten sits behind a network that lets no WebSocket through.
        kind = FallbackVisitor if number % 10 == 9 else Visitor
        own = Random(random.random())
        visitor = kind(f"visitor{number}", deployment.doors, browser.token, history, own, attack.in_flight)
        visitor.tracking_id = browser.tracking_id
        if number % 4 == 1 or (attack.has_merges and number % 4 == 3):
            visitor.log_in(people.widget_key, people.identity_secret, after=random.uniform(0.5, 8))
        yield visitor
        if number % (8 if attack.nodes == 1 else 3) == 1:
            yield Tab(visitor, deployment.doors, history, Random(random.random()), attack.in_flight)
