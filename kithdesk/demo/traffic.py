"""A working day at a running desk, played in minutes: customers come by a day's curve, agents serve them.

What is played depends on the seed; what becomes of it is the server's doing. Whoever has the demo's console open is an
agent like the others, and what is given to them waits for them.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import httpx
import jwt
import msgspec

from kithdesk.core.clock import SECOND
from kithdesk.demo.played_agent import Agent
from kithdesk.demo.players import Shopper, Stage
from kithdesk.demo.seed_words import FIRST_NAMES, LAST_NAMES
from kithdesk.demo.short_talks import TALKS, Talk

HOUR = 3_600.0
BEGINS = 9 * HOUR
"""The time of day at which it begins, in seconds."""
_CURVE = (0.6, 1.2, 1.5, 1.2, 0.7, 0.8, 1.2, 1.1, 0.7)
"""How many come at a time of the day, from its beginning to its end."""
_PATIENCE = (1_200.0, 3_600.0)
_LAST_SECONDS = 15.0
"""Real ones, in which what is begun may come to its end."""

Progress = Callable[[str], None]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """`hours` of a day in so many `minutes`; `rate`: how many customers come in an hour of it."""

    minutes: float = 10
    hours: float = 8
    rate: float = 90
    seed: int = 1


class Doors(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What `let_in` answers."""

    organisation: str
    url: str
    widget_key: str
    identity_secret: str
    api_key: str
    agents: list[dict[str, str]]

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Doors:
        return msgspec.convert(answer, cls)


class ServerAway(Exception):
    """Nobody answers at the address."""


def arrivals(plan: Plan, dice: Random) -> list[float]:
    """When customers come, in seconds of the day from its beginning."""
    length = plan.hours * HOUR
    most = max(_CURVE)
    found = []
    for _ in range(round(plan.rate * plan.hours)):
        while True:
            share = dice.random()
            place = share * (len(_CURVE) - 1)
            before = int(place)
            height = _CURVE[before] + (_CURVE[min(before + 1, len(_CURVE) - 1)] - _CURVE[before]) * (
                place - before
            )
            if dice.random() * most <= height:
                found.append(share * length)
                break
    return sorted(found)


async def play(doors: Doors, plan: Plan, tell: Progress) -> dict[str, int]:
    """Plays it to its end. Cancelled, it ends at once and as well. Raises `ServerAway`."""
    async with httpx.AsyncClient(timeout=20) as http:
        stage = Stage(doors.url, http, Random(plan.seed), plan.hours * 60 / plan.minutes)
        try:
            agents = [await _sign_in(stage, one) for one in doors.agents]
        except httpx.HTTPError as problem:
            raise ServerAway(f"nobody serves at {doors.url}: {problem}") from None
        day = _Day(doors, plan, stage, agents)
        try:
            await day.play(tell)
        finally:
            # Also when it is cancelled: nobody is left available who answers nothing.
            await asyncio.shield(asyncio.create_task(day.end()))
    return stage.told


async def _sign_in(stage: Stage, one: dict[str, str]) -> Agent:
    session = await stage.ask("POST", "/v1/auth/links", None, {"token": one["link"]})
    token = session["attributes"]["token"]
    queues = await stage.ask("GET", "/v1/routing/queues?pageSize=10", token)
    return Agent(stage, token, one["id"], one["name"], [queue["id"] for queue in queues])


class _Day:
    def __init__(self, doors: Doors, plan: Plan, stage: Stage, agents: Sequence[Agent]) -> None:
        self._doors, self._plan, self._stage, self._agents = doors, plan, stage, agents
        self._shoppers: dict[asyncio.Task[None], Shopper | None] = {}
        self._staff: list[asyncio.Task[None]] = []
        self._began = time.monotonic()

    @property
    def clock(self) -> float:
        """Seconds of the day since its beginning."""
        return (time.monotonic() - self._began) * self._stage.pace

    async def play(self, tell: Progress) -> None:
        for number, agent in enumerate(self._agents):
            self._staff += [
                asyncio.create_task(agent.live()),
                asyncio.create_task(agent.work()),
                asyncio.create_task(self._breaks(agent, number)),
            ]
        telling = asyncio.create_task(self._tell(tell))
        try:
            for number, at in enumerate(arrivals(self._plan, self._stage.dice)):
                await asyncio.sleep(max(0.0, at - self.clock) / self._stage.pace)
                self._come(number)
            if self._shoppers:
                await asyncio.wait(self._shoppers, timeout=_LAST_SECONDS)
        finally:
            telling.cancel()
            tell(self._words())

    async def end(self) -> None:
        """Customers go, nothing of theirs stays open, and agents go offline."""
        for task, shopper in self._shoppers.items():
            if shopper is None:
                task.cancel()
        for _ in range(30):  # what was begun a moment ago is known to be open only when its answer is here
            if all(one is None or one.conversation is not None for one in self._shoppers.values()):
                break
            await asyncio.sleep(0.1)
        for task in (*self._shoppers, *self._staff):
            task.cancel()
        await asyncio.gather(*self._shoppers, *self._staff, return_exceptions=True)
        await self._agents[0].tidy()
        await asyncio.gather(*(agent.go_home() for agent in self._agents), return_exceptions=True)

    def _come(self, number: int) -> None:
        task = asyncio.create_task(self._be_a_customer(number))
        self._shoppers[task] = None
        task.add_done_callback(lambda done: self._shoppers.pop(done, None))

    async def _be_a_customer(self, number: int) -> None:
        stage, dice = self._stage, Random(f"{self._plan.seed} {number}")
        talk = dice.choice(TALKS)
        try:
            token = await self._enter(dice, number, talk)
        except httpx.HTTPError:
            stage.tell("turnedAway")
            return
        shopper = Shopper(stage, token, talk, _context(self._doors.url, talk))
        task = asyncio.current_task()
        assert task is not None
        self._shoppers[task] = shopper
        await shopper.shop(dice.uniform(*_PATIENCE))

    async def _enter(self, dice: Random, number: int, talk: Talk) -> str:
        """A visitor's token; of half of them the shop says who they are, of whom some have bought a lot."""
        stage = self._stage
        made = await stage.ask("POST", "/c/v1/tracking/tokens", self._doors.widget_key)
        token: str = made["attributes"]["token"]
        if dice.random() < 0.5:
            return token
        first, last = dice.choice(FIRST_NAMES), dice.choice(LAST_NAMES)
        claims = {
            "externalId": f"traffic-{self._plan.seed}-{number}",
            "name": f"{first} {last}",
            "iat": stage.clock.now() // SECOND,
            "spentNum": dice.choice((18, 45, 85, 210, 340, 615)),
        }
        proof = jwt.encode(claims, self._doors.identity_secret, algorithm="HS256")
        login = await stage.ask("POST", "/c/v1/identity", token, {"externalToken": proof})
        with contextlib.suppress(httpx.HTTPError):  # what an organisation other than the demo may not have
            await self._put_on_record(dice, number, talk, login["attributes"]["customerId"])
        return str(login["attributes"]["token"])

    async def _put_on_record(self, dice: Random, number: int, talk: Talk, customer: str) -> None:
        """What the shop's own systems know: a language, an order."""
        program = self._doors.api_key
        if talk.language != "en":
            language = {"defaultLang": talk.language}
            await self._stage.ask("PATCH", f"/v1/customers/{customer}", program, language)
        if talk.page[0] == "account":
            order = f"T{self._plan.seed}-{number}"
            custom = {
                "orderNumberStr": order,
                "statusStr": dice.choice(("Being packed", "Sent", "Delivered")),
            }
            body = {"title": f"Order {order}", "customer": customer, "custom": custom}
            await self._stage.ask("PUT", f"/v1/klasses/order/externalId={order}", program, body)

    async def _breaks(self, agent: Agent, number: int) -> None:
        """Lunch, one after another, and a moment of their own now and then."""
        stage, length = self._stage, self._plan.hours * HOUR
        lunch, short = length / 16, length / 90
        at_lunch = length * (0.4 + 0.25 * number / len(self._agents))
        while True:
            if self.clock < at_lunch < self.clock + lunch:
                await asyncio.sleep((at_lunch - self.clock) / stage.pace)
                await agent.is_now("unavailable", "Lunch")
                await stage.pause(0.8 * lunch, 1.2 * lunch)
                await agent.is_now("available")
            await stage.pause(0.7 * lunch, lunch)
            if stage.dice.random() < 0.3:
                await agent.is_now("busy")
                await stage.pause(short, 2 * short)
                await agent.is_now("available")

    async def _tell(self, tell: Progress) -> None:
        while True:
            tell(self._words())
            await asyncio.sleep(1)

    def _words(self) -> str:
        minutes = int(BEGINS + self.clock) // 60
        told = self._stage.told
        served = [one for one in self._shoppers.values() if one is not None and _is_served(one, self._agents)]
        waiting = len(self._shoppers) - len(served)
        return (
            f"{minutes // 60 % 24:02d}:{minutes % 60:02d}  {told['opened']} came, {waiting} wait,"
            f" {len(served)} are served, {told['served']} done, {told['left']} left"
        )


def _is_served(shopper: Shopper, agents: Sequence[Agent]) -> bool:
    return any(shopper.conversation in agent.mine for agent in agents)


def _context(url: str, talk: Talk) -> dict[str, Any]:
    path, title = talk.page
    shop = f"{url}/shop/"
    return {
        "pages": [{"url": shop, "title": "Birch & Burrow"}, {"url": shop + path, "title": title}],
        "language": "de-DE" if talk.language == "de" else "en-GB",
        "timeZone": "Europe/Berlin" if talk.language == "de" else "Europe/London",
    }
