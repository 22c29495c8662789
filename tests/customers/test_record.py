"""What a record holds beside names: typed lists of addresses and places, what is shared, who watches, over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from kithdesk.core.desk import Desk, where
from kithdesk.core.replay import replay
from tests.api import Ask, Tenant, created, got, refusal
from tests.slices import WIRING

pytestmark = pytest.mark.anyio

LISTS: dict[str, Any] = {
    "whatsapps": [{"phone": "+34 612 345 678"}],
    "socials": [{"type": "twitter", "username": "ana", "userid": "77", "url": "https://twitter.test/ana"}],
    "facebookIds": [{"facebookId": "f1", "pageId": "p1"}],
    "instagramIds": [{"instagramId": "i1", "pageId": "p1", "username": "ana", "threadId": "t1"}],
    "urls": [{"url": "https://ana.test/"}],
    "locations": [
        {
            "type": "home",
            "address": "Calle Mayor 1",
            "city": "Madrid",
            "region": "Madrid",
            "zipCode": "28013",
            "countryName": "Spain",
            "countryCode": "es",
            "latitude": 40.4,
            "longitude": -3.7,
        }
    ],
    "sharedEmails": [{"type": "work", "email": "Sales@Acme.test"}],
    "sharedPhones": [{"phone": "+44 20 7946 0958"}],
    "sharedExternalIds": [{"externalId": "household-1"}],
    "sharedSocials": [{"type": "twitter", "username": "acme"}],
    "sharedWhatsapps": [{"phone": "+34 612 345 679"}],
}


async def test_every_list_comes_back_as_it_is_kept(api: httpx.AsyncClient, desk: Desk) -> None:
    made = await created(api, "/v1/customers", {"name": "Ana", "defaultLang": "es", **LISTS})

    attributes = made["attributes"]
    assert attributes["whatsapps"] == [{"phone": "+34612345678", "type": "mobile", "verified": False}]
    assert attributes["socials"] == [{**LISTS["socials"][0], "verified": False}]
    assert attributes["facebookIds"] == LISTS["facebookIds"]
    assert attributes["instagramIds"] == LISTS["instagramIds"]
    assert attributes["urls"] == LISTS["urls"]
    assert attributes["locations"] == [
        {
            "type": "home",
            "address": "Calle Mayor 1",
            "cityName": "Madrid",
            "regionName": "Madrid",
            "zipCode": "28013",
            "countryName": "Spain",
            "countryCode": "ES",
            "latitude": 40.4,
            "longitude": -3.7,
        }
    ]
    assert attributes["sharedEmails"] == [{"email": "Sales@Acme.test", "type": "work", "verified": False}]
    assert attributes["sharedPhones"][0]["phone"] == "+442079460958"
    assert attributes["sharedExternalIds"] == [{"externalId": "household-1", "verified": False}]
    assert attributes["sharedSocials"] == [{"type": "twitter", "username": "acme", "verified": False}]
    assert attributes["sharedWhatsapps"][0]["phone"] == "+34612345679"
    assert attributes["defaultLang"] == "es"
    # What was read can be sent back.
    again = await api.put(f"/v1/customers/{made['id']}", json={name: attributes[name] for name in LISTS})
    assert again.json()["data"]["attributes"]["rev"] == 1
    assert (await asyncio.to_thread(replay, where(desk.settings), WIRING)).agrees


@pytest.mark.parametrize(
    ("field", "entry"),
    [
        ("whatsapps", {"phone": "612 345 678"}),
        ("whatsapps", {"phone": "+34 612 345 678", "extension": "1"}),
        ("phones", {"phone": "+44 20 7946 0958 ext. 9"}),
        ("socials", {"type": "twitter"}),
        ("socials", {"type": "twitter", "username": "\u200b"}),
        ("socials", {"username": "ana"}),
        ("socials", {"type": "web", "url": "javascript:alert(1)"}),
        ("facebookIds", {"pageId": "p1"}),
        ("facebookIds", {"facebookId": " "}),
        ("urls", {"url": "acme.test"}),
        ("urls", {"url": "https://"}),
        ("urls", {"url": "https://acme.test/ x"}),
        ("urls", {"url": "https://bank@evil.test/"}),
        ("urls", {"url": "https://acme.test:99999/"}),
        ("urls", {"url": "https://" + "x" * 2_050}),
        ("urls", {"url": ""}),
        ("locations", {"type": "home"}),
        ("locations", {"latitude": 91}),
        ("locations", {"countryCode": "ESP"}),
        ("locations", {"city": "x" * 256}),
        ("locations", {"street": "x"}),
        ("sharedEmails", {"email": "nobody"}),
        ("sharedExternalIds", {"externalId": ""}),
        ("watchers", "nobody"),
        ("company", "acme"),
    ],
)
async def test_a_wrong_entry_is_refused(api: httpx.AsyncClient, field: str, entry: Any) -> None:
    value = entry if field == "company" else [entry]

    answer = await api.post("/v1/customers", json={"name": "Ana", field: value})

    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["source"]["parameter"].startswith(field)
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 0


async def test_T24_verified_is_never_taken_from_outside(api: httpx.AsyncClient) -> None:
    body = {
        "whatsapps": [{"phone": "+34612345678", "verified": True}],
        "socials": [{"type": "twitter", "username": "ana", "verified": True}],
        "sharedEmails": [{"email": "sales@acme.test", "verified": True}],
        "sharedPhones": [{"phone": "+442079460958", "verified": True}],
        "sharedExternalIds": [{"externalId": "1", "verified": True}],
        "sharedSocials": [{"type": "twitter", "username": "ana", "verified": True}],
    }

    attributes = (await created(api, "/v1/customers", body))["attributes"]

    assert [attributes[name][0]["verified"] for name in body] == [False] * len(body)


async def test_a_shared_address_may_have_many_and_finds_one_only_where_it_is_one(
    api: httpx.AsyncClient,
) -> None:
    ana = await created(api, "/v1/customers", {"name": "Ana", "sharedEmails": [{"email": "sales@acme.test"}]})
    path = "/v1/customers/email=SALES@acme.test"
    assert (await got(api, path))["data"]["id"] == ana["id"]

    await created(api, "/v1/customers", {"name": "Ben", "sharedEmails": [{"email": "Sales@acme.test"}]})
    assert (await api.get(path)).status_code == 404

    owner = await created(api, "/v1/customers", {"name": "Cy", "emails": [{"email": "sales@acme.test"}]})
    assert (await got(api, path))["data"]["id"] == owner["id"]


async def test_T47_a_mailbox_has_one_owner_however_its_domain_is_spelt(api: httpx.AsyncClient) -> None:
    made = await created(api, "/v1/customers", {"emails": [{"email": "ana@münchen.example"}]})

    answer = await api.post("/v1/customers", json={"emails": [{"email": "ANA@xn--mnchen-3ya.example"}]})

    assert refusal(answer) == (409, "address_taken", "emails")
    assert (await got(api, "/v1/customers/email=ana@MÜNCHEN.example"))["data"]["id"] == made["id"]
    assert made["attributes"]["emails"][0]["email"] == "ana@münchen.example"


async def test_a_number_is_read_in_the_country_of_the_locale(api: httpx.AsyncClient) -> None:
    body = {"locale": "es_ES", "phones": [{"phone": "912 34 56 78"}]}

    made = await created(api, "/v1/customers", body)

    assert made["attributes"]["phones"][0]["phone"] == "+34912345678"
    changed = await api.patch(f"/v1/customers/{made['id']}", json={"phones": [{"phone": "912 34 56 79"}]})
    assert changed.json()["data"]["attributes"]["phones"][0]["phone"] == "+34912345679"


async def test_a_number_is_read_in_the_organisations_country_if_it_has_one(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    body = {"phones": [{"phone": "020 7946 0958"}]}
    assert refusal(await api.post("/v1/customers", json=body)) == (400, "badparam", "phones")
    await api.put("/v1/customers/settings", json={"phoneRegion": "GB"})

    made = await created(api, "/v1/customers", body)

    assert made["attributes"]["phones"][0]["phone"] == "+442079460958"
    for spelling in ("020 7946 0958", "+44 (0)20 7946 0958", "0044 20 7946-0958"):
        assert (await got(api, f"/v1/customers/phone={quote(spelling)}"))["data"]["id"] == made["id"]
    assert (await got(foreign, "/v1/customers/settings"))["data"]["attributes"] == {"phoneRegion": ""}


@pytest.mark.parametrize("value", ["gb", "ZZ", "GBR", 44, None])
async def test_a_country_that_is_none_is_refused(api: httpx.AsyncClient, value: Any) -> None:
    answer = await api.put("/v1/customers/settings", json={"phoneRegion": value})

    assert refusal(answer) == (400, "badparam", "phoneRegion")
    assert (await got(api, "/v1/customers/settings"))["data"]["attributes"] == {"phoneRegion": ""}


async def test_T22_only_administrators_choose_the_country(ask: Ask, acme: Tenant) -> None:
    lesser = ask(acme.lesser_key)

    assert (await lesser.put("/v1/customers/settings", json={"phoneRegion": "GB"})).status_code == 403
    assert (await lesser.get("/v1/customers/settings")).status_code == 200
    assert (await ask().get("/v1/customers/settings")).status_code == 401


async def test_agents_watch_a_customer(api: httpx.AsyncClient, acme: Tenant) -> None:
    made = await created(api, "/v1/customers", {"name": "Ana", "watchers": [acme.admin, acme.admin]})

    assert made["attributes"]["watchers"] == [acme.admin]
    cleared = await api.patch(f"/v1/customers/{made['id']}", json={"watchers": None})
    assert cleared.json()["data"]["attributes"]["watchers"] == []


async def test_T23_a_foreign_watcher_is_refused(api: httpx.AsyncClient, globex: Tenant) -> None:
    made = await created(api, "/v1/customers", {"name": "Ana"})

    answer = await api.patch(f"/v1/customers/{made['id']}", json={"watchers": [globex.admin]})

    assert refusal(answer) == (400, "badparam", "watchers")
    assert (await got(api, f"/v1/customers/{made['id']}"))["data"] == made
