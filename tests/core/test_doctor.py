"""The doctor names what is wrong, on both databases, and never says a secret."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from kithdesk.core.actors import INSTALLATION
from kithdesk.core.clock import MINUTE, SECOND, Clock, Instant, ManualClock, SystemClock
from kithdesk.core.desk import Desk
from kithdesk.core.doctor import Finding, examine
from kithdesk.core.nodes import renew
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import database_path
from kithdesk.core.work import Wiring
from tests.core.words import BY, say
from tests.spine import sql

pytestmark = pytest.mark.anyio

PASSWORD = "correct-horse"


@pytest.fixture
async def server(settings: Settings, wiring: Wiring) -> AsyncIterator[Desk]:
    """One that runs, on the real clock."""
    desk = Desk(settings, wiring)
    await desk.start()
    await desk.run(say, "hello", by=BY)
    yield desk
    await desk.stop()


async def found(settings: Settings, clock: Clock | None = None) -> dict[str, Finding]:
    findings = await asyncio.to_thread(lambda: list(examine(settings, clock)))
    assert PASSWORD not in str(findings)
    return {finding.check: finding for finding in findings}


async def joins(desk: Desk, node: str, *, runs_effects: bool, serves: bool = True) -> None:
    """Another process takes a lease beside this desk's."""
    await desk.run(renew, node, serves=serves, runs_effects=runs_effects, is_alone=False, by=INSTALLATION)


async def test_a_healthy_installation_has_no_problem(server: Desk) -> None:
    findings = await found(server.settings)

    # Tests switch flushing off in their PostgreSQL, and the doctor must not like it.
    assert [f.check for f in findings.values() if f.level == "problem"] == (
        ["durability"] if server.database.is_shared else []
    )
    assert findings["schema"].level == findings["jobs"].level == findings["journal"].level == "ok"
    assert "1 server running" in findings["servers"].words


async def test_work_that_waits_or_was_given_up_is_counted(server: Desk) -> None:
    await server.jobs.stop()
    await joins(server, "other", runs_effects=True)
    await server.run(say, "later", later=True, by=BY)
    await server.run(say, "never", later=True, by=BY)
    await sql(server, "UPDATE jobs SET status = 'dead' WHERE payload LIKE '%never%'")

    now = (await found(server.settings))["jobs"]
    later = await found(server.settings, ManualClock(Instant(SystemClock().now() + 5 * MINUTE)))

    assert now.level == "ok"
    assert later["jobs"].level == "warning"
    assert later["jobs"].words.startswith("1 should have run")
    assert later["given up"].words.startswith("1 job was given up")


async def test_what_a_dead_process_had_claimed_waits_as_well(server: Desk) -> None:
    await server.jobs.stop()
    await joins(server, "other", runs_effects=True)
    await server.run(say, "later", later=True, by=BY)
    await sql(server, "UPDATE jobs SET status = 'running', node = 'other'")
    in_a_while = ManualClock(Instant(SystemClock().now() + 5 * MINUTE))

    while_it_lives = await found(server.settings, in_a_while)
    await sql(server, "UPDATE nodes SET lease_until = 0 WHERE id = 'other'")
    once_it_is_dead = await found(server.settings, in_a_while)

    assert while_it_lives["jobs"].words == "none is late"
    assert once_it_is_dead["jobs"].words.startswith("1 should have run")


async def test_processes_that_leave_the_outside_to_nobody_are_named(server: Desk) -> None:
    assert "workers" not in await found(server.settings)
    await server.jobs.stop()
    await joins(server, "other", runs_effects=False)

    assert (await found(server.settings))["workers"].level == "warning"


async def test_servers_and_workers_are_told_apart(server: Desk) -> None:
    await joins(server, "other", runs_effects=True)
    await joins(server, "a worker", runs_effects=True, serves=False)

    findings = await found(server.settings)

    assert findings["servers"].words.startswith("2 servers and 1 worker running")
    if server.database.is_shared:
        assert findings["connections"].words.startswith("2 servers and 1 worker may take 51 of ")


async def test_two_versions_side_by_side_are_noticed(server: Desk) -> None:
    await joins(server, "other", runs_effects=True)
    await sql(server, "UPDATE nodes SET version = '99.1' WHERE id = 'other'")

    servers = (await found(server.settings))["servers"]

    assert servers.level == "warning"
    assert "99.1" in servers.words


async def test_a_journal_without_its_tail_is_a_problem(server: Desk) -> None:
    assert (await found(server.settings))["journal"].level == "ok"
    await sql(server, "DELETE FROM journal")

    assert (await found(server.settings))["journal"].level == "problem"


@pytest.mark.only("sqlite")
async def test_a_damaged_file_is_a_problem(settings: Settings, wiring: Wiring) -> None:
    desk = Desk(settings, wiring)
    await desk.start(jobs=False)
    await desk.stop()
    path = database_path(settings.data)
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    path.write_bytes(content)

    assert "problem" in {
        f.level for f in (await found(settings)).values() if f.check in ("integrity", "database")
    }


@pytest.mark.only("postgresql")
async def test_another_key_than_the_installations_is_a_problem(server: Desk) -> None:
    assert "the same" in (await found(server.settings))["secret key"].words
    stranger = server.settings.model_copy(update={"secret_key": SecretStr(PASSWORD * 2)})

    assert (await found(stranger))["secret key"].level == "problem"

    keyless = server.settings.model_copy(update={"data": server.settings.data / "empty"})
    assert (await found(keyless))["secret key"].level == "problem"
    assert not (server.settings.data / "empty").exists()


@pytest.mark.only("postgresql")
async def test_clocks_that_differ_are_noticed(server: Desk) -> None:
    assert (await found(server.settings))["clock"].words == "the database's agrees with this machine's"

    slow = await found(server.settings, ManualClock(Instant(SystemClock().now() - 10 * SECOND)))

    assert slow["clock"].level == "warning"
    assert "ahead" in slow["clock"].words


@pytest.mark.only("postgresql")
async def test_too_few_connections_for_all_processes_are_noticed(server: Desk) -> None:
    assert (await found(server.settings))["connections"].level == "ok"
    for node in range(20):
        await joins(server, f"node {node}", runs_effects=True)

    assert (await found(server.settings))["connections"].level == "warning"


async def test_a_database_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    url = SecretStr(f"postgresql://me:{PASSWORD}@127.0.0.1:1/x")

    findings = await found(Settings(data=tmp_path, database_url=url))

    assert findings["database"].level == "problem"
    assert "journal" not in findings


async def test_a_bus_and_a_store_that_are_not_there_are_problems(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(
        data=tmp_path,
        bus_url=SecretStr(f"nats://me:{PASSWORD}@127.0.0.1:1"),
        storage_url=(tmp_path / "file").as_uri(),
    )

    findings = await found(settings)

    assert (findings["bus"].level, findings["files"].level) == ("problem", "problem")


async def test_a_store_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "files"
    store.mkdir(mode=0o750)

    findings = await found(Settings(data=tmp_path, storage_url=store.as_uri()))

    assert findings["files"].words == "a file was put, read and deleted"
    assert _names_in(store) == []
    assert store.stat().st_mode & 0o777 == 0o750


async def test_a_folder_for_files_that_is_not_there_is_named_and_not_made(tmp_path: Path) -> None:
    findings = await found(Settings(data=tmp_path / "data", storage_url=(tmp_path / "files").as_uri()))

    assert findings["files"].level == "warning"
    assert "does not exist" in findings["files"].words
    assert _names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("given", "check", "level"),
    [
        ({"base_url": "http://help.acme.test"}, "address", "problem"),
        ({"base_url": "http://localhost:8080"}, "address", "ok"),
        ({"base_url": "https://help.acme.test"}, "proxies", "warning"),
        ({"base_url": "https://help.acme.test", "trusted_proxies": "10.0.0.0/8"}, "proxies", "ok"),
        ({"trusted_proxies": "127.0.0.1, ::/0"}, "proxies", "warning"),
        ({"limits": "off"}, "limits", "warning"),
        ({"test": True}, "test mode", "warning"),
        ({"database_url": "postgresql://127.0.0.1:1/x"}, "bus", "warning"),
        ({"database_url": "postgresql://127.0.0.1:1/x"}, "files", "warning"),
        ({"secret_key_file": "/nowhere/key"}, "secret key", "problem"),
    ],
)
async def test_settings_that_one_would_not_want_are_named(
    tmp_path: Path, given: dict[str, str], check: str, level: str
) -> None:
    assert (await found(Settings(data=tmp_path, **given)))[check].level == level  # type: ignore[arg-type]


async def test_a_list_of_proxies_that_ends_in_a_comma_is_a_list(server: Desk) -> None:
    settings = server.settings.model_copy(update={"trusted_proxies": "10.0.0.0/8, "})

    assert (await found(settings))["proxies"].level == "ok"


def _names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
