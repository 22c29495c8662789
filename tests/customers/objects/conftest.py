"""Custom objects are tested as customers are, and with conversations to put them to."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import created
from tests.slices import acme, api, ask, foreign, globex, make, other, wiring

__all__ = ["acme", "api", "ask", "foreign", "globex", "make", "other", "wiring"]

PROPERTIES: dict[str, Any] = {
    "seatsNum": {"displayName": "Seats", "type": "Num"},
    "stateStr": {"displayName": "State", "type": "Str", "enumeration": ["open", "booked"]},
    "codeStr": {"displayName": "Code", "type": "Str"},
    "secretStr": {"displayName": "Secret", "type": "Str", "hasSensitiveAttributes": True},
}


@pytest.fixture
async def trip(api: httpx.AsyncClient) -> dict[str, Any]:
    """Acme's klass `trip`."""
    return await created(
        api,
        "/v1/klasses",
        {
            "name": "trip",
            "icon": "plane",
            "color": "blue",
            "metadata": {"properties": PROPERTIES},
            "card": {"title": "codeStr", "fields": ["stateStr", "seatsNum"]},
        },
    )


@pytest.fixture
async def ana(api: httpx.AsyncClient) -> str:
    """A customer of Acme's."""
    id: str = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    return id
