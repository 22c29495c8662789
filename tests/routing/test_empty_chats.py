"""A chat that a browser begins before its visitor writes is nobody's work."""

from __future__ import annotations

from kithdesk import conversations, customers
from kithdesk.conversations import ConversationId
from kithdesk.core.actors import Actor
from kithdesk.customers import VisitorId
from tests.routing.shops import Shop

BROWSER = VisitorId("c" * 24)


async def begun(shop: Shop) -> tuple[ConversationId, Actor]:
    """One of a new visitor's."""
    browser = Actor(organisation=shop.id, type="customer", author=BROWSER)
    customer = await shop.run(customers.customer_of_visitor, BROWSER, by=browser)
    visitor = Actor(organisation=shop.id, type="customer", id=customer, author=BROWSER)
    made = await shop.run(conversations.begin_chat, customer, BROWSER, by=visitor)
    return made.conversation, visitor


async def test_it_is_work_once_its_visitor_writes(shop: Shop) -> None:
    ana = await shop.agent("ana")
    conversation, visitor = await begun(shop)
    assert ((await shop.item(conversation)).state, await shop.load(ana)) == ("idle", 0)

    await shop.run(
        conversations.receive,
        conversation=conversation,
        new_conversation=None,
        customer=visitor.id,
        author=BROWSER,
        client_id="m1",
        body="Hello",
        by=visitor,
    )

    assert (await shop.has(conversation), await shop.load(ana)) == ([ana.id], 1)


async def test_an_agent_who_writes_in_it_first_has_it(shop: Shop) -> None:
    ana = await shop.agent("ana")
    conversation, _ = await begun(shop)

    await shop.run(conversations.reply, conversation, client_id="r1", body="May I help?", by=ana)

    assert await shop.has(conversation) == [ana.id]
