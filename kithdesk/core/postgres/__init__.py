"""The shared database: PostgreSQL 15 or later, any number of processes, several lanes in each."""

from kithdesk.core.postgres.database import PostgresDatabase

__all__ = ["PostgresDatabase"]
