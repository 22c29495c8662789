"""`kithdesk move` as an operator runs it, and as a machine that goes down ends it."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kithdesk.core.ids import OrganisationId
from kithdesk.core.lock import lock_data
from tests.commands.programs import called, kithdesk, started, until
from tests.commands.test_refusing import said
from tests.databases import empty

ORGANISATION = OrganisationId("a" * 24)
INIT = ("init", "--org", "Acme", "--email", "a@acme.test", "--json")


@pytest.fixture
def target(postgres: str) -> Iterator[str]:
    empty(postgres)
    yield postgres
    empty(postgres)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped installation with one organisation and one file."""
    data = tmp_path_factory.mktemp("founded") / "data"
    kithdesk(*INIT, "--data", data)
    file = data / "files" / ORGANISATION / "original"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"content")
    return data


@pytest.fixture
def data(founded: Path, tmp_path: Path) -> Path:
    """One for each test."""
    return shutil.copytree(founded, tmp_path / "data")


@contextmanager
def held_up(target: str, table: str) -> Iterator[psycopg.Connection[Any]]:
    """Whoever copies into a table waits, for as long as this lasts."""
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$"
        )
        connection.execute(
            f'CREATE TRIGGER wait BEFORE INSERT ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION wait_here()'
        )
        connection.execute("SELECT pg_advisory_lock(4711)")
        try:
            yield connection
        finally:
            connection.execute("SELECT pg_advisory_unlock_all()")
            connection.execute("DROP FUNCTION wait_here CASCADE")


def somebody_waits(connection: psycopg.Connection[Any]) -> bool:
    found = connection.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    return bool(found.fetchall())


def nobody_moves(connection: psycopg.Connection[Any]) -> bool:
    found = connection.execute("SELECT 1 FROM pg_stat_activity WHERE application_name = 'kithdesk whole'")
    return not found.fetchall()


def test_an_installation_that_was_moved_is_the_same_installation(
    data: Path, target: str, tmp_path: Path
) -> None:
    here = json.loads(called(*INIT, "--data", data).out)
    files = tmp_path / "share"

    ended = kithdesk("move", "--to", target, "--files-to", files.as_uri(), "--data", data, "--json")

    assert ended.code == 0, ended.err
    done = json.loads(ended.out)
    assert (done["files"], done["fileBytes"], done["wasThere"]) == (1, 7, False)
    assert (files / ORGANISATION / "original").read_bytes() == b"content"
    assert done["settings"].keys() == {
        "KITHDESK_DATABASE_URL",
        "KITHDESK_STORAGE_URL",
        "KITHDESK_SECRET_KEY_FILE",
    }
    settings = {**done["settings"], "KITHDESK_DATA": str(tmp_path / "node")}
    assert called("replay", **settings).code == 0
    assert json.loads(called(*INIT, **settings).out) == here


def test_a_second_move_says_nothing_of_files_that_it_did_not_move(
    data: Path, target: str, tmp_path: Path
) -> None:
    first = kithdesk("move", "--to", target, "--files-to", (tmp_path / "share").as_uri(), "--data", data)
    assert "KITHDESK_STORAGE_URL=" in first.out

    second = kithdesk("move", "--to", target, "--data", data)

    assert "were there already" in second.out
    assert "KITHDESK_STORAGE_URL=" not in second.out
    assert "--files-to" in second.out


def test_a_running_server_is_not_moved(data: Path, target: str) -> None:
    with lock_data(data):
        ended = called("move", "--to", target, "--data", data)

    assert ended.code == 1
    assert "stop the server" in said(ended)


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_move_that_is_killed_leaves_nothing_and_may_be_run_again(
    data: Path, target: str, how: signal.Signals
) -> None:
    with held_up(target, "widgets") as connection:
        with started("move", "--to", target, "--data", data) as move:
            until(lambda: somebody_waits(connection))
            move.send_signal(how)
            move.wait(60)
        connection.execute("SELECT pg_advisory_unlock_all()")
        until(lambda: nobody_moves(connection))
        assert connection.execute("SELECT 1 FROM organisations").fetchall() == []
    before = (data / "kithdesk.sqlite3").read_bytes()

    again = kithdesk("move", "--to", target, "--data", data, "--json")

    assert json.loads(again.out)["wasThere"] is False
    assert (data / "kithdesk.sqlite3").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "words"),
    [
        (("--to", "mysql://x"), {}, 2, "postgresql://"),
        (("--to", "postgresql://127.0.0.1:1/x"), {}, 1, "cannot be reached"),
        (
            ("--to", "postgresql://x"),
            {"KITHDESK_DATABASE_URL": "postgresql://127.0.0.1:1/x"},
            2,
            "leave it out",
        ),
        (("--to", "postgresql://x", "--files-to", "ftp://x"), {}, 2, "s3://bucket"),
    ],
)
def test_what_cannot_be_moved_is_said(
    data: Path, arguments: tuple[str, ...], environment: dict[str, str], code: int, words: str
) -> None:
    ended = called("move", *arguments, "--data", data, **environment)

    assert ended.code == code
    assert words in said(ended)


def test_the_settings_at_the_end_hold_no_password(data: Path, target: str) -> None:
    with_password = target.replace("postgres@", "postgres:pa%40ss@")

    words = kithdesk("move", "--to", with_password, "--data", data).out

    assert "KITHDESK_DATABASE_URL=postgresql://postgres:PASSWORD@127.0.0.1" in words
    assert "secret key" in words
