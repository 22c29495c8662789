"""Rows become customers: once, whatever happens in between, and each for itself."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk
from tests.api import Ask, Tenant, created, declare, got, refusal
from tests.imports.conftest import people, sheet

pytestmark = pytest.mark.anyio

FILE = "Id,Name,Email,Plan\n1,Ana,ana@acme.test,pro\n2,Ben,ben@acme.test,free\n"
COLUMNS = {0: "externalId", 1: "name", 2: "emails"}


def many(count: int) -> str:
    return "Id,Name\n" + "".join(f"{number},Person {number}\n" for number in range(1, count + 1))


async def test_each_row_becomes_a_customer(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await sheet(api, desk, FILE, COLUMNS)

    seen = await one.run()

    assert seen["status"] == "done"
    assert seen["progress"] == {"done": 2, "created": 2, "updated": 0, "skipped": 0, "failed": 0}
    ana = (await people(api))["Ana"]
    assert (ana["externalId"], ana["emails"][0]["email"]) == ("1", "ana@acme.test")
    assert ana["importedAt"] == seen["importedAt"]
    assert [row["customer"] for row in await one.rows("created")][0] == ana["id"]
