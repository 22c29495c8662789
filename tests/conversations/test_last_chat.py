"""Which of a customer's chats a browser is in: the last one of those that it may see."""

from __future__ import annotations

import httpx
import msgspec
import pytest

from kithdesk import conversations
from kithdesk.conversations import Conversation
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound
from kithdesk.customers import CustomerId, Identity, VisitorId
from tests.api import Tenant, created
from tests.make import Make

URL = "https://shop.test/boots"


@pytest.fixture
def stranger(make: Make) -> Actor:
    """A browser that has written and proved nothing."""
    visitor = make.visitor()
    make.conversation("Where is my parcel?", visitor=visitor)
    return visitor


@pytest.fixture
def mayas(make: Make, stranger: Actor) -> Conversation:
    """What Maya says now. The stranger's record has been made hers."""
    browser = make.visitor()
    with make.work(browser) as work:
        identity = Identity("email", "maya@acme.test")
        maya = conversations.identify(work, VisitorId(browser.author or ""), identity).customer
    with make.work(make.agent()) as work:
        conversations.merge_customers(work, CustomerId(make.as_customer(stranger).id or ""), maya)
    return make.conversation("Now I write", visitor=browser)


def view(make: Make, actor: Actor) -> str:
    with make.work(actor) as work:
        return conversations.view_page(work, CustomerId(actor.id or ""), url=URL)


def pages(make: Make, conversation: str) -> list[str]:
    with make.work(make.system) as work:
        return [
            page.url for page in conversations.details_of(work, [conversation])[conversation].context.pages
        ]


def test_T16_a_strangers_pages_stand_in_none_of_the_customers_conversations(
    make: Make, stranger: Actor, mayas: Conversation
) -> None:
    narrowed = make.narrow(stranger)
    assert narrowed.sees is not None
    assert mayas.id not in narrowed.sees

    its_own = view(make, narrowed)

    assert its_own != mayas.id
    assert pages(make, its_own)[-1:] == [URL]
    assert pages(make, mayas.id) == []


def test_T16_a_stranger_without_a_chat_of_their_own_leaves_no_page(
    make: Make, stranger: Actor, mayas: Conversation
) -> None:
    narrowed = make.narrow(stranger)
    with make.work(narrowed) as work:
        conversations.end(work, conversations.ConversationId(next(iter(narrowed.sees or ()))))

    with pytest.raises(NotFound):
        view(make, narrowed)
    assert pages(make, mayas.id) == []


def test_the_customer_is_where_they_wrote_last(make: Make, mayas: Conversation) -> None:
    maya = Actor(
        organisation=make.organisation,
        type="customer",
        id=mayas.customer,
        author=mayas.author,
        is_proven=True,
    )

    assert view(make, maya) == mayas.id
    assert pages(make, mayas.id)[-1:] == [URL]


@pytest.mark.anyio
async def test_T16_the_last_chat_is_asked_for_alike_on_both_databases(
    desk: Desk, api: httpx.AsyncClient, acme: Tenant
) -> None:
    maya = (await created(api, "/v1/customers", {"name": "Maya"}))["id"]
    body = {"customer": maya, "message": {"body": "Hello", "direction": "in"}}
    first, last = [(await created(api, "/v1/conversations", body))["id"] for _ in range(2)]
    browser = Actor(organisation=acme.id, type="customer", id=maya, author="f" * 24)

    async def found(sees: frozenset[str] | None) -> str | None:
        by = msgspec.structs.replace(browser, sees=sees)
        chat = (await desk.read(conversations.find_last_of_customer, CustomerId(maya), by=by)).value
        return None if chat is None else str(chat.id)

    assert await found(None) == last
    assert await found(frozenset({first, last})) == last
    assert await found(frozenset({first})) == first
    assert await found(frozenset()) is None
