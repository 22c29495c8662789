"""The shapes that pages and TypeScript types are generated from are the shapes that events really have."""

from __future__ import annotations

from typing import Any

import jwt
import msgspec
import pytest

from kithdesk import attributes
from kithdesk.access import provisioning
from kithdesk.core import journal
from kithdesk.core.actors import system
from kithdesk.core.clock import ManualClock
from kithdesk.core.ids import OrganisationId
from kithdesk.live import facts
from kithdesk.live.facts.parts import Fact
from tests.live.conftest import World, opened

pytestmark = pytest.mark.anyio


async def _everything_happens(world: World) -> OrganisationId:
    made = await provisioning.init(
        world.desk, org="Acme", email="admin@acme.test", password=None, rotate=False
    )
    agent = await world.agent(await world.agent_token("ana@acme.test", "Ana"))
    await agent.answer(op="presence", id="p", status="available")
    token = await world.visitor_token()
    visitor = await world.visitor(token)
    context = {
        "pages": [{"url": "https://shop.test/stoves?x=1", "title": "Stoves"}],
        "referrer": "https://search.test/",
        "language": "en",
        "languages": ["en", "de"],
        "timeZone": "Europe/Berlin",
        "screen": {"width": 390, "height": 844},
    }
    ack = await visitor.answer(
        op="send", id="first", conversation=None, newConversation="n", body="Hello", context=context
    )
    conversation = ack["conversation"]
    await visitor.answer(op="visit", id="v", url="https://shop.test/tents", title="Tents")
    reply = await agent.answer(op="send", id="r", conversation=conversation, body="Hi")
    await agent.answer(op="send", id="n", conversation=conversation, body="nice", kind="note")
    await visitor.answer(op="read", id="seen", conversation=conversation, message=reply["message"]["id"])
    await world.patch(f"/v1/conversations/{conversation}", {"priority": 5, "name": "Stove", "status": "done"})
    ana = (await world.get("/v1/users?email=ana@acme.test"))["data"][0]["id"]
    await world.patch(f"/v1/conversations/{conversation}", {"preferredUser": ana})
    await visitor.answer(op="end", id="e", conversation=conversation)
    claims = {"externalId": "s-1", "name": "Sam", "iat": world.desk.clock.now() // 1000}
    signed = jwt.encode(claims, made["widget"]["identitySecret"], "HS256")
    answer = await world.http.post(
        "/c/v1/identity", json={"externalToken": signed}, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 200, answer.text
    customer = answer.json()["data"]["attributes"]["customerId"]
    await world.patch(f"/v1/customers/{customer}", {"name": "Samantha"})
    await world.desk.run(
        attributes.declare,
        "customer",
        {"planStr": {"type": "Str"}},
        by=system(OrganisationId(made["org"]["id"])),
    )
    await _objects_change(world, customer, conversation)
    await _companies_change(world, customer)
    await _mistake_is_mended(world)
    second = await world.visitor()
    await opened(second)
    again = await world.http.post(
        "/c/v1/identity",
        json={"externalToken": jwt.encode({**claims, "n": 1}, made["widget"]["identitySecret"], "HS256")},
        headers={"Authorization": f"Bearer {await world.visitor_token()}"},
    )
    assert again.status_code == 200
    await _merge_and_part(world, customer, again.json()["data"]["attributes"]["token"])
    await _promises_are_made(world)
    await _views_are_kept(world)
    await _work_is_offered(world)
    await _places_change(world)
    return OrganisationId(made["org"]["id"])


async def _merge_and_part(world: World, target: str, proven: str) -> None:
    """And in between the customer takes up what the other browser had begun."""
    visitor = await world.visitor()
    conversation = await opened(visitor)
    pair = {"source": (await visitor.until(op="ack"))["message"]["customer"], "target": target}
    headers = {"Authorization": f"Bearer {world.api_key}"}
    merge = await world.http.post("/v1/customers/merges", json=pair, headers=headers)
    known = await world.visitor(proven)
    await known.answer(op="send", id="here", conversation=conversation, body="It is me")
    path = f"/v1/customers/merges/{merge.json()['data']['id']}/undo"
    assert (await world.http.post(path, json={}, headers=headers)).status_code == 200


async def _views_are_kept(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}
    view = {"name": "Open", "query": {"and": [{"conversation_status": {"equals": "open"}}]}, "isShared": True}
    made = await world.http.post("/v1/views", json=view, headers=headers)
    path = f"/v1/views/{made.json()['data']['id']}"
    assert (await world.http.delete(path, headers=headers)).status_code == 204


async def _promises_are_made(world: World) -> None:
    """Of a conversation that waits until all is late, is answered, asks again, and is let go."""
    headers = {"Authorization": f"Bearer {world.api_key}"}
    sla = {
        "name": "Gold",
        "criteria": {"and": [{"conversation_name": {"not_equals": "Let go"}}]},
        "metrics": {"firstResponse": {"seconds": 3_600}, "longestUnrespondedMessage": {"seconds": 60}},
        "warnBefore": 30,
    }
    made = await world.http.post("/v1/slas", json=sla, headers=headers)
    assert made.status_code == 201, made.text
    visitor = await world.visitor()
    ack = await visitor.answer(op="send", id="p1", conversation=None, newConversation="p", body="Hello")
    conversation = ack["conversation"]
    for _ in range(2):
        assert isinstance(world.desk.clock, ManualClock)
        world.desk.clock.advance(seconds=40)
        await world.desk.jobs.settle()
    agent = await world.agent()
    await agent.answer(op="send", id="p2", conversation=conversation, body="Hi")
    await visitor.answer(op="send", id="p3", conversation=conversation, body="Again")
    await world.patch(f"/v1/conversations/{conversation}", {"name": "Let go"})


async def _work_is_offered(world: World) -> None:
    """To an agent who declines the first, and takes the second until it is wrapped up."""
    headers = {"Authorization": f"Bearer {world.api_key}"}
    settings = {"acceptance": "manual", "wrapUpSeconds": 60}
    answer = await world.http.put("/v1/routing/settings", json=settings, headers=headers)
    assert answer.status_code == 200, answer.text
    token = await world.agent_token("eve@acme.test", "Eve")
    agent = await world.agent(token)
    await agent.answer(op="presence", id="p", status="available")
    asks = {"Authorization": f"Bearer {token}"}

    async def answers(how: str, conversation: str) -> None:
        items = (await world.get(f"/v1/routing/conversations/{conversation}/work-items"))["data"]
        path = f"/v1/routing/work-items/{items[0]['id']}/{how}"
        answer = await world.http.post(path, headers=asks)
        assert answer.status_code == 200, answer.text

    await answers("decline", await opened(await world.visitor()))
    conversation = await opened(await world.visitor())
    await answers("accept", conversation)
    await world.patch(f"/v1/conversations/{conversation}", {"status": "done"})
    await answers("complete", conversation)
    users = (await world.get("/v1/users"))["data"]
    transfer = {"user": users[0]["id"], "reason": "She knows the customer."}
    path = f"/v1/routing/conversations/{conversation}/transfers"
    assert (await world.http.post(path, json=transfer, headers=headers)).status_code == 200
    assert isinstance(world.desk.clock, ManualClock)
    for _ in range(2):  # whoever else is asked about the first says nothing, and then all are asked again
        world.desk.clock.advance(seconds=120)
        await world.desk.jobs.settle()


async def _places_change(world: World) -> None:
    """A team and a queue come, change, and go."""
    headers = {"Authorization": f"Bearer {world.api_key}"}

    async def ask(method: str, path: str, body: Any = None) -> str:
        answer = await world.http.request(method, path, json=body, headers=headers)
        assert answer.status_code < 300, answer.text
        return str(answer.json()["data"]["id"]) if answer.content else ""

    ana = (await world.get("/v1/users?email=ana@acme.test"))["data"][0]["id"]
    team = await ask("POST", "/v1/teams", {"name": "Returns", "members": [ana]})
    await ask("PUT", f"/v1/teams/{team}", {"name": "Returns and repairs"})
    await ask("PUT", f"/v1/routing/settings?team={team}", {"capacityPerAgent": 2})
    await ask("DELETE", f"/v1/teams/{team}")
    queue = await ask("POST", "/v1/routing/queues", {"name": "Returns", "key": "returns"})
    await ask("PUT", f"/v1/routing/queues/{queue}", {"priority": 9})
    await ask("DELETE", f"/v1/routing/queues/{queue}")


async def _mistake_is_mended(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}
    made = await world.http.post("/v1/customers", json={"name": "Nobody"}, headers=headers)
    path = f"/v1/customers/{made.json()['data']['id']}"
    assert (await world.http.delete(path, headers=headers)).status_code == 204


async def _companies_change(world: World, customer: str) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}
    made = await world.http.post("/v1/companies", json={"name": "Globex"}, headers=headers)
    path = f"/v1/companies/{made.json()['data']['id']}"
    changes = {
        "company": made.json()["data"]["id"],
        "defaultLang": "en",
        "whatsapps": [{"phone": "+34612345678", "type": "work"}],
        "socials": [{"type": "twitter", "username": "sam"}],
        "urls": [{"url": "https://sam.test/"}],
        "locations": [{"city": "Madrid"}],
        "sharedEmails": [{"email": "home@sam.test"}],
        "sharedPhones": [{"phone": "+442079460958"}],
        "sharedExternalIds": [{"externalId": "h-1"}],
    }
    await world.patch(f"/v1/customers/{customer}", changes)
    assert (
        await world.http.patch(path, json={"domains": ["globex.test"]}, headers=headers)
    ).status_code == 200
    assert (await world.http.delete(path, headers=headers)).status_code == 204


async def _objects_change(world: World, customer: str, conversation: str) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}

    async def ask(method: str, path: str, body: Any = None) -> None:
        answer = await world.http.request(method, path, json=body, headers=headers)
        assert answer.status_code < 300, answer.text

    order = "/v1/klasses/order/externalId=7"
    await ask("PUT", order, {"customer": customer, "custom": {"statusStr": "Paid", "totalNum": 9.5}})
    await ask("PUT", order, {"custom": {"statusStr": "Sent"}, "tags": ["late"]})
    await ask("PUT", order, {"customer": None})
    kobject = (await world.get(order))["data"]["id"]
    await ask("PUT", f"/v1/conversations/{conversation}/kobjects/{kobject}")
    await ask("DELETE", f"/v1/conversations/{conversation}/kobjects/{kobject}")
    await ask("DELETE", f"/v1/klasses/order/{kobject}")
    await ask("DELETE", "/v1/klasses/order")
    await ask("POST", "/v1/tracking/event", {"customer": customer, "name": "basket left", "meta": {"n": 1}})


async def test_every_promised_kind_has_its_promised_shape(world: World) -> None:
    organisation = await _everything_happens(world)
    events = (
        await world.desk.read(journal.read_all, organisation, after=0, limit=1_000, by=system(organisation))
    ).value
    seen: dict[str, set[str]] = {"agents": set(), "visitors": set()}
    for recorded in events:
        kind = recorded.event.kind
        for audience, shapes, data in (
            ("agents", facts.AGENTS_SEE, recorded.event.for_agents(recorded)),
            ("visitors", facts.VISITORS_SEE, recorded.event.for_visitors(recorded)),
        ):
            if data is None:
                continue
            if audience == "visitors":
                assert kind in shapes, f"{kind} reaches visitors and is not promised"
            if kind in shapes:
                _check(data, shapes[kind])
                seen[audience].add(kind)
    assert seen["agents"] == set(facts.AGENTS_SEE)
    assert seen["visitors"] == set(facts.VISITORS_SEE)


def _check(data: dict[str, Any], shape: type[Fact]) -> None:
    """Strict both ways: no field too few, none too many."""
    wire = msgspec.json.decode(msgspec.json.encode(data))
    assert msgspec.json.decode(msgspec.json.encode(msgspec.convert(wire, shape))) == wire
