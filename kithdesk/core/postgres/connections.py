"""Connections to PostgreSQL, and how long each may wait.

A process that was stopped in mid-transaction holds its organisations' heads: the server ends its session after
`IDLE_IN_TRANSACTION`, so that the others go on. All limits are the server's, because a stopped process keeps none.
"""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo

from kithdesk.core.postgres.pipeline import Pipeline

OLDEST_VERSION = 15
CONNECT_SECONDS = 5
LOCK_TIMEOUT = "8s"
STATEMENT_TIMEOUT = "15s"
LONG_STATEMENT_TIMEOUT = "60s"
IDLE_IN_TRANSACTION = "5s"


class Connection(AsyncConnection[tuple[Any, ...]]):
    """A connection that is spoken to through `statements` alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements = Pipeline(self)


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
