"""The identity debugger: why a token is refused, in words that help whoever signs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any, get_args

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from kithdesk.access import provisioning
from kithdesk.attributes import declare
from kithdesk.channels.chat.debugging import explain
from kithdesk.channels.chat.proving import judge
from kithdesk.channels.chat.reasons import EXPLANATIONS, Reason
from kithdesk.core.clock import Instant, ManualClock
from tests.channels.chat.sites import Site, jwt_of, kept
from tests.spine import sql

DEBUG = "/v1/auth/customer/debug"
HS256 = {"alg": "HS256", "typ": "JWT"}
LONG = "as long a secret as a real one, or longer"


@pytest.fixture
async def admin(site: Site) -> httpx.AsyncClient:
    made = await provisioning.create_api_key(site.desk, "debugger", "admin", "Outdoor")
    return site.browser(made["apiKey"])


async def debug(admin: httpx.AsyncClient, token: str) -> dict[str, Any]:
    answer = await admin.post(DEBUG, json={"token": token})
    assert answer.status_code == 200, answer.text
    attributes: dict[str, Any] = answer.json()["data"]["attributes"]
    return attributes


def _now(site: Site) -> int:
    return site.desk.clock.now() // 1000


def _hex_signature(site: Site) -> str:
    signed = site.signed(externalId="42").rpartition(".")[0]
    return f"{signed}.{hmac.digest(site.secret.encode(), signed.encode(), hashlib.sha256).hex()}"


def _decoded(site: Site) -> str:
    """Signed with the bytes that the secret would be if it were base64."""
    signed = site.signed(externalId="42").rpartition(".")[0]
    secret = site.secret.encode()
    key = base64.urlsafe_b64decode(secret + b"=" * (-len(secret) % 4))
    raw = hmac.digest(key, signed.encode(), hashlib.sha256)
    return f"{signed}.{base64.urlsafe_b64encode(raw).rstrip(b'=').decode()}"


WRONG: dict[str, tuple[Callable[[Site], str], Reason, str]] = {
    "long": (lambda site: site.signed(externalId="42", x="y" * 8_192), "too_long", "8 KiB"),
    "text": (lambda _: "hello", "not_a_token", "not a JWT"),
    "bearer": (lambda site: f"Bearer {site.signed(externalId='42')}", "not_a_token", "Bearer"),
    "kid": (lambda site: site.signed(header={**HS256, "kid": "1"}), "header_not_allowed", "`kid`"),
    "typ": (lambda site: site.signed(header={**HS256, "typ": "at+jwt"}), "header_not_allowed", "`at+jwt`"),
    "none": (lambda site: jwt_of({"alg": "none"}, {}, site.secret, signature=b""), "algorithm", "`none`"),
    "RS256": (lambda site: site.signed(header={"alg": "RS256", "typ": "JWT"}), "algorithm", "HS256"),
    "other secret": (lambda site: site.signed("another one"), "signature", "character by character"),
    "line break": (lambda site: site.signed(f"{site.secret}\n"), "signature", "line break"),
    "quotes": (lambda site: site.signed(f'"{site.secret}"'), "signature", "in quotes"),
    "hex": (_hex_signature, "signature", "written in hex"),
    "base64": (_decoded, "signature", "decoded from base64"),
    "list": (lambda site: jwt_of(HS256, [1], site.secret), "claims_unreadable", "JSON object"),
    "no iat": (lambda site: jwt_of(HS256, {"externalId": "42"}, site.secret), "iat_missing", "`iat`"),
    "iat text": (lambda site: site.signed(externalId="42", iat="now"), "not_a_time", "without quotes"),
    "old": (lambda site: site.signed(externalId="42", iat=_now(site) - 7_200), "iat_too_old", "2 hours ago"),
    "ahead": (lambda site: site.signed(externalId="42", iat=_now(site) + 300), "iat_in_future", "5 minutes"),
    "cut": (lambda site: site.signed(externalId="42").rpartition(".")[0], "not_a_token", "three parts 2"),
    "cut late": (lambda site: site.signed(externalId="42")[:-3], "signature", "40 characters of 43"),
    "ms": (lambda site: site.signed(iat=_now(site) * 1000), "iat_in_future", "milliseconds"),
    "nbf ms": (lambda site: site.signed(nbf=_now(site) * 1000), "not_yet", "`nbf` looks like milliseconds"),
    "exp": (lambda site: site.signed(externalId="42", exp=_now(site) - 1), "expired", "1 second ago, at 20"),
    "nbf": (
        lambda site: site.signed(externalId="42", nbf=_now(site) + 600),
        "not_yet",
        "begins in 10 minutes, at 20",
    ),
    "nobody": (lambda site: site.signed(), "names_nobody", "names nobody"),
    "misspelt": (lambda site: site.signed(external_id="42"), "names_nobody", "`externalId` may be"),
    "email": (lambda site: site.signed(email="nobody"), "bad_email", "no e-mail address"),
    "id": (lambda site: site.signed(externalId={"id": 1}), "bad_external_id", "255"),
}


@pytest.mark.parametrize(("make", "reason", "words"), WRONG.values(), ids=WRONG.keys())
async def test_a_refused_token_is_explained(
    site: Site, admin: httpx.AsyncClient, make: Callable[[Site], str], reason: Reason, words: str
) -> None:
    token = make(site)

    said = await debug(admin, token)

    assert (said["accepted"], said["reason"]) == (False, reason)
    assert words in said["explanation"]
    assert said["identity"] is None
    door = await (await site.visitor()).post("/c/v1/identity", json={"externalToken": token})
    assert door.status_code == 401, "the door says the same, without a word"
    assert reason not in door.text


async def test_milliseconds_are_not_blamed_on_a_clock(site: Site, admin: httpx.AsyncClient) -> None:
    said = await debug(admin, site.signed(externalId="42", iat=_now(site) * 1000))

    assert "clock" not in said["explanation"]


def test_every_reason_has_its_words() -> None:
    assert (
        set(EXPLANATIONS)
        == set(get_args(Reason))
        == {reason for _, reason, _ in WRONG.values()} | {"secret_ended"}
    )


_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-(2**70), 2**70) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_names = st.sampled_from(["iat", "exp", "nbf", "email", "externalId", "name", "custom", "__proto__"])


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=200) | st.from_regex(r"[A-Za-z0-9_-]{0,40}(\.[A-Za-z0-9_-]{0,40}){0,4}", fullmatch=True)
)
def test_T13_any_text_is_judged_and_none_is_believed(text: str) -> None:
    verdict = judge(text, [kept(LONG)], Instant(0))

    assert verdict.proof is None
    assert verdict.reason in EXPLANATIONS


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(_names, _values, max_size=8), st.booleans())
def test_T14_any_signed_claims_are_judged_and_explained(claims: dict[str, Any], is_fresh: bool) -> None:
    now = Instant(1_800_000_000_000)
    more = {"iat": now // 1000} if is_fresh else {}
    token = jwt_of(HS256, {**claims, **more}, LONG)

    verdict = judge(token, [kept(LONG)], now)

    assert (verdict.proof is None) == (verdict.reason is not None)
    assert explain(verdict, token, [kept(LONG)], now)
    if verdict.proof is not None:
        assert is_fresh or now // 1000 - 900 <= claims["iat"] <= now // 1000 + 60


async def test_a_secret_that_ended_yesterday_is_named(
    site: Site, admin: httpx.AsyncClient, clock: ManualClock
) -> None:
    settings = (await admin.post("/v1/auth/customer/settings/rotate", json={"overlapHours": 1})).json()
    older = settings["data"]["attributes"]["secrets"][1]["id"]
    assert (await debug(admin, site.signed(externalId="42")))["secret"] == older
    clock.advance(hours=25)

    said = await debug(admin, site.signed(externalId="42"))

    assert (said["reason"], said["secret"]) == ("secret_ended", older)
    assert "1 day ago" in said["explanation"]
    assert (
        await (await site.visitor()).post("/c/v1/identity", json={"externalToken": "x"})
    ).status_code == 401


async def test_an_accepted_token_says_who_it_is_and_what_goes_on_record(
    site: Site, admin: httpx.AsyncClient
) -> None:
    await site.desk.run(
        declare,
        "customer",
        {"planStr": {"displayName": "Plan", "type": "Str"}, "seatsNum": {"type": "Num"}},
        replace=False,
        by=site.admin,
    )

    said = await debug(
        admin,
        site.signed(
            externalId="42", name={"first": "Ada"}, planStr="gold", custom={"seatsNum": "many"}, shoe=42
        ),
    )

    assert (said["accepted"], said["reason"], said["ageSeconds"]) == (True, None, 0)
    assert said["identity"] == {"by": "externalId", "value": "42"}
    assert said["header"] == HS256
    assert said["claims"]["shoe"] == 42
    assert said["attributes"] == {"planStr": "gold"}
    assert {one["name"] for one in said["ignored"]} == {"name", "seatsNum", "shoe"}
    assert await site.customers() == [], "nobody was logged in"


async def test_the_header_and_claims_of_a_refused_token_are_readable(
    site: Site, admin: httpx.AsyncClient
) -> None:
    said = await debug(admin, site.signed("another secret", email="ada@example.com"))

    assert said["header"] == HS256
    assert said["claims"]["email"] == "ada@example.com"
    assert said["secret"] is None


async def test_T54_the_debugged_token_is_nowhere_kept_or_logged(site: Site, admin: httpx.AsyncClient) -> None:
    token = site.signed(externalId="42")
    head = await site.desk.head(site.id)

    with capture_logs() as lines:
        await admin.post(DEBUG, json={"token": token}, headers={"Idempotency-Key": "once"})

    assert token not in str(lines)
    assert await site.desk.head(site.id) == head
    assert await sql(site.desk, "SELECT * FROM stored_answers") == []


async def test_T30_only_administrators_debug(site: Site, other_site: Site, admin: httpx.AsyncClient) -> None:
    agent = await provisioning.create_api_key(site.desk, "program", "agent", "Outdoor")

    answers = [
        await site.browser(agent["apiKey"]).post(DEBUG, json={"token": "x"}),
        await site.browser(site.key).post(DEBUG, json={"token": "x"}),
        await (await site.visitor()).post(DEBUG, json={"token": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 401, 401]
    assert (await debug(admin, other_site.signed(externalId="42")))["reason"] == "signature"


async def test_signed_attributes_that_are_declared_go_on_record_and_refuse_no_login(
    site: Site, admin: httpx.AsyncClient
) -> None:
    await site.desk.run(
        declare,
        "customer",
        {
            "planStr": {"type": "Str", "enumeration": ["gold", "iron"]},
            "seatsNum": {"type": "Num"},
            "ibanStr": {"type": "Str", "hasSensitiveAttributes": True},
        },
        replace=False,
        by=site.admin,
    )
    signed = site.signed(externalId="42", planStr="tin", seatsNum=3, custom={"ibanStr": "DE1"}, shoe=42)

    answer = await (await site.visitor()).post("/c/v1/identity", json={"externalToken": signed})

    assert answer.status_code == 200, answer.text
    customer = answer.json()["data"]["attributes"]["customerId"]
    record = (await admin.get(f"/v1/customers/{customer}")).json()["data"]["attributes"]
    assert record["custom"] == {"seatsNum": 3, "ibanStr": "DE1"}
    assert "shoe" not in json.dumps(record)


async def test_who_logs_in_on_somebody_elses_browser_is_told_so_also_when_asking_again(site: Site) -> None:
    browser = await site.visitor()
    first = await browser.post("/c/v1/identity", json={"externalToken": site.signed(externalId="42")})
    ada = first.json()["data"]["attributes"]
    signed = site.signed(externalId="43")

    eve = [
        (await site.browser(ada["token"]).post("/c/v1/identity", json={"externalToken": signed})).json()
        for _ in range(2)
    ]

    assert ada["anotherPerson"] is False
    assert [one["data"]["attributes"]["anotherPerson"] for one in eve] == [True, True]


async def test_a_rotation_leaves_who_is_logged_in_alone(site: Site, admin: httpx.AsyncClient) -> None:
    answer = await (await site.visitor()).post(
        "/c/v1/identity", json={"externalToken": site.signed(externalId="42")}
    )
    browser = site.browser(answer.json()["data"]["attributes"]["token"])

    await admin.post("/v1/auth/customer/settings/rotate", json={"overlapHours": 0})

    current = (await browser.get("/c/v1/tracking/tokens/current")).json()["data"]["attributes"]
    assert (current["identified"], current["externalIds"]) == (True, ["42"])
    old = await (await site.visitor()).post(
        "/c/v1/identity", json={"externalToken": site.signed(externalId="42")}
    )
    assert old.status_code == 401
