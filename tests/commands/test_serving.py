"""`kithdesk serve` and the commands beside it, from outside."""

from __future__ import annotations

import json
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

from tests.commands.programs import kithdesk, serving, somebody_writes, status_of, until


def test_the_port_opens_before_the_database_is_ready(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    with ExitStack() as writing:
        writing.enter_context(somebody_writes(data / "kithdesk.sqlite3"))
        with serving(data) as address:
            until(lambda: "migrating" in status_of(f"{address}/readyz")[1])

            assert status_of(f"{address}/readyz")[0] == 503
            assert status_of(f"{address}/healthz") == (200, '{"status":"alive"}')
            status, body = status_of(f"{address}/v1/users/current")
            assert (status, json.loads(body)["errors"][0]["code"]) == (503, "overloaded")
            writing.close()
            until(lambda: status_of(f"{address}/readyz")[0] == 200)


def test_init_tells_what_to_do_next(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data, KITHDESK_BASE_URL="https://help.acme.test") as address:
        until(lambda: status_of(f"{address}/readyz")[0] == 200)
        command = ("init", "--org", "Acme", "--email", "a@acme.test", "--name", "Ada", "--data", data)
        made = json.loads(kithdesk(*command, "--json").out)
        words = kithdesk(*command, KITHDESK_BASE_URL="https://help.acme.test").out

        assert made["setupUrl"] in words, "the link that was given before still works"
        assert made["setupUrlExpiresAt"] in words
        assert f"  kithdesk serve --data {data}\n" in words
        assert f'src="https://help.acme.test/widget.js" data-kithdesk-key="{made["widget"]["key"]}"' in words


def test_T87_metrics_are_for_this_machine_and_not_for_its_proxy(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as address:
        until(lambda: status_of(f"{address}/readyz")[0] == 200)

        assert status_of(f"{address}/metrics")[0] == 200
        for name, value in {
            "X-Forwarded-For": "192.0.2.1",
            "X-Real-IP": "192.0.2.1",
            "Forwarded": "for=192.0.2.1",
            "Via": "1.1 proxy",
        }.items():
            assert status_of(f"{address}/metrics", **{name: value})[0] == 404, name


def test_what_only_slows_others_down_is_degraded_and_ready(tmp_path: Path) -> None:
    with serving(tmp_path / "whole") as address:
        until(lambda: status_of(f"{address}/readyz") == (200, '{"status":"ready"}'))
    with serving(tmp_path / "less", "--no-jobs", KITHDESK_BUS_URL="nats://127.0.0.1:1") as address:
        until(lambda: status_of(f"{address}/readyz")[0] == 200)
        answer = json.loads(status_of(f"{address}/readyz")[1])

    assert answer["status"] == "ready"
    assert [words.partition(":")[0] for words in answer["degraded"]] == ["no worker", "no bus"]


def test_migrate_makes_every_table(tmp_path: Path) -> None:
    assert kithdesk("migrate", "--data", tmp_path).code == 0

    with closing(sqlite3.connect(tmp_path / "kithdesk.sqlite3")) as connection:
        made = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"journal", "organisations", "messages", "work_items"} <= made
