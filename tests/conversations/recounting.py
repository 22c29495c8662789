"""What is kept counted, and what happened last, found anew from the rows themselves."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path


def check_counts(path: Path) -> None:
    """Recounts what is kept counted."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row

    def rows(text: str) -> list[sqlite3.Row]:
        return connection.execute(text).fetchall()

    said = Counter(
        (one["conversation"], one["kind"], one["direction"]) for one in rows("SELECT * FROM messages")
    )
    tallies: Counter[tuple[str, str, str]] = Counter()
    per_customer: Counter[tuple[str, str, str]] = Counter()
    for one in rows("SELECT * FROM conversations"):
        id = one["id"]
        assert one["message_count"] == said[id, "message", "in"] + said[id, "message", "out"]
        assert (one["in_count"], one["note_count"]) == (said[id, "message", "in"], said[id, "note", "out"])
        numbers = [
            row["number"]
            for row in rows(f"SELECT number FROM messages WHERE conversation = '{id}' ORDER BY number")
        ]
        assert numbers == list(range(1, len(numbers) + 1))
        users = [user for user in one["assigned_users"][1:-1].replace('"', "").split(",") if user]
        queue = [f"queue:{one['queue']}"] if one["queue"] else []
        for whose in ("*", *(users or [""]), *queue):
            tallies[one["organisation"], whose, one["status"]] += 1
        per_customer[one["organisation"], one["customer"], one["status"]] += 1
        for side, direction, mark, channels in (
            ("customer", "out", "read_by_customer", "('chat')"),
            ("agents", "in", "read_by_agents", "('chat', 'email')"),
        ):
            unread = rows(
                f"SELECT count(*) AS n FROM messages WHERE conversation = '{id}' AND kind = 'message'"
                f" AND direction = '{direction}' AND number > {one[mark]} AND channel IN {channels}"
            )[0]["n"]
            assert one[f"unread_for_{side}"] == unread
        assert (one["status"] == "snoozed") == (one["snooze_status"] == "scheduled")
    kept = {
        (row["organisation"], row["whose"], row["status"]): row["total"]
        for row in rows("SELECT * FROM conversation_tallies")
    }
    assert {key: total for key, total in kept.items() if total} == dict(tallies)
    standing = rows(
        "SELECT a.* FROM customer_activity AS a JOIN customers AS c ON c.organisation = a.organisation"
        " AND c.id = a.customer WHERE c.merged_into IS NULL"
    )
    for one in standing:
        for status in ("open", "snoozed", "done"):
            key = (one["organisation"], one["customer"], status)
            assert one[f"conversations_{status}"] == per_customer[key]
        check_lately(
            one,
            rows(
                f"SELECT * FROM conversations WHERE organisation = '{one['organisation']}'"
                f" AND customer = '{one['customer']}'"
            ),
        )
    connection.close()


def check_lately(customer: sqlite3.Row, theirs: list[sqlite3.Row]) -> None:
    """What was said last is said to be, and who waits anywhere waits."""
    for name in ("last_message_at", "last_in_at", "last_out_at"):
        assert customer[name] == max((one[name] for one in theirs if one[name]), default=None)
    heard = [one["last_in_channel"] for one in theirs if one["last_in_at"] == customer["last_in_at"]]
    assert customer["last_in_channel"] in heard or not theirs
    last = [one["id"] for one in theirs if one["last_message_at"] == customer["last_message_at"]]
    assert customer["last_conversation"] in last or customer["last_message_at"] is None
    waiting = [one["waiting_since"] for one in theirs if one["status"] != "done" and one["waiting_since"]]
    assert customer["waiting_since"] == min(waiting, default=None)
