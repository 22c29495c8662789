"""Records that become one, and two again, are found as what they are."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import where
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.api import created, got
from tests.views.shop import names

pytestmark = pytest.mark.anyio


async def titles(api: httpx.AsyncClient, q: str) -> list[tuple[str, str]]:
    hits = (await got(api, f"/v1/search?q={q}"))["data"]
    return [(one["attributes"]["kind"], one["attributes"]["title"]) for one in hits]


async def state(api: httpx.AsyncClient) -> Any:
    """What searches say of the two."""
    return {
        "customers": await names(api, "customers", sort=[{"customer_name": "asc"}]),
        "of Ana": await names(
            api,
            "conversations",
            **{"and": [{"customer_name": {"equals": "Ana"}}], "sort": [{"conversation_created_at": "asc"}]},
        ),
        "with ben@": await names(api, "customers", **{"and": [{"customer_email": {"prefix": "ben@"}}]}),
        "with two": await names(
            api, "customers", **{"and": [{"customer_conversations_count": {"equals": 2}}]}
        ),
        "Ben": await titles(api, "ben"),
        "kettle": await titles(api, "kettle"),
    }


async def test_a_merge_and_its_undoing(
    api: httpx.AsyncClient, clock: ManualClock, settings: Settings, wiring: Wiring
) -> None:
    ids = {}
    for name, body in (("Ana", "About the toaster"), ("Ben", "About the kettle")):
        ids[name] = (
            await created(
                api, "/v1/customers", {"name": name, "emails": [{"email": f"{name.lower()}@x.test"}]}
            )
        )["id"]
        clock.advance(hours=1)
        message = {"body": body, "direction": "in"}
        await created(api, "/v1/conversations", {"customer": ids[name], "name": body, "message": message})
    before = await state(api)
    assert before == {
        "customers": ["Ana", "Ben"],
        "of Ana": ["About the toaster"],
        "with ben@": ["Ben"],
        "with two": [],
        "Ben": [("customer", "Ben")],
        "kettle": [("conversation", "About the kettle"), ("message", "Ben")],
    }

    merge = await created(api, "/v1/customers/merges", {"source": ids["Ben"], "target": ids["Ana"]})

    assert await state(api) == {
        "customers": ["Ana"],
        "of Ana": ["About the toaster", "About the kettle"],
        "with ben@": ["Ana"],
        "with two": ["Ana"],
        "Ben": [("customer", "Ana")],
        "kettle": [("conversation", "About the kettle"), ("message", "Ana")],
    }
    for id in ids.values():
        assert await titles(api, id) == [("customer", "Ana")], "the id of a record that is part of another"
    assert replay(where(settings), wiring).differences == []
    clock.advance(hours=1)
    answer = await api.post(f"/v1/customers/merges/{merge['id']}/undo")
    assert answer.status_code == 200, answer.text
    assert await state(api) == before
    assert replay(where(settings), wiring).differences == []
