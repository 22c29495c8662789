"""Visitors: they write, read, end, log in, and have the shop open in a second tab."""

from __future__ import annotations

import asyncio
import time
from random import Random
from typing import Any

import httpx
import jwt

from proofs.clients import BROKEN, Client
from proofs.frames import Frame
from proofs.history import GaveUp, LoggedIn, LoginRefused

LOGIN_SECONDS = 20
"""A login is not idempotent: whoever gives up on an answer that was only slow loses what they were saying."""
SHARED_IDENTITIES = 5
"""Few enough that some people turn out to be the same one, who has been here before."""


class Visitor(Client):
    """Writes to one conversation after another, and sometimes ends one or reads what was answered."""

    path = "/c/v1/live"

    def __init__(
        self, *args: Any, ends_one_in: int = 400, leaves_one_in: int = 150, reads_one_in: int = 30
    ) -> None:
        super().__init__(*args)
        self._cursors["visitor"] = 0
        self._ends_one_in = ends_one_in
        self._leaves_one_in = leaves_one_in
        """How often it begins another conversation and leaves the last one open, for agents to snooze."""
        self._reads_one_in = reads_one_in
        self._number = 1
        self._conversation: str | None = None
        self._logging_in: asyncio.Task[None] | None = None
        self._is_logging_in = False

    @property
    def unanswered(self) -> list[str]:
        return [*super().unanswered, *([f"{self.name}.login"] if self._is_logging_in else [])]

    def next_send(self) -> Frame:
        if self._conversation is not None:
            return {"conversation": self._conversation, "kind": "message", "attachments": []}
        opening = f"{self.name}/{self._number}"
        return {"conversation": None, "newConversation": opening, "kind": "message", "attachments": []}

    def heard_event(self, frame: Frame) -> None:
        message = frame["event"]["data"].get("message")
        if not isinstance(message, dict) or message["direction"] == "in" or not self.is_talking:
            return
        if self._random.randrange(self._reads_one_in) == 0:
            self._marking_read = asyncio.create_task(self.mark_read(message["conversation"], message["id"]))

    def heard_answer(self, frame: Frame, sent: Frame) -> None:
        is_of_now = sent["conversation"] == self._conversation
        if frame["op"] == "refused":
            # Where a merge is undone, it may have stayed with somebody else.
            if frame["error"]["code"] in ("conversation_ended", "notfound") and is_of_now:
                self._begin_anew()
        elif self._conversation is None and sent.get("newConversation") == f"{self.name}/{self._number}":
            self._conversation = frame["conversation"]
        elif is_of_now and self._random.randrange(self._leaves_one_in) == 0:
            self._begin_anew()
        elif is_of_now and self.is_talking and self._random.randrange(self._ends_one_in) == 0:
            end = {"op": "end", "conversation": frame["conversation"]}
            self._ending = asyncio.create_task(self.say_if_possible(end))

    def log_in(self, widget_key: str, secret: str, after: float) -> None:
        """Some time from now the shop says who this is, in another tab and so at another node."""
        self._logging_in = asyncio.create_task(self._log_in(widget_key, secret, after))

    async def stop(self) -> None:
        await self.end(self._logging_in)
        await super().stop()

    def _begin_anew(self) -> None:
        self._number += 1
        self._conversation = None

    async def _log_in(self, widget_key: str, secret: str, after: float) -> None:
        await asyncio.sleep(after)
        if not self.is_talking:
            return
        self._is_logging_in = True
        identity = _identity_of(self.name, self._random)
        credential = self.token
        async with httpx.AsyncClient(timeout=LOGIN_SECONDS, verify=False) as http:
            while True:
                claims = {"externalId": identity, "iat": int(time.time())}
                body = {"externalToken": jwt.encode(claims, secret, algorithm="HS256")}
                try:
                    answer = await http.post(
                        self.door_other_than(self.node) + "/c/v1/identity",
                        json=body,
                        headers={"Authorization": f"Bearer {credential}"},
                    )
                except BROKEN:
                    self._history.note(LoginRefused(self.name, ""))
                    await asyncio.sleep(self._random.uniform(0.05, 0.3))
                    continue
                if answer.status_code == 200:
                    self._become(answer, identity)
                    self._is_logging_in = False
                    return
                code = answer.json()["errors"][0]["code"]
                self._history.note(LoginRefused(self.name, code))
                # A signature that is not fresh is the fault of a clock that jumped: it will be fresh again.
                if code == "unauthorized" and credential == self.token:
                    # The login before this one was committed, and its answer with the new token lost.
                    credential = widget_key
                await asyncio.sleep(self._random.uniform(0.05, 0.3))

    def _become(self, answer: httpx.Response, identity: str) -> None:
        attributes = answer.json()["data"]["attributes"]
        if attributes["trackingId"] != self.tracking_id:
            # Another author: what this one repeated would be other messages.
            self.drop()
            self._history.note(GaveUp(self.name, tuple(self.outbox)))
            self.outbox.clear()
            self._begin_anew()
        position = int(answer.headers["X-Kithdesk-Position"])
        self._history.note(LoggedIn(self.name, attributes["customerId"], position, identity))
        self.token, self.tracking_id = attributes["token"], attributes["trackingId"]

    tracking_id = ""
    """Whom this browser's client ids belong to."""


class Tab(Client):
    """The same visitor's other tab: it only listens, with whatever token the first one has now, and at another node."""

    path = "/c/v1/live"

    def __init__(self, visitor: Visitor, *args: Any) -> None:
        self._visitor = visitor
        super().__init__(f"{visitor.name}+tab", args[0], visitor.token, *args[1:])
        self._cursors["visitor"] = 0

    @property
    def door(self) -> str:
        return self.door_other_than(self._visitor.node)

    @property
    def token(self) -> str:
        return self._visitor.token

    @token.setter
    def token(self, _token: str) -> None:
        """It has none of its own."""

    def next_send(self) -> None:
        return None


def _identity_of(name: str, random: Random) -> str:
    return f"shared{random.randrange(SHARED_IDENTITIES)}" if random.random() < 0.4 else f"customer-{name}"
