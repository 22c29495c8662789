"""Connections to PostgreSQL, and how long each may wait.

A process that was stopped in mid-transaction holds its organisations' heads: the server ends its session after
`IDLE_IN_TRANSACTION`, so that the others go on. All limits are the server's, because a stopped process keeps none.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Iterator
from typing import Any

import structlog
from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo

from kithdesk.core.postgres.pipeline import Pipeline

log = structlog.get_logger(__name__)

OLDEST_VERSION = 15
CONNECT_SECONDS = 5
LOCK_TIMEOUT = "8s"
STATEMENT_TIMEOUT = "15s"
LONG_STATEMENT_TIMEOUT = "60s"
IDLE_IN_TRANSACTION = "5s"
SILENT_SECONDS = 20.0
"""More than any of the server's own limits leave a batch."""
SILENT_READ_SECONDS = 6.0
SILENT_LONG_READ_SECONDS = 70.0


class Connection(AsyncConnection[tuple[Any, ...]]):
    """A connection that is spoken to through `statements` alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements = Pipeline(self)
        self.was_silent = False

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """A server that says nothing for so long, because it or the network hangs, counts as gone.

        Its own time limits stop with it. The socket is shut from our side, and whoever waits meets a lost connection.
        """
        timer = asyncio.get_running_loop().call_later(seconds, self._hang_up)
        try:
            yield
        finally:
            timer.cancel()

    def _hang_up(self) -> None:
        self.was_silent = True
        log.warning("database_silent")
        if not self.closed:
            with contextlib.suppress(OSError), socket.socket(fileno=os.dup(self.pgconn.socket)) as end:
                end.shutdown(socket.SHUT_RDWR)


def conninfo(
    url: str,
    *,
    name: str,
    statement_timeout: str = STATEMENT_TIMEOUT,
    idle_in_transaction: str = IDLE_IN_TRANSACTION,
) -> str:
    """The URL with our limits, under a name that `pg_stat_activity` shows."""
    options = " ".join(
        f"-c {setting}"
        for setting in (
            f"statement_timeout={statement_timeout}",
            f"lock_timeout={LOCK_TIMEOUT}",
            f"idle_in_transaction_session_timeout={idle_in_transaction}",
            "random_page_cost=1.1",  # the server's own figure is of disks that turn
            "timezone=UTC",
        )
    )
    return make_conninfo(
        url,
        application_name=f"kithdesk {name}",
        connect_timeout=CONNECT_SECONDS,
        options=options,
        keepalives=1,
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
        tcp_user_timeout=15_000,
    )


async def connect(url: str, *, name: str) -> Connection:
    """A connection that begins and commits when told. Raises `psycopg.OperationalError`."""
    return await Connection.connect(conninfo(url, name=name), autocommit=True)
