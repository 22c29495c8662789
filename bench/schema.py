"""The rows that one visitor message writes, for the floor.

The floor writes by hand what the server writes through its verbs: same tables, same columns, same indexes, so that the
ratio between them is the price of everything else. They are written out here, not taken from the product, for a floor
may never get slower: `tests/bench` tells when the product's rows are no longer these.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA journal_size_limit=1048576",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)

DDL = """
CREATE TABLE heads (
    organisation TEXT NOT NULL, position BIGINT NOT NULL, event TEXT, PRIMARY KEY (organisation)
) WITHOUT ROWID;

CREATE TABLE journal (
    organisation TEXT NOT NULL, position BIGINT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, customer TEXT,
    conversation TEXT, queue TEXT, on_timeline BOOLEAN NOT NULL, actor_type TEXT NOT NULL, actor_id TEXT,
    actor_author TEXT, at BIGINT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (organisation, position)
) WITHOUT ROWID;
CREATE INDEX ix_journal_conversation ON journal (organisation, conversation, position) WHERE conversation IS NOT NULL;
CREATE INDEX ix_journal_customer ON journal (organisation, customer, position) WHERE customer IS NOT NULL;
CREATE INDEX ix_journal_queue ON journal (organisation, queue, position) WHERE queue IS NOT NULL;
CREATE UNIQUE INDEX uq_journal_id ON journal (id);

CREATE TABLE journal_personal (
    organisation TEXT NOT NULL, position BIGINT NOT NULL, actor_name TEXT, payload TEXT,
    PRIMARY KEY (organisation, position)
) WITHOUT ROWID;

CREATE TABLE customer_activity (
    organisation TEXT NOT NULL, customer TEXT NOT NULL, last_seen_at BIGINT, last_activity_at BIGINT NOT NULL,
    last_customer_activity_at BIGINT, last_message_at BIGINT, last_in_at BIGINT, last_in_channel TEXT,
    last_out_at BIGINT, waiting_since BIGINT, last_tracked_at BIGINT, last_conversation TEXT, preview TEXT,
    conversations_open BIGINT NOT NULL, conversations_snoozed BIGINT NOT NULL, conversations_done BIGINT NOT NULL,
    PRIMARY KEY (organisation, customer)
) WITHOUT ROWID;

CREATE TABLE conversations (
    organisation TEXT NOT NULL, id TEXT NOT NULL, customer TEXT NOT NULL, channel TEXT NOT NULL,
    channels TEXT NOT NULL, direction TEXT NOT NULL, status TEXT NOT NULL, status_at BIGINT NOT NULL, status_by TEXT,
    name TEXT,
    priority BIGINT NOT NULL, tags TEXT NOT NULL, queue TEXT, assignee TEXT NOT NULL, assigned_users TEXT NOT NULL,
    assigned_teams TEXT NOT NULL, assigned_at BIGINT, preview TEXT, message_count BIGINT NOT NULL,
    in_count BIGINT NOT NULL, note_count BIGINT NOT NULL, last_activity_at BIGINT NOT NULL, last_message_at BIGINT,
    last_message_direction TEXT, waiting_since BIGINT, first_in TEXT, first_in_at BIGINT, last_in TEXT,
    last_in_at BIGINT, last_in_type TEXT, last_in_channel TEXT, first_out TEXT, first_out_at BIGINT, first_out_by TEXT,
    last_out TEXT,
    last_out_at BIGINT, last_out_type TEXT, last_out_by TEXT, first_response TEXT, first_response_at BIGINT,
    first_response_by TEXT, first_response_time BIGINT, snoozed_until BIGINT, snooze_status TEXT,
    snooze_status_at BIGINT, first_done_at BIGINT, last_done_at BIGINT, last_done_by TEXT, done_count BIGINT NOT NULL,
    reopen_count BIGINT NOT NULL, snooze_count BIGINT NOT NULL, ended_at BIGINT, ended_by TEXT, ended_reason TEXT,
    taken_up_at BIGINT, is_signed_in BOOLEAN,
    read_by_customer BIGINT NOT NULL, read_by_customer_at BIGINT, read_by_agents BIGINT NOT NULL,
    read_by_agents_at BIGINT, unread_for_customer BIGINT NOT NULL, unread_for_agents BIGINT NOT NULL, author TEXT,
    opening_id TEXT, external_id TEXT, created_at BIGINT NOT NULL, created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL, modified_at BIGINT NOT NULL, modified_by TEXT NOT NULL, rev BIGINT NOT NULL,
    PRIMARY KEY (organisation, id)
) WITHOUT ROWID;
CREATE INDEX ix_conversations_assignee ON conversations (organisation, assignee, status, last_activity_at);
CREATE INDEX ix_conversations_customer ON conversations (organisation, customer);
CREATE INDEX ix_conversations_queue ON conversations (organisation, queue, status, last_activity_at, id, assignee)
    WHERE queue IS NOT NULL;
CREATE INDEX ix_conversations_status ON conversations (organisation, status, last_activity_at);
CREATE INDEX ix_conversations_waiting ON conversations (organisation, customer, waiting_since)
    WHERE waiting_since IS NOT NULL AND status <> 'done';
CREATE UNIQUE INDEX uq_conversations_external_id ON conversations (organisation, external_id)
    WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX uq_conversations_opening ON conversations (organisation, author, opening_id)
    WHERE opening_id IS NOT NULL;

CREATE TABLE messages (
    organisation TEXT NOT NULL, id TEXT NOT NULL, conversation TEXT NOT NULL, number BIGINT NOT NULL,
    kind TEXT NOT NULL, direction TEXT NOT NULL, direction_type TEXT, channel TEXT NOT NULL, body TEXT NOT NULL,
    attachments TEXT, author TEXT, client_id TEXT, sent_at BIGINT NOT NULL, sent_by_type TEXT NOT NULL, sent_by TEXT,
    sent_by_name TEXT NOT NULL, response_time BIGINT, read_at BIGINT, event TEXT NOT NULL, external_id TEXT,
    PRIMARY KEY (organisation, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX uq_messages_client_id ON messages (organisation, conversation, author, client_id)
    WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX uq_messages_external_id ON messages (organisation, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX uq_messages_number ON messages (organisation, conversation, number);
"""

FIND_BY_CLIENT_ID = (
    "SELECT id, body, event FROM messages"
    " WHERE organisation = ? AND conversation = ? AND author = ? AND client_id = ?"
)
INSERT_MESSAGE = (
    "INSERT INTO messages VALUES (?, ?, ?, ?, 'message', 'in', 'followup-in', 'chat', ?, NULL, ?, ?, ?, 'customer',"
    " ?, 'Visitor 0000', NULL, NULL, ?, NULL)"
)
UPDATE_CONVERSATION = (
    "UPDATE conversations SET preview = :preview, message_count = message_count + 1, last_activity_at = :at,"
    " last_message_at = :at, last_message_direction = 'in', updated_at = :at, rev = rev + 1, in_count = in_count + 1,"
    " unread_for_agents = unread_for_agents + 1, waiting_since = coalesce(waiting_since, :at),"
    " first_in = coalesce(first_in, :id), first_in_at = coalesce(first_in_at, :at), last_in = :id, last_in_at = :at,"
    " last_in_type = 'followup-in' WHERE organisation = :organisation AND id = :conversation"
)
UPDATE_CUSTOMER = (
    "UPDATE customer_activity SET last_seen_at = :at, last_activity_at = :at, last_customer_activity_at = :at,"
    " last_message_at = :at, last_in_at = :at, last_in_channel = 'chat', waiting_since = coalesce(waiting_since, :at),"
    " last_conversation = :conversation, preview = :preview WHERE organisation = :organisation AND customer = :customer"
)
INSERT_JOURNAL = (
    "INSERT INTO journal VALUES (?, ?, ?, 'message.created', ?, ?, NULL, TRUE, 'customer', ?, ?, ?, ?)"
)
INSERT_PERSONAL = "INSERT INTO journal_personal VALUES (?, ?, 'Visitor 0000', ?)"
LOCK_HEADS = (
    "SELECT organisation, position FROM heads WHERE organisation IN ({}) ORDER BY organisation FOR UPDATE"
)
"""On PostgreSQL, for as many organisations as a batch has."""
UPDATE_HEAD = "UPDATE heads SET position = ?, event = ? WHERE organisation = ?"
INSERT_CUSTOMER = (
    "INSERT INTO customer_activity"
    " VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 0, 0)"
)
OPENED: dict[str, Any] = {
    "channel": "chat",
    "direction": "in",
    "status": "open",
    "priority": 3,
    "tags": "[]",
    "assignee": "",
    "assigned_users": "[]",
    "assigned_teams": "[]",
    "channels": '["chat"]',
    "message_count": 0,
    "in_count": 0,
    "note_count": 0,
    "done_count": 0,
    "reopen_count": 0,
    "snooze_count": 0,
    "read_by_customer": 0,
    "read_by_agents": 0,
    "unread_for_customer": 0,
    "unread_for_agents": 0,
    "created_by": '{"type":"customer"}',
    "modified_by": '{"type":"customer"}',
    "rev": 1,
}

TIMELINE_FIRST_PAGE = (
    "SELECT j.organisation, j.position, j.id, j.kind, j.actor_type, j.actor_id, j.actor_author, j.at, j.payload,"
    " p.actor_name, p.payload FROM journal AS j LEFT JOIN journal_personal AS p"
    " ON p.organisation = j.organisation AND p.position = j.position"
    " WHERE j.organisation = ? AND j.customer = ? AND j.on_timeline ORDER BY j.position DESC LIMIT 51"
)


def open_database(path: Path) -> sqlite3.Connection:
    """A connection that commits only when told, with the tables in place."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal'").fetchone():
        connection.executescript(DDL)
    return connection


def opened(organisation: str, conversation: str, customer: str, author: str, now: int) -> dict[str, Any]:
    """The row of a conversation that has just been opened."""
    who = {"organisation": organisation, "id": conversation, "customer": customer, "author": author}
    times = ("status_at", "last_activity_at", "created_at", "updated_at", "modified_at")
    return OPENED | who | dict.fromkeys(times, now) | {"opening_id": f"open-{conversation}"}


def insert_into(table: str, row: dict[str, Any], mark: str | None = None) -> str:
    """With the names of the values, or a mark for each."""
    names, places = ", ".join(row), ", ".join(mark or f":{name}" for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({places})"


def with_marks(statement: str) -> tuple[str, list[str]]:
    """A statement with named values as one with marks, and the names in their order."""
    names: list[str] = re.findall(r":(\w+)", statement)
    return re.sub(r":\w+", "?", statement), names


def facts_of(conversation: str, customer: str, message: str, client_id: str, number: int) -> str:
    """The part of the event that may stay for ever, as the product writes it."""
    return (
        f'{{"conversation":"{conversation}","customer":"{customer}","message":"{message}","number":{number},'
        f'"direction":"in","channel":"chat","client_id":"{client_id}","direction_type":"followup-in",'
        '"response_time":null,"sent_at":null,"external_id":null}'
    )


def fill_timeline(connection: sqlite3.Connection, organisation: str, customer: str, entries: int) -> None:
    """One customer with that many messages, as rows only, for the floor of the timeline."""
    connection.execute("BEGIN IMMEDIATE")
    journal: list[Sequence[object]] = []
    personal: list[Sequence[object]] = []
    for position in range(1, entries + 1):
        event, conversation = f"{position:024x}", f"{1:024x}"
        facts = facts_of(conversation, customer, event, str(position), position)
        journal.append(
            (organisation, position, event, customer, conversation, customer, customer, position, facts)
        )
        personal.append(
            (organisation, position, '{"body":"' + "All good things are wild and free. " * 3 + '"}')
        )
    connection.executemany(INSERT_JOURNAL, journal)
    connection.executemany(INSERT_PERSONAL, personal)
    connection.execute("COMMIT")
