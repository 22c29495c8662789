"""How much one visitor may write and send, and that nobody else pays for it."""

from __future__ import annotations

import asyncio

from kithdesk.core.clock import ManualClock
from tests.channels.chat.sites import Site, say


async def test_twenty_uploads_an_hour_and_no_more(site: Site) -> None:
    browser = await site.visitor()
    body = {"name": "a.txt", "contentType": "text/plain", "contentLength": 3}

    answers = [(await browser.post("/c/v1/chat/attachments", json=body)).status_code for _ in range(21)]

    assert answers == [201] * 20 + [429]


async def test_thirty_messages_a_minute_and_one_abuser_is_slowed_alone(
    site: Site, clock: ManualClock
) -> None:
    """Promise 9: both sit behind one address."""
    abuser, neighbour = await site.visitor(), await site.visitor()

    statuses = [(await say(abuser, id=f"m{number}")).status_code for number in range(31)]

    assert statuses == [201] * 30 + [429]
    assert (await say(neighbour)).status_code == 201
    clock.advance(seconds=2)
    assert (await say(abuser, id="m30")).status_code == 201


async def test_five_new_conversations_an_hour_and_retries_do_not_count(
    site: Site, clock: ManualClock
) -> None:
    browser = await site.visitor()
    for number in range(5):
        for _ in range(2):
            answer = await say(browser, newConversation=f"c{number}")
            assert answer.status_code in (200, 201)

    refused = await say(browser, newConversation="c5")
    refused_again = await say(browser, newConversation="c5")
    known = await say(browser, id="m2", newConversation="c4")

    assert (refused.status_code, refused_again.status_code) == (429, 429)
    assert known.status_code == 201
    clock.advance(minutes=15)
    assert (await say(browser, newConversation="c5")).status_code == 201


async def test_two_hundred_visitors_behind_one_address_all_write(site: Site) -> None:
    """Promise 9."""
    browsers = [await site.visitor() for _ in range(200)]

    answers = await asyncio.gather(*(say(browser) for browser in browsers))

    assert {answer.status_code for answer in answers} == {201}
    assert len(await site.customers()) == 200
