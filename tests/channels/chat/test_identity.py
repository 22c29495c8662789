"""Login by a signed identity: what is believed, and what a login does."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from kithdesk import conversations, customers
from kithdesk.channels.chat.errors import IdentityRefused
from kithdesk.channels.chat.proving import read_identity
from kithdesk.core import journal
from kithdesk.core.clock import Instant, ManualClock
from tests.channels.chat.sites import Site, jwt_of, kept, say

SECRET = "thirty-two characters of a secret, and more"
NOW = Instant(1_800_000_000_000)
IAT = NOW // 1000
HS256 = {"alg": "HS256", "typ": "JWT"}
MINE = {"email": "ada@example.com", "iat": IAT}


KEPT = [kept(SECRET)]


def _rs256() -> str:
    """Signed with RSA by somebody who made a key of their own."""
    key = rsa.generate_private_key(65_537, 2_048)
    return jwt.encode(dict(MINE), key, "RS256")


def _public_key_as_secret() -> str:
    """HS256 with an RSA public key as its secret, as if the algorithm could be swapped."""
    public = rsa.generate_private_key(65_537, 2_048).public_key()
    text = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return jwt_of(HS256, MINE, text.decode())


def _with_header(**more: Any) -> str:
    return jwt_of({**HS256, **more}, MINE, SECRET)


FORGED = {
    "alg none": jwt_of({"alg": "none"}, MINE, SECRET, signature=b""),
    "alg NoNe": jwt_of({"alg": "NoNe", "typ": "JWT"}, MINE, SECRET, signature=b""),
    "alg missing": jwt_of({"typ": "JWT"}, MINE, SECRET),
    "alg a list": jwt_of({"alg": ["HS256"]}, MINE, SECRET),
    "alg HS384": jwt.encode(dict(MINE), SECRET.ljust(64, "x"), "HS384"),
    "alg lower case": jwt_of({"alg": "hs256"}, MINE, SECRET),
    "empty signature": jwt_of(HS256, MINE, SECRET, signature=b""),
    "cut signature": jwt_of(HS256, MINE, SECRET)[:-2],
    "another secret": jwt_of(HS256, MINE, "somebody else's secret, just as long as that"),
    "RS256": _rs256(),
    "public key as secret": _public_key_as_secret(),
    "jku": _with_header(jku="https://attacker.test/keys"),
    "jwk": _with_header(jwk={"kty": "oct", "k": "AAAA"}),
    "x5u": _with_header(x5u="https://attacker.test/cert"),
    "x5c": _with_header(x5c=["AAAA"]),
    "kid": _with_header(kid="../../dev/null"),
    "crit": _with_header(crit=["exp"]),
    "unknown crit": _with_header(crit=["http://attacker.test/now"], **{"http://attacker.test/now": 1}),
    "b64 false": _with_header(b64=False, crit=["b64"]),
    "typ of something else": jwt_of({"alg": "HS256", "typ": "at+jwt"}, MINE, SECRET),
    "over 8 KiB": jwt_of(HS256, {**MINE, "x": "y" * 8_192}, SECRET),
    "deeply nested": jwt_of(HS256, ("[" * 2_500 + "]" * 2_500).encode(), SECRET),
    "deeply nested header": jwt_of(("[" * 2_500 + "]" * 2_500).encode(), MINE, SECRET),
    "payload a list": jwt_of(HS256, [1, 2], SECRET),
    "payload no JSON": jwt_of(HS256, b"\xff\xfe", SECRET),
    "a key twice": jwt_of(HS256, b'{"email":"a@b.test","email":"c@d.test","iat":%d}' % IAT, SECRET),
    "four parts": jwt_of(HS256, MINE, SECRET) + ".AAAA",
    "two parts": jwt_of(HS256, MINE, SECRET).rpartition(".")[0],
    "encrypted": "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA",
    "not ASCII": "é.é.é",
    "empty": "",
}
STALE = {
    "iat 16 minutes old": {"iat": IAT - 16 * 60},
    "iat a second too old": {"iat": IAT - 15 * 60 - 1},
    "iat over 60 s ahead": {"iat": IAT + 61},
    "iat missing": {"iat": None},
    "iat a string": {"iat": str(IAT)},
    "iat true": {"iat": True},
    "iat not finite": {"iat": 1e999},
    "exp passed": {"iat": IAT, "exp": IAT - 1},
    "exp now": {"iat": IAT, "exp": IAT},
    "exp a string": {"iat": IAT, "exp": "tomorrow"},
    "nbf to come": {"iat": IAT, "nbf": IAT + 3_600},
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED.keys())
def test_T13_a_token_that_the_secret_did_not_sign_as_we_expect_proves_nothing(token: str) -> None:
    with pytest.raises(IdentityRefused) as refused:
        read_identity(token, KEPT, NOW)

    assert (refused.value.status, refused.value.code) == (401, "identity_refused")


@pytest.mark.parametrize("times", STALE.values(), ids=STALE.keys())
def test_T14_a_token_that_is_not_fresh_proves_nothing(times: dict[str, Any]) -> None:
    token = jwt_of(HS256, {"email": "ada@example.com", **times}, SECRET)

    with pytest.raises(IdentityRefused):
        read_identity(token, KEPT, NOW)


@pytest.mark.parametrize("iat", [IAT, IAT - 15 * 60, IAT + 60, IAT + 0.5])
def test_a_fresh_token_of_the_shop_is_believed(iat: float) -> None:
    proof = read_identity(jwt_of(HS256, {"email": "ada@example.com", "iat": iat}, SECRET), KEPT, NOW)

    assert (proof.identity.by, proof.identity.value) == ("email", "ada@example.com")


def test_what_a_common_library_signs_is_believed() -> None:
    token = jwt.encode({"externalId": "42", "iat": IAT, "exp": IAT + 60, "name": "Ada"}, SECRET, "HS256")

    proof = read_identity(token, KEPT, NOW)

    assert (proof.identity.by, proof.identity.value, proof.name) == ("externalId", "42", "Ada")


def test_the_email_wins_over_the_external_id() -> None:
    proof = read_identity(jwt_of(HS256, {**MINE, "externalId": "42"}, SECRET), KEPT, NOW)

    assert (proof.identity.by, proof.identity.value) == ("email", "ada@example.com")


def test_while_the_secret_is_changed_both_sign_until_the_older_one_ends() -> None:
    token = jwt_of(HS256, MINE, SECRET)

    newer = kept("the new secret of the shop, long enough")

    assert read_identity(token, [newer, kept(SECRET, ends_at=NOW + 1)], NOW).identity.value
    with pytest.raises(IdentityRefused):
        read_identity(token, [newer, kept(SECRET, ends_at=NOW)], NOW)


@pytest.mark.parametrize("name", [{"first": "Ada"}, ["Ada"], 7, True, "", "\u202e", None])
def test_a_name_that_is_none_is_passed_over_and_refuses_nobody(name: Any) -> None:
    proof = read_identity(jwt_of(HS256, {**MINE, "name": name}, SECRET), KEPT, NOW)

    assert (proof.identity.value, proof.name) == ("ada@example.com", None)


@pytest.mark.parametrize(
    "claims", [{}, {"email": 7}, {"email": "no address"}, {"externalId": ""}, {"sub": "1"}]
)
def test_a_token_that_names_nobody_proves_nothing(claims: dict[str, Any]) -> None:
    with pytest.raises(IdentityRefused):
        read_identity(jwt_of(HS256, {**claims, "iat": IAT}, SECRET), KEPT, NOW)


def test_a_signature_is_only_over_what_was_signed() -> None:
    head, payload, signature = jwt_of(HS256, MINE, SECRET).split(".")
    changed = json.loads(base64.urlsafe_b64decode(payload + "=="))
    changed["email"] = "eve@example.com"
    other = base64.urlsafe_b64encode(json.dumps(changed).encode()).rstrip(b"=").decode()
    assert hmac.digest(SECRET.encode(), f"{head}.{payload}".encode(), hashlib.sha256)

    with pytest.raises(IdentityRefused):
        read_identity(f"{head}.{other}.{signature}", KEPT, NOW)


# Over the door


async def log_in(browser: httpx.AsyncClient, token: str) -> httpx.Response:
    return await browser.post("/c/v1/identity", json={"externalToken": token})


async def test_a_login_moves_the_conversation_and_replaces_the_token(site: Site) -> None:
    browser = await site.visitor()
    conversation = (await say(browser)).json()["conversation"]

    answer = await log_in(browser, site.signed(email="ada@example.com", name="Ada Lovelace"))

    assert answer.status_code == 200, answer.text
    now = answer.json()["data"]["attributes"]
    assert (now["identified"], now["email"]) == (True, "ada@example.com")
    assert (await browser.get("/c/v1/chat/sessions")).status_code == 401
    assert len(site.closed) == 1
    again = site.browser(now["token"])
    current = (await again.get("/c/v1/tracking/tokens/current")).json()["data"]["attributes"]
    assert (current["customerId"], current["identified"]) == (now["customerId"], True)
    sessions = (await again.get("/c/v1/chat/sessions")).json()["data"]
    assert [one["id"] for one in sessions] == [conversation]
    sent = (await say(again, "Me again", id="m2", conversation=conversation)).json()["message"]
    assert sent["sentBy"] == {"type": "customer", "id": now["customerId"], "displayName": "Ada Lovelace"}
    listed = (await again.get(f"/c/v1/chat/sessions/{conversation}/messages")).json()["data"]
    names = [one["attributes"]["sentBy"]["displayName"] for one in listed]
    assert names == ["Ada Lovelace", "Ada Lovelace"], "also what was said before"


async def test_after_a_login_the_outbox_may_send_its_messages_again(site: Site) -> None:
    browser = await site.visitor()
    first = (await say(browser)).json()
    token = (await log_in(browser, site.signed(externalId="42"))).json()["data"]["attributes"]["token"]

    again = await say(site.browser(token))

    assert again.status_code == 200
    assert again.json()["message"]["id"] == first["message"]["id"]


async def test_a_login_needs_no_visitor_token(site: Site) -> None:
    answer = await log_in(site.browser(site.key), site.signed(externalId="42"))

    assert answer.status_code == 200
    attributes = answer.json()["data"]["attributes"]
    assert attributes["externalId"] == "42"
    assert (await site.browser(attributes["token"]).get("/c/v1/chat/sessions")).status_code == 200


async def test_the_same_customer_on_two_devices_sees_the_same_chats(site: Site) -> None:
    phone = await site.visitor()
    await say(phone)
    await log_in(phone, site.signed(email="ada@example.com"))

    laptop = await log_in(await site.visitor(), site.signed(email="Ada@Example.com"))

    token = laptop.json()["data"]["attributes"]["token"]
    assert len((await site.browser(token).get("/c/v1/chat/sessions")).json()["data"]) == 1


async def test_T13_over_the_door_a_forged_token_is_401_and_changes_nothing(site: Site) -> None:
    browser = await site.visitor()

    for name, forged in FORGED.items():
        answer = await log_in(browser, forged or "x")
        assert answer.status_code == 401, name
        assert answer.json()["errors"][0]["code"] == "identity_refused", name

    assert await site.customers() == []
    assert site.closed == []
    assert (await browser.get("/c/v1/chat/sessions")).status_code == 200


async def test_T14_a_token_of_another_organisation_is_401(site: Site, other_site: Site) -> None:
    browser = await site.visitor()

    answer = await log_in(browser, other_site.signed(email="ada@example.com"))

    assert answer.status_code == 401
    assert await site.customers() == await other_site.customers() == []


async def test_T15_after_logout_the_old_token_is_dead_and_the_jwt_works_only_while_it_is_fresh(
    site: Site, clock: ManualClock
) -> None:
    signed = site.signed(email="ada@example.com")
    token = (await log_in(await site.visitor(), signed)).json()["data"]["attributes"]["token"]
    browser = site.browser(token)
    await browser.delete("/c/v1/tracking/tokens/current")
    assert (await browser.get("/c/v1/chat/sessions")).status_code == 401
    assert (await log_in(browser, signed)).status_code == 401

    fresh = await log_in(site.browser(site.key), signed)
    clock.advance(minutes=16)
    stale = await log_in(site.browser(site.key), signed)

    assert (fresh.status_code, stale.status_code) == (200, 401)


async def test_T16_a_claimed_address_finds_nobody_and_shows_nothing(site: Site) -> None:
    """Promise 6: typing an e-mail proves nothing."""
    ada = await site.visitor()
    await say(ada)
    token = (await log_in(ada, site.signed(email="ada@example.com"))).json()["data"]["attributes"]["token"]
    before = await site.customers()

    eve = await site.visitor()
    await eve.patch("/c/v1/customers/current", json={"emails": ["ada@example.com"], "name": "Ada"})
    await say(eve)
    described = await eve.patch(
        "/c/v1/customers/current", json={"attributes": {"emails": [{"email": "ada@example.com"}]}}
    )

    assert described.status_code == 200
    eves = (await eve.get("/c/v1/tracking/tokens/current")).json()["data"]["attributes"]
    assert eves["identified"] is False
    assert len((await eve.get("/c/v1/chat/sessions")).json()["data"]) == 1
    assert len((await site.browser(token).get("/c/v1/chat/sessions")).json()["data"]) == 1
    after = await site.customers()
    assert len(after) == len(before) + 1
    assert [row for row in after if row[1] != eves["customerId"]] == before
    assert not [row for row in after if row[1] == eves["customerId"] and '"verified":true' in str(row)]


async def test_T16_a_browser_that_never_logged_in_is_told_no_addresses_of_whom_an_agent_took_it_for(
    site: Site,
) -> None:
    eve, ada = await site.visitor(), await site.visitor()
    await say(eve, "I am Ada")
    record = await _token_of(eve)
    typed = {"emails": (customers.Email("ada@example.com"),)}
    await site.desk.run(customers.update_customer, record["customerId"], typed, by=site.admin)

    logged_in = await log_in(ada, site.signed(email="ada@example.com"))

    ada = site.browser(logged_in.json()["data"]["attributes"]["token"])
    eves, adas = await _token_of(eve), await _token_of(ada)
    assert eves["customerId"] == adas["customerId"]
    assert (adas["identified"], adas["emails"]) == (True, ["ada@example.com"])
    assert (eves["identified"], eves["emails"], eves["externalIds"]) == (False, [], [])


async def test_T16_nor_is_one_whose_record_an_agent_merged_into_theirs(site: Site) -> None:
    eve, ada = await site.visitor(), await site.visitor()
    await say(eve, "I am Ada")
    logged_in = (await log_in(ada, site.signed(externalId="ada-1"))).json()["data"]["attributes"]
    source = (await _token_of(eve))["customerId"]

    await site.desk.run(conversations.merge_customers, source, logged_in["customerId"], by=site.admin)

    eves, adas = await _token_of(eve), await _token_of(site.browser(logged_in["token"]))
    assert eves["customerId"] == adas["customerId"]
    assert (adas["identified"], adas["externalIds"]) == (True, ["ada-1"])
    assert (eves["identified"], eves["emails"], eves["externalIds"]) == (False, [], [])


async def test_T16_a_login_leaves_the_address_that_an_agent_typed_on_the_record_it_was_typed_on(
    site: Site,
) -> None:
    bob, zoe = await site.visitor(), await site.visitor()
    sent = (await say(bob, "I am Bob")).json()
    record = (await _token_of(bob))["customerId"]
    typed = {"emails": (customers.Email("zoe@example.com"),)}
    await site.desk.run(customers.update_customer, record, typed, by=site.admin)

    logged_in = (await log_in(bob, site.signed(email="bob@example.com"))).json()["data"]["attributes"]
    zoes = (await log_in(zoe, site.signed(email="zoe@example.com"))).json()["data"]["attributes"]

    bob, zoe = site.browser(logged_in["token"]), site.browser(zoes["token"])
    assert logged_in["anotherPerson"] is False
    assert (await say(bob, "Still I", id="m2", conversation=sent["conversation"])).is_success
    assert [one["id"] for one in (await bob.get("/c/v1/chat/sessions")).json()["data"]] == [
        sent["conversation"]
    ]
    assert (await _token_of(bob))["emails"] == ["bob@example.com"]
    assert zoes["customerId"] == record != logged_in["customerId"]
    assert (await zoe.get("/c/v1/chat/sessions")).json()["data"] == []


async def test_what_is_on_its_way_while_a_merge_is_undone_arrives(site: Site) -> None:
    browser = await site.visitor()
    sent = (await say(browser, "Hello")).json()
    source = (await _token_of(browser))["customerId"]
    target = (await site.desk.run(customers.create_customer, by=site.admin)).value

    async def again() -> None:
        for _ in range(4):
            merge = await site.desk.run(conversations.merge_customers, source, target, by=site.admin)
            await site.desk.run(conversations.undo_merge, merge.value.id, by=site.admin)

    into = {"conversation": sent["conversation"]}
    answers = await asyncio.gather(
        *(say(browser, f"{n}", id=f"late-{n}", **into) for n in range(20)), again()
    )

    assert {answer.status_code for answer in answers[:-1] if answer is not None} == {201}


async def _token_of(browser: httpx.AsyncClient) -> dict[str, Any]:
    """What a browser is told of itself."""
    answer = await browser.get("/c/v1/tracking/tokens/current")
    return dict(answer.json()["data"]["attributes"])


async def test_T18_a_planted_token_sees_nothing_written_after_the_login(site: Site) -> None:
    planted = await site.token()
    attacker, victim = site.browser(planted), site.browser(planted)

    token = (await log_in(victim, site.signed(email="ada@example.com"))).json()["data"]["attributes"]["token"]
    await say(site.browser(token), "My card number is …")

    assert (await attacker.get("/c/v1/chat/sessions")).status_code == 401
    assert (await say(attacker)).status_code == 401


async def test_a_login_whose_answer_was_lost_is_repeated_and_the_browser_stays_who_it_was(site: Site) -> None:
    token, signed = await site.token(), site.signed(email="ada@example.com")
    browser = site.browser(token)
    await say(browser, "Before", id="b1")

    lost = (await log_in(browser, signed)).json()["data"]["attributes"]
    again = (await log_in(browser, signed)).json()["data"]["attributes"]

    assert again == lost
    repeated = await say(site.browser(again["token"]), "Before", id="b1")
    assert repeated.status_code == 200, "what waited in the outbox is there once"
    assert (await log_in(browser, site.signed(email="eve@example.com"))).status_code == 401
    assert (await site.browser(again["token"]).delete("/c/v1/tracking/tokens/current")).status_code == 204
    assert (await log_in(browser, signed)).status_code == 401, "after the logout it is over"


async def test_T19_of_two_logins_that_race_with_one_token_exactly_one_wins(site: Site) -> None:
    token = await site.token()
    conversation = (await say(site.browser(token))).json()["conversation"]

    answers = await asyncio.gather(
        *(log_in(site.browser(token), site.signed(email=f"{name}@example.com")) for name in ("ada", "eve"))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 401]
    winner = next(answer for answer in answers if answer.status_code == 200).json()["data"]["attributes"]
    events = (await site.desk.read(journal.read_all, site.id, after=0, limit=100, by=site.by)).value
    moved = [fact.event for fact in events if fact.event.kind == "customer.merged"]
    assert [(event.customer, event.conversations) for event in moved] == [  # type: ignore[attr-defined]
        (winner["customerId"], [conversation])
    ]


async def test_another_person_on_a_device_that_is_logged_in_gets_a_chat_of_their_own(site: Site) -> None:
    browser = await site.visitor()
    await say(browser)
    ada = (await log_in(browser, site.signed(email="ada@example.com"))).json()["data"]["attributes"]

    eve = (await log_in(site.browser(ada["token"]), site.signed(email="eve@example.com"))).json()["data"][
        "attributes"
    ]

    assert eve["customerId"] != ada["customerId"]
    assert (await site.browser(eve["token"]).get("/c/v1/chat/sessions")).json()["data"] == []
    assert (await say(site.browser(eve["token"]))).status_code == 201


async def test_T54_no_answer_to_a_visitor_carries_the_secret(site: Site) -> None:
    browser = await site.visitor()

    answers = [
        await browser.get(f"/c/v1/chat/settings?key={site.key}"),
        await browser.get("/c/v1/tracking/tokens/current"),
        await log_in(browser, "a.b.c"),
        await log_in(browser, site.signed(email="ada@example.com")),
    ]

    assert all(site.secret not in answer.text for answer in answers)
