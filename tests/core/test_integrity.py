"""What was taken out of the database is noticed at the start and once a day, and is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from kithdesk.core.desk import Desk
from kithdesk.core.integrity import NotWhole, damage_of, look_over
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.core.words import BY, say
from tests.databases import new_file
from tests.spine import sql

pytestmark = pytest.mark.anyio


async def started(settings: Settings, wiring: Wiring) -> Desk:
    desk = Desk(settings, wiring)
    await desk.start(jobs=False)
    return desk


async def test_T96_nobody_serves_a_journal_without_its_end(settings: Settings, wiring: Wiring) -> None:
    desk = await started(settings, wiring)
    await desk.run(say, "first", by=BY)
    await desk.run(say, "last", by=BY)
    await sql(desk, "DELETE FROM journal WHERE position = 2")
    await desk.stop()

    with pytest.raises(NotWhole, match=BY.organisation):
        await started(settings, wiring)


async def test_T96_an_older_journal_under_newer_heads_is_noticed_while_it_is_served(desk: Desk) -> None:
    await desk.run(say, "first", by=BY)
    await look_over(desk)
    assert desk.is_whole

    await sql(desk, "UPDATE heads SET position = 5")
    await look_over(desk)

    assert not desk.is_whole


def test_T96_a_damaged_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "kithdesk.sqlite3"
    new_file(path)
    assert damage_of(path) is None
    content = bytearray(path.read_bytes())
    middle = len(content) // 4096 // 2 * 4096
    content[middle : middle + 8192] = b"\xff" * 8192
    path.write_bytes(content)

    assert damage_of(path) is not None
