"""The PostgreSQL server behind the installation."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from kithdesk.core import nodes
from kithdesk.core.clock import SECOND, Clock
from kithdesk.core.computing import MOST_APART
from kithdesk.core.doctor.finding import Finding
from kithdesk.core.doctor.work import in_numbers
from kithdesk.core.postgres.connections import OLDEST_VERSION
from kithdesk.core.postgres.database import CONNECTIONS
from kithdesk.core.sql import Executes

_SETTINGS = text("SELECT name, setting FROM pg_settings")
_LIMITS = text(
    "SELECT rolconnlimit, datconnlimit FROM pg_roles, pg_database"
    " WHERE rolname = current_user AND datname = current_database()"
)
_OF_A_PROCESS = CONNECTIONS + MOST_APART
_CLOCKS_APART_SECONDS = 2


def check_server(reads: Executes, clock: Clock) -> Iterator[Finding]:
    settings: dict[str, str] = {row.name: row.setting for row in reads.execute(_SETTINGS)}
    yield _version(settings)
    yield _durability(settings)
    yield _checksums(settings)
    yield _connections(settings, reads)
    yield _clock(reads, clock)


def _version(settings: dict[str, str]) -> Finding:
    words = f"PostgreSQL {settings['server_version']}, {settings['server_encoding']}"
    if int(settings["server_version_num"]) < OLDEST_VERSION * 10_000:
        return Finding("database", "problem", f"{words}; {OLDEST_VERSION} is the oldest that works")
    if settings["server_encoding"] != "UTF8":
        return Finding("database", "problem", f"{words}; move to a database with ENCODING 'UTF8'")
    return Finding("database", "ok", words)


def _durability(settings: dict[str, str]) -> Finding:
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if settings[name] == "off"]
    if off:
        words = f"{' and '.join(off)} off: what was acknowledged may be lost; set to on"
        return Finding("durability", "problem", words)
    return Finding("durability", "ok", "commits are flushed")


def _checksums(settings: dict[str, str]) -> Finding:
    if settings["data_checksums"] == "off":
        words = "pages carry no checksums, so damage on the disk goes unnoticed; `pg_checksums --enable`"
        return Finding("integrity", "warning", words)
    return Finding(
        "integrity", "ok", "pages carry checksums; `kithdesk replay` compares rows with the journal"
    )


def _connections(settings: dict[str, str], reads: Executes) -> Finding:
    kept_back = ("superuser_reserved_connections", "reserved_connections")
    most = int(settings["max_connections"]) - sum(int(settings.get(name, "0")) for name in kept_back)
    [limits] = reads.execute(_LIMITS).rows
    most = min([most, *(limit for limit in limits if limit >= 0)])
    living = nodes.list_living(reads)
    needed = max(1, len(living)) * _OF_A_PROCESS
    words = f"{in_numbers(living) or 'a server'} may take {needed} of {most}, {_OF_A_PROCESS} each"
    if needed > most:
        words = f"{words}; raise max_connections, or the limit of this role or database"
        return Finding("connections", "problem" if most < _OF_A_PROCESS else "warning", words)
    return Finding("connections", "ok", words)


def _clock(reads: Executes, clock: Clock) -> Finding:
    before = clock.now()
    theirs = nodes.time(reads)
    apart = (theirs - (before + clock.now()) / 2) / SECOND
    if abs(apart) <= _CLOCKS_APART_SECONDS:
        return Finding("clock", "ok", "the database's agrees with this machine's")
    words = f"the database's is {abs(apart):.1f} s {'ahead of' if apart > 0 else 'behind'} this machine's"
    return Finding("clock", "warning", f"{words}; let both follow the same time server")
