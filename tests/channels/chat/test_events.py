"""What a page tells of its visitor."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk.channels.chat.limits import EVENTS
from kithdesk.core.clock import ManualClock, iso
from tests.channels.chat.sites import Site, say
from tests.spine import sql

BASKET: dict[str, Any] = {"name": "basket filled", "meta": {"items": 3}}


async def told(site: Site) -> list[str]:
    rows = await sql(site.desk, "SELECT id FROM journal WHERE kind = 'customer.tracked'")
    return [row[0] for row in rows]


async def test_a_page_tells_of_a_visitor_who_wrote(site: Site, clock: ManualClock) -> None:
    browser = await site.visitor()
    await say(browser)

    answer = await browser.post("/c/v1/tracking/events", json=BASKET | {"at": iso(clock.now())})

    assert (answer.status_code, answer.content) == (204, b"")
    assert len(await told(site)) == 1


async def test_T81_T47_what_a_page_tells_has_no_queries_and_nothing_unseen(site: Site) -> None:
    browser = await site.visitor()
    await say(browser)
    meta = {"from": "https://shop.test/a?token=s3cret#x", "list": ["see https://shop.test/b?k=s3cret now"]}

    answer = await browser.post(
        "/c/v1/tracking/events", json={"name": "left\u202e", "meta": meta | {"why\u200b": "a\u202eb"}}
    )

    assert answer.status_code == 204
    kept = (await sql(site.desk, "SELECT payload FROM journal_personal WHERE payload LIKE '%shop.test%'"))[-1]
    assert "s3cret" not in kept[0]
    assert "see https://shop.test/b now" in kept[0]
    assert not {"\u202e", "\u200b"} & set(kept[0])


async def test_nothing_is_kept_of_a_visitor_who_said_nothing(site: Site) -> None:
    browser = await site.visitor()

    answer = await browser.post("/c/v1/tracking/events", json=BASKET)

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "no_customer_yet"
    assert await told(site) == []
    assert await site.customers() == []


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": "x", "meta": {"k": "v" * 5_000}},
        {"name": "x", "customer": "f" * 24},
        {"name": "x", "identity": {"email": "ada@example.com"}},
    ],
)
async def test_T24_a_page_tells_only_of_its_own_visitor_and_little(site: Site, body: dict[str, Any]) -> None:
    browser = await site.visitor()
    await say(browser)

    assert (await browser.post("/c/v1/tracking/events", json=body)).status_code == 400
    assert await told(site) == []


async def test_one_page_is_slowed_and_the_others_are_not(site: Site) -> None:
    browser, other = await site.visitor(), await site.visitor()
    await say(browser)
    await say(other)

    statuses = [
        (await browser.post("/c/v1/tracking/events", json=BASKET)).status_code
        for _ in range(int(EVENTS.count) + 1)
    ]

    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {204}
    assert (await other.post("/c/v1/tracking/events", json=BASKET)).status_code == 204
