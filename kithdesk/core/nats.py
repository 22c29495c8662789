"""The bus of several nodes: core NATS, as hints only.

The connection is ours to keep: one client a connection, thrown away with it, and a new one after a while. The library
can reconnect by itself, but gives up for ever on some answers of the server, and without jitter all nodes of an
installation would come back in the same instant.
"""

from __future__ import annotations

import asyncio
import random
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

import msgspec
import structlog

from kithdesk.core import json, metrics
from kithdesk.core.bus import InProcessBus
from kithdesk.core.ids import is_id

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg

log = structlog.get_logger(__name__)

MAX_MESSAGE = 64 * 1024
"""Bytes of one message, going out and coming in."""
_MOST_WAITING = 4_096
_MOST_UNSENT = 1024 * 1024
_SERVER = re.compile(
    r"(?P<scheme>nats|tls)://"
    r"((?P<user>[^\s/?#@:]+)(:(?P<password>[^\s/?#@:]+))?@)?"
    r"(?P<place>([^\s/?#@:\[\]]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?)/?\Z"
)
_DEFAULT_PREFIX = "kithdesk"
_PREFIX = re.compile(r"[A-Za-z0-9_-]{1,32}\Z")


class BusAddress(msgspec.Struct, frozen=True):
    """Where the bus is. `prefix` keeps apart the installations that share one."""

    servers: tuple[str, ...]
    user: str | None = None
    password: str | None = None
    token: str | None = None
    prefix: str = _DEFAULT_PREFIX

    @property
    def is_encrypted(self) -> bool:
        return self.servers[0].startswith("tls:")


def parse_bus_url(url: str) -> BusAddress:
    """`nats://user:password@host:port`, or with `token@`; more servers after commas; `?prefix=` at the end.

    The credentials, percent-encoded, are the same for all servers. Raises `ValueError`, which never quotes them.
    """
    places, _, query = url.partition("?")
    matches = [_SERVER.match(place) for place in places.split(",")]
    found = [match for match in matches if match]
    if len(found) < len(matches):
        raise ValueError("must be nats://host:port or tls://host:port; several are separated by commas")
    if len({match["scheme"] for match in found}) > 1:
        raise ValueError("must be nats:// for all servers or tls:// for all")
    credentials = {(match["user"], match["password"]) for match in found} - {(None, None)}
    if len(credentials) > 1:
        raise ValueError("must have the same credentials for all servers")
    options = parse_qs(query, keep_blank_values=True)
    prefix = options.pop("prefix", [_DEFAULT_PREFIX])[-1]
    if options or not _PREFIX.match(prefix):
        raise ValueError("takes only ?prefix=, of up to 32 letters, digits, - and _")
    user, password = credentials.pop() if credentials else (None, None)
    return BusAddress(
        servers=tuple(f"{match['scheme']}://{match['place']}" for match in found),
        user=unquote(user) if user and password else None,
        password=unquote(password) if password else None,
        token=unquote(user) if user and not password else None,
        prefix=prefix,
    )


class NatsBus(InProcessBus):
    """Listeners here hear at once, as without other nodes; the rest is up to the network.

    `patience`: seconds after which a silent server counts as lost, and the longest wait between two tries.
    """

    def __init__(self, address: BusAddress, *, patience: float = 5) -> None:
        super().__init__()
        self._address = address
        self._patience = patience
        self._outbox: asyncio.Queue[tuple[str, bytes]] | None = None
        self._tried = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_connected(self) -> bool:
        return self._outbox is not None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._keep_connected())
        await self._tried.wait()

    def publish(self, subject: str, message: dict[str, Any]) -> None:
        super().publish(subject, message)
        payload = json.encode(message)
        if len(payload) > MAX_MESSAGE:
            metrics.BUS_DROPPED.labels("large").inc()
        elif self._outbox is None:
            # Kept until the server is back, a hint would be stale and a signal untrue.
            metrics.BUS_DROPPED.labels("disconnected").inc()
        else:
            try:
                self._outbox.put_nowait((f"{self._address.prefix}.{subject}", payload))
            except asyncio.QueueFull:
                metrics.BUS_DROPPED.labels("full").inc()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _keep_connected(self) -> None:
        wait = 0.0
        while True:
            try:
                await self._be_connected()
            except Exception as problem:  # noqa: BLE001 - whatever broke this connection, the next is a new one
                if self._outbox is not None or wait == 0:
                    wait = self._patience / 10
                    log.warning("bus_lost", error=_in_words(problem))
                else:
                    wait = min(wait * 2, self._patience)
            finally:
                if self._outbox is not None:
                    metrics.BUS_DROPPED.labels("disconnected").inc(self._outbox.qsize())
                    self._outbox = None
                metrics.BUS_CONNECTED.set(0)
                self._tried.set()
            await asyncio.sleep(wait * random.uniform(0.5, 1))

    async def _be_connected(self) -> None:
        """Returns never: it raises when the connection is lost."""
        from nats.aio.client import Client

        client = Client()
        try:
            await self._connect(client)
            outbox = self._outbox = asyncio.Queue[tuple[str, bytes]](_MOST_WAITING)
            metrics.BUS_CONNECTED.set(1)
            log.info("bus_connected", prefix=self._address.prefix)
            self._tried.set()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._send(client, outbox))
                tasks.create_task(self._feel_pulse(client))
        finally:
            await self._let_go(client)

    async def _connect(self, client: Client) -> None:
        """Raises what the last server of the list said, not that none is left."""
        from nats.errors import NoServersError

        try:
            async with asyncio.timeout(self._patience):
                await self._greet(client)
        except NoServersError as problem:
            raise client.last_error or problem from None

    async def _greet(self, client: Client) -> None:
        await client.connect(
            list(self._address.servers),
            user=self._address.user,
            password=self._address.password,
            token=self._address.token,
            name="kithdesk",
            no_echo=True,
            allow_reconnect=False,
            max_reconnect_attempts=1,  # of each server, in this one call
            reconnect_time_wait=0,
            # Told to greet first, a server offers TLS in plain text, and whoever stands between could leave that out.
            tls_handshake_first=self._address.is_encrypted,
            connect_timeout=max(1, round(self._patience / 2)),
            error_cb=_on_error,
        )
        await client.subscribe(f"{self._address.prefix}.>", cb=self._hear, pending_msgs_limit=_MOST_WAITING)
        await client.flush()  # the subscription is in force

    async def _send(self, client: Client, outbox: asyncio.Queue[tuple[str, bytes]]) -> None:
        while True:
            subject, payload = await outbox.get()
            # A full client would wait for a server that does not read, and not be cancelled out of it.
            if client.pending_data_size > _MOST_UNSENT:
                metrics.BUS_DROPPED.labels("full").inc()
            else:
                await client.publish(subject, payload)

    async def _feel_pulse(self, client: Client) -> None:
        while True:
            await asyncio.sleep(self._patience / 2)
            async with asyncio.timeout(self._patience / 2):
                await client.flush()

    async def _let_go(self, client: Client) -> None:
        """Sends what is left if the server takes it, and never waits for one that does not."""
        try:
            async with asyncio.timeout(self._patience / 5):
                await client.close()
        except (TimeoutError, OSError):
            transport: Any = client._transport  # noqa: SLF001 - its own `close` waits for a server that may hang
            if transport is not None:
                transport.close()

    async def _hear(self, incoming: Msg) -> None:
        """What other nodes say; or whoever else can reach the server, so nothing about it is believed."""
        if len(incoming.data) > MAX_MESSAGE:
            metrics.BUS_IGNORED.labels("large").inc()
            return
        try:
            message = json.parse(incoming.data)
        except ValueError:
            message = None
        if not isinstance(message, dict) or not is_id(message.get("organisation")):
            metrics.BUS_IGNORED.labels("malformed").inc()
            return
        super().publish(incoming.subject.removeprefix(f"{self._address.prefix}."), message)


async def _on_error(problem: Exception) -> None:
    log.debug("bus_error", error=_in_words(problem))


def _in_words(problem: BaseException) -> str:
    while isinstance(problem, BaseExceptionGroup):
        problem = problem.exceptions[0]
    return f"{type(problem).__name__}: {problem}"
