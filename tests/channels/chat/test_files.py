"""Files a visitor sent or was sent: links that live as long as the token that asked for them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from tests.channels.chat.sites import Site, picture, say, upload

pytestmark = pytest.mark.anyio


async def sent_file(browser: httpx.AsyncClient) -> str:
    """A text file in the visitor's first message: its id."""
    named = {"name": "list.txt", "contentType": "text/plain", "contentLength": 5}
    slot: dict[str, Any] = (await browser.post("/c/v1/chat/attachments", json=named)).json()
    upload = slot["meta"]["upload"]
    files = {"file": ("list.txt", b"boots", "text/plain")}
    assert (await browser.post(upload["url"], data=upload["fields"], files=files)).status_code == 201
    assert (await say(browser, attachments=[slot["data"]["id"]])).status_code == 201
    return str(slot["data"]["id"])


async def link_to(browser: httpx.AsyncClient, id: str) -> str:
    answer = await browser.get(f"/c/v1/chat/attachments/{id}")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["data"]["links"]["related"])


async def test_a_picture_in_the_panel_needs_no_token_but_its_link(site: Site) -> None:
    browser = await site.visitor()
    link = await link_to(browser, await sent_file(browser))

    shown = await site.browser().get(link)

    assert (shown.status_code, shown.content) == (200, b"boots")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert shown.headers["cache-control"] == "private, no-store"


async def test_T29_a_visitors_link_dies_when_they_log_out(site: Site) -> None:
    browser = await site.visitor()
    link = await link_to(browser, await sent_file(browser))
    assert (await site.browser().get(link)).status_code == 200

    assert (await browser.delete("/c/v1/tracking/tokens/current")).status_code == 204

    assert (await site.browser().get(link)).status_code == 404


async def test_T29_a_link_from_before_a_login_is_replaced_by_one_of_the_new_token(site: Site) -> None:
    browser = await site.visitor()
    id = await sent_file(browser)
    old = await link_to(browser, id)
    body = {"externalToken": site.signed(externalId="ana", email="ana@example.test")}
    token = (await browser.post("/c/v1/identity", json=body)).json()["data"]["attributes"]["token"]

    assert (await site.browser().get(old)).status_code == 404
    assert (await site.browser().get(await link_to(site.browser(token), id))).status_code == 200


async def test_T29_a_visitors_link_lives_15_minutes_and_is_for_one_door(
    site: Site, clock: ManualClock
) -> None:
    browser = await site.visitor()
    link = await link_to(browser, await sent_file(browser))
    assert (await site.browser().get(link.removeprefix("/c/v1"))).status_code == 404
    assert (await site.browser().get(link[:-1])).status_code == 404

    clock.advance(minutes=15)

    assert (await site.browser().get(link)).status_code == 404


async def test_a_visitor_sends_a_picture_and_sees_it_again(site: Site) -> None:
    browser = await site.visitor()

    attachment = await upload(browser, picture())
    sent = (await say(browser, "", attachments=[attachment["id"]])).json()["message"]
    shown = (await browser.get(f"/c/v1/chat/attachments/{attachment['id']}")).json()
    file = await browser.get(shown["data"]["links"]["related"], headers={"Authorization": ""})
    small = await browser.get(shown["meta"]["thumbnail"], headers={"Authorization": ""})

    assert [one["id"] for one in sent["attachments"]] == [attachment["id"]]
    assert (sent["attachments"][0]["width"], sent["attachments"][0]["hasThumbnail"]) == (80, True)
    assert file.content == picture()
    assert file.headers["content-disposition"].startswith("attachment")
    assert small.headers["content-type"] == "image/webp"
