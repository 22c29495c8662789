"""An agent who is played: one thing after another, as somebody with two hands does it."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import NamedTuple

import httpx

from kithdesk.core.clock import SECOND, Instant, iso
from kithdesk.demo.players import Frame, Matter, Player, Stage


class Task(NamedTuple):
    """What an agent has to do for a conversation."""

    conversation: str
    what: str


class Agent(Player):
    """Accepts, answers one after another, and now and then snoozes, transfers, declines, or lets an offer pass."""

    path = "/v1/live"
    topic = "inbox"

    def __init__(self, stage: Stage, token: str, user: str, name: str, queues: list[str]) -> None:
        super().__init__(stage, token, None)
        self.user, self.name = user, name
        self.status = "available"
        self.reason: str | None = None
        self.mine: set[str] = set()
        self._queues = queues
        self._todo: deque[Task] = deque()
        self._has_todo = asyncio.Event()
        self._answering: set[asyncio.Task[None]] = set()
        stage.watching.append(self._look_at)

    async def greet(self) -> None:
        await self.is_now(self.status, self.reason)

    async def is_now(self, status: str, reason: str | None = None) -> None:
        self.status, self.reason = status, reason
        await self.put({"op": "presence", "status": status, "reason": reason})

    async def hear(self, kind: str, data: Frame) -> None:
        conversation = data.get("conversation")
        match kind:
            case "work.offered" if data["user"] == self.user:
                answering = asyncio.create_task(self._answer_offer(data["item"]))
                self._answering.add(answering)
                answering.add_done_callback(self._answering.discard)
            case "conversation.assigned":
                self._has(str(conversation), any(one["id"] == self.user for one in data["assignedUsers"]))
            case "message.created" if data["message"]["direction"] == "in":
                self._look_at(data["message"]["conversation"])
            case "conversation.updated" if "status" in data["changes"]:
                self._look_at(str(conversation))
            case "agent.status_changed" if data["user"] == self.user and data["reason"] == "missed_offer":
                self.stage.tell("missed")
                await self.stage.pause(30, 120)
                await self.is_now(self.status, self.reason)
            case _:
                pass

    def _has(self, conversation: str, is_mine: bool) -> None:
        if is_mine:
            self.mine.add(conversation)
            self._look_at(conversation)
        else:
            self.mine.discard(conversation)

    def _look_at(self, conversation: str) -> None:
        """Whether there is something to do for it."""
        matter = self.stage.matters.get(conversation)
        if conversation not in self.mine or matter is None or matter.is_closed:
            return
        if matter.is_over or not matter.is_answered:
            task = Task(conversation, "close" if matter.is_over else "answer")
            if task not in self._todo:
                self._todo.append(task)
                self._has_todo.set()

    async def work(self) -> None:
        """One thing after another, until cancelled."""
        while True:
            while not self._todo:
                self._has_todo.clear()
                await self._has_todo.wait()
            conversation, what = self._todo.popleft()
            await self.stage.pause(25, 100)
            matter = self.stage.matters[conversation]
            if conversation not in self.mine or matter.is_closed:
                continue
            with contextlib.suppress(httpx.HTTPError):  # somebody was quicker
                if what == "close":
                    await self.close(conversation)
                else:
                    await self._answer(conversation, matter)

    async def _answer(self, conversation: str, matter: Matter) -> None:
        chance = self.stage.dice.random()
        if matter.is_answered:
            return
        if matter.said == 1 and chance < 0.03 and await self._transfer(conversation):
            self.stage.tell("transferred")
        elif matter.said > 1 and chance < 0.05:
            await self._snooze(conversation)
        else:
            line = matter.next_line
            matter.said += 1
            await self.say(line, conversation=conversation)

    async def _transfer(self, conversation: str) -> bool:
        """Whether it could be given on."""
        body = {"queue": self.stage.dice.choice(self._queues), "reason": "You know more of this than I do."}
        path = f"/v1/routing/conversations/{conversation}/transfers"
        try:
            await self.stage.ask("POST", path, self.token, body)
        except httpx.HTTPError:
            return False
        return True

    async def _snooze(self, conversation: str) -> None:
        seconds = max(2.0, self.stage.dice.uniform(600, 1_800) / self.stage.pace)
        until = Instant(self.stage.clock.now() + round(seconds * SECOND))
        await self._change(conversation, {"status": "snoozed", "snooze": {"time": iso(until)}})
        self.stage.tell("snoozed")

    async def close(self, conversation: str) -> None:
        await self._change(conversation, {"status": "done"})
        self.stage.matters[conversation].is_closed = True
        self.stage.open.discard(conversation)
        self.stage.tell("served")

    async def _change(self, conversation: str, body: Frame) -> None:
        await self.stage.ask("PATCH", f"/v1/conversations/{conversation}", self.token, body)

    async def _answer_offer(self, item: str) -> None:
        chance = self.stage.dice.random()
        if chance < 0.02:
            return
        await asyncio.sleep(self.stage.dice.uniform(0.5, 4.0))  # a countdown runs by real seconds
        what = "decline" if chance < 0.07 else "accept"
        with contextlib.suppress(httpx.HTTPError):
            await self.stage.ask("POST", f"/v1/routing/work-items/{item}/{what}", self.token)
            self.stage.tell("declined" if what == "decline" else "accepted")

    async def tidy(self) -> None:
        """What is made up and still open is closed by somebody in the end, whoever had it."""
        for conversation in sorted(self.stage.open):
            with contextlib.suppress(httpx.HTTPError):
                await self._change(conversation, {"status": "done"})

    async def go_home(self) -> None:
        """Says so, and signs out."""
        with contextlib.suppress(httpx.HTTPError):
            path = f"/v1/routing/users/{self.user}/status"
            await self.stage.ask("PUT", path, self.token, {"status": "offline"})
        with contextlib.suppress(httpx.HTTPError):
            await self.stage.ask("DELETE", "/v1/auth/tokens/current", self.token)
