"""The embedded database: one SQLite file, one process, one writing connection."""

from kithdesk.core.sqlite.connections import (
    CHECKPOINT_BYTES,
    FIXED_VERSIONS,
    is_safe_library,
    open_reader,
    open_writer,
)
from kithdesk.core.sqlite.database import SqliteDatabase, database_path
from kithdesk.core.sqlite.executing import SqliteExecutor, SqliteTransaction
from kithdesk.core.sqlite.lane import SLOW_COMMIT_SECONDS, SqliteLane

__all__ = [
    "CHECKPOINT_BYTES",
    "FIXED_VERSIONS",
    "SLOW_COMMIT_SECONDS",
    "SqliteDatabase",
    "SqliteExecutor",
    "SqliteLane",
    "SqliteTransaction",
    "database_path",
    "is_safe_library",
    "open_reader",
    "open_writer",
]
