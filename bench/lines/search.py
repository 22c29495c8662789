"""Searching and listing in an installation with a million messages.

The floor of a search is the database's own: a plain FTS5 table of the same bodies, the twenty likeliest by its own rank
with a snippet each. The floor of a list is the SELECT of one indexed page.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from bench.percentiles import Latency, latency
from bench.results import LineResult, Row
from bench.run import Run, ratio
from bench.target import Doors

MESSAGES, PER_CUSTOMER = 1_000_000, 10
QUICK_MESSAGES = 20_000
REQUESTS = 200
_RARE = 20_000
"""Words that `seed load` strews: each is in about one message of so many."""
_UNCOMMON = (
    "wedding",
    "birthday",
    "holiday",
    "mother",
    "buckle",
    "warehouse",
    "invoice",
    "neighbour",
    "brother",
)
"""Words of its common ones that are in less than one message of a hundred."""
_COMMON = "the"


def measure(run: Run) -> LineResult:
    if run.command is None:
        return LineResult("search", [], {})
    messages = QUICK_MESSAGES if run.is_quick else MESSAGES
    installation = run.installation()
    began = time.perf_counter()
    installation.fill(customers=messages // PER_CUSTOMER, messages=messages)
    seconds = time.perf_counter() - began
    queries = _queries()
    floor = _floors(run, installation.database, queries)
    with installation.serve() as server:
        doors = Doors(server.url)
        ours = _ours(doors, installation.api_key, queries)
    details = {"messages": messages, "secondsToLoad": round(seconds), "floor": floor, "ours": ours}
    return LineResult("search", _rows(messages, seconds, floor, ours), details)


def _rows(messages: int, seconds: float, floor: dict[str, Latency], ours: dict[str, Latency]) -> list[Row]:
    many = f"{messages:,} messages"
    share = ratio(ours["words"].p99, floor["words"].p99)
    is_met = None if share is None else share <= 3 and ours["words"].p99 <= 200
    return [
        _row(
            f"search in {many}, words in ≤ 1 %, p99",
            floor["words"],
            ours["words"],
            "≤ 3 and ≤ 200 ms",
            is_met,
        ),
        _row(
            "same, a word in nearly all, p99",
            floor["common"],
            ours["common"],
            "≤ 200 ms",
            ours["common"].p99 <= 200,
        ),
        _row(
            f"open conversations of {messages // 5:,}, first page, p99",
            floor["list"],
            ours["list"],
            "–",
            None,
        ),
        Row(
            "made-up messages written through the verbs",
            "/s",
            None,
            round(messages / seconds),
            None,
            "–",
            None,
        ),
    ]


def _row(what: str, floor: Latency, ours: Latency, aim: str, is_met: bool | None) -> Row:
    return Row(what, "ms", floor.p99, ours.p99, ratio(ours.p99, floor.p99), aim, is_met)


def _queries() -> list[str]:
    from kithdesk.demo.seed_words import rare_word

    dice = random.Random(7)
    rare = [rare_word(dice.randrange(_RARE)) for _ in range(REQUESTS // 2)]
    return [
        word
        for pair in zip(rare, _UNCOMMON * (len(rare) // len(_UNCOMMON) + 1), strict=False)
        for word in pair
    ]


def _floors(run: Run, database: Path, queries: Sequence[str]) -> dict[str, Latency]:
    """In a file beside the server's, so that its own is as it left it."""
    connection = sqlite3.connect(f"file:{run.new_folder()}.db", uri=True)
    connection.execute("ATTACH DATABASE ? AS desk", (f"file:{database}?mode=ro",))
    connection.execute("CREATE VIRTUAL TABLE said USING fts5(body)")
    connection.execute("INSERT INTO said(body) SELECT body FROM desk.messages")
    connection.commit()

    def likeliest(word: str) -> Callable[[], object]:
        sql = "SELECT rowid, snippet(said, 0, '', '', '…', 16) FROM said WHERE said MATCH ? ORDER BY rank LIMIT 20"
        return lambda: connection.execute(sql, (word,)).fetchall()

    page = "SELECT * FROM desk.conversations WHERE organisation = ? AND status = 'open' ORDER BY id DESC LIMIT 50"
    organisation = connection.execute("SELECT organisation FROM desk.conversations LIMIT 1").fetchone()[0]
    found = {
        "words": _timed([likeliest(word) for word in queries]),
        "common": _timed([likeliest(_COMMON)] * 20),
        "list": _timed([lambda: connection.execute(page, (organisation,)).fetchall()] * REQUESTS),
    }
    connection.close()
    return found


def _ours(doors: Doors, key: str, queries: Sequence[str]) -> dict[str, Latency]:
    def search(word: str) -> Callable[[], object]:
        return lambda: doors.get("GET", f"/v1/search?q={quote(word)}&pageSize=20", key)

    wanted = {
        "and": [{"conversation_status": {"equals": "open"}}],
        "sort": [{"conversation_updated_at": "desc"}],
    }

    def listed() -> object:
        return doors.get("POST", "/v1/conversations/search?page=1&pageSize=50", key, wanted)

    return {
        "words": _timed([search(word) for word in queries]),
        "common": _timed([search(_COMMON)] * 20),
        "list": _timed([listed] * REQUESTS),
    }


def _timed(calls: Sequence[Callable[[], object]]) -> Latency:
    for call in calls[:10]:
        call()
    took = []
    for call in calls:
        begin = time.perf_counter()
        call()
        took.append(time.perf_counter() - begin)
    return latency(took)
