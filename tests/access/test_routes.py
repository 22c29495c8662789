"""Kustomer's shapes: envelopes, pages, parameters."""

from __future__ import annotations

import pytest

from kithdesk.access import OrganisationSettings, change_settings, provisioning
from kithdesk.core.desk import Desk
from tests.access.houses import Browse, House, SignIn, open_session_of


async def test_a_user_looks_as_programs_expect(acme: House, browse: Browse) -> None:
    answer = await browse(acme.key).get(f"/v1/users/{acme.agent}")

    assert answer.status_code == 200
    assert int(answer.headers["x-kithdesk-position"]) > 0
    data = answer.json()["data"]
    assert (data["type"], data["id"], data["links"]) == (
        "user",
        acme.agent,
        {"self": f"/v1/users/{acme.agent}"},
    )
    attributes = data["attributes"]
    assert attributes["displayName"] == attributes["name"] == "Ana"
    assert attributes["email"] == acme.agent_email
    assert attributes["userType"] == "user"
    assert attributes["roles"] == ["org.user"]
    assert attributes["createdAt"].endswith("Z")
    assert attributes["deletedAt"] is None
    assert data["relationships"]["org"]["data"] == {"type": "org", "id": acme.id}
    group = await browse(acme.key).get(f"/v1/role-groups/{attributes['roleGroups'][0]}")
    assert group.json()["data"]["attributes"]["name"] == "agent"


async def test_users_are_listed_in_pages(desk: Desk, acme: House, browse: Browse) -> None:
    for number in range(4):
        await provisioning.create_agent(desk, f"agent{number}@acme.test", f"Agent {number}")
    client = browse(acme.key)

    first = (await client.get("/v1/users", params={"pageSize": 3, "userType": "user"})).json()
    last = (await client.get(first["links"]["next"])).json()

    assert first["meta"] == {"page": 1, "pageSize": 3, "total": 6, "totalPages": 2}
    assert first["links"]["prev"] is None
    assert last["links"]["next"] is None
    ids = [one["id"] for one in first["data"] + last["data"]]
    assert len(set(ids)) == 6
    assert ids == sorted(ids)
    for wrong in (
        {"page": 0},
        {"pageSize": 501},
        {"pageSize": "x"},
        {"userType": "alien"},
        {"deleted": "maybe"},
    ):
        assert (await client.get("/v1/users", params=wrong)).status_code == 400


async def test_users_are_found_by_address_kind_and_state(desk: Desk, acme: House, browse: Browse) -> None:
    client = browse(acme.key)

    async def ids(**wanted: str) -> list[str]:
        return [one["id"] for one in (await client.get("/v1/users", params=wanted)).json()["data"]]

    assert await ids(email=acme.agent_email.upper()) == [acme.agent]
    assert await ids(email="nobody@acme.test") == []
    assert acme.agent in await ids(pending="true")
    assert len(await ids(userType="machine")) == 1
    assert (await client.delete(f"/v1/users/{acme.agent}")).status_code == 204
    assert acme.agent not in await ids()
    assert await ids(deleted="true") == [acme.agent]
    shown = (await client.get(f"/v1/users/{acme.agent}")).json()["data"]["attributes"]
    assert shown["deletedAt"] is not None, "who wrote something keeps their name"


async def test_several_users_are_read_at_once(acme: House, browse: Browse) -> None:
    client = browse(acme.key)

    answer = await client.get(f"/v1/users/{acme.agent},{acme.admin},nonsense,{acme.agent}")

    assert [one["id"] for one in answer.json()["data"]] == sorted([acme.agent, acme.admin])
    assert (await client.get("/v1/users/" + ",".join(["0" * 24] * 101))).status_code == 400
    assert (await client.get("/v1/users/nonsense")).status_code == 404


async def test_an_agent_is_created_changed_and_comes_back(acme: House, sign_in: SignIn) -> None:
    admin = await sign_in(acme.admin_email)

    made = await admin.post("/v1/users", json={"email": "bo@acme.test", "displayName": "Bo"})
    path = made.json()["data"]["links"]["self"]
    changed = await admin.put(
        path, json={"displayName": "Bo B.", "email": "bo.b@acme.test", "roleGroups": ["admin"]}
    )
    left = await admin.patch(path, json={"deleted": True})
    back = await admin.patch(path, json={"deleted": False})

    assert [answer.status_code for answer in (made, changed, left, back)] == [201, 201, 200, 200]
    assert changed.json()["data"]["attributes"]["email"] == "bo.b@acme.test"
    assert changed.json()["data"]["attributes"]["roles"] == ["org.admin", "org.user"]
    assert left.json()["data"]["attributes"]["deletedAt"] is not None
    assert back.json()["data"]["attributes"]["deletedAt"] is None
    twin = await admin.post("/v1/users", json={"email": "BO.B@acme.test", "displayName": "Bo"})
    assert twin.status_code == 409


async def test_repeating_a_create_with_its_key_makes_one(acme: House, browse: Browse) -> None:
    client = browse(acme.key)
    headers = {"Idempotency-Key": "a"}

    first = await client.post("/v1/teams", json={"name": "Support"}, headers=headers)
    second = await client.post("/v1/teams", json={"name": "Support"}, headers=headers)

    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert (await client.post("/v1/teams", json={"name": "Other"}, headers=headers)).status_code == 409


async def test_teams_and_their_members(acme: House, browse: Browse) -> None:
    client = browse(acme.key)

    made = (await client.post("/v1/teams", json={"name": "Support", "members": [acme.agent]})).json()["data"]
    assert made["type"] == "team"
    assert made["attributes"]["members"] == [acme.agent]
    team = made["links"]["self"]
    members = (await client.get(f"{team}/members")).json()["data"]
    assert [one["id"] for one in members] == [acme.agent]
    of_agent = (await client.get(f"/v1/users/{acme.agent}/teams")).json()["data"]
    assert [one["id"] for one in of_agent] == [made["id"]]

    changed = await client.put(f"{team}/members", json={"members": [acme.admin]})
    assert changed.json()["data"]["attributes"]["members"] == [acme.admin]
    assert (await client.get(f"/v1/users/{acme.agent}/teams")).json()["data"] == []
    assert (await client.patch(team, json={"name": "First line"})).status_code == 200
    assert (await client.get("/v1/teams")).json()["data"][0]["attributes"]["name"] == "First line"

    assert (await client.delete(team)).status_code == 204
    assert (await client.get("/v1/teams")).json()["meta"]["total"] == 0
    assert (await client.get(team)).json()["data"]["attributes"]["deleted"] is True
    assert (await client.patch(team, json={"name": "Again"})).status_code == 404


async def test_the_organisation_shows_its_widget_key(desk: Desk, acme: House, browse: Browse) -> None:
    client = browse(acme.key)

    shown = (await client.get("/v1/orgs/current")).json()["data"]
    assert shown["attributes"]["name"] == "Acme"
    assert shown["attributes"]["widgetKey"] == acme.widget_key
    assert "demoShopUrl" not in shown["attributes"]
    assert (await client.get(shown["links"]["self"])).json()["data"] == shown

    url = "http://localhost:8080/shop"
    await desk.run(change_settings, OrganisationSettings, {"demoShopUrl": url}, by=acme.by)
    assert (await client.get("/v1/orgs/current")).json()["data"]["attributes"]["demoShopUrl"] == url


@pytest.mark.parametrize(
    "body", ["{", "[]", '"x"', '{"name": "a\\u0000b"}', '{"name": "\\ud800"}', '{"name":"a","name":"b"}']
)
async def test_T45_broken_bodies_are_a_400(desk: Desk, acme: House, browse: Browse, body: str) -> None:
    head = await desk.head(acme.id)

    answer = await browse(acme.key).post(
        "/v1/teams", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 400
    assert await desk.head(acme.id) == head


async def test_a_users_teams_and_sessions_and_a_teams_members_page(
    desk: Desk, acme: House, browse: Browse
) -> None:
    client = browse(acme.key)
    teams = []
    for name in ("Shop", "Support"):
        body = {"name": name, "members": [acme.agent, acme.admin]}
        teams.append((await client.post("/v1/teams", json=body)).json()["data"]["id"])
    for _ in range(2):
        await open_session_of(desk, acme.agent_email)

    members = sorted([acme.agent, acme.admin])
    for path, wanted in (
        (f"/v1/users/{acme.agent}/teams", teams),
        (f"/v1/teams/{teams[0]}/members", members),
        (f"/v1/users/{acme.agent}/sessions", None),
    ):
        first = (await client.get(f"{path}?pageSize=1")).json()
        second = (await client.get(first["links"]["next"])).json()
        found = [one["id"] for page in (first, second) for one in page["data"]]

        assert first["meta"] == {"page": 1, "pageSize": 1, "total": 2, "totalPages": 2}, path
        assert second["links"]["next"] is None
        assert len(set(found)) == 2
        assert wanted is None or found == wanted
