"""Changing the identity secret without a gap."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from kithdesk.access import list_identity_secrets, provisioning
from kithdesk.access.identity_secrets import MOST_AT_ONCE
from kithdesk.core import journal
from kithdesk.core.clock import ManualClock, parse_iso
from kithdesk.core.desk import Desk
from tests.access.houses import Browse, House, SignIn
from tests.spine import sql

SETTINGS = "/v1/auth/customer/settings"


async def rotate(client: httpx.AsyncClient, hours: int = 24) -> dict[str, Any]:
    answer = await client.post(f"{SETTINGS}/rotate", json={"overlapHours": hours})
    assert answer.status_code == 201, answer.text
    attributes: dict[str, Any] = answer.json()["data"]["attributes"]
    return attributes


async def signing(desk: Desk, house: House) -> list[str]:
    """The secrets whose signature is believed now."""
    now = desk.clock.now()
    return [one.secret for one in await list_identity_secrets(desk, house.id) if one.signs_at(now)]


async def test_after_a_rotation_both_secrets_sign_until_the_older_one_ends(
    desk: Desk, acme: House, browse: Browse, clock: ManualClock
) -> None:
    made = await rotate(browse(acme.key), 2)

    assert await signing(desk, acme) == [made["secret"], acme.identity_secret]
    newest, older = made["secrets"]
    assert newest["endsAt"] is None
    assert parse_iso(older["endsAt"]) == clock.now() + 2 * 3_600_000
    clock.advance(hours=1, minutes=59)
    assert len(await signing(desk, acme)) == 2
    clock.advance(minutes=1)
    assert await signing(desk, acme) == [made["secret"]]


async def test_a_leaked_secret_is_ended_at_once_with_all_that_overlapped(
    desk: Desk, acme: House, browse: Browse
) -> None:
    await rotate(browse(acme.key), 24)

    made = await rotate(browse(acme.key), 0)

    assert await signing(desk, acme) == [made["secret"]]


async def test_a_longer_overlap_does_not_bring_back_what_was_about_to_end(
    acme: House, browse: Browse
) -> None:
    first = (await rotate(browse(acme.key), 1))["secrets"][1]

    made = await rotate(browse(acme.key), 48)

    assert first in made["secrets"]


async def test_an_overlap_is_ended_before_its_time_and_the_newest_never(
    desk: Desk, acme: House, browse: Browse
) -> None:
    made = await rotate(browse(acme.key))
    newest, older = (one["id"] for one in made["secrets"])

    refused = await browse(acme.key).delete(f"{SETTINGS}/secrets/{newest}")
    ended = await browse(acme.key).delete(f"{SETTINGS}/secrets/{older}")
    again = await browse(acme.key).delete(f"{SETTINGS}/secrets/{older}")

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "newest_secret")
    assert (ended.status_code, again.status_code) == (204, 204)
    assert await signing(desk, acme) == [made["secret"]]


async def test_the_settings_list_secrets_without_their_values(acme: House, browse: Browse) -> None:
    made = await rotate(browse(acme.key))

    shown = (await browse(acme.key).get(SETTINGS)).json()["data"]["attributes"]

    assert shown["secret"] == made["secret"] != acme.identity_secret
    assert [set(one) for one in shown["secrets"]] == [{"id", "createdAt", "endsAt"}] * 2
    assert acme.identity_secret not in str(shown)


async def test_what_ended_a_month_ago_is_forgotten(
    desk: Desk, acme: House, browse: Browse, clock: ManualClock
) -> None:
    await rotate(browse(acme.key), 0)
    assert len(await list_identity_secrets(desk, acme.id)) == 2
    clock.advance(days=31)
    assert len(await list_identity_secrets(desk, acme.id)) == 1

    made = await rotate(browse(acme.key), 0)

    assert len(made["secrets"]) == 2
    assert len(await sql(desk, "SELECT * FROM identity_secrets")) == 2
    assert acme.identity_secret not in [one.secret for one in await list_identity_secrets(desk, acme.id)]


async def test_so_many_secrets_at_once_help_nobody(acme: House, browse: Browse) -> None:
    for _ in range(MOST_AT_ONCE - 1):
        await rotate(browse(acme.key))

    refused = await browse(acme.key).post(f"{SETTINGS}/rotate", json={})

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "too_many_secrets")


@pytest.mark.parametrize("hours", [-1, 721, 1.5, "soon", None])
async def test_an_overlap_is_a_number_of_hours(desk: Desk, acme: House, browse: Browse, hours: Any) -> None:
    answer = await browse(acme.key).post(f"{SETTINGS}/rotate", json={"overlapHours": hours})

    assert answer.status_code == 400
    assert await signing(desk, acme) == [acme.identity_secret]


async def test_T30_a_new_secret_takes_a_password_given_lately(
    desk: Desk, acme: House, sign_in: SignIn, clock: ManualClock
) -> None:
    admin, agent = await sign_in(acme.admin_email), await sign_in(acme.agent_email)
    assert (await agent.post(f"{SETTINGS}/rotate", json={})).status_code == 403
    assert (await admin.post(f"{SETTINGS}/rotate", json={})).status_code == 201
    clock.advance(minutes=16)

    late = await admin.post(f"{SETTINGS}/rotate", json={})

    assert (late.status_code, late.json()["errors"][0]["code"]) == (403, "confirmation_needed")
    assert len(await signing(desk, acme)) == 2


async def test_T23_another_organisations_secret_is_not_there(
    desk: Desk, acme: House, globex: House, browse: Browse
) -> None:
    theirs = (await rotate(browse(globex.key)))["secrets"][1]["id"]

    answer = await browse(acme.key).delete(f"{SETTINGS}/secrets/{theirs}")

    assert answer.status_code == 404
    assert len(await signing(desk, globex)) == 2


async def test_T54_a_rotation_is_noted_and_neither_log_nor_journal_has_the_secret(
    desk: Desk, acme: House, browse: Browse
) -> None:
    with capture_logs() as lines:
        made = await rotate(browse(acme.key), 5)

    [noted] = [line for line in lines if line["event"] == "identity_secret.rotated"]
    assert (noted["organisation"], noted["overlap_hours"]) == (acme.id, 5)
    assert made["secret"] not in str(lines)
    facts = (await desk.read(journal.read_all, acme.id, after=0, limit=100, by=acme.by)).value
    assert [fact.event.kind for fact in facts][-1] == "identity_secret.changed"
    assert made["secret"] not in str(facts)


async def test_init_prints_the_newest(desk: Desk, acme: House, browse: Browse) -> None:
    made = await rotate(browse(acme.key))

    again = await provisioning.init(desk, acme.name, acme.admin_email)

    assert again["widget"]["identitySecret"] == made["secret"]


async def test_a_rotation_repeated_with_the_same_key_makes_one_secret(
    desk: Desk, acme: House, browse: Browse
) -> None:
    headers = {"Idempotency-Key": "once"}

    first = await browse(acme.key).post(f"{SETTINGS}/rotate", json={}, headers=headers)
    again = await browse(acme.key).post(f"{SETTINGS}/rotate", json={}, headers=headers)

    assert first.json() == again.json()
    assert len(await signing(desk, acme)) == 2
