"""The rows that one visitor message writes, for the floor.

The floor writes by hand what the server writes through its verbs: same tables, same columns, same indexes, so that the
ratio between them is the price of everything else. Tables and statements are here and nowhere else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)

DDL = """
CREATE TABLE heads (organisation TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE journal (
    organisation TEXT NOT NULL, position INTEGER NOT NULL, event TEXT NOT NULL, kind TEXT NOT NULL, topics TEXT NOT NULL,
    customer TEXT, conversation TEXT, actor TEXT NOT NULL, at INTEGER NOT NULL, payload TEXT NOT NULL,
    PRIMARY KEY (organisation, position)
) WITHOUT ROWID;
CREATE UNIQUE INDEX journal_event ON journal (event);
CREATE INDEX journal_conversation ON journal (organisation, conversation, position) WHERE conversation IS NOT NULL;
CREATE INDEX journal_customer ON journal (organisation, customer, position) WHERE customer IS NOT NULL;
CREATE TABLE journal_personal (event TEXT PRIMARY KEY, organisation TEXT NOT NULL, customer TEXT, payload TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE customers (
    id TEXT PRIMARY KEY, organisation TEXT NOT NULL, display_name TEXT NOT NULL, created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, last_message_at INTEGER
) WITHOUT ROWID;
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, organisation TEXT NOT NULL, customer TEXT NOT NULL, status TEXT NOT NULL, preview TEXT,
    message_count INTEGER NOT NULL, last_message_at INTEGER, last_message_direction TEXT,
    last_message_unresponded_to INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_activity ON conversations (organisation, status, last_message_at);
CREATE INDEX conversations_customer ON conversations (customer);
CREATE TABLE messages (
    id TEXT PRIMARY KEY, organisation TEXT NOT NULL, conversation TEXT NOT NULL, customer TEXT NOT NULL,
    author TEXT NOT NULL, client_id TEXT, direction TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL,
    body TEXT NOT NULL, sent_at INTEGER NOT NULL, event TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX messages_client ON messages (conversation, author, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX messages_conversation ON messages (conversation, id);
"""

FIND_BY_CLIENT_ID = "SELECT id, body, event FROM messages WHERE organisation = ? AND conversation = ? AND author = ? AND client_id = ?"
INSERT_MESSAGE = "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, 'in', 'message', 'chat', ?, ?, ?)"
UPDATE_CONVERSATION = (
    "UPDATE conversations SET preview = ?, message_count = message_count + 1, last_message_at = ?, updated_at = ?,"
    " last_message_direction = 'in', last_message_unresponded_to = coalesce(last_message_unresponded_to, ?)"
    " WHERE id = ?"
)
UPDATE_CUSTOMER = "UPDATE customers SET last_message_at = ?, last_seen_at = ?, updated_at = ? WHERE id = ?"
INSERT_JOURNAL = "INSERT INTO journal VALUES (?, ?, ?, 'message.created', ?, ?, ?, ?, ?, ?)"
INSERT_PERSONAL = "INSERT INTO journal_personal VALUES (?, ?, ?, ?)"
UPDATE_HEAD = "UPDATE heads SET position = ? WHERE organisation = ?"
INSERT_CUSTOMER = "INSERT INTO customers VALUES (?, ?, ?, ?, ?, ?, NULL)"
INSERT_CONVERSATION = "INSERT INTO conversations VALUES (?, ?, ?, 'open', NULL, 0, NULL, NULL, NULL, ?, ?)"

TIMELINE_FIRST_PAGE = (
    "SELECT j.position, j.event, j.kind, j.conversation, j.actor, j.at, j.payload, p.payload"
    " FROM journal AS j LEFT JOIN journal_personal AS p ON p.event = j.event"
    " WHERE j.organisation = ? AND j.customer = ? ORDER BY j.position DESC LIMIT 51"
)


def open_database(path: Path) -> sqlite3.Connection:
    """A connection that commits only when told, with the tables in place."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal'").fetchone():
        connection.executescript(DDL)
    return connection


def fill_timeline(connection: sqlite3.Connection, organisation: str, customer: str, entries: int) -> None:
    """One customer with that many messages, as rows only, for the floor of the timeline."""
    connection.execute("BEGIN IMMEDIATE")
    journal: list[Sequence[object]] = []
    personal: list[Sequence[object]] = []
    for position in range(1, entries + 1):
        event = f"{position:024x}"
        journal.append((organisation, position, event, "[]", customer, f"{1:024x}", customer, position, "{}"))
        personal.append(
            (event, organisation, customer, '{"body":"' + "All good things are wild and free. " * 3 + '"}')
        )
    connection.executemany(INSERT_JOURNAL, journal)
    connection.executemany(INSERT_PERSONAL, personal)
    connection.execute("COMMIT")
