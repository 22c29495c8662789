"""Links to files: whom they are for, and when they die."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
import pytest

from kithdesk import conversations, customers
from kithdesk.access import provisioning
from kithdesk.access.credentials import hash_of, new_token
from kithdesk.access.sessions import open_session
from kithdesk.access.users import deactivate_user
from kithdesk.conversations import AttachmentId
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound
from kithdesk.customers import VisitorId
from tests.api import Ask, Tenant, created, got, refusal
from tests.conversations.uploads import opened, uploaded

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class SignedIn:
    id: str
    client: httpx.AsyncClient


async def signed_in(ask: Ask, desk: Desk, email: str) -> SignedIn:
    """An agent of Acme's on one more device."""
    id = (await provisioning.create_agent(desk, email, "Ben", org="Acme"))["id"]
    by = system((await provisioning.find_organisation(desk, "Acme")).id)
    token = new_token("session")
    await desk.run(open_session, id, token_hash=hash_of(token), method="password", by=by)
    return SignedIn(id, ask(token))


async def test_T29_a_link_lives_15_minutes_and_is_for_one_file(
    ask: Ask, api: httpx.AsyncClient, clock: ManualClock
) -> None:
    id = await uploaded(ask, api)
    link = (await got(api, f"/v1/attachments/{id}"))["data"]["links"]["related"]
    clock.advance(minutes=14, seconds=59)
    assert (await ask().get(link)).status_code == 200

    for wrong in (
        f"/files/{id}",
        link[:-1],
        link + "x",
        "/files/..%2f..%2fetc%2fpasswd",
        "/files/a.b",
        "/files/.",
    ):
        assert (await ask().get(wrong)).status_code in (400, 404), wrong
    clock.advance(seconds=1)
    assert (await ask().get(link)).status_code == 404


async def test_T29_a_link_dies_with_its_readers_access(
    ask: Ask, api: httpx.AsyncClient, acme: Tenant, desk: Desk
) -> None:
    conversation = await opened(api)
    id = await uploaded(ask, api)
    await created(api, f"/v1/conversations/{conversation}/messages", {"attachments": [id]})
    agent = await signed_in(ask, desk, "ben@acme.test")
    link = (await got(agent.client, f"/v1/attachments/{id}"))["data"]["links"]["related"]
    assert (await ask().get(link)).status_code == 200

    await desk.run(deactivate_user, agent.id, by=system(acme.id))

    assert (await ask().get(link)).status_code == 404


async def test_T29_a_link_dies_with_the_sign_in_that_asked_for_it(
    ask: Ask, api: httpx.AsyncClient, desk: Desk
) -> None:
    conversation = await opened(api)
    id = await uploaded(ask, api)
    await created(api, f"/v1/conversations/{conversation}/messages", {"attachments": [id]})
    agent = await signed_in(ask, desk, "ben@acme.test")
    elsewhere = await signed_in(ask, desk, "ben@acme.test")
    link, other = [
        (await got(one.client, f"/v1/attachments/{id}"))["data"]["links"]["related"]
        for one in (agent, elsewhere)
    ]
    assert (await ask().get(link)).status_code == 200

    assert (await agent.client.delete("/v1/auth/tokens/current")).status_code == 204

    assert (await ask().get(link)).status_code == 404
    assert (await ask().get(other)).status_code == 200, "another device is still signed in"


async def test_T29_a_link_of_one_door_opens_no_other(ask: Ask, api: httpx.AsyncClient) -> None:
    id = await uploaded(ask, api)
    link = (await got(api, f"/v1/attachments/{id}"))["data"]["links"]["related"]
    assert (await ask().get(link)).status_code == 200

    assert (await ask().get(f"/c/v1{link}")).status_code == 404


async def test_T29_T22_nobody_elses_file_is_linked_or_sent(
    ask: Ask, api: httpx.AsyncClient, foreign: httpx.AsyncClient, acme: Tenant
) -> None:
    mine = await opened(api)
    theirs = await opened(foreign)
    id = await uploaded(ask, api)

    for other in (foreign, ask(acme.lesser_key)):  # another organisation, and a colleague before it was sent
        assert (await other.get(f"/v1/attachments/{id}")).status_code == 404
    sent = await foreign.post(f"/v1/conversations/{theirs}/messages", json={"attachments": [id]})
    stolen = await ask(acme.lesser_key).post(f"/v1/conversations/{mine}/messages", json={"attachments": [id]})
    assert refusal(sent) == refusal(stolen) == (400, "badparam", "attachments")

    message = await created(api, f"/v1/conversations/{mine}/messages", {"attachments": [id]})
    assert (
        await ask(acme.lesser_key).get(f"/v1/messages/{message['id']}/attachments/{id}")
    ).status_code == 200
    assert (await foreign.get(f"/v1/attachments/{id}")).status_code == 404
    again = await api.post(f"/v1/conversations/{mine}/messages", json={"attachments": [id]})
    assert refusal(again) == (409, "attachment_used", "attachments")


async def test_T17_a_visitor_has_their_own_files_and_no_notes(
    ask: Ask, api: httpx.AsyncClient, acme: Tenant, desk: Desk
) -> None:
    visitor = Actor(organisation=acme.id, type="customer", author="e" * 24)
    customer = (await desk.run(customers.customer_of_visitor, VisitorId("e" * 24), by=visitor)).value
    known = Actor(organisation=acme.id, type="customer", id=customer, author="e" * 24)
    sent = (
        await desk.run(
            conversations.receive,
            conversation=None,
            new_conversation="n1",
            customer=customer,
            author="e" * 24,
            client_id="m1",
            body="Hello",
            by=known,
        )
    ).value
    answer, note = await uploaded(ask, api), await uploaded(ask, api)
    await created(api, f"/v1/conversations/{sent.conversation}/messages", {"attachments": [answer]})
    await created(
        api, f"/v1/conversations/{sent.conversation}/notes", {"body": "Look", "attachments": [note]}
    )
    stranger = Actor(organisation=acme.id, type="customer", id="f" * 24, author="f" * 24)

    mine = (await desk.read(conversations.get_attachment, AttachmentId(answer), by=known)).value
    assert mine.id == answer
    for reader, id in ((known, note), (stranger, answer)):
        with pytest.raises(NotFound):
            await desk.read(conversations.get_attachment, AttachmentId(id), by=reader)
