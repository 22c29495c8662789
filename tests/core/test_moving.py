"""Moving up: everything a folder holds is in PostgreSQL afterwards, or nothing is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import BigInteger, Boolean, LargeBinary, Table

from kithdesk.core import migrate
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.files import FolderFiles, MemoryFiles
from kithdesk.core.installation import AnotherKey, installation
from kithdesk.core.moving import CannotMove, move
from kithdesk.core.moving_files import FileDiffers, move_files
from kithdesk.core.postgres.snapshot import PostgresSnapshot
from kithdesk.core.replay import SqliteSnapshot, replay
from kithdesk.core.sealing import Sealer, load_key
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import database_path, open_writer
from kithdesk.core.tables import lasting, metadata
from kithdesk.core.work import Wiring
from tests.core.words import BY, ORGANISATION, listed, say
from tests.databases import empty

pytestmark = pytest.mark.anyio

FILES = {f"{ORGANISATION}/attachments/{n:02}/original": bytes([n]) * n for n in range(20)}


@pytest.fixture
def target(postgres: str) -> Iterator[str]:
    empty(postgres)
    yield postgres
    empty(postgres)


@pytest.fixture
async def source(tmp_path: Path, wiring: Wiring) -> Settings:
    """A stopped installation: thirty words said, one of them in letters of its own, and a job that waits."""
    settings = Settings(data=tmp_path / "data", test=True)
    desk = Desk(settings, wiring)
    await desk.start(jobs=False)
    await asyncio.gather(*(desk.run(say, f"w{n}", by=BY, later=n == 0) for n in range(29)))
    await desk.run(say, "Zoë\t\\N\n🙂", by=BY)
    await desk.stop()
    return settings


def moved_to(source: Settings, target: str) -> Settings:
    """The settings that a move ends with."""
    key_file = source.data / "secret.key"
    changes = {"database_url": SecretStr(target), "data": source.data / "there", "secret_key_file": key_file}
    return source.model_copy(update=changes)


def key_of(source: Settings) -> str:
    return Sealer(load_key(source), ManualClock()).fingerprint


def is_empty(url: str) -> bool:
    with psycopg.connect(url) as connection:
        tables = [table.name for table in metadata.sorted_tables]
        return not any(connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchall() for name in tables)


def contents(snapshot: SqliteSnapshot | PostgresSnapshot) -> dict[str, list[tuple[Any, ...]]]:
    with closing(snapshot):
        return {table.name: list(snapshot.rows(table)) for table in lasting() if table is not installation}


async def test_what_was_here_goes_on_there(source: Settings, target: str, wiring: Wiring) -> None:
    moved = move(database_path(source.data), target, key_of(source))

    assert (moved.rows["journal"], moved.rows["jobs"], moved.was_there) == (30, 1, False)
    assert replay(target, wiring).agrees
    desk = Desk(moved_to(source, target), wiring)
    await desk.start(jobs=False)
    assert "Zoë\t\\N\n🙂" in (await desk.read(listed, by=BY)).value
    await desk.jobs.renew()
    await desk.jobs.settle()
    assert "w0!" in (await desk.read(listed, by=BY)).value
    assert await desk.head(ORGANISATION) == 31
    await desk.stop()


async def test_every_table_arrives_as_it_was(tmp_path: Path, target: str) -> None:
    path = tmp_path / "full.sqlite3"
    migrate.create(path)
    with closing(open_writer(path)) as connection:
        for table in metadata.sorted_tables:
            marks = ", ".join("?" * len(table.columns))
            for number in range(3):
                connection.execute(f'INSERT INTO "{table.name}" VALUES ({marks})', _row(table, number))
    before = contents(SqliteSnapshot(path))

    move(path, target, "key")

    assert all(len(rows) == 3 for rows in before.values())
    assert contents(PostgresSnapshot(target)) == before
    assert contents(SqliteSnapshot(path)) == before
    with closing(PostgresSnapshot(target)) as there:
        assert not any(list(there.rows(table)) for table in metadata.sorted_tables if table.info.get("lease"))


def _row(table: Table, number: int) -> list[Any]:
    """Different in every column; the first without what may be missing; text in no dictionary's order."""

    def value(column: Any) -> Any:
        if number == 0 and column.nullable:
            return None
        if isinstance(column.type, Boolean):
            return number % 2
        if isinstance(column.type, BigInteger):
            return (1 << 62) + number
        return (
            b"\x00\xff\\" * number if isinstance(column.type, LargeBinary) else ("Z", "a\t\\.", "é🙂")[number]
        )

    return [value(column) for column in table.columns]


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
async def test_a_move_that_is_stopped_leaves_nothing_and_may_be_run_again(
    source: Settings, target: str, share: float
) -> None:
    class Stop(BaseException):
        pass

    def stop(done: int, total: int) -> None:
        if done >= share * total:
            raise Stop

    with pytest.raises(Stop):
        move(database_path(source.data), target, "key", stop)

    assert is_empty(target)
    assert not move(database_path(source.data), target, "key").was_there


async def test_a_move_that_was_complete_says_so_when_run_again(source: Settings, target: str) -> None:
    first = move(database_path(source.data), target, "key")

    again = move(database_path(source.data), target, "key")

    assert again.was_there
    assert again.rows == first.rows


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE test_words SET word = 'lie' WHERE word = 'w3'",
        "INSERT INTO heads VALUES ('', 0, NULL)",
        "DELETE FROM jobs",
    ],
)
async def test_a_target_that_holds_other_rows_is_refused(source: Settings, target: str, change: str) -> None:
    move(database_path(source.data), target, "key")
    with psycopg.connect(target) as connection:
        connection.execute(change)

    with pytest.raises(CannotMove, match="holds rows already"):
        move(database_path(source.data), target, "key")


async def test_rows_that_arrive_changed_are_noticed(source: Settings, target: str) -> None:
    with psycopg.connect(target) as connection:
        connection.execute(
            "CREATE OR REPLACE FUNCTION pg_temp_shout() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN NEW.word := upper(NEW.word); RETURN NEW; END $$"
        )
        connection.execute(
            "CREATE TRIGGER shout BEFORE INSERT ON test_words FOR EACH ROW EXECUTE FUNCTION pg_temp_shout()"
        )
    try:
        with pytest.raises(CannotMove, match="test_words reads differently"):
            move(database_path(source.data), target, "key")
        assert is_empty(target)
    finally:
        with psycopg.connect(target) as connection:
            connection.execute("DROP TRIGGER shout ON test_words; DROP FUNCTION pg_temp_shout()")


async def test_servers_there_need_the_key_from_here(source: Settings, target: str, wiring: Wiring) -> None:
    move(database_path(source.data), target, key_of(source))
    settings = moved_to(source, target)
    settings.secret_key_file = None
    settings.secret_key = SecretStr("another key of some length")
    stranger = Desk(settings, wiring)

    with pytest.raises(AnotherKey):
        await stranger.start(jobs=False)


async def test_a_text_that_postgresql_cannot_hold_is_named(source: Settings, target: str) -> None:
    with closing(open_writer(database_path(source.data))) as connection:
        connection.execute("UPDATE test_words SET word = 'w' || char(0) WHERE word = 'w3'")

    with pytest.raises(CannotMove, match="cannot be stored"):
        move(database_path(source.data), target, "key")
    assert is_empty(target)


async def test_no_table_is_left_behind_because_nobody_knows_it(source: Settings, target: str) -> None:
    with closing(open_writer(database_path(source.data))) as connection:
        connection.execute("CREATE TABLE orders (id TEXT PRIMARY KEY)")

    with pytest.raises(CannotMove, match="orders"):
        move(database_path(source.data), target, "key")


async def test_an_address_is_refused_without_being_repeated(source: Settings) -> None:
    for address in ("postgresql://me:se%zzcret@127.0.0.1/x", "postgresql://me:secret@127.0.0.1:1/x"):
        with pytest.raises(CannotMove) as refused:
            move(database_path(source.data), address, "key")
        assert "cret" not in str(refused.value)


async def test_files_are_moved_and_read_back(tmp_path: Path) -> None:
    folder, store = FolderFiles(tmp_path), MemoryFiles()
    for key, content in FILES.items():
        await folder.put(key, content)
    (tmp_path / ORGANISATION / ".unfinished").write_bytes(b"x")
    await store.put(next(iter(FILES)), b"something older")

    moved = await move_files(tmp_path, store)

    assert (moved.files, moved.bytes) == (20, sum(map(len, FILES.values())))
    assert {key: await store.get(key) for key in FILES} == FILES


async def test_a_store_that_gives_something_else_back_is_noticed(tmp_path: Path) -> None:
    class Forgetful(MemoryFiles):
        async def put(self, key: str, content: bytes) -> None:
            await super().put(key, content[:-1])

    await FolderFiles(tmp_path).put(f"{ORGANISATION}/original", b"content")

    with pytest.raises(FileDiffers):
        await move_files(tmp_path, Forgetful())
