"""What messages cost on PostgreSQL: how many statements are executed, and how often their answers are waited for.

Each answer that is waited for keeps the organisation's head locked for longer. Raise a number only with a reason.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from kithdesk import conversations
from kithdesk.channels import chat
from kithdesk.conversations import Sent
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.postgres.pipeline import Pipeline
from tests.routing.shops import Shop, found_shop

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]

Count = Callable[[Awaitable[object]], Awaitable[tuple[int, int]]]


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Statements and waits of one command, with BEGIN and COMMIT."""
    sent: list[int] = []
    run = Pipeline.run

    async def counted(self: Pipeline) -> object:
        if self._waiting:
            sent.append(len(self._waiting))
        return await run(self)

    monkeypatch.setattr(Pipeline, "run", counted)

    async def of(command: Awaitable[object]) -> tuple[int, int]:
        sent.clear()
        await command
        return sum(sent), len(sent)

    return of


class Chat:
    """One visitor and the shop they write to."""

    def __init__(self, shop: Shop, number: int) -> None:
        self._shop = shop
        self._visitor = Actor(organisation=shop.id, type="customer", author=f"{number:024x}")
        self._sent = 0
        self.conversation: conversations.ConversationId | None = None

    async def write(self) -> None:
        self._sent += 1
        sent: Sent = await self._shop.run(
            chat.send_as_visitor,
            by=self._visitor,
            conversation=self.conversation,
            new_conversation=None if self.conversation else "first",
            client_id=f"m{self._sent}",
            body="Where is my order?",
        )
        if self.conversation is None:  # from here on its socket knows who they are
            self.conversation = sent.conversation
            who = sent.message["sentBy"]
            self._visitor = Actor(
                organisation=self._shop.id,
                type="customer",
                id=who["id"],
                author=self._visitor.author,
                display_name=who["displayName"],
            )

    async def answer(self, agent: Actor) -> None:
        self._sent += 1
        await self._shop.run(
            conversations.reply, self.conversation, client_id=f"a{self._sent}", body="Soon.", by=agent
        )


async def test_a_message_waits_for_two_answers(desk: Desk, count: Count) -> None:
    shop = await found_shop(desk, "Acme")
    one = Chat(shop, 1)
    await one.write()

    assert await count(one.write()) == (15, 2)


async def test_an_answer_and_what_is_said_to_it_look_for_work_and_promises(desk: Desk, count: Count) -> None:
    shop = await found_shop(desk, "Acme")
    agent = await shop.agent("ada")
    one = Chat(shop, 1)
    await one.write()

    assert await count(one.answer(agent)) <= (17, 4)
    statements, waits = await count(one.write())
    assert (statements, waits) <= (18, 4)


async def test_an_arrival_that_an_agent_gets_at_once(desk: Desk, count: Count) -> None:
    shop = await found_shop(desk, "Acme")
    await shop.capacity(10)
    await shop.agent("ada")
    for number in (1, 2):
        await Chat(shop, number).write()

    statements, waits = await count(Chat(shop, 3).write())

    assert statements <= 78
    assert waits <= 36
