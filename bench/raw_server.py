"""The floors without a database: echo, one frame to every socket, and one bare SELECT behind a bare route.

    python -m bench.raw_server --port 8098 --data DIR

`/echo` sends back what comes. `/all` sends what one socket says to every socket on it. `GET /timeline` answers
the first page of one customer with 10,000 entries, read with one statement.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from bench import schema
from bench.floor_server import ORGANISATION, Message, Receive, Send, serve

CUSTOMER = f"{2:024x}"
ENTRIES = 10_000


class RawServer:
    def __init__(self, path: Path) -> None:
        self._listeners: set[Send] = set()
        self._database = schema.open_database(path)
        schema.fill_timeline(self._database, ORGANISATION, CUSTOMER, ENTRIES)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            if scope["path"] == "/all":
                await self._repeat_to_all(receive, send)
            else:
                await _echo(receive, send)

    async def _answer(self, scope: Message, send: Send) -> None:
        body = b"{}"
        if scope["path"] == "/timeline":
            rows = self._database.execute(schema.TIMELINE_FIRST_PAGE, (ORGANISATION, CUSTOMER)).fetchall()
            body = msgspec.json.encode(rows)
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _repeat_to_all(self, receive: Receive, send: Send) -> None:
        self._listeners.add(send)
        while (message := await receive())["type"] == "websocket.receive":
            frame: Message = {"type": "websocket.send", "text": message["text"]}
            for listener in self._listeners:
                await listener(frame)
        self._listeners.discard(send)


async def _echo(receive: Receive, send: Send) -> None:
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    serve(RawServer(options.data / "raw.db"), options.port)


if __name__ == "__main__":
    main()
