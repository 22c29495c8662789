"""T12, T30, T54, T85, T98: keys, roles, secrets, thieves."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from kithdesk.access import recheck, resolve_agent
from kithdesk.core.clock import ManualClock, iso
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Unauthorized
from tests.access.houses import PASSWORD, Browse, House, SignIn
from tests.spine import file_of


async def make_key(client: Any, **more: Any) -> dict[str, Any]:
    answer = await client.post("/v1/auth/api-keys", json={"name": "Shop", "roles": ["agent"], **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()["data"]
    return made


async def test_T12_a_key_is_shown_once_and_then_by_its_end(
    desk: Desk, acme: House, sign_in: SignIn, browse: Browse
) -> None:
    admin = await sign_in(acme.admin_email)
    with capture_logs() as lines:
        made = await make_key(admin)
        key = made["attributes"]["apiKey"]
        listed = await admin.get("/v1/auth/api-keys")
        one = await admin.get(made["links"]["self"])
        assert (await browse(key).get("/v1/users/current")).json()["data"]["attributes"][
            "userType"
        ] == "machine"

    shown = next(entry for entry in listed.json()["data"] if entry["id"] == made["id"])
    assert shown["attributes"]["lastFour"] == key[-4:]
    assert shown["attributes"]["roles"] == ["org.user"]
    for text in (listed.text, one.text, str(lines)):
        assert key not in text
        assert key[4:20] not in text
    assert any(line["event"] == "api_key.created" for line in lines)


async def test_T12_a_key_comes_only_in_the_header(acme: House, browse: Browse) -> None:
    for name in ("token", "access_token", "apiKey", "api_key", "key", "authorization"):
        assert (await browse().get("/v1/users/current", params={name: acme.key})).status_code == 401
    for shown in (
        f"Basic {acme.key}",
        acme.key,
        "Bearer",
        "Bearer ",
        f"Bearer {acme.key}x",
        f"Token {acme.key}",
    ):
        answer = await browse(headers={"Authorization": shown}).get("/v1/users/current")
        assert answer.status_code == 401
    cookie = await browse(headers={"Cookie": f"kithdesk-session={acme.key}"}).get("/v1/teams")
    assert cookie.status_code == 401


async def test_T12_a_key_ends_when_it_was_said_to(
    acme: House, sign_in: SignIn, browse: Browse, clock: ManualClock
) -> None:
    admin = await sign_in(acme.admin_email)
    key = (await make_key(admin, expiresAt=iso(clock.in_(hours=1))))["attributes"]["apiKey"]
    assert (await browse(key).get("/v1/users/current")).status_code == 200

    clock.advance(hours=1)

    assert (await browse(key).get("/v1/users/current")).status_code == 401
    past = await (await sign_in(acme.admin_email)).post(
        "/v1/auth/api-keys", json={"name": "Late", "roles": ["agent"], "expiresAt": iso(clock.now())}
    )
    assert past.status_code == 400


async def test_T12_a_key_is_good_in_its_networks_only(
    desk: Desk, acme: House, sign_in: SignIn, browse: Browse
) -> None:
    made = await make_key(await sign_in(acme.admin_email), networks=["198.51.100.0/24"])
    key = made["attributes"]["apiKey"]

    assert (await browse(key, address="198.51.100.9").get("/v1/users/current")).status_code == 200
    assert (await browse(key, address="203.0.113.9").get("/v1/users/current")).status_code == 401
    spoofed = browse(key, address="203.0.113.9", headers={"X-Forwarded-For": "198.51.100.9"})
    assert (await spoofed.get("/v1/users/current")).status_code == 401, "T11: nobody trusts that header here"
    actor, _ = await resolve_agent(desk, key, "198.51.100.9")
    assert actor.type == "machine"
    with pytest.raises(Unauthorized):
        await resolve_agent(desk, key)


async def test_T12_a_revoked_key_is_dead_at_once_with_its_sockets(
    desk: Desk, acme: House, sign_in: SignIn, browse: Browse, closed: list[dict[str, Any]]
) -> None:
    admin = await sign_in(acme.admin_email)
    made = await make_key(admin)
    key = made["attributes"]["apiKey"]
    _, credential = await resolve_agent(desk, key)
    assert (await recheck(desk, credential)).type == "machine"

    assert (await admin.delete(made["links"]["self"])).status_code == 204

    assert (await browse(key).get("/v1/users/current")).status_code == 401
    assert {"organisation": acme.id, "credential": credential} in closed
    with pytest.raises(Unauthorized):
        await recheck(desk, credential)
    assert (await admin.delete(made["links"]["self"])).status_code == 404


async def test_T30_a_low_role_cannot_raise_itself(
    desk: Desk, acme: House, sign_in: SignIn, browse: Browse
) -> None:
    admin, agent = await sign_in(acme.admin_email), await sign_in(acme.agent_email)
    program = browse((await make_key(admin))["attributes"]["apiKey"])
    team = (await admin.post("/v1/teams", json={"name": "Support"})).json()["data"]["id"]
    head = await desk.head(acme.id)

    for low in (agent, program):
        tries = [
            await low.patch("/v1/users/current", json={"roleGroups": ["admin"]}),
            await low.put(f"/v1/users/{acme.agent}", json={"roleGroups": ["admin"]}),
            await low.patch(f"/v1/users/{acme.admin}", json={"displayName": "Owned"}),
            await low.post(
                "/v1/users", json={"email": "me@acme.test", "displayName": "Me", "roleGroups": ["admin"]}
            ),
            await low.delete(f"/v1/users/{acme.admin}"),
            await low.delete(f"/v1/users/{acme.admin}/sessions"),
            await low.get(f"/v1/users/{acme.admin}/sessions"),
            await low.post("/v1/auth/api-keys", json={"name": "Mine", "roles": ["admin"]}),
            await low.put(f"/v1/teams/{team}/members", json={"members": [acme.agent]}),
            await low.patch(f"/v1/teams/{team}", json={"name": "Mine"}),
            await low.post("/v1/teams", json={"name": "Mine"}),
            await low.delete(f"/v1/teams/{team}"),
            await low.get("/v1/auth/customer/settings"),
            await low.get("/v1/auth/api-keys"),
        ]
        assert [answer.status_code for answer in tries] == [403] * len(tries)
    assert await desk.head(acme.id) == head
    assert (await agent.patch("/v1/users/current", json={"displayName": "Ana M."})).status_code == 200


async def test_T30_a_key_makes_no_keys(acme: House, browse: Browse) -> None:
    answer = await browse(acme.key).post("/v1/auth/api-keys", json={"name": "Child", "roles": ["admin"]})

    assert answer.status_code == 403


async def test_T32_the_last_administrator_stays(acme: House, sign_in: SignIn) -> None:
    admin = await sign_in(acme.admin_email)

    for answer in (
        await admin.delete("/v1/users/current"),
        await admin.patch("/v1/users/current", json={"deleted": True}),
        await admin.patch("/v1/users/current", json={"roleGroups": ["agent"]}),
    ):
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "last_administrator")
    assert (await admin.get("/v1/users/current")).status_code == 200
    assert (await admin.patch(f"/v1/users/{acme.agent}", json={"roleGroups": ["admin"]})).status_code == 200
    assert (await admin.patch("/v1/users/current", json={"roleGroups": ["agent"]})).status_code == 200


async def test_T54_the_identity_secret_is_told_to_administrators_and_noted(
    desk: Desk, acme: House, browse: Browse
) -> None:
    head = await desk.head(acme.id)
    with capture_logs() as lines:
        answer = await browse(acme.key).get("/v1/auth/customer/settings")

    attributes = answer.json()["data"]["attributes"]
    assert attributes["secret"] == acme.identity_secret
    assert set(attributes) == {"secret", "corsWhitelist", "createdAt", "updatedAt", "secrets"}
    noted = [line for line in lines if line["event"] == "identity_secret.read"]
    assert len(noted) == 1
    assert noted[0]["organisation"] == acme.id
    assert noted[0]["actor_type"] == "machine"
    assert acme.identity_secret not in str(lines)
    assert await desk.head(acme.id) == head, "no GET changes state"


@pytest.mark.only("sqlite")
async def test_T54_a_key_is_created_once_and_its_kept_answer_is_sealed(
    desk: Desk, acme: House, sign_in: SignIn
) -> None:
    admin = await sign_in(acme.admin_email)
    headers = {"Idempotency-Key": "once"}
    body = {"name": "Shop", "roles": ["agent"]}

    with capture_logs() as lines:
        first = await admin.post("/v1/auth/api-keys", json=body, headers=headers)
        again = await admin.post("/v1/auth/api-keys", json=body, headers=headers)
    other = await admin.post("/v1/auth/api-keys", json={**body, "name": "Other"}, headers=headers)
    token = await admin.post(
        "/v1/auth/tokens", json={"email": acme.agent_email, "password": PASSWORD}, headers=headers
    )

    everything = whole_database(desk)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert again.json() == first.json()
    assert len([line for line in lines if line["event"] == "api_key.created"]) == 1
    assert first.json()["data"]["attributes"]["apiKey"].encode() not in everything
    assert token.json()["data"]["attributes"]["token"].encode() not in everything


@pytest.mark.only("sqlite")
async def test_T85_a_stolen_database_opens_nothing(
    desk: Desk, acme: House, sign_in: SignIn, open_console: SignIn
) -> None:
    admin = await sign_in(acme.admin_email)
    console = await open_console(acme.agent_email)
    key = (await make_key(admin))["attributes"]["apiKey"]
    secrets = [
        acme.key,
        key,
        acme.identity_secret,
        PASSWORD,
        console.cookies["kithdesk-session"],
        admin.headers["authorization"].removeprefix("Bearer "),
    ]

    everything = whole_database(desk)

    assert acme.widget_key.encode() in everything, "the files hold what they should"
    for secret in secrets:
        assert secret.encode() not in everything


async def test_T98_the_owner_of_a_stolen_laptop_ends_all_sessions(
    acme: House, sign_in: SignIn, closed: list[dict[str, Any]]
) -> None:
    laptop, phone = await sign_in(acme.agent_email), await sign_in(acme.agent_email)
    listed = (await phone.get("/v1/users/current/sessions")).json()["data"]
    assert len(listed) == 2
    assert "token" not in listed[0]["attributes"]

    assert (await phone.delete("/v1/users/current/sessions")).status_code == 204

    for device in (laptop, phone):
        assert (await device.get("/v1/users/current")).status_code == 401
    assert {message["credential"] for message in closed} == {session["id"] for session in listed}


async def test_T98_an_administrator_ends_one_session_of_another(
    desk: Desk, acme: House, sign_in: SignIn
) -> None:
    admin, laptop, phone = [
        await sign_in(email) for email in (acme.admin_email, acme.agent_email, acme.agent_email)
    ]
    stolen = (await laptop.get("/v1/auth/tokens/current")).json()["data"]["id"]

    assert (await admin.delete(f"/v1/users/{acme.agent}/sessions/{stolen}")).status_code == 204

    assert (await laptop.get("/v1/users/current")).status_code == 401
    assert (await phone.get("/v1/users/current")).status_code == 200
    assert (await admin.delete(f"/v1/users/{acme.agent}/sessions/{stolen}")).status_code == 404


async def test_T98_roles_and_keys_ask_for_the_password_again(
    desk: Desk, acme: House, sign_in: SignIn, clock: ManualClock
) -> None:
    admin = await sign_in(acme.admin_email)
    clock.advance(minutes=15, seconds=1)
    head = await desk.head(acme.id)

    refused = [
        await admin.post("/v1/auth/api-keys", json={"name": "Shop", "roles": ["admin"]}),
        await admin.patch(f"/v1/users/{acme.agent}", json={"roleGroups": ["admin"]}),
        await admin.patch(f"/v1/users/{acme.agent}", json={"email": "thief@evil.test"}),
        await admin.delete(f"/v1/users/{acme.agent}"),
        await admin.post("/v1/users", json={"email": "me@acme.test", "displayName": "Me"}),
    ]
    assert {answer.json()["errors"][0]["code"] for answer in refused} == {"confirmation_needed"}
    assert {answer.status_code for answer in refused} == {403}
    assert await desk.head(acme.id) == head

    wrong = await admin.put("/v1/auth/tokens/current", json={"password": "a wrong one"})
    assert wrong.status_code == 401
    assert (await admin.put("/v1/auth/tokens/current", json={"password": PASSWORD})).status_code == 200
    assert (await admin.delete(f"/v1/users/{acme.agent}")).status_code == 204


async def test_T01_confirming_cannot_be_guessed_at(acme: House, sign_in: SignIn) -> None:
    admin = await sign_in(acme.admin_email)

    answers = [await admin.put("/v1/auth/tokens/current", json={"password": f"guess {n}"}) for n in range(7)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 2


async def test_the_api_limit_counts_an_organisations_keys_and_never_the_console(
    acme: House, globex: House, browse: Browse, sign_in: SignIn, clock: ManualClock
) -> None:
    program = browse(acme.key)
    answers = [await program.get("/v1/orgs/current") for _ in range(1_001)]

    assert {answer.status_code for answer in answers[:1_000]} == {200}
    assert answers[1_000].status_code == 429
    assert int(answers[1_000].headers["retry-after"]) >= 1
    assert (await browse(globex.key).get("/v1/orgs/current")).status_code == 200
    assert (await (await sign_in(acme.admin_email)).get("/v1/orgs/current")).status_code == 200
    clock.advance(seconds=1)
    assert (await program.get("/v1/orgs/current")).status_code == 200


def whole_database(desk: Desk) -> bytes:
    """Its files as a thief has them: a dump in SQL would show stored bytes as digits, and hide what is in them."""
    return b"".join(path.read_bytes() for path in sorted(file_of(desk).parent.glob(f"{file_of(desk).name}*")))
