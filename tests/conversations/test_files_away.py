"""The file store is away: files wait, messages do not. Uploads that break off leave nothing there."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.files import FilesUnavailable, MemoryFiles
from tests.api import Ask, created, got, refusal
from tests.conversations import samples
from tests.conversations.uploads import opened, put, slot, uploaded

pytestmark = pytest.mark.anyio


class UnsteadyFiles(MemoryFiles):
    """Away while told so."""

    def __init__(self) -> None:
        super().__init__()
        self.is_away = False

    async def put(self, key: str, content: bytes) -> None:
        self._check()
        await super().put(key, content)

    async def get(self, key: str) -> bytes:
        self._check()
        return await super().get(key)

    def _check(self) -> None:
        if self.is_away:
            raise FilesUnavailable


class BreakingFiles(MemoryFiles):
    """Takes the first part of an upload; at the second it is away, or never answers."""

    def __init__(self, *, answers: bool) -> None:
        super().__init__()
        self._answers = answers
        self.kept: set[str] = set()
        self.is_asked_again = asyncio.Event()

    async def put(self, key: str, content: bytes) -> None:
        if self.kept:
            self.is_asked_again.set()
            if self._answers:
                raise FilesUnavailable
            await asyncio.Event().wait()
        self.kept.add(key)
        await super().put(key, content)

    async def delete(self, key: str) -> None:
        self.kept.discard(key)
        await super().delete(key)


async def test_an_upload_is_refused_for_now_and_the_same_slot_takes_it_later(
    desk: Desk, ask: Ask, api: httpx.AsyncClient
) -> None:
    files = desk.files = UnsteadyFiles()
    conversation, content = await opened(api), samples.png()
    document = await slot(api, "photo.png", "image/png", len(content))
    id = document["data"]["id"]

    files.is_away = True
    refused = await put(ask, document, content)
    written = await created(api, f"/v1/conversations/{conversation}/messages", {"body": "One moment"})

    assert refusal(refused) == (503, "overloaded", None)
    assert int(refused.headers["retry-after"]) > 0
    assert written["attributes"]["attachments"] == []
    files.is_away = False
    assert (await put(ask, document, content)).status_code == 201
    await created(api, f"/v1/conversations/{conversation}/messages", {"attachments": [id]})


async def test_a_file_that_cannot_be_read_just_now_is_not_called_missing(
    desk: Desk, ask: Ask, api: httpx.AsyncClient
) -> None:
    files = desk.files = UnsteadyFiles()
    content = samples.png()
    document = await slot(api, "photo.png", "image/png", len(content))
    await put(ask, document, content)
    link = (await got(api, f"/v1/attachments/{document['data']['id']}"))["data"]["links"]["related"]

    files.is_away = True
    refused = await ask().get(link)

    assert refusal(refused) == (503, "overloaded", None)
    files.is_away = False
    assert (await ask().get(link)).content == content


async def test_what_was_stored_before_the_store_went_away_is_gone_after_an_hour(
    desk: Desk, ask: Ask, api: httpx.AsyncClient, clock: ManualClock
) -> None:
    files = desk.files = BreakingFiles(answers=True)
    content = samples.png()
    document = await slot(api, "photo.png", "image/png", len(content))

    refused = await put(ask, document, content)

    assert refused.status_code == 503
    await _gone_after_an_hour(desk, files, clock)


async def test_what_was_stored_before_the_upload_died_is_gone_after_an_hour(
    desk: Desk, ask: Ask, api: httpx.AsyncClient, clock: ManualClock
) -> None:
    files = desk.files = BreakingFiles(answers=False)
    content = samples.png()
    document = await slot(api, "photo.png", "image/png", len(content))

    upload = asyncio.create_task(put(ask, document, content))
    await files.is_asked_again.wait()
    upload.cancel()
    await asyncio.gather(upload, return_exceptions=True)

    await _gone_after_an_hour(desk, files, clock)


async def test_a_store_that_took_longer_than_its_blob_may_live_has_stored_nothing(
    desk: Desk, ask: Ask, api: httpx.AsyncClient, clock: ManualClock
) -> None:
    class SlowFiles(MemoryFiles):
        async def put(self, key: str, content: bytes) -> None:
            clock.advance(minutes=31)
            await super().put(key, content)

    content = b"abc"
    document = await slot(api, "a.txt", "text/plain", len(content))
    desk.files = SlowFiles()
    refused = await put(ask, document, content)
    desk.files = MemoryFiles()

    assert refusal(refused) == (503, "overloaded", None)
    assert (await put(ask, document, content)).status_code == 201


async def test_a_file_that_was_stored_is_there_after_an_hour(
    desk: Desk, ask: Ask, api: httpx.AsyncClient, clock: ManualClock
) -> None:
    id = await uploaded(ask, api)

    clock.advance(hours=2)
    await desk.jobs.settle()

    link = (await got(api, f"/v1/attachments/{id}"))["data"]["links"]["related"]
    assert (await ask().get(link)).status_code == 200


async def _gone_after_an_hour(desk: Desk, files: BreakingFiles, clock: ManualClock) -> None:
    clock.advance(minutes=59)
    await desk.jobs.settle()
    assert len(files.kept) == 1

    clock.advance(minutes=2)
    await desk.jobs.settle()
    assert files.kept == set()
