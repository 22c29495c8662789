"""Several records in one request."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import Ask, Tenant, created, got, refusal

pytestmark = pytest.mark.anyio


def statuses(answer: httpx.Response) -> list[int]:
    assert answer.status_code == 201, answer.text
    return [one["attributes"]["status"] for one in answer.json()["data"]]


async def test_each_item_answers_for_itself_in_order(api: httpx.AsyncClient) -> None:
    items: list[dict[str, Any]] = [
        {"_clientRef": "a", "name": "Ana", "emails": [{"email": "ana@acme.test"}]},
        {"_clientRef": "b", "name": "Ana again", "emails": [{"email": "ANA@acme.test"}]},
        {"name": "Ben", "phones": [{"phone": "x"}]},
        {"name": "Cy", "nonsense": 1},
        {"name": "Di"},
    ]

    answer = await api.post("/v1/customers/bulk", json=items)

    assert statuses(answer) == [201, 409, 400, 400, 201]
    results = [one["attributes"] for one in answer.json()["data"]]
    assert [one["id"] for one in answer.json()["data"]] == ["0", "1", "2", "3", "4"]
    assert [one["clientRef"] for one in results] == ["a", "b", None, None, None]
    assert results[1]["error"]["source"] == {"parameter": "emails"}
    assert results[3]["error"]["source"] == {"parameter": "nonsense"}
    assert answer.json()["meta"] == {"successCount": 2, "failureCount": 3}
    assert answer.headers["X-Kithdesk-Position"]
    listed = await got(api, "/v1/customers")
    assert [one["id"] for one in listed["data"]] == [results[4]["object"], results[0]["object"]]


async def test_a_put_changes_as_a_single_one_does(api: httpx.AsyncClient) -> None:
    company = (await created(api, "/v1/companies", {"name": "Acme"}))["id"]
    ana = (await created(api, "/v1/customers", {"name": "Ana", "company": company}))["id"]

    answer = await api.put(
        "/v1/customers/bulk",
        json=[{"id": ana, "name": "Ana B."}, {"id": "f" * 24, "name": "X"}, {"name": "Y"}, {"id": "x"}],
    )

    assert statuses(answer) == [200, 404, 404, 404]
    changed = (await got(api, f"/v1/customers/{ana}"))["data"]
    assert (changed["attributes"]["name"], changed["attributes"]["companyName"]) == ("Ana B.", None)


async def test_T70_sent_again_with_its_key_nothing_is_done_twice(api: httpx.AsyncClient) -> None:
    items = [{"name": "Ana"}, {"name": "Ben", "phones": [{"phone": "x"}]}, {"name": "Cy"}]
    headers = {"Idempotency-Key": "k"}

    first = await api.post("/v1/customers/bulk", json=items, headers=headers)
    again = await api.post("/v1/customers/bulk", json=items, headers=headers)
    other = await api.post("/v1/customers/bulk", json=[{"name": "Di"}], headers=headers)

    assert again.json()["data"] == first.json()["data"]
    assert statuses(other) == [409]
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 2


@pytest.mark.parametrize("items", [[], [{"name": "A"}] * 101, {"name": "A"}, ["A"], None])
async def test_T26_what_is_no_list_of_up_to_a_hundred_items_is_refused_whole(
    api: httpx.AsyncClient, items: Any
) -> None:
    answer = await api.post("/v1/customers/bulk", json=items)

    assert answer.status_code == 400
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 0


async def test_T24_an_item_sets_no_more_than_a_single_body(
    ask: Ask, acme: Tenant, api: httpx.AsyncClient
) -> None:
    items = [
        {"name": "Eve", "createdAt": "2020-01-01T00:00:00.000Z"},
        {"name": "Eve", "org": "f" * 24},
        {"name": "Eve", "id": "f" * 24},
        {"name": "Eve", "emails": [{"email": "eve@acme.test", "verified": True}]},
    ]

    answer = await ask(acme.lesser_key).post("/v1/customers/bulk", json=items)

    assert statuses(answer) == [403, 400, 400, 201]
    made = (await got(api, "/v1/customers"))["data"]
    assert [one["attributes"]["emails"][0]["verified"] for one in made] == [False]


async def test_T22_foreign_ids_are_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ask: Ask
) -> None:
    ana = await created(api, "/v1/customers", {"name": "Ana"})
    company = await created(api, "/v1/companies", {"name": "Acme"})

    assert statuses(await foreign.put("/v1/customers/bulk", json=[{"id": ana["id"], "name": "Eve"}])) == [404]
    assert statuses(await foreign.put("/v1/companies/bulk", json=[{"id": company["id"], "name": "Eve"}])) == [
        404
    ]
    assert statuses(await foreign.delete(f"/v1/companies/bulk?ids={company['id']}")) == [404]
    assert (await got(api, f"/v1/customers/{ana['id']}"))["data"] == ana
    assert (await got(api, f"/v1/companies/{company['id']}"))["data"] == company
    assert (await ask().post("/v1/customers/bulk", json=[{"name": "Eve"}])).status_code == 401


async def test_T26_one_foreign_id_among_a_hundred_fails_alone(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    made = await api.post("/v1/customers/bulk", json=[{"name": f"Person {n}"} for n in range(98)])
    mine = [one["attributes"]["object"] for one in made.json()["data"]]
    theirs = await created(foreign, "/v1/customers", {"name": "Eve"})

    answer = await api.put(
        "/v1/customers/bulk", json=[{"id": id, "name": "Renamed"} for id in (*mine, theirs["id"], "f" * 24)]
    )

    assert statuses(answer) == [200] * 98 + [404, 404]
    foreign_error, unknown_error = (one["attributes"]["error"] for one in answer.json()["data"][98:])
    assert foreign_error == unknown_error
    assert (await got(foreign, f"/v1/customers/{theirs['id']}"))["data"] == theirs


async def test_companies_come_and_go_together(api: httpx.AsyncClient) -> None:
    made = await api.post(
        "/v1/companies/bulk", json=[{"name": "Acme"}, {"domains": ["x.test"]}, {"name": "Globex"}]
    )
    assert statuses(made) == [201, 400, 201]
    ids = [one["attributes"]["object"] for one in made.json()["data"]]

    changed = await api.put("/v1/companies/bulk", json=[{"id": ids[0], "tags": ["vip"]}])
    gone = await api.delete(f"/v1/companies/bulk?ids={ids[2]},{ids[2]},{'f' * 24}")

    assert statuses(changed) == [200]
    assert statuses(gone) == [204, 404]
    assert [one["id"] for one in (await got(api, "/v1/companies"))["data"]] == [ids[0]]
    assert refusal(await api.delete("/v1/companies/bulk?ids=,"))[:2] == (400, "badparam")
