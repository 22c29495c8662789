"""`kithdesk seed traffic`: a day at the demo's desk, played through its own doors."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from parts.ports import free_port
from tests.commands.programs import PATIENCE, called, kithdesk, started, status_of, until

SHORT = ("--minutes", "0.1", "--hours", "0.2", "--rate", "100", "--agents", "3")


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Path]:
    """The demo, served; ends when the test does."""
    data, port = tmp_path / "data", free_port()
    with started("demo", "--port", str(port), "--data", data):
        until(lambda: status_of(f"http://127.0.0.1:{port}/readyz")[0] == 200)
        yield data


def asked(data: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "kithdesk.sqlite3")) as connection:
        return connection.execute(statement).fetchall()


def who_is_there(data: Path) -> list[tuple[object, ...]]:
    return asked(data, "SELECT DISTINCT status FROM routing_agents")


def made_up_and_open(data: Path) -> list[tuple[object, ...]]:
    return asked(
        data,
        "SELECT id FROM conversations WHERE status <> 'done' AND opening_id = 'traffic'",
    )


def made_up_and_waiting(data: Path) -> list[tuple[object, ...]]:
    return asked(
        data,
        "SELECT id FROM work_items WHERE is_live AND conversation IN"
        " (SELECT id FROM conversations WHERE opening_id = 'traffic')",
    )


def offered(data: Path) -> int:
    [(found,)] = asked(data, "SELECT count(*) FROM journal WHERE kind = 'work.offered'")
    assert isinstance(found, int)
    return found


def test_customers_come_are_served_and_everybody_goes_home(demo: Path) -> None:
    told = json.loads(kithdesk("seed", "traffic", *SHORT, "--json", "--data", demo).out)

    assert told["opened"] >= 15
    assert told["served"] > 0
    assert who_is_there(demo) == [("offline",)]
    assert made_up_and_open(demo) == made_up_and_waiting(demo) == []
    assert json.loads(kithdesk("replay", "--json", "--data", demo).out)["differingRows"] == 0


@pytest.mark.long
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGHUP], ids=["by hand", "by closing the terminal"])
def test_stopped_in_the_middle_it_leaves_nobody_at_a_desk_and_nothing_open(
    demo: Path, stop: signal.Signals
) -> None:
    command = [sys.executable, "-m", "kithdesk", "seed", "traffic", "--minutes", "5", "--data", str(demo)]
    said = demo.with_name("said")
    with said.open("wb") as words, subprocess.Popen(command, stderr=words, stdout=words) as playing:
        until(lambda: len(said.read_text().splitlines()) > 2 and len(made_up_and_open(demo)) > 5)
        until(lambda: offered(demo) > 15)
        playing.send_signal(stop)
        playing.wait(PATIENCE)

    began, how_to_stop, *progress, stopping, ended = said.read_text().splitlines()
    assert (playing.returncode, ended) == (130, "kithdesk: stopped; everybody has gone home")
    assert began.startswith("8 hours of a working day in 5 minutes at http://127.0.0.1:")
    assert how_to_stop.startswith("Ctrl+C ends it")
    assert progress[0].startswith("09:")
    assert stopping.startswith("Stopping: ")
    assert who_is_there(demo) == [("offline",)]
    assert made_up_and_open(demo) == made_up_and_waiting(demo) == []


def test_without_a_server_it_says_where_it_looked(tmp_path: Path) -> None:
    called("init", "--org", "Acme", "--email", "a@acme.test", "--data", tmp_path)
    called("agent", "create", "--email", "b@acme.test", "--name", "Ben", "--data", tmp_path)

    refused = called("seed", "traffic", "--data", tmp_path)
    meant = called(
        "seed",
        "traffic",
        "--org",
        "Acme",
        "--yes",
        "--data",
        tmp_path,
        KITHDESK_BASE_URL=f"http://127.0.0.1:{free_port()}",
    )

    assert refused.code == meant.code == 1
    assert "“Acme” is not the demo's organisation" in refused.err
    assert "nobody serves at http://127.0.0.1:" in meant.err


def test_where_there_is_nothing_it_makes_nothing(tmp_path: Path) -> None:
    ended = called("seed", "traffic", "--data", tmp_path / "none")

    assert (ended.code, (tmp_path / "none").exists()) == (1, False)
    assert "no installation in" in ended.err
