"""A new agent's setup link: shown once, to the administrator who made the agent."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from kithdesk.access import provisioning
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.settings import Settings
from tests.access.houses import PASSWORD, Browse, House, SignIn

pytestmark = pytest.mark.anyio

BEN = {"email": "ben@acme.test", "displayName": "Ben", "roleGroups": ["agent"]}


async def invite(admin: httpx.AsyncClient, **headers: str) -> dict[str, Any]:
    answer = await admin.post("/v1/users", json=BEN, headers=headers)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()["data"]
    return made


def token_in(made: dict[str, Any]) -> str:
    address: str = made["attributes"]["setupUrl"]
    assert address.startswith("http://127.0.0.1:8080/#/setup/kdl_")
    return address.rpartition("/")[2]


async def set_up(browse: Browse, token: str) -> int:
    body = {"token": token, "password": PASSWORD}
    return (await browse().post("/v1/auth/setup", json=body)).status_code


async def test_who_was_invited_chooses_a_password_once(
    browse: Browse, sign_in: SignIn, acme: House, clock: ManualClock
) -> None:
    made = await invite(await sign_in(acme.admin_email))
    token = token_in(made)

    assert made["attributes"]["setupUrlExpiresAt"] > made["attributes"]["createdAt"]
    assert await set_up(browse, token) == 201
    assert await set_up(browse, token) == 401


async def test_a_setup_link_works_for_a_day(browse: Browse, acme: House, clock: ManualClock) -> None:
    token = token_in(await invite(browse(acme.key)))
    clock.advance(hours=24)

    assert await set_up(browse, token) == 401


async def test_an_operator_who_asks_again_is_shown_the_same_link(
    desk: Desk, browse: Browse, acme: House
) -> None:
    made = await invite(browse(acme.key))

    again = await provisioning.create_agent(desk, "ben@acme.test", "Ben")

    assert again["setupUrl"] == made["attributes"]["setupUrl"]


async def test_a_repeat_with_the_same_key_answers_the_same_link(browse: Browse, acme: House) -> None:
    admin = browse(acme.key)
    headers = {"Idempotency-Key": "invite-ben"}

    first, second = await invite(admin, **headers), await invite(admin, **headers)

    assert first == second
    assert await set_up(browse, token_in(second)) == 201


async def test_T100_the_link_is_in_no_list_event_or_audit_line(browse: Browse, acme: House) -> None:
    admin = browse(acme.key)
    with capture_logs() as lines:
        made = await invite(admin)
    token = token_in(made)

    [invited] = [line for line in lines if line["event"] == "user.invited"]
    assert (invited["user"], invited["role_groups"]) == (made["id"], ("agent",))
    shown = [await admin.get(path) for path in ("/v1/users", f"/v1/users/{made['id']}")]
    shown.append(await admin.patch(f"/v1/users/{made['id']}", json={"displayName": "Benny"}))
    for text in (str(lines), *(answer.text for answer in shown)):
        assert token not in text
        assert "setupUrl" not in text


@pytest.mark.only("sqlite")
async def test_T85_an_invitation_in_a_stolen_database_is_sealed(
    desk: Desk, browse: Browse, acme: House, settings: Settings
) -> None:
    token = token_in(await invite(browse(acme.key), **{"Idempotency-Key": "invite-ben"}))
    await desk.stop()

    kept = b"".join(file.read_bytes() for file in settings.data.glob("kithdesk.sqlite3*"))
    assert b"ben@acme.test" in kept
    assert token.encode() not in kept
    await desk.start(jobs=False)  # for the fixture to stop


async def test_T22_only_an_administrator_invites(
    desk: Desk, browse: Browse, sign_in: SignIn, acme: House
) -> None:
    agent = await sign_in(acme.agent_email)

    answer = await agent.post("/v1/users", json=BEN)

    assert answer.status_code == 403
    assert "setupUrl" not in answer.text
    found = (await browse(acme.key).get("/v1/users", params={"email": "ben@acme.test"})).json()
    assert found["data"] == []


async def test_a_refused_invitation_breaks_no_earlier_link(browse: Browse, acme: House) -> None:
    admin = browse(acme.key)
    token = token_in(await invite(admin))

    assert (await admin.post("/v1/users", json=BEN)).status_code == 409
    assert await set_up(browse, token) == 201
