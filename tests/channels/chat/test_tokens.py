"""Visitor tokens: made before anybody has said a word, and dead in time."""

from __future__ import annotations

import pytest

from kithdesk.channels.chat import tokens
from kithdesk.core.clock import ManualClock
from tests.channels.chat.sites import Site, say
from tests.spine import sql


async def test_a_token_names_a_visitor_and_makes_no_customer(site: Site) -> None:
    answer = await site.browser(site.key).post("/c/v1/tracking/tokens")

    assert answer.status_code == 201
    attributes = answer.json()["data"]["attributes"]
    assert answer.json()["data"]["id"] == attributes["trackingId"]
    assert (attributes["customerId"], attributes["identified"]) == (None, False)
    assert await site.customers() == []
    assert "set-cookie" not in answer.headers


async def test_a_token_is_kept_only_as_its_hash(site: Site) -> None:
    token = await site.token()

    rows = await sql(site.desk, "SELECT * FROM visitor_tokens")
    assert len(rows) == 1
    assert token not in str(rows)


async def test_the_current_token_says_whose_it_is_and_never_shows_itself(site: Site) -> None:
    browser = await site.visitor()
    before = (await browser.get("/c/v1/tracking/tokens/current")).json()["data"]["attributes"]

    await say(browser)

    after = (await browser.get("/c/v1/tracking/tokens/current")).json()["data"]["attributes"]
    assert before["customerId"] is None
    assert after["customerId"] is not None
    assert after["trackingId"] == before["trackingId"]
    assert "token" not in after


@pytest.mark.parametrize("bearer", ["", "x", "kdv_" + "a" * 49, "kdw_nobody", "kds_" + "a" * 49])
async def test_a_made_up_token_or_key_is_refused(site: Site, bearer: str) -> None:
    browser = site.browser(bearer)

    for path in ("/c/v1/tracking/tokens/current", "/c/v1/chat/sessions"):
        assert (await browser.get(path)).status_code == 401
    assert (await browser.post("/c/v1/tracking/tokens")).status_code == 401
    assert (await sql(site.desk, "SELECT count(*) FROM visitor_tokens"))[0] == (0,)


async def test_a_key_is_no_token_and_a_token_no_key(site: Site) -> None:
    token = await site.token()

    assert (await site.browser(site.key).get("/c/v1/chat/sessions")).status_code == 401
    assert (await site.browser(token).post("/c/v1/tracking/tokens")).status_code == 401


async def test_a_token_lives_ninety_days_from_its_last_use(site: Site, clock: ManualClock) -> None:
    used, unused = await site.visitor(), await site.visitor()

    clock.advance(days=60)
    assert (await used.get("/c/v1/chat/sessions")).status_code == 200
    clock.advance(days=60)

    assert (await used.get("/c/v1/chat/sessions")).status_code == 200
    assert (await unused.get("/c/v1/chat/sessions")).status_code == 401


async def test_using_a_token_is_written_at_most_once_a_day(site: Site, clock: ManualClock) -> None:
    browser = await site.visitor()

    async def used_at() -> int:
        rows = await sql(site.desk, "SELECT used_at FROM visitor_tokens ORDER BY id")
        return int(rows[0][0])

    made = await used_at()
    clock.advance(hours=23)
    await browser.get("/c/v1/chat/sessions")
    assert await used_at() == made
    clock.advance(hours=1)
    await browser.get("/c/v1/chat/sessions")
    await site.token()  # a command later, the renewal has been written
    await browser.get("/c/v1/chat/sessions")

    assert await used_at() == clock.now()


async def test_tokens_that_died_of_age_are_forgotten(site: Site, clock: ManualClock) -> None:
    await site.token()
    clock.advance(days=91)

    await site.token()

    assert (await sql(site.desk, "SELECT count(*) FROM visitor_tokens"))[0] == (1,)


async def test_logging_out_kills_the_token_and_closes_its_sockets(site: Site) -> None:
    browser = await site.visitor()
    await say(browser)

    answer = await browser.delete("/c/v1/tracking/tokens/current")

    assert answer.status_code == 204
    assert len(site.closed) == 1
    assert (await browser.get("/c/v1/chat/sessions")).status_code == 401
    assert (await say(browser, id="m2")).status_code == 401


async def test_T18_after_logout_the_next_person_on_the_device_sees_an_empty_chat(site: Site) -> None:
    first = await site.visitor()
    await say(first)
    await first.delete("/c/v1/tracking/tokens/current")

    second = await site.visitor()

    assert (await second.get("/c/v1/chat/sessions")).json()["data"] == []


async def test_T17_a_token_of_one_organisation_is_nothing_in_another(site: Site, other_site: Site) -> None:
    mine, theirs = await site.visitor(), await other_site.visitor()
    conversation = (await say(mine)).json()["conversation"]
    await say(theirs)

    for id in (conversation, "f" * 24):
        assert (await theirs.get(f"/c/v1/chat/sessions/{id}")).status_code == 404
        assert (await say(theirs, id="m2", conversation=id)).status_code == 404


async def test_five_hundred_page_loads_make_no_customer_and_set_no_cookie(site: Site) -> None:
    """Promise 5: what a page asks before anybody writes."""
    browser = site.browser()

    answers = [await browser.get(f"/c/v1/chat/settings?key={site.key}") for _ in range(500)]

    assert {answer.status_code for answer in answers} == {200}
    assert all("set-cookie" not in answer.headers for answer in answers)
    assert await site.customers() == []
    assert (await sql(site.desk, "SELECT count(*) FROM visitor_tokens"))[0] == (0,)
    assert (await sql(site.desk, "SELECT count(*) FROM visitors"))[0] == (0,)


async def test_T68_one_network_gets_three_hundred_tokens_a_minute_and_others_are_untouched(
    site: Site, clock: ManualClock
) -> None:
    office = site.browser(site.key, address="198.51.100.9")
    answers = [(await office.post("/c/v1/tracking/tokens")).status_code for _ in range(300)]

    neighbour = site.browser(site.key, address="198.51.100.77")
    refused = await neighbour.post("/c/v1/tracking/tokens")
    elsewhere = await site.browser(site.key, address="192.0.2.1").post("/c/v1/tracking/tokens")

    assert set(answers) == {201}
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert elsewhere.status_code == 201
    clock.advance(seconds=30)
    assert (await neighbour.post("/c/v1/tracking/tokens")).status_code == 201


def test_a_token_is_random_and_its_checksum_refuses_typing_mistakes() -> None:
    token = tokens.new_token()

    assert token != tokens.new_token()
    assert tokens.hash_of(token) is not None
    assert tokens.hash_of(token[:-1] + ("0" if token[-1] != "0" else "1")) is None
    assert tokens.hash_of(token + "0") is None
    assert tokens.hash_of("kdv_ü" + token[5:]) is None
