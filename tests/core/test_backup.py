"""A backup holds a consistent whole, and a restore gives all of it or nothing."""

from __future__ import annotations

import asyncio
import io
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from kithdesk.core import backup, migrate, nodes
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.desk import Desk
from kithdesk.core.lock import DataInUse, borrowed, lock_data
from kithdesk.core.replay import SqliteSnapshot, replay
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import database_path, open_writer
from kithdesk.core.work import Wiring
from tests.core.words import BY, ORGANISATION, listed, say

pytestmark = [pytest.mark.anyio, pytest.mark.only("sqlite")]

BLOB = Path("files") / ORGANISATION / "original"


async def test_a_backup_taken_under_load_restores_to_a_whole(
    desk: Desk, settings: Settings, wiring: Wiring, tmp_path: Path
) -> None:
    async def load() -> None:
        for n in range(400):
            await desk.run(say, f"w{n:03}", by=BY)

    writing = asyncio.create_task(load())
    while await desk.head(ORGANISATION) < 10:  # noqa: ASYNC110 - it counts commits
        await asyncio.sleep(0)
    assert not writing.done(), "it is copied while somebody writes"
    done = await asyncio.to_thread(backup.backup, settings.data, tmp_path / "backup.tar.gz")
    await writing

    other = Settings(data=tmp_path / "other", test=True)
    backup.restore(other.data, tmp_path / "backup.tar.gz")
    assert done["bytes"] > 0
    assert replay(database_path(other.data), wiring).agrees
    restored = Desk(other, wiring)
    await restored.start(jobs=False)
    words = (await restored.read(listed, by=BY)).value
    assert words == [f"w{n:03}" for n in range(len(words))]
    await restored.stop()


async def test_T85_a_sealed_backup_opens_with_its_key_only(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    await desk.run(say, "marked words", by=BY)
    file, key = tmp_path / "backup.sealed", b"a key of some length"
    backup.backup(settings.data, file, key=key)

    for wrong in (None, b"another key of length"):
        with pytest.raises(backup.NotABackup):
            backup.restore(tmp_path / "other", file, key=wrong)
    assert not database_path(tmp_path / "other").exists()
    backup.restore(tmp_path / "other", file, key=key)
    assert database_path(tmp_path / "other").exists()
    assert b"marked words" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


async def test_a_backup_is_not_sealed_with_a_key_that_protects_nothing(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(backup.WeakKey):
        backup.backup(settings.data, tmp_path / "backup.sealed", key=b"secret")

    assert not (tmp_path / "backup.sealed").exists()


async def test_a_damaged_backup_is_refused(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    await desk.run(say, "hello", by=BY)
    file = tmp_path / "backup.tar.gz"
    backup.backup(settings.data, file)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)

    with pytest.raises(backup.NotABackup):
        backup.restore(tmp_path / "other", file)
    assert not database_path(tmp_path / "other").exists()


class Stop(BaseException):
    """Somebody presses Ctrl+C."""


def stopping(stage: str) -> backup.Stage:
    """Stops when a stage has done its first piece."""

    def at(current: str) -> backup.Progress:
        def stop(_done: int, _total: int) -> None:
            if current.startswith(stage):
                raise Stop

        return stop

    return at


def content_of(file: Path) -> bytes:
    return file.read_bytes()


@pytest.fixture
async def packed(desk: Desk, settings: Settings, tmp_path: Path) -> Path:
    """A backup with a word and a file in it."""
    await desk.run(say, "hello", by=BY)
    (settings.data / BLOB).parent.mkdir(parents=True)
    (settings.data / BLOB).write_bytes(b"content")
    backup.backup(settings.data, tmp_path / "backup.tar.gz")
    return tmp_path / "backup.tar.gz"


@pytest.mark.parametrize("stage", ["pages", "files"])
async def test_a_backup_that_is_stopped_leaves_the_one_before(
    packed: Path, settings: Settings, stage: str
) -> None:
    before = content_of(packed)

    with pytest.raises(Stop):
        backup.backup(settings.data, packed, stopping(stage))

    assert content_of(packed) == before
    assert [path.name for path in packed.parent.iterdir() if path.name.startswith("backup")] == [packed.name]


async def test_what_a_killed_backup_left_is_in_nobodys_way(packed: Path, settings: Settings) -> None:
    for left in ("partial", "partial-database"):
        packed.with_name(f"{packed.name}.{left}").write_bytes(b"half" * 10_000)

    backup.backup(settings.data, packed)

    assert [path.name for path in packed.parent.iterdir() if path.name.startswith("backup")] == [packed.name]
    backup.restore(settings.data.parent / "other", packed)


async def test_two_backups_to_one_file_do_not_mix(packed: Path, settings: Settings) -> None:
    def meanwhile(_stage: str) -> backup.Progress:
        with pytest.raises(backup.UnderWay):
            backup.backup(settings.data, packed)
        return lambda _done, _total: None

    backup.backup(settings.data, packed, meanwhile)


async def test_a_restore_brings_files_and_rows(packed: Path, tmp_path: Path) -> None:
    backup.restore(tmp_path / "other", packed)

    assert sorted(path.name for path in (tmp_path / "other").iterdir()) == ["files", "kithdesk.sqlite3"]
    assert (tmp_path / "other" / BLOB).read_bytes() == b"content"


async def test_a_restored_installation_knows_no_process_that_ran_elsewhere(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    await desk.run(nodes.renew, "there", serves=True, runs_effects=True, is_alone=False, by=INSTALLATION)
    backup.backup(settings.data, tmp_path / "backup.tar.gz")

    backup.restore(tmp_path / "other", tmp_path / "backup.tar.gz")

    assert (await desk.read(nodes.list_living, by=INSTALLATION)).value
    with closing(SqliteSnapshot(database_path(tmp_path / "other"))) as restored:
        assert nodes.list_living(restored) == []


def test_a_folder_that_was_borrowed_holds_no_lock(tmp_path: Path) -> None:
    with borrowed(tmp_path), pytest.raises(DataInUse):
        lock_data(tmp_path)

    assert list(tmp_path.iterdir()) == []
    lock_data(tmp_path).close()


@pytest.mark.parametrize("stage", ["bytes", "files"])
async def test_a_restore_that_is_stopped_leaves_nothing(packed: Path, tmp_path: Path, stage: str) -> None:
    with pytest.raises(Stop):
        backup.restore(tmp_path / "other", packed, stopping(stage))

    assert list((tmp_path / "other").iterdir()) == []


async def test_a_restore_that_was_killed_between_files_and_rows_begins_anew(
    packed: Path, tmp_path: Path
) -> None:
    data = tmp_path / "other"
    backup.restore(data, packed)
    (data / ".restoring").mkdir()
    (data / ".restoring" / "checked").touch()
    database_path(data).rename(data / ".restoring" / "kithdesk.sqlite3")
    (data / BLOB).write_bytes(b"of the first try")

    backup.restore(data, packed)

    assert (data / BLOB).read_bytes() == b"content"
    assert database_path(data).exists()


async def test_a_backup_without_one_of_its_files_is_refused(packed: Path, tmp_path: Path) -> None:
    with tarfile.open(packed) as whole, tarfile.open(tmp_path / "less.tar.gz", "w:gz") as less:
        for member in whole:
            if "original" not in member.name:
                less.addfile(member, whole.extractfile(member))

    with pytest.raises(backup.NotABackup, match="missing"):
        backup.restore(tmp_path / "other", tmp_path / "less.tar.gz")


async def test_a_backup_with_a_changed_file_is_refused(packed: Path, tmp_path: Path) -> None:
    with tarfile.open(packed) as whole, tarfile.open(tmp_path / "changed.tar.gz", "w:gz") as changed:
        for member in whole:
            is_blob = "original" in member.name
            changed.addfile(member, io.BytesIO(b"CONTENT") if is_blob else whole.extractfile(member))

    with pytest.raises(backup.NotABackup, match="damaged"):
        backup.restore(tmp_path / "other", tmp_path / "changed.tar.gz")


async def test_T86_a_backup_of_a_newer_version_is_refused_before_it_takes_its_place(
    packed: Path, tmp_path: Path, settings: Settings
) -> None:
    with closing(open_writer(database_path(settings.data))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    backup.backup(settings.data, packed)

    with pytest.raises(migrate.SchemaIsNewer):
        backup.restore(tmp_path / "other", packed)
    assert list((tmp_path / "other").iterdir()) == []
