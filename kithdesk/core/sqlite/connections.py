"""Connections to an SQLite file: one that writes and checkpoints, any number that only read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

FIXED_VERSIONS = "3.51.3 and newer, 3.50.7 and 3.44.6"
CHECKPOINT_BYTES = 8 * 1024 * 1024


def is_safe_library() -> bool:
    """Whether this SQLite has the WAL-reset fix."""
    version = sqlite3.sqlite_version_info
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def open_writer(path: Path) -> sqlite3.Connection:
    """The only connection that writes and checkpoints."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute(
        f"PRAGMA journal_size_limit={CHECKPOINT_BYTES // 8}"
    )  # so that its size tells its growth
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write and never checkpoints."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA cache_size=-32768")
    return connection
