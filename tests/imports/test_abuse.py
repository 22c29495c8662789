"""What is tried with a file of customers, and what must not happen."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk
from kithdesk.imports import reading
from tests.api import Ask, Tenant, created, declare, got, refusal
from tests.imports.conftest import people, sheet, upload

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "target",
    [
        "id",
        "org",
        "rev",
        "createdBy",
        "importedAt",
        "modifiedBy",
        "emails.verified",
        "verified",
        "custom",
        "claims",
        "watchers",
        "custom.__proto__",
        "custom.plan'); DROP TABLE customers; --",
        "__class__",
    ],
)
async def test_T24_T38_a_column_is_nothing_that_is_not_declared(
    api: httpx.AsyncClient, desk: Desk, target: str
) -> None:
    one = await sheet(api, desk, "A,B\nx,y\n", {0: "name"})

    mapped = await one.map({0: "name", 1: target})

    assert refusal(mapped)[:2] == (400, "wrong_mapping")
    assert (await one.seen())["mapping"] == {"0": "name"}
    assert await people(api) == {}


async def test_T24_a_file_verifies_no_address_and_joins_no_two_records(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    ana = await created(api, "/v1/customers", {"name": "Ana", "externalId": "1"})
    ben = await created(api, "/v1/customers", {"name": "Ben", "emails": [{"email": "ben@acme.test"}]})
    one = await sheet(
        api, desk, "Id,Mail\n1,ben@acme.test\n2,new@acme.test\n", {0: "externalId", 1: "emails"}
    )

    seen = await one.run()

    assert (seen["progress"]["failed"], seen["progress"]["created"]) == (1, 1)
    now = {one["id"]: one for one in (await people(api)).values()}
    assert now[ana["id"]]["emails"] == []
    assert [each["email"] for each in now[ben["id"]]["emails"]] == ["ben@acme.test"]
    assert not any(each["verified"] for record in now.values() for each in record["emails"])


async def test_T44_T39_a_file_of_too_much_is_refused_whole(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 10)
    monkeypatch.setattr(reading, "MAX_LINES", 20)
    monkeypatch.setattr(reading, "MAX_CELLS", 40)
    bombs = [
        "a\n" + "x\n" * 11,
        "a\n" + "\n" * 21,
        ",".join("abcdefgh") + "\n" + ("1,2,3,4,5,6,7,8\n" * 6),
        ",".join(["a"] * (reading.MAX_COLUMNS + 1)) + "\n1\n",
    ]

    answers = [await upload(api, bomb) for bomb in bombs]

    assert [refusal(answer)[:2] for answer in answers] == [(400, "not_csv")] * 4
    assert (await got(api, "/v1/imports"))["data"] == []
    assert (await upload(api, "a\n" + "x\n" * 10)).status_code == 201


@pytest.mark.parametrize("packed", [b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"BZh9", b"\x28\xb5\x2f\xfd"])
async def test_T44_what_is_packed_is_not_unpacked(api: httpx.AsyncClient, packed: bytes) -> None:
    answer = await api.post(
        "/v1/imports",
        content=packed + b"\x00" * 100,
        headers={"Content-Type": "text/csv", "Content-Encoding": "gzip"},
    )

    assert answer.status_code in (400, 415)
    assert (await got(api, "/v1/imports"))["data"] == []


async def test_T47_T21_cells_are_text_however_they_look(api: httpx.AsyncClient, desk: Desk) -> None:
    names = ["<img src=x onerror=alert(1)>", "\u202eAna\u200b", "a" + "\u0301" * 200, "{{7*7}} ${org.secret}"]
    one = await sheet(api, desk, "Name\n" + "".join(f'"{name}"\n' for name in names), {0: "name"})

    await one.run()
    changed = json.dumps(await people(api), ensure_ascii=False)

    assert names[0] in changed
    assert names[3] in changed
    assert "\u202e" not in changed
    assert "\u200b" not in changed


async def test_T41_a_files_words_are_in_no_log(
    api: httpx.AsyncClient, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await api.post(
        "/v1/imports?name=a%0A%7B%22event%22%3A%22signed_in%22%7D%1B%5B2J",
        content=b"Name,Mail\nAna Secretly,ana@private.test\nBad,nowhere\n",
        headers={"Content-Type": "text/csv"},
    )
    assert answer.status_code == 201, answer.text
    id = answer.json()["data"]["id"]
    await api.put(f"/v1/imports/{id}", json={"mapping": {"0": "name", "1": "emails"}})
    await api.post(f"/v1/imports/{id}/start")
    await desk.jobs.settle()

    said = "".join(capsys.readouterr())
    assert "import.uploaded" in said
    assert "\x1b[2J" not in said
    assert '\n{"event":"signed_in"' not in said
    assert "Secretly" not in said
    assert "private.test" not in said


async def test_T25_who_may_not_administer_sees_nothing_of_what_would_change(
    api: httpx.AsyncClient, ask: Ask, acme: Tenant, desk: Desk
) -> None:
    await declare(api, "customer", secret="Str")
    await created(api, "/v1/customers", {"name": "Ana", "externalId": "7", "custom": {"secret": "marzipan"}})
    one = await sheet(api, desk, "Id,Secret\n7,nougat\n", {0: "externalId", 1: "custom.secret"})
    await desk.jobs.settle()
    paths = [f"/v1/imports/{one.id}{rest}" for rest in ("", "/preview", "/changes", "/rows", "/errors.csv")]

    answers = [await ask(acme.lesser_key).get(path) for path in paths]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert not any("marzipan" in answer.text or "nougat" in answer.text for answer in answers)
    [change] = (await got(api, paths[2]))["data"]
    assert _field(change, "custom.secret") == ("marzipan", "nougat")


def _field(change: dict[str, Any], name: str) -> tuple[Any, Any]:
    [found] = [field for field in change["attributes"]["fields"] if field["name"] == name]
    return found["before"], found["after"]
