"""The journal alone rebuilds every projection; a backup holds a consistent whole."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kithdesk.core import backup
from kithdesk.core.desk import Desk, where
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import database_path
from kithdesk.core.work import Wiring
from tests.core.words import BY, listed, say
from tests.spine import sql

pytestmark = pytest.mark.anyio


async def test_replay_agrees_with_what_the_verbs_did(desk: Desk, wiring: Wiring) -> None:
    await asyncio.gather(*(desk.run(say, f"w{n}", by=BY) for n in range(30)))

    report = await asyncio.to_thread(replay, where(desk.settings), wiring)

    assert report.agrees
    assert report.events == 30
    assert report.rows["test_words"] == 30


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE test_words SET word = 'lie' WHERE word = 'w3'", 2),
        ("DELETE FROM test_words WHERE word = 'w3'", 1),
        ("INSERT INTO test_words VALUES ('a', 'extra')", 1),
    ],
)
async def test_replay_finds_a_row_changed_by_hand_and_repairs_it(
    settings: Settings, wiring: Wiring, change: str, found: int
) -> None:
    desk = Desk(settings, wiring)
    await desk.start(jobs=False)
    await asyncio.gather(*(desk.run(say, f"w{n}", by=BY) for n in range(10)))
    await sql(desk, change)
    await desk.stop()

    report = replay(where(settings), wiring, repair=True)

    assert report.differing_rows == found
    assert replay(where(settings), wiring).agrees


@pytest.mark.only("sqlite")
async def test_a_backup_taken_under_load_restores_to_a_whole(
    desk: Desk, settings: Settings, wiring: Wiring, tmp_path: Path
) -> None:
    async def load() -> None:
        for n in range(400):
            await desk.run(say, f"w{n:03}", by=BY)

    writing = asyncio.create_task(load())
    await asyncio.sleep(0.02)
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


@pytest.mark.only("sqlite")
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


@pytest.mark.only("sqlite")
async def test_a_backup_is_not_sealed_with_a_key_that_protects_nothing(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(backup.WeakKey):
        backup.backup(settings.data, tmp_path / "backup.sealed", key=b"secret")

    assert not (tmp_path / "backup.sealed").exists()


@pytest.mark.only("sqlite")
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
