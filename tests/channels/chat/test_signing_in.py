"""What a conversation says of who writes in it, through the widget's own doors."""

from __future__ import annotations

import pytest

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from tests.channels.chat.sites import Site, say

pytestmark = pytest.mark.anyio


async def standing(site: Site, conversation: str) -> bool | None:
    found = await site.desk.read(conversations.get_conversation, ConversationId(conversation), by=site.admin)
    return found.value.is_signed_in


async def test_T15_whoever_signs_out_goes_on_as_somebody_unproven_elsewhere(site: Site) -> None:
    visitor = await site.visitor()
    first = (await say(visitor)).json()["conversation"]
    unproven = await standing(site, first)
    signed = site.signed(email="ada@example.com")
    answer = await visitor.post("/c/v1/identity", json={"externalToken": signed})
    browser = site.browser(answer.json()["data"]["attributes"]["token"])
    proven = await standing(site, first)

    await browser.delete("/c/v1/tracking/tokens/current")
    second = (await say(await site.visitor())).json()["conversation"]

    assert (unproven, proven) == (False, True)
    assert (await standing(site, first), await standing(site, second)) == (True, False)


async def test_T15_a_refused_token_proves_nothing(site: Site) -> None:
    visitor = await site.visitor()
    conversation = (await say(visitor)).json()["conversation"]

    forged = site.signed("another secret", email="ada@example.com")
    refused = await visitor.post("/c/v1/identity", json={"externalToken": forged})

    assert refused.status_code == 401
    assert await standing(site, conversation) is False


async def test_T16_what_the_page_claims_proves_nothing(site: Site) -> None:
    visitor = await site.visitor()
    conversation = (await say(visitor)).json()["conversation"]

    claimed = {"attributes": {"emails": [{"email": "ada@example.com"}]}}
    answer = await visitor.patch("/c/v1/customers/current", json=claimed)

    assert answer.status_code < 300, answer.text
    assert await standing(site, conversation) is False
