"""What is tried with records of the company's own kinds, and what must not happen."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.api import created, got

pytestmark = pytest.mark.anyio


async def test_T47_T40_words_are_kept_without_what_turns_or_breaks_them(
    api: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    body = {"title": "\u202eLis\u200bbon\r\nBcc: x", "tags": ["a\u202eb"], "custom": {"codeStr": "L\u202e7"}}

    answer = await api.post("/v1/klasses/trip", json=body)

    kept = json.dumps((await got(api, "/v1/klasses/trip"))["data"], ensure_ascii=False)
    assert answer.status_code == 201
    assert "\u202e" not in kept
    assert "\\r" not in kept
    assert "Lisbon\\n" not in kept


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "x"])
async def test_T21_a_picture_is_the_address_of_a_page_or_nothing(
    api: httpx.AsyncClient, trip: dict[str, Any], address: str
) -> None:
    answer = await api.post("/v1/klasses/trip", json={"title": "Lisbon", "images": [address]})

    assert answer.status_code == 400
    assert (await got(api, "/v1/klasses/trip"))["data"] == []


@pytest.mark.parametrize("name", ["__proto__", "constructor", "a.b", "x'); DROP TABLE kobjects; --", ""])
async def test_T21_T38_an_attribute_is_none_that_is_not_declared(
    api: httpx.AsyncClient, trip: dict[str, Any], name: str
) -> None:
    made = await api.post("/v1/klasses/trip", json={"title": "Lisbon", "custom": {name: "x"}})
    known = await created(api, "/v1/klasses/trip", {"title": "Porto"})
    changed = await api.put(f"/v1/klasses/trip/{known['id']}", json={"custom": {name: "x"}})

    assert (made.status_code, changed.status_code) == (400, 400)
    [found] = (await got(api, "/v1/klasses/trip"))["data"]
    assert name not in found["attributes"]["custom"]


async def test_T45_data_is_bounded_in_depth_and_size(api: httpx.AsyncClient, trip: dict[str, Any]) -> None:
    deep: Any = "x"
    for _ in range(40):
        deep = {"a": deep}

    answers = [
        await api.post("/v1/klasses/trip", json={"title": "A", "data": deep}),
        await api.post("/v1/klasses/trip", json={"title": "A", "data": {"a": "x" * 1_100_000}}),
    ]

    assert [answer.status_code for answer in answers] == [400, 413]
    assert (await got(api, "/v1/klasses/trip"))["data"] == []
