"""Agents: they answer, note, follow what they look at, hand over, snooze, close, and look things up."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from proofs.clients import BROKEN, Client
from proofs.following import TRY_AGAIN, UNSAID
from proofs.frames import Frame
from proofs.history import AnyRecord, Changed, ChangeRefused, Changing, Looking, Saw, WentHome

FOLLOWED_AT_ONCE = 5
HANDS = 3
"""How many things an agent does over HTTP at once, as somebody with several windows would."""
_CHANGES = ("assign", "assign", "queue", "snooze", "snooze", "done", "open", "end")


class Agent(Client):
    """Answers whoever wrote lately, mostly those that somebody has, and notes something now and then."""

    path = "/v1/live"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.is_available = True
        self.busy_seconds = (0, 0.1)
        """How long from one thing done over HTTP to the next."""
        self.snooze_seconds = (1.0, 4.0)
        self.colleagues: Sequence[str] = ()
        """User ids of those to whom work may be handed over."""
        self._cursors["inbox"] = None
        self._known: list[str] = []
        self._assigned: list[str] = []
        self._topics: set[str] = set()
        """`customer:…` and `queue:…` that there is something to hear on."""
        self._following: list[str] = []
        self._left: set[str] = set()
        """Not followed again on this socket: what was on its way would look like a repeat."""
        self._changing: set[str] = set()
        self._hands: list[asyncio.Task[None]] = []

    def start(self) -> None:
        super().start()
        self._hands = [asyncio.create_task(self._keep_busy()) for _ in range(HANDS)]

    async def stop(self) -> None:
        for hand in self._hands:
            await self.end(hand)
        await super().stop()

    async def go_home(self) -> None:
        """Finishes what is at hand, and closes for good."""
        self.is_talking = False
        while self.unanswered:  # noqa: ASYNC110 - answers come by sockets and by HTTP
            await asyncio.sleep(0.1)
        await self.stop()
        self._history.note(WentHome(self.name))

    @property
    def unanswered(self) -> list[str]:
        return [*super().unanswered, *self._changing]

    async def greet(self) -> None:
        self._left.clear()
        if self.is_available:
            await self.say({"op": "presence", "status": "available"})

    def next_send(self) -> Frame | None:
        if not self._known:
            return None
        kind = "note" if self._random.random() < 0.25 else "message"
        # Who answers what waits has it, whatever their capacity: done seldom, or nothing would ever wait.
        some = self._assigned if self._assigned and self._random.random() < 0.98 else self._known
        return {"conversation": self._random.choice(some), "kind": kind, "attachments": []}

    def heard_event(self, frame: Frame) -> None:
        data = frame["event"]["data"]
        if frame["event"]["kind"] == "conversation.assigned":
            self._topics.add(f"queue:{data['queue']}")
            self._assigned = [one for one in self._assigned if one != data["conversation"]][-40:]
            if data["assignedUsers"]:
                self._assigned.append(data["conversation"])
        message = data.get("message")
        if not isinstance(message, dict) or message["direction"] != "in":
            return
        self._topics.add(f"customer:{message['customer']}")
        if message["conversation"] not in self._known:
            self._known = [*self._known[-40:], message["conversation"]]
        if self.is_talking and self._random.randrange(60) == 0:
            self._marking_read = asyncio.create_task(self.mark_read(message["conversation"], message["id"]))

    def heard_answer(self, frame: Frame, sent: Frame) -> None:
        if frame["op"] == "refused":
            self._known = [one for one in self._known if one != sent["conversation"]]
            self._assigned = [one for one in self._assigned if one != sent["conversation"]]

    def lost_topic(self, topic: str) -> None:
        self._topics.discard(topic)
        self._following = [one for one in self._following if one != topic]

    async def _keep_busy(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(headers=headers, timeout=5, verify=False) as http:
            while self.is_talking:
                await asyncio.sleep(self._random.uniform(*self.busy_seconds))
                if not self._known:
                    continue
                await self._do_something(http)

    async def _do_something(self, http: httpx.AsyncClient) -> None:
        chance = self._random.random()
        if chance < 0.35:
            await self._follow_something()
        elif chance < 0.6:
            await self._look(http)
        else:
            await self._change(http)

    async def _follow_something(self) -> None:
        """Opens another screen, and closes the one that was open longest."""
        if not self.is_at_home:
            return
        others = [f"conversation:{one}" for one in self._known[-20:]] + sorted(self._topics)[-20:]
        topic = self._random.choice(others)
        with contextlib.suppress(*UNSAID):
            oldest = self._following[0] if self._following else None
            if len(self._following) >= FOLLOWED_AT_ONCE and oldest in self._answered:
                self._left.add(self._following.pop(0))
                await self.unsubscribe(str(oldest))
            if topic in self._left or topic in self._following or len(self._following) >= FOLLOWED_AT_ONCE:
                return
            self._following.append(topic)
            # Queues are long: whoever follows one begins with now.
            is_from_start = self._random.random() < 0.7 and not topic.startswith("queue:")
            await self.subscribe(topic, 0 if is_from_start else None)

    async def _look(self, http: httpx.AsyncClient) -> None:
        conversation, key = self._random.choice(self._known), self._next_key()
        self._history.note(Looking(self.name, key, conversation))
        try:
            answer = await http.get(f"{self.door}/v1/conversations/{conversation}")
        except BROKEN:
            return
        if answer.status_code == 200:
            attributes = answer.json()["data"]["attributes"]
            held = tuple(attributes["assignedUsers"])
            self._history.note(Saw(self.name, key, held, attributes["status"], position_of(answer)))

    async def _change(self, http: httpx.AsyncClient) -> None:
        what, value, body = self._wish()
        conversation, key = self._random.choice(self._assigned or self._known), self._next_key()
        answer = await self.insist(
            http,
            ("PATCH", f"/v1/conversations/{conversation}", body),
            key,
            lambda again: Changing(self.name, key, what, conversation, value, again),
        )
        if answer is not None:
            self._history.note(Changed(self.name, key, position_of(answer)))

    async def insist(
        self,
        http: httpx.AsyncClient,
        request: tuple[str, str, Frame],
        key: str,
        asking: Callable[[bool], AnyRecord],
    ) -> httpx.Response | None:
        """Repeats a request with its key until there is an answer. None, and noted, where it is refused."""
        method, path, body = request
        self._changing.add(key)
        again = False
        try:
            while True:
                self._history.note(asking(again))
                again = True
                with contextlib.suppress(*BROKEN, ValueError):
                    headers = {"Idempotency-Key": key}
                    answer = await http.request(method, self.door + path, json=body, headers=headers)
                    if answer.is_success:
                        return answer
                    code = answer.json()["errors"][0]["code"]
                    if code not in TRY_AGAIN:
                        self._history.note(ChangeRefused(self.name, key, code))
                        return None
                await asyncio.sleep(self._random.uniform(0.05, 0.3))
        finally:
            self._changing.discard(key)

    def _wish(self) -> tuple[str, tuple[str, ...], Frame]:
        """What is to be done, as the rules compare it and as the API takes it."""
        what = self._random.choice(_CHANGES)
        queues = sorted(topic.removeprefix("queue:") for topic in self._topics if topic.startswith("queue:"))
        if what == "queue" and queues:
            queue = self._random.choice(queues)
            return what, (queue,), {"queue": queue}
        if what == "snooze":
            until = time.time() + self._random.uniform(*self.snooze_seconds)
            text = datetime.fromtimestamp(until, UTC).isoformat(timespec="milliseconds")
            return what, (text,), {"status": "snoozed", "snooze": {"time": text.replace("+00:00", "Z")}}
        if what in ("done", "open"):
            return what, (), {"status": what}
        if what == "end" and self._random.random() < 0.1:
            return what, (), {"ended": True}
        colleague = self._random.choice(self.colleagues)
        return "assign", (colleague,), {"assignedUsers": [colleague]}

    def _next_key(self) -> str:
        self._sent += 1
        return f"{self.name}.k{self._sent}"


def position_of(answer: httpx.Response) -> int:
    """Up to where the answer covers the journal."""
    return int(answer.headers["X-Kithdesk-Position"])
