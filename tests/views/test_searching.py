"""One search over everything, the moment it was said, in the languages of those who say it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from kithdesk.core.actors import system
from kithdesk.core.deadlines import Deadline
from kithdesk.core.desk import Desk
from kithdesk.core.work import Work
from kithdesk.views import documents, search
from kithdesk.views.fulltext import FRESH
from kithdesk.views.queries import MOST_RANKED
from tests.api import Tenant, created, got

pytestmark = pytest.mark.anyio

Find = Callable[..., Awaitable[list[Any]]]


async def says(api: httpx.AsyncClient, customer: str, body: str) -> dict[str, Any]:
    """A conversation with one message of the customer."""
    return await created(
        api,
        "/v1/conversations",
        {"customer": customer, "message": {"body": body, "direction": "in"}},
    )


async def customer(api: httpx.AsyncClient, **attributes: Any) -> str:
    id: str = (await created(api, "/v1/customers", attributes))["id"]
    return id


async def test_what_was_just_said_is_found(api: httpx.AsyncClient, found: Find) -> None:
    ana = await customer(api, name="Ana Lima")
    await says(api, ana, "The blue kettle leaks at its handle")

    assert await found("kettle") == [("message", "Ana Lima", "The blue kettle leaks at its handle")]
    assert await found("toaster") == []


FORMS = [
    ("I am waiting for two refunds since Monday", ["refunded", "REFUND", "mond"]),
    ("Wo bleiben die Rechnungen für mein Haus?", ["Rechnung", "häuser", "fur haus"]),
    ("Je voudrais réinitialiser mon mot de passe", ["REINITIALISER", "réinitialisé"]),
    ("Où sont les livraisons que nous avons commandées ?", ["livraison", "commande"]),
    ("Где мои заказы и когда их привезут?", ["заказ", "заказы"]),
    ("昨日注文した商品がまだ届きません", ["注文", "届", "商品がまだ", "注文 商品"]),
    ("パスワードを忘れました", ["スワード", "ワ"]),
    ("Tõnu has ＡＢＣ123 broken", ["abc123", "tonu"]),
    ("My parcel is stuck in customs", ["parc", '"stuck in"', "customs stuck"]),
    ("환불은 언제 되나요", ["환불"]),
    ("متى يصل الطلب", ["الطلب"]),
]


async def test_words_are_found_in_their_forms(api: httpx.AsyncClient, found: Find) -> None:
    zoe = await customer(api, name="Zoe")
    for said, _ in FORMS:
        await says(api, zoe, said)

    for said, asked in FORMS:
        for one in asked:
            assert [snippet for _, _, snippet in await found(one)] == [said], one


async def test_what_only_looks_alike_is_not_found(api: httpx.AsyncClient, found: Find) -> None:
    zoe = await customer(api, name="Zoe")
    await says(api, zoe, "東京都 please call me about the new kettle and its refund in two weeks")

    assert await found("refunds kettle") != []
    for asked in ("京東", "都東", '"me call"', "ettle", "news", "refund toaster", "kettel"):
        assert await found(asked) == [], asked


PEOPLE = [
    "Ana Lima",
    "lima",
    "ana l",
    "jonathan",
    "jonathna",
    "jonatan",
    "lina",
    "ana.lima@example.com",
    "ana.lima@ex",
    "ana.lima@exmaple.com",
    "ORD-10023",
    "ord 10023",
    "ORD-10032",
    "ord10032",
    "ord1002",
    "10023",
    "+49 (151) 234-56 789",
    "0151 23456789",
    "+49 (0)151 234-56789",
    "0049 151 23456789",
    "23456789",
    "0151 234",
    "0151/2345",
    "+49 151 23",
    "0049 151 23",
]


async def test_people_are_found_however_they_are_written(api: httpx.AsyncClient, found: Find) -> None:
    await customer(
        api,
        name="Ana Jonathan Lima",
        emails=[{"email": "ana.lima@example.com"}],
        phones=[{"phone": "+4915123456789"}],
        externalId="ORD-10023",
    )
    await customer(api, name="Somebody Else", emails=[{"email": "else@example.org"}])

    for asked in PEOPLE:
        assert [title for _, title, _ in await found(asked)] == ["Ana Jonathan Lima"], asked


async def test_names_come_before_words_and_what_is_exactly_it_before_both(
    api: httpx.AsyncClient, found: Find
) -> None:
    zoe = await customer(api, name="Zoe")
    opened = await says(api, zoe, "Is Lima still open? lima@example.com wrote that it is")
    await customer(api, name="Limahl Somebody")
    await customer(api, name="Other", emails=[{"email": "lima@example.com"}])

    assert [title for _, title, _ in await found("lima@example.com")] == ["Other", "Zoe"]
    assert [title for _, title, _ in await found("lima")] == ["Limahl Somebody", "Other", "Zoe"]
    assert [title for _, title, _ in await found(zoe)] == ["Zoe"]
    assert opened["id"]


async def test_a_hit_says_where_its_words_are_as_browsers_count(api: httpx.AsyncClient) -> None:
    ana = await customer(api, name="Ana")
    await says(api, ana, f"{'😀 Hello there. ' * 10}Two refunds are <b>missing</b>. {'And more. ' * 40}")

    hit = (await got(api, "/v1/search?q=refund"))["data"][0]["attributes"]

    [[first, last]] = hit["highlights"]
    units = hit["snippet"].encode("utf-16-le")
    assert units[2 * first : 2 * last].decode("utf-16-le") == "refunds"
    assert hit["snippet"].startswith("…")
    assert hit["snippet"].endswith("…")
    assert "<b>missing</b>" in hit["snippet"]
    assert hit["customer"] == {"id": ana, "displayName": "Ana"}


async def test_notes_are_found_under_their_own_type(api: httpx.AsyncClient, found: Find) -> None:
    ana = await customer(api, name="Ana")
    opened = await says(api, ana, "Hello")
    await created(api, f"/v1/conversations/{opened['id']}/notes", {"body": "She wants a voucher"})

    assert await found("voucher") == [("note", "Ana", "She wants a voucher")]
    assert await found("voucher", types="message,customer") == []


async def test_a_renamed_customer_is_found_by_the_new_name_alone(api: httpx.AsyncClient, found: Find) -> None:
    ana = await customer(api, name="Ana Lima")

    await api.patch(f"/v1/customers/{ana}", json={"name": "Beatriz Costa"})

    assert await found("ana lima") == []
    assert [title for _, title, _ in await found("beatriz")] == ["Beatriz Costa"]


async def test_pages_of_hits(api: httpx.AsyncClient) -> None:
    ana = await customer(api, name="Ana")
    for number in range(5):
        await says(api, ana, f"kettle number {number}")

    first = await got(api, "/v1/search?q=kettle&pageSize=2")
    last = await got(api, "/v1/search?q=kettle&pageSize=2&page=3")

    assert first["meta"] == {"page": 1, "pageSize": 2, "total": 5, "totalPages": 3, "isCapped": False}
    assert [hit["attributes"]["snippet"] for hit in first["data"]] == ["kettle number 4", "kettle number 3"]
    assert [hit["attributes"]["snippet"] for hit in last["data"]] == ["kettle number 0"]


NO_QUERIES = [
    '"',
    "*",
    "AND",
    "x OR y",
    "NEAR(x y)",
    "words:x",
    "'; DROP TABLE x",
    "x:*",
    "x & !y",
    "^x",
    "%",
    "_",
]


async def test_T38_a_search_text_is_never_a_query(api: httpx.AsyncClient, found: Find) -> None:
    zoe = await customer(api, name="Zoe")
    await says(api, zoe, "Hello")

    for asked in [*NO_QUERIES, "\\", " ", "((((", "wmabc", "\u0301", "x" * 255]:
        assert await found(asked) == [], asked
    assert await found("hello") != []


async def test_T23_nobody_finds_what_is_another_organisations(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, globex: Tenant
) -> None:
    theirs = await customer(foreign, name="Ana Lima", emails=[{"email": "ana@example.com"}])
    said = await says(foreign, theirs, "The kettle leaks")

    for asked in ("Ana Lima", "ana@example.com", "kettle", theirs, said["id"], "ana lmia"):
        assert (await got(foreign, f"/v1/search?q={asked}"))["data"] != []
        assert (await got(api, f"/v1/search?q={asked}"))["data"] == []


async def test_what_waits_beside_the_index_and_what_is_in_it_are_found_alike(
    api: httpx.AsyncClient, found: Find
) -> None:
    ana = await customer(api, name="Ana")
    opened = await says(api, ana, "kettle first")
    for number in range(FRESH + 5):
        await created(api, f"/v1/conversations/{opened['id']}/messages", {"body": f"kettle number{number}"})
    total = (await got(api, "/v1/search?q=kettle"))["meta"]["total"]

    assert total == FRESH + 6
    for asked in ("first", "number0", f"number{FRESH}", f"number{FRESH + 4}"):
        assert len(await found(f"kettle {asked} ")) == 1, asked
    await api.patch(f"/v1/customers/{ana}", json={"name": "Beatriz"})
    assert await found("ana") == []
    assert [title for _, title, _ in await found("beatriz")] == ["Beatriz"]


async def test_what_went_by_another_channel_hides_nothing_that_went_by_this_one(
    desk: Desk, acme: Tenant
) -> None:
    def told(work: Work) -> list[str]:
        for number in range(MOST_RANKED + 2):
            id = f"{number + 1:016x}".ljust(24, "0")
            said: dict[str, Any] = {"conversation": "c" * 24, "at": number, "by": None, "direction": "in"}
            documents.add_said(
                work, "message", id, "My kettle", **said, channel="chat" if number else "email"
            )
        found = search(work, "kettle", {"customer", "message"}, Deadline(5), channel="email")
        assert not found.is_capped
        return [hit.id for hit in found.hits]

    assert (await desk.run(told, by=system(acme.id))).value == ["0" * 15 + "1" + "0" * 8]
