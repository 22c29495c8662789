"""The floor of durable messages on PostgreSQL: bare lanes, on the same bare application as `floor_server`.

As many lanes as the product has, each with one connection and the organisations that fall to it. A lane takes what
waits, up to 256 messages, locks the heads of their organisations, runs each message in its savepoint, numbers and
journals them, commits once, and only then answers. Only the head and the message's repeat are waited for; everything
else goes out with what comes next.

    python -m bench.floor_lanes --port 8099 --database URL
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import time
from collections import defaultdict, deque
from typing import Any

import msgspec
import psycopg

from bench import schema
from bench.floor_pipe import Pipe
from bench.floor_server import Answer, FloorServer, Socket, answer, live_message, serve, tell

LANES = 4
ORGANISATIONS = 16
BATCH = 256

_encode = msgspec.json.Encoder().encode
_ids = itertools.count(time.time_ns() << 16)

Written = tuple[Socket, dict[str, Any], str, str, dict[str, Any]]
"""Whose, the frame, its conversation, its event, and the message."""


class Desk:
    """The lanes, and the agents of each organisation."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lanes = [Lane(self) for _ in range(LANES)]
        self.agents: dict[str, set[Socket]] = defaultdict(set)

    async def run(self) -> None:
        await asyncio.gather(*(lane.run(self._url) for lane in self._lanes))

    def put(self, socket: Socket, frame: dict[str, Any]) -> None:
        self._lanes[int(socket.organisation, 16) % LANES].put(socket, frame)

    def welcome(self, socket: Socket, token: str) -> None:
        """A token is a number, which says the organisation too."""
        socket.author = socket.customer = token
        socket.organisation = f"{int(token, 16) // 2 % ORGANISATIONS:024x}"

    def join(self, agent: Socket) -> None:
        self.agents[agent.organisation].add(agent)

    def leave(self, socket: Socket) -> None:
        self.agents[socket.organisation].discard(socket)


class Lane:
    """One connection, and what waits for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._queue: deque[tuple[Socket, dict[str, Any]]] = deque()
        self._wake = asyncio.Event()
        self._pipe: Pipe

    def put(self, socket: Socket, frame: dict[str, Any]) -> None:
        self._queue.append((socket, frame))
        self._wake.set()

    async def run(self, url: str) -> None:
        self._pipe = await Pipe.open(url)
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                batch = [self._queue.popleft() for _ in range(min(len(self._queue), BATCH))]
                for one in await self._commit(batch):
                    await tell(one, self._desk.agents[one.socket.organisation])

    async def _commit(self, batch: list[tuple[Socket, dict[str, Any]]]) -> list[Answer]:
        pipe = self._pipe
        organisations = sorted({socket.organisation for socket, _ in batch})
        pipe.say("BEGIN")
        places = ", ".join("?" for _ in organisations)
        locked = await pipe.ask(schema.LOCK_HEADS.format(places), organisations)
        heads = {str(name, "ascii"): int(position) for name, position in locked if name and position}
        now = time.time_ns() // 1_000_000
        written: list[Written] = []
        for socket, frame in batch:
            pipe.say("SAVEPOINT command")
            written.append(await self._write(socket, frame, now))
            pipe.say("RELEASE command")
        answers = self._number(written, heads, now)
        await pipe.ask("COMMIT")
        return answers

    async def _write(self, socket: Socket, frame: dict[str, Any], now: int) -> Written:
        pipe, organisation, customer = self._pipe, socket.organisation, socket.customer
        client_id, body = frame["id"], frame["body"]
        conversation = frame["conversation"] or self._open(socket, now)
        await pipe.ask(schema.FIND_BY_CLIENT_ID, (organisation, conversation, customer, client_id))
        identity, event = _new_id(), _new_id()
        socket.number += 1
        place = (organisation, identity, conversation, socket.number)
        pipe.say(schema.INSERT_MESSAGE, (*place, body, customer, client_id, now, customer, event))
        values = {
            "organisation": organisation,
            "conversation": conversation,
            "customer": customer,
            "id": identity,
            "at": now,
            "preview": body[:140],
        }
        for statement, names in (_UPDATE_CONVERSATION, _UPDATE_CUSTOMER):
            pipe.say(statement, [values[name] for name in names])
        return socket, frame, conversation, event, live_message(socket, frame, identity, conversation, now)

    def _open(self, socket: Socket, now: int) -> str:
        conversation, organisation = _new_id(), socket.organisation
        self._pipe.say(schema.INSERT_CUSTOMER, (organisation, socket.customer, now, now, now))
        row = schema.opened(organisation, conversation, socket.customer, socket.author, now)
        self._pipe.say(schema.insert_into("conversations", row, "?"), list(row.values()))
        return conversation

    def _number(self, written: list[Written], heads: dict[str, int], now: int) -> list[Answer]:
        """Positions, journal and heads. The answers are complete, and nothing was sent before the commit."""
        answers, personal, ends = [], [], {}
        for socket, frame, conversation, event, message in written:
            organisation, customer = socket.organisation, socket.customer
            position = heads[organisation] = heads[organisation] + 1
            ends[organisation] = event
            facts = schema.facts_of(conversation, customer, message["id"], frame["id"], socket.number)
            who = (customer, conversation, customer, socket.author)
            self._pipe.say(schema.INSERT_JOURNAL, (organisation, position, event, *who, now, facts))
            words = _encode({"body": frame["body"], "attachments": []}).decode()
            personal.append((organisation, position, words))
            answers.append(answer(socket, frame["id"], conversation, position, message))
        for row in personal:
            self._pipe.say(schema.INSERT_PERSONAL, row)
        for organisation, event in ends.items():
            self._pipe.say(schema.UPDATE_HEAD, (heads[organisation], event, organisation))
        return answers


def _new_id() -> str:
    return f"{next(_ids):024x}"


_UPDATE_CONVERSATION = schema.with_marks(schema.UPDATE_CONVERSATION)
_UPDATE_CUSTOMER = schema.with_marks(schema.UPDATE_CUSTOMER)


def prepare(url: str) -> None:
    """Tables and heads, unless they are there."""
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT to_regclass('heads')").fetchone() != (None,):
            return
        connection.execute(schema.DDL.replace(" WITHOUT ROWID", ""))
        for number in range(ORGANISATIONS):
            connection.execute("INSERT INTO heads VALUES (%s, 0, NULL)", (f"{number:024x}",))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", required=True)
    options = parser.parse_args()
    prepare(options.database)
    serve(FloorServer(Desk(options.database)), options.port)


if __name__ == "__main__":
    main()
