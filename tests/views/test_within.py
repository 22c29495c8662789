"""Searching what is of one customer."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from kithdesk.views import within
from tests.api import created, got, refusal

pytestmark = pytest.mark.anyio

PARCEL = {
    "name": "parcel",
    "displayName": "Parcel",
    "metadata": {"properties": {"whereStr": {"type": "Str"}}},
}


async def person(api: httpx.AsyncClient, name: str) -> dict[str, str]:
    """Somebody who wrote about a kettle, of whom there are a note and a parcel."""
    ana = (await created(api, "/v1/customers", {"name": name}))["id"]
    message = {"body": "The kettle leaks", "direction": "in"}
    opened = await created(
        api, "/v1/conversations", {"customer": ana, "name": f"Kettle of {name}", "message": message}
    )
    note = await created(api, f"/v1/conversations/{opened['id']}/notes", {"body": f"{name} has a new kettle"})
    body = {"title": f"Kettle for {name}", "customer": ana, "externalId": f"K-{name}"}
    parcel = await created(api, "/v1/klasses/parcel", body)
    return {"customer": ana, "conversation": opened["id"], "note": note["id"], "parcel": parcel["id"]}


@pytest.fixture
async def ana(api: httpx.AsyncClient) -> dict[str, str]:
    await created(api, "/v1/klasses", PARCEL)
    return await person(api, "Ana")


@pytest.fixture
async def ben(api: httpx.AsyncClient, ana: dict[str, str]) -> dict[str, str]:
    return await person(api, "Ben")


async def found(api: httpx.AsyncClient, of: dict[str, str], q: str, **more: str) -> list[tuple[str, str]]:
    answer = await api.get("/v1/search", params={"q": q, "customer": of["customer"], **more})
    assert answer.status_code == 200, answer.text
    hits: list[Any] = [hit["attributes"] for hit in answer.json()["data"]]
    assert {hit["customer"]["id"] for hit in hits} <= {of["customer"]}
    return sorted((hit["kind"], hit["title"]) for hit in hits)


async def test_only_what_is_of_the_customer_is_found(
    api: httpx.AsyncClient, ana: dict[str, str], ben: dict[str, str]
) -> None:
    everything = [
        ("conversation", "Kettle of Ana"),
        ("kobject", "Kettle for Ana"),
        ("message", "Ana"),
        ("note", "Ana"),
    ]

    assert await found(api, ana, "kettle") == everything
    assert await found(api, ana, "kettle", types="note,kobject") == [everything[1], everything[3]]
    assert await found(api, ana, "ben") == []
    assert await found(api, ben, "k-ben") == [("kobject", "Kettle for Ben")]


async def test_the_customer_is_no_hit_of_their_own(api: httpx.AsyncClient, ana: dict[str, str]) -> None:
    assert await found(api, ana, ana["customer"]) == []
    assert await found(api, ana, "Ana", types="customer") == []


async def test_an_id_is_found_with_its_customer_alone(
    api: httpx.AsyncClient, ana: dict[str, str], ben: dict[str, str]
) -> None:
    for kind in ("conversation", "note", "parcel"):
        assert len(await found(api, ana, ana[kind])) == 1, kind
        assert await found(api, ben, ana[kind]) == [], kind


async def test_what_two_had_is_found_with_the_one_they_became(
    api: httpx.AsyncClient, ana: dict[str, str], ben: dict[str, str]
) -> None:
    await created(api, "/v1/customers/merges", {"source": ben["customer"], "target": ana["customer"]})

    for asked in (ana, ben):
        answer = await got(
            api, f"/v1/search?q=kettle&customer={asked['customer']}&types=kobject,conversation"
        )
        assert len(answer["data"]) == 4


async def test_words_of_scripts_and_in_quotes_are_found_here_as_everywhere(
    api: httpx.AsyncClient, ana: dict[str, str]
) -> None:
    path = f"/v1/conversations/{ana['conversation']}/messages"
    for body in ("昨日注文した商品がまだ届きません", "Please call me about refunds"):
        await created(api, path, {"body": body})

    for asked in ("注文", "refunded", '"call me"', "refu"):
        assert await found(api, ana, asked) == [("message", "Ana")], asked
    for asked in ("京東", '"me call"', "ref", "%", "refund toaster"):
        assert await found(api, ana, asked) == [], asked


async def test_more_than_is_looked_through_is_said_to_be_more(
    api: httpx.AsyncClient, ana: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await got(api, f"/v1/search?q=leaks&customer={ana['customer']}"))["meta"]["isCapped"] is False
    monkeypatch.setattr(within, "MOST_SAID", 1)

    answer = await got(api, f"/v1/search?q=leaks&customer={ana['customer']}")

    assert answer["meta"]["isCapped"] is True
    assert answer["data"] == []  # the note came after it


async def test_T23_a_customer_of_another_organisation_is_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: dict[str, str]
) -> None:
    for asked in (ana["customer"], "0" * 24, "nobody", ana["conversation"]):
        for q in ("kettle", ""):
            answer = await foreign.get("/v1/search", params={"q": q, "customer": asked})
            assert refusal(answer) == (404, "notfound", None), asked
    assert len(await found(api, ana, "kettle")) == 4


async def test_the_newest_comes_first_when_that_is_asked_for(
    api: httpx.AsyncClient, ana: dict[str, str], clock: ManualClock
) -> None:
    path = f"/v1/conversations/{ana['conversation']}/messages"
    for body in ("Any news of it?", "Kettle, kettle, kettle", "One more word on that kettle of mine"):
        clock.advance(minutes=1)
        await created(api, path, {"body": body, "direction": "in"})
    asked = f"/v1/search?q=kettle&customer={ana['customer']}&types=message&pageSize=2"

    first = await got(api, f"{asked}&sort=-at")
    second = await got(api, f"{asked}&sort=-at&page=2")

    said = [hit["attributes"]["snippet"] for page in (first, second) for hit in page["data"]]
    assert said == ["One more word on that kettle of mine", "Kettle, kettle, kettle", "The kettle leaks"]
    likeliest = (await got(api, asked))["data"][0]["attributes"]["snippet"]
    assert likeliest == "Kettle, kettle, kettle"


async def test_a_hit_says_where_it_stands_in_the_timeline(
    api: httpx.AsyncClient, ana: dict[str, str]
) -> None:
    hits = (await got(api, f"/v1/search?q=kettle&customer={ana['customer']}"))["data"]
    entries = (await got(api, f"/v1/customers/{ana['customer']}/timeline"))["data"]

    stands = {
        entry["attributes"]["data"]["message"]["id"]: entry["attributes"]["position"]
        for entry in entries
        if entry["attributes"]["kind"] in ("message.created", "note.created")
    }
    told = {hit["id"]: hit["attributes"]["position"] for hit in hits}
    assert {id: position for id, position in told.items() if position is not None} == stands
    assert told[ana["parcel"]] is None


async def test_messages_are_found_by_the_channel_they_went_by(
    api: httpx.AsyncClient, ana: dict[str, str]
) -> None:
    mail = {"body": "About the kettle", "direction": "in", "channel": "email", "subject": "Kettle"}
    await created(api, f"/v1/customers/{ana['customer']}/messages", mail)
    asked = f"/v1/search?q=kettle&customer={ana['customer']}"

    by = {
        channel: [
            hit["attributes"]["snippet"] for hit in (await got(api, f"{asked}&channel={channel}"))["data"]
        ]
        for channel in ("chat", "email")
    }

    assert by == {"chat": ["The kettle leaks"], "email": ["Kettle · About the kettle"]}
    assert refusal(await api.get(f"{asked}&channel=pigeon"))[:2] == (400, "badparam")
    assert refusal(await api.get(f"{asked}&sort=at"))[:2] == (400, "badparam")
