"""The bench's own arithmetic, and that floor and load still understand each other."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bench import table
from bench.lines.sizes import first_loaded
from bench.loads.messages import MessagesPlan, MessagesResult
from bench.percentiles import latency
from bench.results import LineResult, Row
from bench.run import Run, at_least, at_most, floor_tokens, ratio


def test_percentiles_are_in_milliseconds() -> None:
    found = latency([n / 1000 for n in range(1, 101)])

    assert (found.count, found.p50, found.p99, found.max) == (100, 51.0, 100.0, 100.0)


def test_nothing_measured_has_no_ratio_and_meets_no_aim() -> None:
    assert ratio(None, 5) is None
    assert ratio(5, None) is None
    assert at_least(None, 1) is None
    assert at_most(None, 1) is None


@pytest.mark.parametrize(("met", "word"), [(True, "yes"), (False, "no"), (None, "–")])
def test_a_row_says_whether_its_aim_is_met(met: bool | None, word: str) -> None:
    row = Row("messages", "/s", 12_345.6, 6_000, 0.486, "≥ 0.4", met)

    assert (
        table.for_document([row]).splitlines()[-1]
        == f"| messages | /s | 12,346 | 6,000 | 0.486 | ≥ 0.4 | {word} |"
    )


def test_the_page_keeps_what_people_wrote_around_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Row("messages", "/s", 2, 1, 0.5, "≥ 0.4", True)
    machine = {
        "processors": 2,
        "processor": "some",
        "memoryGiB": 8,
        "filesystem": "ext4",
        "python": "3",
        "sqlite": "3",
    }
    monkeypatch.setattr(table, "latest", lambda: [LineResult("durable", [row], {}, machine)])
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n")

    table.write_document(page)

    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "| messages |" in text


def test_a_first_load_is_all_that_a_page_names_and_nothing_lazy() -> None:
    html = b"""<!doctype html><html><link rel="stylesheet" crossorigin href="/assets/a.css">
        <link rel="modulepreload" href="/assets/b.js"><link rel="icon" href="/icon.svg">
        <script type="module" src="./assets/c.js"></script></html>"""
    script = (
        b"""import{x}from"./d.js";import"./e.js";const later=()=>import("./lazy.js");export*from'./f.js'"""
    )

    assert first_loaded("/widget/panel.html", html) == {
        "/assets/a.css",
        "/assets/b.js",
        "/widget/assets/c.js",
    }
    assert first_loaded("/assets/c.js", script) == {"/assets/d.js", "/assets/e.js", "/assets/f.js"}


def test_the_floor_writes_and_answers_every_message(tmp_path: Path) -> None:
    run = Run(tmp_path, command=None, seconds=0.3, rounds=1, is_quick=True)

    with run.floor_server() as server:
        plan = MessagesPlan([server.live_url], floor_tokens(20), floor_tokens(2), 0.3, warm_up=0.1)
        result = run.load(plan, MessagesResult)

    database = sqlite3.connect(next(tmp_path.glob("*/floor.db")))
    rows = {
        name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("messages", "journal", "journal_personal")
    }
    database.close()
    assert result.acked > 0
    assert result.pushes_missing == 0
    assert rows == dict.fromkeys(rows, result.acked)
