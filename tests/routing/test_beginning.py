"""Conversations that programs begin: who has them, and when they are anybody's work."""

from __future__ import annotations

from typing import Any

from kithdesk import conversations, customers
from kithdesk.conversations import ConversationId, Words
from kithdesk.core.actors import Actor
from kithdesk.customers import CustomerId, Profile
from kithdesk.routing.beginning import begin
from tests.routing.conftest import Browse
from tests.routing.shops import Shop


async def program(shop: Shop) -> Actor:
    """One with an administrator's key."""
    user = "e" * 24
    roles = frozenset({"org.user", "org.admin"})
    return Actor(organisation=shop.id, type="machine", id=user, author=user, roles=roles)


async def begun(shop: Shop, words: Words | None = None, **more: Any) -> ConversationId:
    """A program begins one of a new customer's."""
    customer = await shop.run(customers.create_customer, Profile())
    opening, changes = conversations.Opening(direction=more.pop("direction", None)), more
    made = await shop.run(begin, customer, opening, words, changes, by=await program(shop))
    return ConversationId(made.conversation)


async def say(shop: Shop, conversation: ConversationId, direction: Any) -> None:
    words = Words(body="Hello", direction=direction)
    await shop.run(conversations.record_message, words, conversation=conversation, by=await program(shop))


async def test_an_empty_one_is_nobodys_work_before_its_customer_writes(shop: Shop) -> None:
    ana = await shop.agent("ana")
    conversation = await begun(shop)
    assert ((await shop.item(conversation)).state, await shop.load(ana)) == ("idle", 0)

    await say(shop, conversation, "out")
    assert (await shop.item(conversation)).state == "idle"
    await say(shop, conversation, "in")

    assert (await shop.has(conversation), await shop.load(ana)) == ([ana.id], 1)


async def test_one_that_the_customer_began_is_work_at_once(shop: Shop) -> None:
    ana = await shop.agent("ana")
    await shop.queue("Returns")  # whose rule asks what was said

    conversation = await begun(shop, direction="in")

    assert await shop.has(conversation) == [ana.id]


async def test_who_has_it_is_said_as_it_begins(shop: Shop, browse: Browse) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    customer = await shop.run(customers.create_customer, Profile(name="Cleo"))
    queue = await shop.queue("Returns")
    admin = await browse(shop, shop.admin)
    path = f"/v1/customers/{customer}/conversations"

    theirs = await admin.post(path, json={"assignedUsers": [ben.id], "message": {"body": "Hi"}})
    waits = await admin.post(path, json={"queue": queue, "status": "open"})
    done = await admin.post(path, json={"assignedUsers": [ana.id], "status": "done"})
    wrong = await admin.post(path, json={"assignedUsers": ["f" * 24]})

    assert theirs.json()["data"]["attributes"]["assignedUsers"] == [ben.id]
    assert waits.json()["data"]["relationships"]["queue"]["data"]["id"] == queue
    assert done.json()["data"]["attributes"]["status"] == "done"
    assert (wrong.status_code, wrong.json()["errors"][0]["source"]) == (400, {"parameter": "assignedUsers"})
    listed = (await admin.get(path)).json()
    assert listed["meta"]["total"] == 3


async def test_a_repeat_takes_nothing_off_anybody(shop: Shop) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    customer: CustomerId = await shop.run(customers.create_customer, Profile())
    by, words = await program(shop), Words(body="Hello", client_id="c1")
    changes = {"assignedUsers": [ana.id]}
    first = await shop.run(begin, customer, conversations.Opening(), words, changes, by=by)
    await shop.run(conversations.close, first.conversation)

    again = await shop.run(
        begin, customer, conversations.Opening(), words, {"assignedUsers": [ben.id]}, by=by
    )

    assert (again.conversation, again.is_repeat) == (first.conversation, True)
    assert await shop.has(first.conversation) == [ana.id]
