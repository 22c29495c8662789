"""What is said of two records lately, once they are one, is what happened last to either; and the journal agrees."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kithdesk import conversations, customers
from kithdesk.conversations import Address, Mailed, Words
from kithdesk.core.actors import Actor
from kithdesk.core.clock import DAY, Instant, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.replay import replay
from tests.make import ACME
from tests.slices import WIRING
from tests.spine import file_of

pytestmark = pytest.mark.anyio

PROGRAM = Actor(
    organisation=ACME, type="machine", id="7" * 24, author="7" * 24, roles=frozenset({"org.admin"})
)


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("mail_goes", [True, False])
async def test_the_channel_is_that_of_what_the_customer_said_last(
    desk: Desk, clock: ManualClock, mail_goes: bool
) -> None:
    """Whoever was answered last need not be who wrote last."""

    async def run(verb: Any, *args: Any, **kwargs: Any) -> Any:
        return (await desk.run(verb, *args, by=PROGRAM, **kwargs)).value

    mail, chat = [
        await run(customers.create_customer, customers.Profile(name=name)) for name in ("Mail", "Chat")
    ]
    sender = Mailed(subject="Kettle", sender=Address("ana@acme.test"))
    wrote = Words(
        body="By mail",
        direction="in",
        channel="email",
        mailed=sender,
        sent_at=Instant(clock.now() - DAY),
    )
    mailed = (await run(conversations.record_message, wrote, customer=mail)).conversation
    await run(conversations.record_message, Words(body="In the chat", direction="in"), customer=chat)
    clock.advance(minutes=1)
    answer = Words(body="By mail as well", sent_at=clock.now())
    await run(conversations.record_message, answer, conversation=mailed)

    source, target = (mail, chat) if mail_goes else (chat, mail)
    await run(conversations.merge_customers, source, target)

    told = (await desk.read(customers.get_customer, target, by=PROGRAM)).value.activity
    assert (told.last_conversation, told.last_in_channel) == (mailed, "chat")
    report = await asyncio.to_thread(replay, file_of(desk), WIRING)
    assert report.agrees, report.differences
