"""Who a credential belongs to, from memory and from the database; T66's origins; and that replay agrees."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from kithdesk.access import (
    change_user,
    check_same_origin,
    create_team,
    deactivate_user,
    recheck,
    resolve_agent,
    session_cookie,
)
from kithdesk.access.credentials import new_token
from kithdesk.access.errors import ForeignOrigin
from kithdesk.access.queries.credentials import list_sessions_of
from kithdesk.core import replay
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk, where
from kithdesk.core.errors import Refusal, Unauthorized
from tests.access.houses import HOME, PASSWORD, Browse, House, SignIn


async def token_of(sign_in: SignIn, email: str) -> str:
    shown: str = (await sign_in(email)).headers["authorization"]
    return shown.removeprefix("Bearer ")


async def test_a_session_resolves_to_its_agent(desk: Desk, acme: House, sign_in: SignIn) -> None:
    actor, credential = await resolve_agent(desk, await token_of(sign_in, acme.agent_email))

    assert (actor.type, actor.id, actor.author) == ("user", acme.agent, acme.agent)
    assert (actor.organisation, actor.display_name) == (acme.id, "Ana")
    assert actor.roles == {"org.user"}
    assert await recheck(desk, credential) == actor


async def test_a_key_resolves_to_its_machine_user(desk: Desk, acme: House) -> None:
    actor, credential = await resolve_agent(desk, acme.key)

    assert actor.type == "machine"
    assert actor.is_admin
    assert await recheck(desk, credential) == actor


@pytest.mark.parametrize("kind", ["session", "key", "link"])
async def test_T68_an_invented_credential_is_unauthorized(
    desk: Desk, acme: House, kind: Literal["session", "key", "link"]
) -> None:
    for token in ("", "nonsense", new_token(kind)[:4], new_token(kind), new_token(kind) + "\n"):
        with pytest.raises(Unauthorized):
            await resolve_agent(desk, token)
        with pytest.raises(Unauthorized):
            await recheck(desk, token)


async def test_a_widget_key_opens_nothing_for_agents(desk: Desk, acme: House) -> None:
    with pytest.raises(Unauthorized):
        await resolve_agent(desk, acme.widget_key)


async def test_T08_deactivation_is_seen_although_the_caller_was_remembered(
    desk: Desk, acme: House, sign_in: SignIn
) -> None:
    token = await token_of(sign_in, acme.agent_email)
    _, credential = await resolve_agent(desk, token)

    await desk.run(deactivate_user, acme.agent, by=acme.by)

    for ask in (resolve_agent(desk, token), recheck(desk, credential)):
        with pytest.raises(Refusal):
            await ask


async def test_T12_a_user_without_any_role_is_forbidden(
    desk: Desk, acme: House, browse: Browse, sign_in: SignIn
) -> None:
    await desk.run(change_user, acme.agent, role_groups=[], by=acme.by)

    client = await sign_in(acme.agent_email)

    assert (await client.get("/v1/users")).status_code == 403


async def test_a_session_is_renewed_once_a_minute_at_most(
    desk: Desk, acme: House, sign_in: SignIn, clock: ManualClock
) -> None:
    token = await token_of(sign_in, acme.agent_email)

    async def seen_at() -> int:
        return (await desk.read(list_sessions_of, acme.agent, by=acme.by)).value[0].seen_at

    opened = await seen_at()
    clock.advance(seconds=59)
    await resolve_agent(desk, token)
    await desk.run(lambda work: None, by=acme.by)
    assert await seen_at() == opened
    clock.advance(seconds=1)
    await resolve_agent(desk, token)
    await desk.run(lambda work: None, by=acme.by)
    assert await seen_at() == clock.now()


async def test_looking_again_does_not_renew(
    desk: Desk, acme: House, sign_in: SignIn, clock: ManualClock
) -> None:
    _, credential = await resolve_agent(desk, await token_of(sign_in, acme.agent_email))
    for _ in range(12):
        await recheck(desk, credential)
        clock.advance(hours=1)

    with pytest.raises(Unauthorized):
        await recheck(desk, credential)


async def test_two_desks_share_no_memory(desk: Desk, acme: House, sign_in: SignIn, tmp_path: Path) -> None:
    from kithdesk.access.gate import gate_of
    from kithdesk.core.settings import Settings

    other = Desk(Settings(data=tmp_path / "other", test=True), desk.wiring, clock=desk.clock)
    await other.start(jobs=False)
    with pytest.raises(Unauthorized):
        await resolve_agent(other, await token_of(sign_in, acme.agent_email))
    assert gate_of(other) is not gate_of(desk)
    assert gate_of(desk) is gate_of(desk)
    await other.stop()


@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({"host": "127.0.0.1:8080", "origin": HOME}, True),
        ({"host": "127.0.0.1:8080", "origin": HOME, "sec-fetch-site": "same-origin"}, True),
        ({"host": "127.0.0.1:8080", "origin": "http://127.0.0.1:9090"}, False),
        ({"host": "127.0.0.1:8080", "origin": "http://localhost:8080"}, False),
        ({"host": "desk.test", "origin": "https://desk.test.evil.test"}, False),
        ({"host": "desk.test", "origin": "https://evil.test"}, False),
        ({"host": "desk.test", "origin": "null"}, False),
        ({"host": "desk.test", "origin": "https://desk.test", "sec-fetch-site": "cross-site"}, False),
        ({"host": "desk.test"}, False),
        ({"origin": ""}, False),
    ],
)
def test_T66_an_origin_is_ours_or_foreign(headers: dict[str, str], is_own: bool) -> None:
    if is_own:
        check_same_origin(headers)
    else:
        with pytest.raises(ForeignOrigin):
            check_same_origin(headers)


A, B = new_token("session"), new_token("session")


@pytest.mark.parametrize(
    ("host", "cookie", "found"),
    [
        ("127.0.0.1:8080", f"kithdesk-session={A}", A),
        ("localhost", f"x=y; kithdesk-session={A}; z={{}}", A),
        ("[::1]:8080", f"kithdesk-session={A}", A),
        ("shop.localhost:8080", f"kithdesk-session={A}", A),
        ("desk.test", f"kithdesk-session={A}", None),
        ("desk.test", f"__Host-kithdesk-session={B}; kithdesk-session={A}", B),
        ("127.0.0.1", f"__Host-kithdesk-session={B}; kithdesk-session={A}", B),
        ("127.0.0.1", "kithdesk-session=", None),
        ("127.0.0.1", f"kithdesk-session={new_token('key')}", None),
        ("", f"kithdesk-session={A}", None),
        ("127.0.0.1", "", None),
    ],
    ids=range(11),
)
def test_T08_the_cookie_without_prefix_counts_on_loopback_only(
    host: str, cookie: str, found: str | None
) -> None:
    assert session_cookie({"host": host, "cookie": cookie}) == found


async def test_replay_rebuilds_what_access_shows(
    desk: Desk, acme: House, globex: House, browse: Browse, sign_in: SignIn
) -> None:
    """Promise 12 for this slice: every kind of fact it states has been stated here."""
    admin = await sign_in(acme.admin_email)
    team = (await desk.run(create_team, "Support", members=[acme.agent], by=acme.by)).value.id
    await admin.patch(f"/v1/teams/{team}", json={"name": "First line", "members": [acme.admin]})
    await admin.patch(
        f"/v1/users/{acme.agent}", json={"displayName": "A", "email": "a@acme.test", "roleGroups": ["admin"]}
    )
    await admin.delete(f"/v1/users/{acme.agent}")
    await admin.patch(f"/v1/users/{acme.agent}", json={"deleted": False})
    key = await admin.post(
        "/v1/auth/api-keys", json={"name": "K", "roles": ["agent"], "networks": ["10.0.0.0/8"]}
    )
    await admin.delete(key.json()["data"]["links"]["self"])
    await admin.delete(f"/v1/teams/{team}")
    await admin.put(
        "/v1/users/current/password", json={"currentPassword": PASSWORD, "password": "another good one"}
    )

    report = replay.replay(where(desk.settings), desk.wiring)

    assert report.agrees, report.differences
    assert report.rows["users"] >= 5
    assert report.rows["api_keys"] == 3
