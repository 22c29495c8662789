"""Whoever tries the demo alone, as Robin, is given whatever they write as a customer, and sees why."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations, customers, demo, routing
from kithdesk.conversations import Context, ConversationId, Page
from kithdesk.core.actors import Actor, system
from kithdesk.core.desk import Desk
from kithdesk.core.work import Work
from kithdesk.customers import VisitorId
from kithdesk.demo import DemoLinks
from kithdesk.demo.staff import SANNA, acting, find_colleagues
from kithdesk.routing import set_status
from tests.demo.conftest import catch_up
from tests.demo.test_signing_in import statuses_of

SHOP = "http://localhost:8080/shop/"
BROWSER = "a" * 24


def write(work: Work, body: str, path: str, language: str) -> ConversationId:
    customer = customers.customer_of_visitor(work, VisitorId(BROWSER))
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=BROWSER)
    context = Context(language=language, pages=(Page(f"{SHOP}{path}", "", work.now),))
    sent = conversations.receive(
        work,
        conversation=None,
        new_conversation="first",
        customer=customer,
        author=BROWSER,
        client_id="first-0",
        body=body,
        context=context,
    )
    return sent.conversation


async def item_of(desk: Desk, links: DemoLinks, conversation: str) -> dict[str, Any]:
    return (await desk.read(routing.draw_last_item, conversation, by=system(links.organisation))).value


@pytest.mark.parametrize(
    ("body", "path", "language", "queue", "skills"),
    [
        ("Hello, is anybody there?", "", "en-GB", "Advice", {}),
        ("Will it stand up to wind?", "p/hollow-4", "en-GB", "Advice", {"shelter": 1}),
        ("Has my order left you?", "account", "en-GB", "Orders", {}),
        ("Can I send it back?", "help", "en-GB", "Returns and mending", {}),
        ("The zip is broken", "help", "en-GB", "Returns and mending", {"mending": 2}),
        ("Guten Tag, haben Sie geöffnet?", "help", "de-DE", "Advice", {"lang:de": 1}),
    ],
)
async def test_robin_alone_is_given_at_once_whatever_is_written(
    desk: Desk, links: DemoLinks, body: str, path: str, language: str, queue: str, skills: dict[str, int]
) -> None:
    assert await statuses_of(desk, links.console, 1) == [201]
    await catch_up(desk, links)

    opened = (await desk.run(write, body, path, language, by=system(links.organisation))).value

    item = await item_of(desk, links, opened)
    entered = item["relationships"]["queue"]["data"]["id"]
    found = (await desk.read(routing.find_queue, entered, by=system(links.organisation))).value
    assert found is not None
    assert (found.name, item["attributes"]["skills"]) == (queue, skills)
    robin = {"type": "user", "id": links.agent}
    if queue == "Returns and mending":
        assert item["relationships"]["offeredTo"]["data"] == robin
    else:
        assert item["relationships"]["users"]["data"] == [robin]


async def test_a_parcel_on_its_way_goes_to_orders_before_others(desk: Desk, links: DemoLinks) -> None:
    def write_as_maya(work: Work) -> ConversationId:
        maya = customers.find_by_external_id(work, "BB-1042")
        assert maya is not None
        work.actor = Actor(organisation=work.organisation, type="customer", id=maya, author=BROWSER)
        return conversations.receive(
            work,
            conversation=None,
            new_conversation="parcel",
            customer=maya,
            author=BROWSER,
            client_id="parcel-0",
            body="Is there any news?",
            context=Context(pages=(Page(f"{SHOP}account", "", work.now),)),
        ).conversation

    opened = (await desk.run(write_as_maya, by=system(links.organisation))).value

    assert (await item_of(desk, links, opened))["attributes"]["priority"] == 20


async def test_what_is_arranged_is_for_whoever_tries_it_to_change(desk: Desk, links: DemoLinks) -> None:
    def rename(work: Work) -> None:
        advice = routing.find_default_queue(work)
        assert advice is not None
        routing.change_queue(work, advice, {"name": "Everything"})

    await desk.run(rename, by=system(links.organisation))
    head = await desk.head(links.organisation)

    await demo.prepare(desk)

    assert await desk.head(links.organisation) == head


async def test_the_bench_is_not_given_orders(desk: Desk, links: DemoLinks) -> None:
    program = system(links.organisation)
    sanna = (await desk.read(find_colleagues, by=program)).value[SANNA.key]
    await desk.run(set_status, sanna.id, "available", by=acting(links.organisation, sanna))

    opened = (await desk.run(write, "Where is my order?", "account", "en-GB", by=program)).value

    assert (await item_of(desk, links, opened))["attributes"]["status"] == "queued"
