"""The file store is away: files wait, messages do not."""

from __future__ import annotations

import httpx
import pytest

from kithdesk.core.desk import Desk
from kithdesk.core.files import FilesUnavailable, MemoryFiles
from tests.api import Ask, created, got, refusal
from tests.conversations import samples
from tests.conversations.test_attachments import opened, put, slot

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
