"""Discarding a draft."""

from __future__ import annotations

import httpx
import pytest

from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.imports.ids import ImportId
from kithdesk.imports.uploading import key_of
from tests.api import Tenant, got, refusal
from tests.imports.conftest import sheet

pytestmark = pytest.mark.anyio

FILE = "Name\nAna\n"


async def test_a_discarded_draft_is_gone_with_its_file(
    api: httpx.AsyncClient, acme: Tenant, desk: Desk
) -> None:
    one = await sheet(api, desk, FILE, {0: "name"})
    part = key_of(OrganisationId(acme.id), ImportId(one.id), 0)
    assert await desk.files.get(part)

    assert (await api.delete(f"/v1/imports/{one.id}")).status_code == 204

    await desk.jobs.settle()
    assert (await api.get(f"/v1/imports/{one.id}")).status_code == 404
    assert (await got(api, "/v1/imports"))["data"] == []
    with pytest.raises(FileNotFoundError):
        await desk.files.get(part)


async def test_what_has_begun_cannot_be_discarded(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await sheet(api, desk, FILE, {0: "name"})
    await one.run()

    assert refusal(await api.delete(f"/v1/imports/{one.id}"))[:2] == (409, "import_begun")
    assert (await one.seen())["status"] == "done"


async def test_T23_another_organisations_draft_is_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, desk: Desk
) -> None:
    one = await sheet(api, desk, FILE, {0: "name"})

    assert (await foreign.delete(f"/v1/imports/{one.id}")).status_code == 404
    assert (await one.seen())["status"] == "draft"
