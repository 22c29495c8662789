"""What a card shows of a record."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import Ask, Tenant, created, declare, got
from tests.customers.objects.test_records import lisbon

pytestmark = pytest.mark.anyio


async def test_a_card_shows_what_the_klass_chose(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    made = await created(
        api, f"/v1/customers/{ana}/klasses/trip", {"custom": {"seatsNum": 2, "codeStr": "L7"}}
    )

    card = made["attributes"]["card"]
    assert (card["title"], card["klassDisplayName"], card["icon"]) == ("L7", "Trip", "plane")
    assert card["fields"] == [{"name": "seatsNum", "displayName": "Seats", "type": "Num", "value": 2}]


async def test_a_card_says_which_numbers_are_written_without_separators(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    await declare(api, "trip", seatsNum={"type": "Num", "display": "plain"})

    made = await created(api, f"/v1/customers/{ana}/klasses/trip", {"custom": {"seatsNum": 1042}})

    (field,) = made["attributes"]["card"]["fields"]
    assert (field["value"], field["display"]) == (1042, "plain")


async def test_a_card_says_the_number_that_a_title_of_its_own_leaves_unsaid(
    api: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    for title, shown in (
        ("Lisbon", ["codeStr", "seatsNum"]),
        ("Lisbon (L7)", ["seatsNum"]),
        (None, ["seatsNum"]),
    ):
        body = {"title": title, "custom": {"codeStr": "L7", "seatsNum": 2}}

        card = (await created(api, "/v1/klasses/trip", body))["attributes"]["card"]

        assert [field["name"] for field in card["fields"]] == shown, title


async def test_T25_a_sensitive_value_is_for_administrators_and_never_on_a_card(
    api: httpx.AsyncClient, ask: Ask, acme: Tenant, trip: dict[str, Any]
) -> None:
    await api.put("/v1/klasses/trip", json={"card": {"fields": [], "title": ""}})
    made = await created(api, "/v1/klasses/trip", {"custom": {"secretStr": "4711", "seatsNum": 1}})
    path = f"/v1/klasses/trip/{made['id']}"

    lesser = (await got(ask(acme.lesser_key), path))["data"]["attributes"]

    assert made["attributes"]["custom"]["secretStr"] == "4711"
    assert lesser["custom"]["secretStr"]["isMasked"] is True
    assert "4711" not in str(lesser)
    assert "4711" not in str(made["attributes"]["card"])
    answer = await ask(acme.lesser_key).patch(path, json={"custom": {"secretStr": "1"}})
    assert answer.status_code == 403


async def test_the_timeline_draws_a_card_from_the_event_alone(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    made = await lisbon(api, customer=ana)
    path = f"/v1/klasses/trip/{made['id']}"
    await api.patch(path, json={"custom": {"stateStr": "booked", "secretStr": "4711"}})
    await api.delete(path)

    entries = [one["attributes"] for one in (await got(api, f"/v1/customers/{ana}/timeline"))["data"]]

    kinds = [entry["kind"] for entry in entries]
    assert kinds == ["customer.created", "kobject.created", "kobject.updated", "kobject.removed"]
    first, second, last = (entry["data"] for entry in entries[1:])
    assert first == {"kobject": made["attributes"]["card"], "customer": ana}
    values = {field["name"]: field["value"] for field in second["kobject"]["fields"]}
    assert values["stateStr"] == "booked"
    assert second["changes"]["custom.stateStr"] == {"before": "open", "after": "booked"}
    assert "4711" not in str(second)
    assert last["kobject"]["title"] == "Lisbon"
