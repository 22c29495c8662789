"""Signing in over HTTP, by password and by link; and T01, T03, T07, T08, T09, T87 of the abuse cases."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.access import deactivate_user, provisioning
from kithdesk.access.events import SignInsBraked
from kithdesk.access.gate import gate_of
from kithdesk.access.sessions import ABSOLUTE, IDLE
from kithdesk.access.slowing import SPRAYED_ACCOUNTS
from kithdesk.core.clock import SECOND, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.journal import read_all
from kithdesk.core.work import Work
from tests.access.houses import CONSOLE, HOME, PASSWORD, Browse, House, SignIn


async def post_token(
    client: httpx.AsyncClient, email: str, password: str = PASSWORD, **more: Any
) -> httpx.Response:
    return await client.post("/v1/auth/tokens", json={"email": email, "password": password, **more})


def nothing(_work: Work) -> None:
    """A command that waits for its turn and changes nothing."""


async def test_a_password_gives_a_token(acme: House, browse: Browse) -> None:
    answer = await post_token(browse(), acme.agent_email.upper())

    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    assert int(answer.headers["x-kithdesk-position"]) > 0
    attributes = answer.json()["data"]["attributes"]
    assert attributes["user"] == acme.agent
    assert attributes["expiresAt"].endswith("Z")
    me = await browse(attributes["token"]).get("/v1/users/current")
    assert me.json()["data"]["id"] == acme.agent


async def test_the_current_token_is_shown_without_itself(
    acme: House, sign_in: SignIn, browse: Browse
) -> None:
    shown = (await (await sign_in(acme.agent_email)).get("/v1/auth/tokens/current")).json()["data"]
    assert "token" not in shown["attributes"]
    assert shown["attributes"]["roles"] == ["org.user"]

    key = (await browse(acme.key).get("/v1/auth/tokens/current")).json()["data"]
    assert key["attributes"]["roles"] == ["org.admin", "org.user"]


async def test_an_address_in_several_organisations_must_say_which(
    desk: Desk, acme: House, globex: House, browse: Browse
) -> None:
    await provisioning.create_agent(desk, acme.agent_email, "Ana, too", PASSWORD, org="Globex")

    assert (await post_token(browse(), acme.agent_email)).status_code == 409
    assert (await post_token(browse(), acme.agent_email, "a wrong one")).status_code == 401
    for domain, expected in (("globex", globex.id), (acme.id, acme.id)):
        answer = await post_token(browse(), acme.agent_email, domain=domain)
        assert answer.status_code == 201
        org = answer.json()["data"]["relationships"]["org"]["data"]["id"]
        assert org == expected
    assert (await post_token(browse(), acme.agent_email, domain="nobody")).status_code == 401


async def test_signing_out_ends_the_session_and_its_sockets(
    acme: House, sign_in: SignIn, closed: list[dict[str, Any]]
) -> None:
    client = await sign_in(acme.agent_email)
    session = (await client.get("/v1/auth/tokens/current")).json()["data"]["id"]

    assert (await client.delete("/v1/auth/tokens/current")).status_code == 204

    assert (await client.get("/v1/users/current")).status_code == 401
    assert closed == [{"organisation": acme.id, "credential": session}]


async def test_a_session_ends_when_idle_and_lives_when_used(
    desk: Desk, acme: House, sign_in: SignIn, clock: ManualClock
) -> None:
    client = await sign_in(acme.agent_email)
    for _ in range(3):
        clock.advance(seconds=IDLE / SECOND - 1)
        assert (await client.get("/v1/users/current")).status_code == 200
        await desk.run(nothing, by=acme.by)  # after which the renewal is on the disk

    clock.advance(seconds=IDLE / SECOND)
    assert (await client.get("/v1/users/current")).status_code == 401


async def test_a_session_ends_after_thirty_days_whatever_happens(
    desk: Desk, acme: House, sign_in: SignIn, clock: ManualClock
) -> None:
    client = await sign_in(acme.agent_email)
    for _ in range(ABSOLUTE // IDLE * 2 - 1):
        clock.advance(seconds=IDLE / SECOND / 2)
        assert (await client.get("/v1/users/current")).status_code == 200
        await desk.run(nothing, by=acme.by)  # after which the renewal is on the disk

    clock.advance(seconds=IDLE / SECOND / 2)
    assert (await client.get("/v1/users/current")).status_code == 401


async def test_T01_guessing_is_slowed_and_the_owner_still_gets_in(
    acme: House, browse: Browse, clock: ManualClock
) -> None:
    laptop = browse(headers=CONSOLE)
    assert (await post_token(laptop, acme.agent_email, cookie=True)).status_code == 201

    answers = [
        (await post_token(browse(address=f"198.51.{number}.1"), acme.agent_email, f"guess number {number}"))
        for number in range(50)
    ]

    assert [answer.status_code for answer in answers[:5]] == [401] * 5
    assert {answer.status_code for answer in answers[5:]} == {429}
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in answers[5:])
    assert (await post_token(browse(), acme.agent_email)).status_code == 429, "not even with the right one"
    assert (await post_token(laptop, acme.agent_email)).status_code == 201, "but from the known device"
    clock.advance(minutes=16)
    assert (await post_token(browse(), acme.agent_email)).status_code == 201, "and soon from anywhere"


async def test_T01_a_device_known_for_one_account_is_unknown_for_another(acme: House, browse: Browse) -> None:
    laptop = browse(headers=CONSOLE)
    assert (await post_token(laptop, acme.agent_email, cookie=True)).status_code == 201
    for _ in range(5):
        await post_token(browse(), acme.admin_email, "guess number 1")

    assert (await post_token(laptop, acme.admin_email)).status_code == 429


async def test_T02_spraying_is_told_to_the_organisations_it_concerns(
    desk: Desk, acme: House, globex: House, browse: Browse
) -> None:
    slowing = gate_of(desk).slowing
    for number in range(SPRAYED_ACCOUNTS - 1):
        async with slowing.attempt(f"account {number}", f"network {number}") as attempt:
            attempt.failed([])
    before = await desk.head(acme.id), await desk.head(globex.id)

    answer = await post_token(browse(), acme.agent_email, "a wrong one")

    assert answer.status_code == 401
    facts = (await desk.read(read_all, acme.id, after=before[0], limit=10, by=acme.by)).value
    assert [fact.event for fact in facts] == [SignInsBraked(accounts=SPRAYED_ACCOUNTS)]
    assert await desk.head(globex.id) == before[1]
    assert (await post_token(browse(), globex.agent_email)).status_code == 429, (
        "this network has failed before"
    )
    assert (await post_token(browse(address="192.0.2.1"), globex.agent_email)).status_code == 201


async def test_T03_an_unknown_address_is_answered_like_a_wrong_password(
    desk: Desk, acme: House, browse: Browse
) -> None:
    gone = await provisioning.create_agent(desk, "gone@acme.test", "Gone", PASSWORD)
    await desk.run(deactivate_user, gone["id"], by=acme.by)
    fresh = await provisioning.create_agent(desk, "fresh@acme.test", "Fresh")
    head = await desk.head(acme.id)

    answers = [
        await post_token(browse(), acme.agent_email, "a wrong one"),
        await post_token(browse(), "nobody@acme.test", "a wrong one"),
        await post_token(browse(), "no address at all", "a wrong one"),
        await post_token(browse(), gone["email"]),
        await post_token(browse(), fresh["email"]),
    ]

    bodies = [{**answer.json(), "meta": None} for answer in answers]
    assert {answer.status_code for answer in answers} == {401}
    assert all(body == bodies[0] for body in bodies)
    assert await desk.head(acme.id) == head, "nothing was written"


async def test_T03_unknown_accounts_are_slowed_alike(acme: House, browse: Browse) -> None:
    def outcomes(email: str) -> list[Any]:
        return [post_token(browse(address="192.0.2.9"), email, "a wrong one") for _ in range(7)]

    known = [(await one).status_code for one in outcomes(acme.agent_email)]
    unknown = [(await one).status_code for one in outcomes("nobody@acme.test")]

    assert known == unknown == [401] * 5 + [429] * 2


async def test_a_setup_link_sets_the_password_and_signs_in(desk: Desk, acme: House, browse: Browse) -> None:
    made = await provisioning.create_agent(desk, "bo@acme.test", "Bo")
    token = made["setupUrl"].rpartition("/")[2]

    weak = await browse().post("/v1/auth/setup", json={"token": token, "password": "password"})
    assert (weak.status_code, weak.json()["errors"][0]["code"]) == (400, "weak_password")
    done = await browse().post("/v1/auth/setup", json={"token": token, "password": "another good one"})

    assert done.status_code == 201
    assert done.json()["data"]["attributes"]["user"] == made["id"]
    assert (await post_token(browse(), "bo@acme.test", "another good one")).status_code == 201


async def test_a_sign_in_link_signs_in_once(desk: Desk, acme: House, browse: Browse) -> None:
    url = await provisioning.sign_in_link(desk, acme.id, acme.agent)
    assert url.startswith(f"{HOME}/#/link/")
    token = url.rpartition("/")[2]

    first = await browse(headers=CONSOLE).post("/v1/auth/links", json={"token": token, "cookie": True})
    second = await browse().post("/v1/auth/links", json={"token": token})

    assert first.status_code == 201
    assert "kithdesk-session=kds_" in first.headers["set-cookie"]
    assert (second.status_code, second.json()["errors"][0]["code"]) == (401, "dead_link")


async def test_T07_links_die_used_old_replaced_or_mistaken(
    desk: Desk, acme: House, globex: House, browse: Browse, clock: ManualClock
) -> None:
    async def setup(token: str) -> int:
        body = {"token": token, "password": "another good one"}
        return (await browse().post("/v1/auth/setup", json=body)).status_code

    async def link(token: str) -> int:
        return (await browse().post("/v1/auth/links", json={"token": token})).status_code

    def token_of(url: str) -> str:
        return url.rpartition("/")[2]

    first = token_of(await provisioning.sign_in_link(desk, acme.id, acme.agent))
    await provisioning.sign_in_link(desk, acme.id, acme.agent)
    assert await link(first) == 401, "a newer one replaced it"
    old = token_of((await provisioning.setup_link(desk, acme.id, acme.agent))["setupUrl"])
    assert await link(old) == 401, "of another purpose"
    clock.advance(hours=24)
    assert await setup(old) == 401, "too old"

    quick = token_of(await provisioning.sign_in_link(desk, acme.id, acme.agent))
    clock.advance(minutes=10)
    assert await link(quick) == 401, "too old"

    before_reset = token_of(await provisioning.sign_in_link(desk, acme.id, acme.agent))
    reset = token_of((await provisioning.setup_link(desk, acme.id, acme.agent))["setupUrl"])
    assert await setup(reset) == 201
    assert await link(before_reset) == 401, "a new password ends every link"
    assert await setup(reset) == 401, "used"
    assert await setup("kdl_" + "x" * 49) == 401, "invented"


async def test_T07_links_of_someone_who_left_are_dead(desk: Desk, acme: House, browse: Browse) -> None:
    url = await provisioning.sign_in_link(desk, acme.id, acme.agent)
    await desk.run(deactivate_user, acme.agent, by=acme.by)

    answer = await browse().post("/v1/auth/links", json={"token": url.rpartition("/")[2]})

    assert answer.status_code == 401


async def test_T08_a_cookie_planted_before_is_dead_after(
    acme: House, browse: Browse, open_console: SignIn, closed: list[dict[str, Any]]
) -> None:
    planted = await open_console(acme.agent_email)
    old = planted.cookies["kithdesk-session"]

    victim = browse(headers=CONSOLE)
    victim.cookies.set("kithdesk-session", old, domain="127.0.0.1")
    assert (await post_token(victim, acme.admin_email, cookie=True)).status_code == 201

    assert victim.cookies["kithdesk-session"] != old
    assert (await victim.get("/v1/users/current")).json()["data"]["id"] == acme.admin
    assert (await planted.get("/v1/users/current")).status_code == 401
    assert len(closed) == 1


async def test_T08_a_new_password_ends_every_other_session(
    acme: House, sign_in: SignIn, browse: Browse, closed: list[dict[str, Any]]
) -> None:
    laptop, phone = await sign_in(acme.agent_email), await sign_in(acme.agent_email)
    body = {"currentPassword": PASSWORD, "password": "another good one"}

    wrong = await laptop.put("/v1/users/current/password", json={**body, "currentPassword": "a wrong one"})
    assert wrong.status_code == 401
    assert (await phone.get("/v1/users/current")).status_code == 200
    answer = await laptop.put("/v1/users/current/password", json=body)

    assert answer.status_code == 200
    for old in (laptop, phone):
        assert (await old.get("/v1/users/current")).status_code == 401
    assert len(closed) == 2
    renewed = browse(answer.json()["data"]["attributes"]["token"])
    assert (await renewed.get("/v1/users/current")).status_code == 200
    assert (await post_token(browse(), acme.agent_email)).status_code == 401


async def test_T08_new_roles_and_leaving_end_sessions(
    acme: House, sign_in: SignIn, closed: list[dict[str, Any]]
) -> None:
    admin, agent = await sign_in(acme.admin_email), await sign_in(acme.agent_email)

    assert (await admin.patch(f"/v1/users/{acme.agent}", json={"roleGroups": ["admin"]})).status_code == 200
    assert (await agent.get("/v1/users/current")).status_code == 401
    again = await sign_in(acme.agent_email)
    assert (await admin.delete(f"/v1/users/{acme.agent}")).status_code == 204

    assert (await again.get("/v1/users/current")).status_code == 401
    assert len(closed) == 2
    assert (await admin.get("/v1/users/current")).status_code == 200


async def test_T09_the_cookie_is_hidden_from_scripts_and_other_sites(acme: House, browse: Browse) -> None:
    answer = await post_token(browse(headers=CONSOLE), acme.agent_email, cookie=True)

    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
    session = next(cookie for cookie in cookies if cookie.startswith("kithdesk-session="))
    assert "Max-Age" not in session
    assert (
        "kithdesk-session=kds_"
        in (await post_token(browse(headers=CONSOLE), acme.agent_email, cookie=True, remember=True)).headers[
            "set-cookie"
        ]
    )


@pytest.mark.parametrize("base", ["https://desk.acme.test", "http://desk.acme.test"])
async def test_T09_away_from_loopback_the_cookie_needs_tls(acme: House, browse: Browse, base: str) -> None:
    client = browse(headers={"Sec-Fetch-Site": "same-origin"})
    client.base_url = httpx.URL(base)

    answer = await post_token(client, acme.agent_email, cookie=True)
    session = next(one for one in answer.headers.get_list("set-cookie") if "session" in one)

    assert session.startswith("__Host-kithdesk-session=")
    assert "Secure" in session
    token = session.partition("=")[2].partition(";")[0]
    planted = await client.get("/v1/users/current", headers={"Cookie": f"kithdesk-session={token}"})
    assert planted.status_code == 401, "a neighbouring host could have set that name"
    good = await client.get("/v1/users/current", headers={"Cookie": f"__Host-kithdesk-session={token}"})
    assert good.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": HOME},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8081"},
        {},
    ],
)
async def test_T09_another_sites_page_cannot_write(
    desk: Desk, acme: House, open_console: SignIn, browse: Browse, headers: dict[str, str]
) -> None:
    console = await open_console(acme.admin_email)
    stranger = browse(headers=headers)
    stranger.cookies = console.cookies
    head = await desk.head(acme.id)

    answers = [
        await stranger.post("/v1/teams", json={"name": "Owned"}),
        await stranger.post("/v1/teams", content='{"name":"Owned"}', headers={"Content-Type": "text/plain"}),
        await stranger.post("/v1/teams", data={"name": "Owned"}),
        await stranger.delete("/v1/auth/tokens/current"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert {answer.json()["errors"][0]["code"] for answer in answers} == {"foreign_origin"}
    assert await desk.head(acme.id) == head
    assert (await console.post("/v1/teams", json={"name": "Ours"})).status_code == 201


async def test_T09_another_site_cannot_sign_a_browser_in(acme: House, browse: Browse) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.test"}):
        answer = await post_token(browse(headers=headers), acme.agent_email, cookie=True)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


async def test_T09_the_shape_of_a_form_signs_nobody_in(acme: House, browse: Browse) -> None:
    text = f'{{"email":"{acme.agent_email}","password":"{PASSWORD}","cookie":true}}'

    answer = await browse().post("/v1/auth/tokens", content=text, headers={"Content-Type": "text/plain"})

    assert answer.status_code in (400, 415)
    assert "set-cookie" not in answer.headers


async def test_T24_unlisted_fields_are_refused(acme: House, browse: Browse) -> None:
    answer = await post_token(browse(), acme.agent_email, roles=["org.admin"])

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["source"]["parameter"] == "roles"
    assert PASSWORD not in answer.text


async def test_T87_a_fresh_installation_has_no_account(desk: Desk, browse: Browse) -> None:
    for email, password in (
        ("admin", "admin"),
        ("admin@example.com", "password"),
        ("root@localhost", "root"),
    ):
        assert (await post_token(browse(), email, password)).status_code == 401
    first = await provisioning.init(desk, "Acme", "admin@acme.test")
    second = await provisioning.init(desk, "Globex", "admin@globex.test")
    assert first["widget"] != second["widget"]
    assert (await post_token(browse(), "admin@acme.test", "")).status_code == 400
