"""How commands reach a data folder: through its owner's socket file while a server runs, directly otherwise.

One request a connection: a line of JSON `{"command", "arguments"}`, answered by a line `{"result"}` or
`{"error", "code"}`. Only this user can open the file.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import structlog

from kithdesk.access import provisioning
from kithdesk.app import WIRING
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Refusal
from kithdesk.core.lock import DataInUse
from kithdesk.core.settings import Settings

log = structlog.get_logger(__name__)

_LONGEST_SOCKET_PATH = 100
_MAX_LINE = 1024 * 1024

Command = Callable[..., Awaitable[dict[str, Any]]]


async def _let_players_in(desk: Desk, **arguments: Any) -> dict[str, Any]:
    from kithdesk.demo import let_in  # no server needs the demo to start

    return await let_in(desk, **arguments)


COMMANDS: dict[str, Command] = {
    "init": provisioning.init,
    "api-key create": provisioning.create_api_key,
    "agent create": provisioning.create_agent,
    "seed traffic": _let_players_in,
}


class CommandFailed(Exception):
    """The command was refused; the message is for the person at the terminal."""


def socket_path(data: Path) -> Path:
    """In the data folder, or in the runtime folder when that path is longer than a socket's may be."""
    path = data.resolve() / "control.sock"
    if len(str(path)) <= _LONGEST_SOCKET_PATH:
        return path
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return runtime / f"kithdesk-{hashlib.sha256(str(path).encode()).hexdigest()[:16]}.sock"


async def run(settings: Settings, command: str, **arguments: Any) -> dict[str, Any]:
    """Runs a command on the folder, wherever its owner is. Raises `CommandFailed`, `UnfitDatabase`, `NoKey`."""
    try:
        desk = Desk(settings, WIRING)
    except DataInUse:
        return await _ask_owner(settings, command, arguments)
    await desk.start(jobs=False)
    try:
        return await COMMANDS[command](desk, **arguments)
    except Refusal as refusal:
        raise CommandFailed(str(refusal)) from None
    finally:
        await desk.stop()


async def _ask_owner(settings: Settings, command: str, arguments: dict[str, Any]) -> dict[str, Any]:
    try:
        reader, writer = await asyncio.open_unix_connection(str(socket_path(settings.data)), limit=_MAX_LINE)
    except OSError as problem:
        raise CommandFailed(f"{settings.data} is in use, and its owner does not answer: {problem}") from None
    writer.write(msgspec.json.encode({"command": command, "arguments": arguments}) + b"\n")
    await writer.drain()
    answer = msgspec.json.decode(await reader.readline() or b'{"error":"no answer"}')
    writer.close()
    if "error" in answer:
        raise CommandFailed(answer["error"])
    result: dict[str, Any] = answer["result"]
    return result


@contextlib.asynccontextmanager
async def listening(desk: Desk) -> AsyncIterator[None]:
    """Answers commands for as long as the server runs."""
    path = socket_path(desk.settings.data)
    path.unlink(missing_ok=True)  # left by a process that died; the folder's lock is ours

    async def on_connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            writer.write(msgspec.json.encode(await _answer(desk, await reader.readline())) + b"\n")
            await writer.drain()
            writer.close()

    held = os.umask(0o177)
    try:
        server = await asyncio.start_unix_server(on_connect, str(path), limit=_MAX_LINE)
    finally:
        os.umask(held)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)


async def _answer(desk: Desk, line: bytes) -> dict[str, Any]:
    try:
        request = msgspec.json.decode(line)
        return {"result": await COMMANDS[request["command"]](desk, **request["arguments"])}
    except Refusal as refusal:
        return {"error": str(refusal), "code": refusal.code}
    except Exception as problem:
        log.exception("control_command_failed")
        return {"error": f"the server could not do it: {type(problem).__name__}", "code": "internal"}
