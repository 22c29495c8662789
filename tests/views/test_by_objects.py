"""Conversations and customers by the objects beside them: orders, parcels, whatever a company keeps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from kithdesk.core.actors import system
from kithdesk.core.desk import Desk, where
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Reads, Wiring
from kithdesk.criteria import declared_types, facts_of, read_criteria
from kithdesk.views.criteria import read
from kithdesk.views.few import settle
from kithdesk.views.queries import list_ids
from tests.api import Ask, Tenant, created, got, refusal

pytestmark = pytest.mark.anyio

LOST = {"kobject_custom_parcel_stateStr": {"equals": "Lost"}}
DEAR = {"kobject_custom_parcel_totalNum": {"gt": 100}}

Found = Callable[..., Awaitable[list[str]]]


class Shop:
    """Ana, Ben and Cleo, each with a conversation, and parcels of theirs."""

    def __init__(self, api: httpx.AsyncClient) -> None:
        self.api = api
        self.ids: dict[str, str] = {}

    async def fill(self) -> None:
        for klass in ("parcel", "trip"):
            properties: dict[str, Any] = {
                "stateStr": {"type": "Str"},
                "totalNum": {"type": "Num"},
                "sentAt": {"type": "At"},
                "isGiftBool": {"type": "Bool"},
                "secretStr": {"type": "Str", "hasSensitiveAttributes": True},
            }
            await created(self.api, "/v1/klasses", {"name": klass, "metadata": {"properties": properties}})
        for name in ("Ana", "Ben", "Cleo"):
            customer = await created(self.api, "/v1/customers", {"name": name})
            body = {"customer": customer["id"], "name": name, "message": {"body": f"{name} writes"}}
            self.ids[name] = customer["id"]
            self.ids[f"{name}'s"] = (await created(self.api, "/v1/conversations", body))["id"]

    async def keeps(
        self, id: str, customer: str | None, *, klass: str = "parcel", title: str | None = None, **custom: Any
    ) -> str:
        body = {"externalId": id, "custom": custom, "title": title, "tags": ["fragile"]}
        if customer is not None:
            body["customer"] = self.ids[customer]
        self.ids[id] = (await created(self.api, f"/v1/klasses/{klass}", body))["id"]
        return self.ids[id]

    async def changes(self, id: str, **custom: Any) -> None:
        answer = await self.api.patch(f"/v1/klasses/parcel/{self.ids[id]}", json={"custom": custom})
        assert answer.status_code == 200, answer.text

    async def puts(self, id: str, to: str) -> None:
        path = f"/v1/conversations/{self.ids[to]}/kobjects/{self.ids[id]}"
        assert (await self.api.put(path)).status_code < 300


@pytest.fixture
async def shop(api: httpx.AsyncClient, acme: Tenant) -> Shop:
    shop = Shop(api)
    await shop.fill()
    return shop


@pytest.fixture
def by(shop: Shop, acme: Tenant, desk: Desk) -> Found:
    """Names of what is found, the same whether few objects are looked up first or many one by one, and the same that
    a rule about conversations matches."""

    async def find(*criteria: dict[str, Any], context: Any = "conversation", **more: Any) -> list[str]:
        asked = {"and": list(criteria), **more}

        def ids(reads: Reads) -> tuple[list[str], list[str]]:
            search = read(reads, asked, context=context)
            ways = (search, settle(reads, search))
            one_by_one, few = (list_ids(reads, way, limit=50, offset=0) for way in ways)
            if context == "conversation" and "any_text" not in str(asked):
                rule = read_criteria(asked, types=declared_types(reads))
                all_of_them = [id for name, id in shop.ids.items() if name.endswith("'s")]
                matched = [id for id in all_of_them if rule.matches(facts_of(reads, id))]
                assert sorted(matched) == sorted(few), criteria
            return one_by_one, few

        one_by_one, few = (await desk.read(ids, by=system(acme.id))).value
        assert one_by_one == few
        names = {id: name.removesuffix("'s") for name, id in shop.ids.items()}
        return sorted(names.get(id, id) for id in few)

    return find


async def test_what_is_asked_of_an_object_is_asked_of_its_customers_conversations(
    shop: Shop, by: Found
) -> None:
    sent = "2026-01-01T12:00:00Z"
    await shop.keeps("P-1", "Ana", title="Blue kettle", stateStr="Lost", totalNum=120.5, isGiftBool=True)
    await shop.keeps("P-2", "Ben", stateStr="Sent", totalNum=20, sentAt=sent, isGiftBool=False)

    for criterion, expected in (
        (LOST, ["Ana"]),
        ({"kobject_custom_parcel_stateStr": {"in": ["lost", "sent"]}}, ["Ana", "Ben"]),
        ({"kobject_custom_parcel_stateStr": {"contains": "OS"}}, ["Ana"]),
        ({"kobject_custom_parcel_stateStr": {"prefix": "se"}}, ["Ben"]),
        ({"kobject_custom_parcel_stateStr": {"set": ""}}, ["Ana", "Ben"]),
        ({"kobject_custom_parcel_stateStr": {"not_set": ""}}, ["Cleo"]),
        ({"kobject_custom_parcel_stateStr": {"not_equals": "lost"}}, ["Ben", "Cleo"]),
        (DEAR, ["Ana"]),
        ({"kobject_custom_parcel_totalNum": {"lte": 20}}, ["Ben"]),
        ({"kobject_custom_parcel_isGiftBool": {"equals": False}}, ["Ben"]),
        ({"kobject_custom_parcel_sentAt": {"equals": "2026-01-01"}}, ["Ben"]),
        ({"kobject_custom_parcel_sentAt": {"gt": "2026-01-01"}}, []),
        ({"kobject_klass": {"equals": "parcel"}}, ["Ana", "Ben"]),
        ({"kobject_klass": {"equals": "trip"}}, []),
        ({"kobject_title": {"contains": "kettle"}}, ["Ana"]),
        ({"kobject_external_id": {"in": ["p-2", "p-9"]}}, ["Ben"]),
        ({"kobject_tags": {"equals": "fragile"}}, ["Ana", "Ben"]),
        ({"kobject_created_at": {"gt": "-1h"}}, ["Ana", "Ben"]),
        ({"kobject_any_text": {"contains": "kettle"}}, ["Ana"]),
    ):
        assert await by(criterion) == expected, criterion
        if "any_text" not in str(criterion):
            assert await by(criterion, context="customer") == expected, criterion


async def test_an_object_that_was_put_to_a_conversation_is_its_own(shop: Shop, by: Found) -> None:
    await shop.keeps("P-1", None, stateStr="Lost")
    assert await by(LOST) == []

    await shop.puts("P-1", to="Ben's")

    assert await by(LOST) == ["Ben"]
    assert await by({"kobject_any_text": {"contains": "P-1"}}) == ["Ben"]
    assert await by(LOST, context="customer") == []


async def test_what_must_all_hold_is_asked_of_one_object(shop: Shop, by: Found) -> None:
    """Ana's dear parcel has arrived and a cheap one is lost: no dear parcel is."""
    await shop.keeps("P-1", "Ana", stateStr="Lost", totalNum=20)
    await shop.keeps("P-2", "Ana", stateStr="Sent", totalNum=200)
    await shop.keeps("P-3", "Ben", stateStr="Lost", totalNum=200)
    await shop.keeps("T-1", "Ana", klass="trip", stateStr="Booked")

    for criteria, expected in (
        ([LOST, DEAR], ["Ben"]),
        ([{**LOST, **DEAR}], ["Ben"]),
        ([LOST, {"and": [DEAR]}], ["Ben"]),
        ([LOST, DEAR, {"kobject_external_id": {"equals": "P-1"}}], []),
        ([LOST, {"kobject_external_id": {"equals": "P-3"}}], ["Ben"]),
        ([LOST, {"kobject_custom_trip_stateStr": {"equals": "booked"}}], ["Ana"]),
        ([{"or": [LOST, DEAR]}], ["Ana", "Ben"]),
        ([{"not": [{"and": [LOST, DEAR]}]}], ["Ana", "Cleo"]),
        ([{"not": [LOST, DEAR]}], ["Cleo"]),
        ([DEAR, {"kobject_custom_parcel_stateStr": {"not_equals": "lost"}}], []),
    ):
        assert await by(*criteria) == expected, criteria


async def test_whose_an_attribute_is_is_said_the_same_by_searches_and_rules(
    shop: Shop, by: Found, api: httpx.AsyncClient
) -> None:
    """Of names that may be cut in two places, and of kinds that somebody has nothing of."""
    for klass, declared in (("box", "big_stateStr"), ("box_big", "totalNum")):
        properties = {declared: {"type": declared[-3:]}}
        await created(api, "/v1/klasses", {"name": klass, "metadata": {"properties": properties}})
    await shop.keeps("B-1", "Ana", klass="box", big_stateStr="Lost")
    await shop.keeps("B-2", "Ana", klass="box_big", totalNum=200)
    await shop.keeps("P-1", "Ben", stateStr="Lost", totalNum=200)
    await shop.keeps("T-1", "Ben", klass="trip", stateStr="Booked")
    lost, dear = (
        {"kobject_custom_box_big_stateStr": {"equals": "Lost"}},
        {"kobject_custom_box_big_totalNum": {"gt": 100}},
    )
    travels = {"kobject_custom_trip_stateStr": {"equals": "booked"}}

    for criteria, expected in (
        ([lost, dear], ["Ana"]),
        ([lost, {"kobject_external_id": {"equals": "B-1"}}], ["Ana"]),
        ([lost, {"kobject_external_id": {"equals": "B-2"}}], []),
        ([lost, dear, {"kobject_external_id": {"equals": "B-2"}}], ["Ana"]),
        ([lost, LOST], []),
        ([LOST, travels, {"kobject_klass": {"equals": "trip"}}], ["Ben"]),
        ([LOST, {"kobject_klass": {"equals": "trip"}}], []),
        ([{"kobject_klass": {"equals": "trip"}}, {"kobject_external_id": {"equals": "P-1"}}], []),
        (
            [{"kobject_external_id": {"in": ["P-1", "T-1"]}}, {"kobject_external_id": {"not_equals": "P-1"}}],
            [],
        ),
        ([{"or": [{"and": [LOST, travels]}, dear]}], ["Ana", "Ben"]),
    ):
        assert await by(*criteria) == expected, criteria


async def test_messages_are_found_by_objects_too(shop: Shop, by: Found, api: httpx.AsyncClient) -> None:
    await shop.keeps("P-1", "Ana", stateStr="Lost", totalNum=120)

    for criteria in ([LOST], [LOST, DEAR], [{"kobject_any_text": {"contains": "lost"}}]):
        search = {"queryContext": "message", "and": criteria}
        data = (await api.post("/v1/conversations/search", json=search)).json()["data"]
        assert [one["attributes"]["preview"] for one in data] == ["Ana writes"], criteria
        assert len(await by(*criteria, context="message")) == 1


async def test_objects_themselves_are_found_by_all_of_it(shop: Shop, by: Found) -> None:
    await shop.keeps("P-1", "Ana", stateStr="Lost", totalNum=120)
    await shop.keeps("P-2", "Ben", stateStr="Lost", totalNum=20)

    assert await by(LOST, DEAR, context="kobject") == ["P-1"]
    assert await by({"kobject_tags": {"equals": "fragile"}}, context="kobject") == ["P-1", "P-2"]
    assert await by({"not": [DEAR]}, context="kobject") == ["P-2"]


async def test_a_count_goes_with_the_objects(
    shop: Shop, api: httpx.AsyncClient, settings: Settings, wiring: Wiring
) -> None:
    query = {"and": [{"conversation_status": {"equals": "open"}}, LOST]}
    await created(api, "/v1/views", {"name": "Lost", "query": query})

    async def count() -> int:
        [counted] = (await got(api, "/v1/views/counts"))["data"]
        found: int = counted["attributes"]["count"]
        return found

    assert await count() == 0
    await shop.keeps("P-1", "Ana", stateStr="Lost")
    assert await count() == 1
    await shop.changes("P-1", stateStr="Found")
    assert await count() == 0
    await shop.changes("P-1", stateStr="Lost")
    assert await count() == 1
    await shop.keeps("P-2", None, stateStr="Lost")
    assert await count() == 1
    await shop.puts("P-2", to="Ben's")
    assert await count() == 2
    conversation = shop.ids["Ana's"]
    assert (await api.patch(f"/v1/conversations/{conversation}", json={"status": "done"})).is_success
    assert await count() == 1
    assert (await api.delete(f"/v1/klasses/parcel/{shop.ids['P-2']}")).status_code == 204
    assert await count() == 0
    assert replay(where(settings), wiring).agrees


async def test_objects_of_two_are_those_of_the_one_they_become(
    shop: Shop, by: Found, api: httpx.AsyncClient, settings: Settings, wiring: Wiring
) -> None:
    await shop.keeps("P-1", "Ana", stateStr="Lost")
    ends = {"source": shop.ids["Ana"], "target": shop.ids["Ben"]}
    merge = await created(api, "/v1/customers/merges", ends)

    assert await by(LOST, context="customer") == ["Ben"]
    assert await by(LOST) == ["Ana", "Ben"]
    assert (await api.post(f"/v1/customers/merges/{merge['id']}/undo")).status_code < 300
    assert await by(LOST, context="customer") == ["Ana"]
    assert replay(where(settings), wiring).agrees


async def test_T25_nobody_asks_by_what_they_may_not_read(
    shop: Shop, api: httpx.AsyncClient, ask: Ask, acme: Tenant
) -> None:
    await shop.keeps("P-1", "Ana", secretStr="hush")
    secret = {"kobject_custom_parcel_secretStr": {"equals": "hush"}}
    lesser = ask(acme.lesser_key)
    await created(api, "/v1/views", {"name": "Hush", "query": {"and": [secret]}, "isShared": True})

    async def counts(asker: httpx.AsyncClient) -> list[Any]:
        data = (await got(asker, "/v1/views/counts"))["data"]
        return [one["attributes"]["count"] for one in data]

    assert await counts(api) == [1]
    assert await counts(lesser) == [None]
    answer = await lesser.post("/v1/conversations/search", json={"and": [secret]})
    place = "and[0].kobject_custom_parcel_secretStr"
    assert refusal(answer) == (400, "bad_criterion", place)
    assert "hush" not in (await lesser.get("/v1/views")).text


async def test_T23_objects_of_another_organisation_find_nothing(
    shop: Shop, by: Found, foreign: httpx.AsyncClient
) -> None:
    theirs = Shop(foreign)
    await theirs.fill()
    await theirs.keeps("P-1", "Ana", stateStr="Lost", totalNum=200)

    assert await by(LOST) == await by(DEAR, context="customer") == await by(LOST, context="kobject") == []
    answer = await foreign.post("/v1/conversations/search", json={"and": [LOST]})
    assert [one["attributes"]["name"] for one in answer.json()["data"]] == ["Ana"]
