"""What the command line promises."""

from __future__ import annotations

import pytest

from kithdesk.access import (
    WidgetSettings,
    find_widget,
    get_organisation,
    get_user,
    list_agents,
    provisioning,
    read_settings,
)
from kithdesk.access.errors import AnotherAdministrator, OtherRoles, WeakPassword
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import OrganisationId
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.access.houses import PASSWORD, Browse, House


async def test_init_answers_the_contract_exactly(desk: Desk) -> None:
    made = await provisioning.init(desk, "Acme", "admin@acme.test", PASSWORD)

    assert set(made) == {"org", "admin", "apiKey", "widget"}
    assert set(made["org"]) == {"id", "name"}
    assert made["org"]["name"] == "Acme"
    assert set(made["admin"]) == {"id", "email"}
    assert made["admin"]["email"] == "admin@acme.test"
    assert set(made["widget"]) == {"key", "identitySecret"}
    assert made["apiKey"].startswith("kdk_")


async def test_init_run_again_changes_nothing_and_shows_no_key(desk: Desk, acme: House) -> None:
    head = await desk.head(acme.id)

    again = await provisioning.init(desk, "  ACME ", "Admin@Acme.test", PASSWORD)

    assert again["apiKey"] is None
    assert again["org"] == {"id": acme.id, "name": "Acme"}
    assert again["widget"] == {"key": acme.widget_key, "identitySecret": acme.identity_secret}
    assert await desk.head(acme.id) == head


async def test_rotate_replaces_the_first_key(desk: Desk, acme: House, browse: Browse) -> None:
    assert (await browse(acme.key).get("/v1/users/current")).status_code == 200

    again = await provisioning.init(desk, "Acme", acme.admin_email, PASSWORD, rotate=True)

    assert (await browse(acme.key).get("/v1/users/current")).status_code == 401
    assert (await browse(again["apiKey"]).get("/v1/users/current")).status_code == 200


async def test_init_with_another_address_is_a_conflict(desk: Desk, acme: House) -> None:
    with pytest.raises(AnotherAdministrator):
        await provisioning.init(desk, "Acme", acme.agent_email, PASSWORD)


async def test_init_again_breaks_no_setup_link_that_is_in_somebodys_mail(
    desk: Desk, clock: ManualClock
) -> None:
    first = await provisioning.init(desk, "Acme", "admin@acme.test")
    clock.advance(hours=23)
    second = await provisioning.init(desk, "Acme", "admin@acme.test")
    clock.advance(hours=2)
    third = await provisioning.init(desk, "Acme", "admin@acme.test")

    assert first["setupUrl"].startswith("http://127.0.0.1:8080/#/setup/kdl_")
    assert (second["setupUrl"], second["setupUrlExpiresAt"]) == (
        first["setupUrl"],
        first["setupUrlExpiresAt"],
    )
    assert third["setupUrl"] != first["setupUrl"]


async def test_a_used_setup_link_is_not_shown_again(desk: Desk, browse: Browse) -> None:
    first = await provisioning.init(desk, "Acme", "admin@acme.test")
    token = first["setupUrl"].rpartition("/")[2]
    used = await browse().post("/v1/auth/setup", json={"token": token, "password": PASSWORD})
    second = await provisioning.init(desk, "Acme", "admin@acme.test")

    assert used.status_code == 201
    assert second["setupUrl"] != first["setupUrl"]


@pytest.mark.only("sqlite")
async def test_T85_a_setup_link_in_a_stolen_database_is_sealed(desk: Desk, settings: Settings) -> None:
    token = (await provisioning.init(desk, "Acme", "admin@acme.test"))["setupUrl"].rpartition("/")[2]
    await desk.stop()

    kept = b"".join(file.read_bytes() for file in settings.data.glob("kithdesk.sqlite3*"))
    assert token.encode() not in kept
    await desk.start(jobs=False)  # for the fixture to stop


async def test_the_administrator_is_called_as_init_says_and_the_chat_by_the_organisation(desk: Desk) -> None:
    made = await provisioning.init(desk, "Acme", "admin@acme.test", PASSWORD, name="Ada Acme")
    by = system(OrganisationId(made["org"]["id"]))

    admin = (await desk.read(get_user, made["admin"]["id"], by=by)).value
    widget = (await desk.read(read_settings, WidgetSettings, by=by)).value
    assert (admin.display_name, widget.team_name) == ("Ada Acme", "Acme")
    await provisioning.init(desk, "Acme", "admin@acme.test", PASSWORD)
    assert (await desk.read(get_user, made["admin"]["id"], by=by)).value.display_name == "Ada Acme"


async def test_an_agent_who_is_there_with_other_roles_is_a_conflict(desk: Desk, acme: House) -> None:
    with pytest.raises(OtherRoles):
        await provisioning.create_agent(desk, acme.agent_email, "Ana", PASSWORD, role="admin")

    found = await provisioning.create_agent(desk, acme.admin_email, "Ada", PASSWORD)
    assert found["id"] == acme.admin
    assert (await desk.read(get_user, acme.agent, by=acme.by)).value.role_groups == ("agent",)


async def test_a_second_organisation_is_a_second_tenant(desk: Desk, acme: House, globex: House) -> None:
    assert acme.id != globex.id
    shown = (await desk.read(list_agents, by=globex.by)).value
    assert {user.id for user in shown} == {globex.admin, globex.agent}


async def test_init_refuses_before_it_makes_anything(desk: Desk) -> None:
    with pytest.raises(WeakPassword):
        await provisioning.init(desk, "Acme", "admin@acme.test", "password")
    with pytest.raises(BadParameter):
        await provisioning.init(desk, "Ac\u202eme", "admin@acme.test", PASSWORD)
    with pytest.raises(NotFound):
        await provisioning.find_organisation(desk, None)


async def test_an_agent_is_found_when_created_again(desk: Desk, acme: House) -> None:
    again = await provisioning.create_agent(desk, "ANA@acme.test", "Somebody", PASSWORD)

    assert again == {"id": acme.agent, "email": acme.agent_email}


async def test_an_agent_without_a_password_gets_a_setup_link(desk: Desk, acme: House) -> None:
    made = await provisioning.create_agent(desk, "bo@acme.test", "Bo")

    assert set(made) == {"id", "email", "setupUrl", "setupUrlExpiresAt"}


async def test_a_key_of_the_command_line_has_the_roles_asked_for(
    desk: Desk, acme: House, browse: Browse
) -> None:
    made = await provisioning.create_api_key(desk, "Reports", "agent")

    client = browse(made["apiKey"])
    assert (await client.get("/v1/users")).status_code == 200
    assert (await client.get("/v1/auth/api-keys")).status_code == 403
    with pytest.raises(BadParameter):
        await provisioning.create_api_key(desk, "Reports", "emperor")


async def test_several_organisations_must_be_named(desk: Desk, acme: House, globex: House) -> None:
    with pytest.raises(BadParameter):
        await provisioning.create_api_key(desk, "Reports")
    assert (await provisioning.find_organisation(desk, "globex")).id == globex.id


async def test_a_widget_is_found_by_its_public_key(desk: Desk, acme: House, globex: House) -> None:
    widget = (await desk.read(find_widget, globex.widget_key, by=INSTALLATION)).value

    assert widget is not None
    assert widget.organisation == globex.id
    assert (await desk.read(find_widget, "kdw_invented", by=INSTALLATION)).value is None
    assert (await desk.read(get_organisation, by=acme.by)).value.name == "Acme"


@pytest.mark.only("sqlite")
async def test_after_the_secret_key_was_lost_init_makes_another_identity_secret(
    desk: Desk, settings: Settings, wiring: Wiring
) -> None:
    made = await provisioning.init(desk, org="Acme", email="ada@acme.test", password=None, rotate=False)
    await desk.stop()
    (settings.data / "secret.key").unlink()
    again = Desk(settings, wiring)
    await again.start(jobs=False)

    shown = await provisioning.init(again, org="Acme", email="ada@acme.test", password=None, rotate=False)
    once_more = await provisioning.init(again, org="Acme", email="ada@acme.test", password=None, rotate=False)
    await again.stop()
    await desk.start(jobs=False)

    assert shown["widget"]["identitySecret"] != made["widget"]["identitySecret"]
    assert once_more["widget"] == shown["widget"]
