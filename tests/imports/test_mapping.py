"""Saying which column is what, and seeing what would become of it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk
from kithdesk.imports import uploading
from tests.api import created, declare, got, refusal
from tests.imports.conftest import people, sheet, upload

pytestmark = pytest.mark.anyio

FILE = "Customer ID,Full name,E-mail,Plan,Shoe size\n1,Ana,ana@acme.test,pro,38\n2,Ben,,free,44\n"


async def test_a_draft_shows_what_is_in_the_file_and_what_it_seems_to_be(api: httpx.AsyncClient) -> None:
    await declare(api, "customer", planStr={"type": "Str", "displayName": "Plan"})

    answer = await upload(api, FILE)

    assert answer.status_code == 201
    assert answer.headers["X-Kithdesk-Position"]
    seen = answer.json()["data"]["attributes"]
    assert (seen["name"], seen["status"], seen["rows"]) == ("Old tool", "draft", 2)
    assert (seen["encoding"], seen["delimiter"]) == ("utf-8", ",")
    assert [column["suggested"] for column in seen["columns"]] == [
        "externalId",
        "name",
        "emails",
        "custom.planStr",
        None,
    ]
    assert seen["columns"][4] == {"name": "Shoe size", "sample": ["38", "44"], "suggested": None}
    assert (await got(api, "/v1/imports"))["data"] == [answer.json()["data"]]


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"mapping": {"5": "name"}}, "mapping.5"),
        ({"mapping": {"0": "nonsense"}}, "mapping.0"),
        ({"mapping": {"0": "custom.undeclared"}}, "mapping.0"),
        ({"mapping": {"0": "name", "1": "name"}}, "mapping"),
        ({"mapping": {"0": "name"}, "matchBy": ["email"]}, "matchBy"),
    ],
)
async def test_what_cannot_be_is_refused(
    api: httpx.AsyncClient, body: dict[str, Any], parameter: str
) -> None:
    id = (await upload(api, FILE)).json()["data"]["id"]

    answer = await api.put(f"/v1/imports/{id}", json=body)

    assert refusal(answer) == (400, "wrong_mapping", parameter)
    assert (await got(api, f"/v1/imports/{id}"))["data"]["attributes"]["mapping"] is None


@pytest.mark.parametrize(
    "body", [{}, {"mapping": {"-1": "name"}}, {"mapping": {"x": "name"}}, {"mapping": []}]
)
async def test_what_is_no_mapping_is_refused(api: httpx.AsyncClient, body: dict[str, Any]) -> None:
    id = (await upload(api, FILE)).json()["data"]["id"]

    assert (await api.put(f"/v1/imports/{id}", json=body)).status_code == 400


async def test_what_is_no_file_of_text_is_refused(api: httpx.AsyncClient) -> None:
    assert refusal(await upload(api, b"PK\x03\x04\x00")) == (400, "not_csv", None)
    plain = await api.post("/v1/imports", content=b"a,b\n1,2\n", headers={"Content-Type": "text/plain"})
    assert refusal(plain)[:2] == (415, "unsupported")
    large = await upload(api, b"a\n" + b"x" * (20 * 1024 * 1024))
    assert refusal(large)[:2] == (413, "toolarge")
    assert (await got(api, "/v1/imports"))["data"] == []


async def test_the_preview_says_what_would_become_of_each_row(api: httpx.AsyncClient, desk: Desk) -> None:
    await declare(api, "customer", size="Num")
    ben = (await created(api, "/v1/customers", {"name": "B.", "externalId": "2", "tags": ["old"]}))["id"]
    file = "Id,Name,Mail,Size,Firm\n1,Ana,ana@acme.test,38,Acme\n2,Ben,,44,\n1,Ana L.,,,\n3,Cy,cy@,x,\n4,Di,di@,,\n"
    targets = ["externalId", "name", "emails", "custom.size", "company"]
    one = await sheet(api, desk, file, dict(enumerate(targets)))

    rows = await one.preview()

    assert [(row["row"], row["action"]) for row in rows] == [
        (2, "create"),
        (3, "update"),
        (4, "update"),
        (5, "error"),
        (6, "error"),
    ]
    assert rows[0]["customer"] == {
        "name": "Ana",
        "displayName": "Ana",
        "externalIds": [{"externalId": "1"}],
        "emails": [{"email": "ana@acme.test"}],
        "companyName": "Acme",
        "custom": {"size": 38},
    }
    assert (rows[1]["id"], rows[1]["customer"]["tags"]) == (ben, ["old"])
    assert rows[3]["name"] == "Cy"
    assert rows[3]["errors"] == [
        {
            "column": 3,
            "code": "badparam",
            "title": "A number, such as 1234.5.",
            "value": "x",
            "customer": None,
        }
    ]
    assert rows[4]["errors"][0]["column"] == 2
    assert list(await people(api)) == ["B."]
    assert (await got(api, "/v1/companies"))["meta"]["total"] == 0


async def test_the_import_does_what_the_preview_said(api: httpx.AsyncClient, desk: Desk) -> None:
    await declare(
        api,
        "customer",
        secret={"type": "Str", "hasSensitiveAttributes": True},
        must={"type": "Str", "required": True},
    )
    await created(api, "/v1/customers", {"phones": [{"phone": "+442079460958"}], "custom": {"must": "x"}})
    file = "Name,Phone,Secret\nAna,+442079460958,\nBen,,s\nCy,020 7946 0958,\n"
    one = await sheet(api, desk, file, {0: "name", 1: "phones", 2: "custom.secret"})
    said = await one.preview()

    await one.run()

    failed = {row["row"]: row["errors"] for row in await one.rows()}
    assert failed == {row["row"]: row["errors"] for row in said if row["action"] == "error"}
    assert list(failed) == [2, 4]


async def test_a_refused_row_is_told_in_the_words_of_whoever_brought_it(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    plan = {"type": "Str", "displayName": "Plan", "enumeration": ["Gold", "Silver"]}
    await declare(api, "customer", planStr=plan)
    file = f"First,Last,Plan\nAna,Lima,{'Bronze' * 20}\n"
    one = await sheet(api, desk, file, {0: "firstName", 1: "lastName", 2: "custom.planStr"})
    said = await one.preview()

    await one.run()

    (row,) = await one.rows()
    assert row["name"] == said[0]["name"] == "Ana Lima"
    assert row["errors"] == said[0]["errors"]
    (error,) = row["errors"]
    assert error["title"] == "One of: Gold, Silver."
    assert (error["value"][:12], len(error["value"])) == ("BronzeBronze", 80)


async def test_drafts_that_nobody_begins_do_not_pile_up(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "MAX_DRAFTS", 2)
    for _ in range(2):
        assert (await upload(api, FILE)).status_code == 201

    assert refusal(await upload(api, FILE))[:2] == (409, "too_many_imports")
    assert (await got(api, "/v1/imports"))["meta"]["total"] == 2
