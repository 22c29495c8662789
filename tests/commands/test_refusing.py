"""What the command line cannot do, it says in one sentence, and leaves nothing behind."""

from __future__ import annotations

import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.programs import Ended, called, kithdesk, kithdesk_short_of_disk


def said(ended: Ended) -> str:
    """Its one sentence."""
    assert ended.out == ""
    lines = ended.err.splitlines()
    assert len(lines) == 1, ended.err
    assert lines[0].startswith("kithdesk: ")
    return lines[0]


def test_a_port_that_is_none_is_a_wrong_usage(tmp_path: Path) -> None:
    ended = kithdesk("serve", "--port", "99999", "--data", tmp_path / "data")

    assert ended.code == 2
    assert "99999" in said(ended)
    assert not (tmp_path / "data").exists()


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        ended = kithdesk(
            "serve", "--port", str(port), "--data", tmp_path / "data", KITHDESK_LOG_LEVEL="error"
        )

    assert ended.code == 1
    sentence = said(ended)
    assert f"port {port}: Address already in use" in sentence
    assert "--port" in sentence


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")

    for run, command in (
        (kithdesk, ("serve",)),
        (kithdesk, ("init", "--org", "Acme", "--email", "a@acme.test")),
        (called, ("migrate",)),
    ):
        ended = run(*command, "--data", tmp_path / "data")
        assert ended.code == 1
        assert "is a file" in said(ended)


def test_a_folder_that_cannot_be_made_is_named() -> None:
    ended = kithdesk("serve", "--data", "/proc/kithdesk/data")

    assert ended.code == 1
    assert "/proc/kithdesk/data" in said(ended)


@pytest.mark.parametrize("command", [("serve",), ("init", "--org", "Acme", "--email", "a@acme.test")])
def test_a_secret_key_that_is_missing_is_named(tmp_path: Path, command: tuple[str, ...]) -> None:
    missing = tmp_path / "nowhere.key"

    ended = kithdesk(*command, "--data", tmp_path / "data", KITHDESK_SECRET_KEY_FILE=str(missing))

    assert ended.code == 1
    assert str(missing) in said(ended)


@pytest.mark.parametrize(
    "command",
    [
        ("api-key", "create", "--name", "x"),
        ("agent", "create", "--email", "a@acme.test", "--name", "x"),
        ("backup", "file"),
        ("replay",),
    ],
)
def test_without_an_installation_nothing_is_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    ended = called(*command, "--data", tmp_path / "data")

    assert ended.code == 1
    assert "no installation" in said(ended)
    assert "kithdesk init" in said(ended)
    assert not (tmp_path / "data").exists()


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("founded") / "data"
    assert called("init", "--org", "Acme", "--email", "a@acme.test", "--json", "--data", data).code == 0
    return data


@pytest.fixture
def data(founded: Path, tmp_path: Path) -> Path:
    """An installation for each test to spoil."""
    return shutil.copytree(founded, tmp_path / "data")


EVERYTHING = [
    ("serve",),
    ("migrate",),
    ("replay",),
    ("move", "--to", "postgresql://nowhere.invalid/x"),
    ("simulate", "--from", "2026-11-02T08:00Z", "--to", "2026-11-02T09:00Z"),
    ("api-key", "create", "--name", "x"),
]


def ran(command: tuple[str, ...], data: Path) -> Ended:
    """In this process, but for the one that would go on for ever if it were not refused."""
    run = kithdesk if command == ("serve",) else called
    return run(*command, "--data", data, KITHDESK_LOG_LEVEL="error")


@pytest.mark.parametrize("command", EVERYTHING, ids=lambda command: command[0])
def test_T86_tables_of_another_time_are_named(data: Path, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(data / "kithdesk.sqlite3")) as connection, connection:
        connection.execute("ALTER TABLE jobs DROP COLUMN last_error")

    ended = ran(command, data)

    assert ended.code == 1
    assert "jobs.last_error" in said(ended)


@pytest.mark.parametrize("command", [*EVERYTHING, ("backup", "file")], ids=lambda command: command[0])
def test_T96_a_file_that_is_no_database_is_named(data: Path, command: tuple[str, ...]) -> None:
    (data / "kithdesk.sqlite3").write_bytes(b"no database" * 1_000)

    ended = ran(command, data)

    assert ended.code == 1
    assert "kithdesk.sqlite3 cannot be used: file is not a database" in said(ended)


def test_a_backup_in_the_place_of_the_database_is_refused(data: Path) -> None:
    before = (data / "kithdesk.sqlite3").read_bytes()

    ended = called("backup", data / "kithdesk.sqlite3", "--data", data)

    assert ended.code == 1
    assert "belongs elsewhere" in said(ended)
    assert (data / "kithdesk.sqlite3").read_bytes() == before


def test_a_backup_for_which_there_is_no_room_leaves_none(data: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()

    ended = kithdesk_short_of_disk("backup", tmp_path / "backups" / "file", "--data", data, blocks=100)

    assert ended.code == 1
    assert "cannot be written" in said(ended)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_restore_for_which_there_is_no_room_leaves_nothing(data: Path, tmp_path: Path) -> None:
    assert called("backup", tmp_path / "file", "--data", data).code == 0

    ended = kithdesk_short_of_disk("restore", tmp_path / "file", "--data", tmp_path / "other", blocks=100)

    assert ended.code == 1
    assert "File too large" in said(ended)
    assert "not a whole" not in said(ended)
    assert list((tmp_path / "other").iterdir()) == []


@pytest.mark.parametrize("blocks", [0, 100])
@pytest.mark.parametrize(
    "command", [("serve",), ("init", "--org", "Acme", "--email", "a@acme.test")], ids=["serve", "init"]
)
def test_T93_a_first_start_without_room_says_so(
    tmp_path: Path, command: tuple[str, ...], blocks: int
) -> None:
    ended = kithdesk_short_of_disk(
        *command, "--data", tmp_path / "data", blocks=blocks, KITHDESK_LOG_LEVEL="error"
    )

    assert ended.code == 1
    assert "cannot be" in said(ended)


def test_a_backup_that_is_not_there_is_not_called_damaged(tmp_path: Path) -> None:
    ended = called("restore", tmp_path / "nothing", "--data", tmp_path / "data")

    assert ended.code == 1
    assert "No such file" in said(ended)


def test_a_restore_beside_a_postgresql_is_a_wrong_usage(tmp_path: Path) -> None:
    ended = called(
        *("restore", tmp_path / "file", "--data", tmp_path / "data"),
        KITHDESK_DATABASE_URL="postgresql://nowhere.invalid/x",
    )

    assert ended.code == 2
    assert "KITHDESK_DATABASE_URL" in said(ended)
    assert not (tmp_path / "data").exists()


def test_a_folder_is_as_empty_as_before_when_there_is_nothing_to_restore(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no backup")
    (tmp_path / "data").mkdir()

    ended = called("restore", tmp_path / "file", "--data", tmp_path / "data")

    assert ended.code == 1
    assert "not a whole Kithdesk backup" in said(ended)
    assert list((tmp_path / "data").iterdir()) == []


def test_doctor_knows_no_key_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    ended = kithdesk("doctor", "--data", tmp_path / "data")

    levels = {line.split()[1]: line.split()[0] for line in ended.out.splitlines()}
    assert ended.code == 1
    assert levels["data"] == "problem"
    assert levels["secret"] == "warning"


def test_the_demo_names_its_own_folder() -> None:
    words = called("demo", "--help").out

    assert "kithdesk-demo" in words
    assert "kithdesk-data" not in words
