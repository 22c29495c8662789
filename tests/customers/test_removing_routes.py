"""Taking away a record that was made by mistake, over HTTP."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from kithdesk import customers
from kithdesk.core.actors import system
from kithdesk.core.desk import Desk, where
from kithdesk.core.replay import replay
from kithdesk.customers.errors import CustomerHasPast
from kithdesk.customers.removing import remove_customer
from tests.api import Ask, Tenant, created, got, refusal
from tests.slices import WIRING

pytestmark = pytest.mark.anyio


async def test_what_was_removed_is_as_if_it_never_was(api: httpx.AsyncClient, desk: Desk) -> None:
    company = (await created(api, "/v1/companies", {"name": "Acme"}))["id"]
    body = {
        "name": "Ana",
        "company": company,
        "emails": [{"email": "ana@acme.test"}],
        "sharedPhones": [{"phone": "+442079460958"}],
    }
    made = await created(api, "/v1/customers", body)
    path = f"/v1/customers/{made['id']}"

    assert (await api.delete(path)).status_code == 204

    never = (await api.get(f"/v1/customers/{'f' * 24}")).json()["errors"]
    for answer in (
        await api.get(path),
        await api.patch(path, json={"name": "X"}),
        await api.delete(path),
        await api.get(f"{path}/timeline"),
        await api.get("/v1/customers/email=ana@acme.test"),
        await api.get("/v1/customers/phone=%2B442079460958"),
    ):
        assert (answer.status_code, answer.json()["errors"]) == (404, never)
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 0
    assert (await got(api, f"/v1/companies/{company}/customers"))["meta"]["total"] == 0
    await created(api, "/v1/customers", body)
    assert (await asyncio.to_thread(replay, where(desk.settings), WIRING)).agrees


async def test_who_has_a_past_stays(api: httpx.AsyncClient) -> None:
    ana = await created(api, "/v1/customers", {"name": "Ana"})
    await created(api, "/v1/conversations", {"customer": ana["id"], "message": {"body": "Hello"}})

    answer = await api.delete(f"/v1/customers/{ana['id']}")

    assert refusal(answer) == (409, "customer_has_past", None)
    assert (await api.get(f"/v1/customers/{ana['id']}")).status_code == 200


async def test_who_is_told_of_on_their_timeline_has_a_past(api: httpx.AsyncClient) -> None:
    ana, ben = [await created(api, "/v1/customers", {"name": name}) for name in ("Ana", "Ben")]
    await api.post("/v1/tracking/event", json={"customer": ana["id"], "name": "plan changed"})

    assert refusal(await api.delete(f"/v1/customers/{ana['id']}")) == (409, "customer_has_past", None)
    assert (await api.delete(f"/v1/customers/{ben['id']}")).status_code == 204


async def test_what_was_told_of_them_a_moment_ago_is_their_past_too(desk: Desk, acme: Tenant) -> None:
    """Both in one batch, so that the journal does not have it yet."""
    by = system(acme.id)
    ana = (await desk.run(customers.create_customer, by=by)).value

    told, removed = await asyncio.gather(
        desk.run(customers.track, ana, "plan changed", {}, by=by),
        desk.run(remove_customer, ana, by=by),
        return_exceptions=True,
    )

    assert not isinstance(told, BaseException)
    assert isinstance(removed, CustomerHasPast)


async def test_several_are_removed_each_for_itself(api: httpx.AsyncClient) -> None:
    made = [await created(api, "/v1/customers", {"name": name}) for name in ("Ana", "Ben", "Cy")]
    ids = [one["id"] for one in made]
    await created(api, "/v1/conversations", {"customer": ids[1], "message": {"body": "Hello"}})

    answer = await api.delete(f"/v1/customers/bulk?ids={','.join([*ids[:2], 'x'])}")

    assert [one["attributes"]["status"] for one in answer.json()["data"]] == [204, 409, 404]
    assert [one["id"] for one in (await got(api, "/v1/customers"))["data"]] == [ids[2], ids[1]]


async def test_T22_only_the_organisations_administrators_remove(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ask: Ask, acme: Tenant
) -> None:
    ana = await created(api, "/v1/customers", {"name": "Ana"})
    path = f"/v1/customers/{ana['id']}"

    assert (await foreign.delete(path)).status_code == 404
    assert (await ask(acme.lesser_key).delete(path)).status_code == 403
    assert (await ask(acme.lesser_key).delete(f"/v1/customers/bulk?ids={ana['id']}")).status_code == 403
    assert (await ask().delete(path)).status_code == 401
    assert (await got(api, path))["data"] == ana
