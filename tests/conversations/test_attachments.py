"""Files from slot to link, and everybody who must not have them."""

from __future__ import annotations

import asyncio
import io
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from PIL import Image

from kithdesk.conversations import MessageId
from kithdesk.conversations.attaching import MAX_FILE
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.settings import Settings
from tests.api import Ask, created, got, refusal
from tests.conversations import samples
from tests.conversations.uploads import blobs, opened, put, slot, uploaded

pytestmark = pytest.mark.anyio


async def test_a_file_goes_from_slot_to_message_to_link(ask: Ask, api: httpx.AsyncClient) -> None:
    conversation, content = await opened(api), samples.png()
    id = await uploaded(ask, api, "Söme photo.png", "image/png", content)

    message = await created(api, f"/v1/conversations/{conversation}/messages", {"attachments": [id]})

    assert message["attributes"]["attachments"] == [
        {
            "id": id,
            "name": "Söme photo.png",
            "contentType": "image/png",
            "contentLength": len(content),
            "width": 800,
            "height": 600,
            "hasThumbnail": True,
        }
    ]
    shown = await got(api, f"/v1/attachments/{id}")
    file = await ask().get(shown["data"]["links"]["related"])
    assert file.content == content
    assert file.headers["content-type"] == "image/png"
    assert file.headers["content-disposition"].startswith("attachment;")
    assert unquote(file.headers["content-disposition"]).endswith("Söme photo.png")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in file.headers["content-security-policy"]
    thumbnail = await ask().get(shown["meta"]["thumbnail"])
    assert (thumbnail.headers["content-type"], thumbnail.headers["content-disposition"]) == (
        "image/webp",
        "inline",
    )
    with Image.open(io.BytesIO(thumbnail.content)) as image:
        assert image.size == (480, 360)
    listed = await got(api, f"/v1/conversations/{conversation}/attachments")
    assert [one["id"] for one in listed["data"]] == [id]
    assert (await got(api, f"/v1/conversations/{conversation}"))["data"]["attributes"][
        "preview"
    ] == "Söme photo.png"


async def test_T35_content_that_lies_is_refused_and_not_kept(
    ask: Ask, api: httpx.AsyncClient, settings: Settings
) -> None:
    content = b"<svg onload=alert(1)>"
    document = await slot(api, "a.png", "image/png", len(content))

    assert refusal(await put(ask, document, content)) == (415, "attachment_refused", "file")

    assert blobs(settings) == []
    answer = await api.post(
        f"/v1/conversations/{await opened(api)}/messages", json={"attachments": [document["data"]["id"]]}
    )
    assert refusal(answer) == (400, "badparam", "attachments")


async def test_T44_a_file_has_at_most_5_mb(ask: Ask, api: httpx.AsyncClient, settings: Settings) -> None:
    text = b"x" * MAX_FILE
    await uploaded(ask, api, "a.txt", "text/plain", text)
    over = await api.post(
        "/v1/attachments", json={"name": "a.txt", "contentType": "text/plain", "contentLength": MAX_FILE + 1}
    )
    document = await slot(api, "b.txt", "text/plain", MAX_FILE)
    kept = len(blobs(settings))

    async def endless() -> Any:
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="b.txt"\r\n\r\n'
        yield head
        for _ in range(1_000):
            yield b"x" * 65_536

    streamed = await ask().post(
        document["meta"]["upload"]["url"],
        content=endless(),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )

    assert refusal(over) == (413, "attachment_too_large", "contentLength")
    assert refusal(streamed)[0] == 413
    assert len(blobs(settings)) == kept


async def test_the_files_of_a_message_have_at_most_9_5_mb(ask: Ask, api: httpx.AsyncClient) -> None:
    path = f"/v1/conversations/{await opened(api)}/messages"
    half = await uploaded(ask, api, "a.txt", "text/plain", b"x" * MAX_FILE)
    rest = await uploaded(ask, api, "b.txt", "text/plain", b"x" * (9_961_472 - MAX_FILE))
    over = await uploaded(ask, api, "c.txt", "text/plain", b"x")

    assert refusal(await api.post(path, json={"attachments": [half, rest, over]}))[:2] == (
        413,
        "attachment_too_large",
    )
    await created(api, path, {"attachments": [half, rest]})


@pytest.mark.parametrize("length", [-1, 0])
async def test_a_file_is_as_long_as_was_said(ask: Ask, api: httpx.AsyncClient, length: int) -> None:
    document = await slot(api, "a.txt", "text/plain", 5)

    assert refusal(await put(ask, document, b"1234" if length < 0 else b"123456")) == (
        400,
        "badparam",
        "file",
    )


def part(name: str, content: str = "abc", *, filename: str | None = None) -> bytes:
    """One part of a form whose boundary is `b`."""
    named = f'; filename="{filename}"' if filename else ""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n{content}\r\n'.encode()


FORM = "multipart/form-data; boundary=b"


WRONG_FORMS = {
    "no form": ("application/json", b"{}"),
    "no boundary": ("multipart/form-data", b"--b\r\n"),
    "another boundary": (FORM, b"no boundary at all"),
    "no name": (FORM, b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"),
    "text for a file": (FORM, part("file") + b"--b--\r\n"),
    "another slot": (FORM, part("attachment", "other") + part("file", filename="a") + b"--b--\r\n"),
    "two files": (FORM, part("file", filename="a") + part("file", filename="b") + b"--b--\r\n"),
    "endless boundary": ("multipart/form-data; boundary=" + "b" * 5_000, b"x" * 10_000),
}


@pytest.mark.parametrize("wrong", WRONG_FORMS)
async def test_T46_a_form_that_is_none_is_refused(
    ask: Ask, api: httpx.AsyncClient, settings: Settings, wrong: str
) -> None:
    content_type, body = WRONG_FORMS[wrong]
    document = await slot(api, "a.txt", "text/plain", 3)

    answer = await ask().post(
        document["meta"]["upload"]["url"], content=body, headers={"Content-Type": content_type}
    )

    assert refusal(answer)[:2] == (400, "badparam")
    assert blobs(settings) == []


async def test_the_first_file_of_a_slot_stays(
    ask: Ask, api: httpx.AsyncClient, desk: Desk, settings: Settings
) -> None:
    document = await slot(api, "a.txt", "text/plain", 3)

    answers = await asyncio.gather(*(put(ask, document, text) for text in (b"one", b"two", b"six")))
    later = await put(ask, document, b"ten")

    assert {answer.status_code for answer in (*answers, later)} == {201}
    await desk.jobs.settle()
    assert len(blobs(settings)) == 1
    link = (await got(api, f"/v1/attachments/{document['data']['id']}"))["data"]["links"]["related"]
    content = (await ask().get(link)).content
    assert content in (b"one", b"two", b"six")


async def test_T29_a_slot_is_forged_or_old_or_nothing(
    ask: Ask, api: httpx.AsyncClient, clock: ManualClock
) -> None:
    document = await slot(api, "a.txt", "text/plain", 3)
    url = document["meta"]["upload"]["url"]
    forged = {"meta": {"upload": {"url": url[:-2] + "xx", "fields": {}}}}
    assert (await put(ask, forged, b"one")).status_code == 404

    clock.advance(minutes=61)

    assert (await put(ask, document, b"one")).status_code == 404


async def test_what_is_never_sent_goes_after_a_day(
    ask: Ask, api: httpx.AsyncClient, desk: Desk, clock: ManualClock, settings: Settings
) -> None:
    conversation = await opened(api)
    unsent, sent, drafted = [await uploaded(ask, api) for _ in range(3)]
    await slot(api, "never.txt", "text/plain", 3)
    await created(api, f"/v1/conversations/{conversation}/messages", {"attachments": [sent]})
    await api.put(
        f"/v1/conversations/{conversation}/drafts/current", json={"body": "", "attachments": [drafted]}
    )

    clock.advance(hours=24)
    await desk.jobs.settle()

    assert {path.parent.name.partition("-")[0] for path in blobs(settings)} == {sent, drafted}
    assert (await api.get(f"/v1/attachments/{unsent}")).status_code == 404
    assert (await api.get(f"/v1/attachments/{drafted}")).status_code == 200
    answer = await api.post(f"/v1/conversations/{conversation}/messages", json={"attachments": [unsent]})
    assert refusal(answer) == (400, "badparam", "attachments")

    await api.delete(f"/v1/conversations/{conversation}/drafts/current")
    clock.advance(hours=24)
    await desk.jobs.settle()
    assert {path.parent.name.partition("-")[0] for path in blobs(settings)} == {sent}


async def test_a_message_remembers_its_files_when_it_is_repeated(ask: Ask, api: httpx.AsyncClient) -> None:
    path = f"/v1/conversations/{await opened(api)}/messages"
    one, two = await uploaded(ask, api), await uploaded(ask, api)
    first = await api.post(path, json={"attachments": [one], "clientId": "c1"})
    again = await api.post(path, json={"attachments": [one], "clientId": "c1"})
    other = await api.post(path, json={"attachments": [two], "clientId": "c1"})

    assert (again.status_code, again.json()) == (200, first.json())
    assert refusal(other) == (409, "message_id_reused", "id")
    assert MessageId(first.json()["data"]["id"])
