"""Files that come at the same time."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from kithdesk.imports.uploading import MAX_DRAFTS, MAX_WAITING
from tests.api import got, refusal
from tests.imports.conftest import upload

pytestmark = pytest.mark.anyio


async def test_an_organisation_that_sends_too_many_files_at_once_keeps_nobody_elses_waiting(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    file = "Name,City\n" + "Ana,Porto\n" * 2_000

    *ours, theirs = await asyncio.gather(
        *(upload(api, file) for _ in range(MAX_WAITING + 4)), upload(foreign, file)
    )

    refused = [answer for answer in ours if answer.status_code != 201]
    assert [refusal(answer)[:2] for answer in refused] == [(503, "overloaded")] * 3
    assert theirs.status_code == 201
    assert len((await got(api, "/v1/imports"))["data"]) == MAX_WAITING + 1


async def test_however_many_files_come_at_once_there_are_no_more_drafts_than_may_be(
    api: httpx.AsyncClient,
) -> None:
    answers = await asyncio.gather(*(upload(api, "Name\nAna\n") for _ in range(MAX_DRAFTS + 5)))

    refused = [answer for answer in answers if answer.status_code != 201]
    assert [refusal(answer)[:2] for answer in refused] == [(409, "too_many_imports")] * 5
    assert (await got(api, "/v1/imports"))["meta"]["total"] == MAX_DRAFTS
