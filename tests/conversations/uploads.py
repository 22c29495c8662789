"""Files as programs upload them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from kithdesk.core.settings import Settings
from tests.api import Ask, created
from tests.conversations import samples


async def slot(client: httpx.AsyncClient, name: str, content_type: str, length: int) -> dict[str, Any]:
    answer = await client.post(
        "/v1/attachments", json={"name": name, "contentType": content_type, "contentLength": length}
    )
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document


async def put(ask: Ask, document: dict[str, Any], content: bytes) -> httpx.Response:
    """Uploads as a browser does: no credential but the address."""
    upload = document["meta"]["upload"]
    return await ask().post(
        upload["url"], data=upload["fields"], files={"file": ("x", content, "application/octet-stream")}
    )


async def uploaded(
    ask: Ask,
    client: httpx.AsyncClient,
    name: str = "photo.png",
    content_type: str = "image/png",
    content: bytes | None = None,
) -> str:
    data = samples.png() if content is None else content
    document = await slot(client, name, content_type, len(data))
    answer = await put(ask, document, data)
    assert answer.status_code == 201, answer.text
    return str(document["data"]["id"])


async def opened(api: httpx.AsyncClient) -> str:
    """A conversation of a customer of Acme's."""
    customer = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    message = await created(api, f"/v1/customers/{customer}/messages", {"body": "Hello", "direction": "in"})
    return str(message["relationships"]["conversation"]["data"]["id"])


def blobs(settings: Settings) -> list[Path]:
    return [path for path in (settings.data / "files").rglob("*") if path.is_file()]
