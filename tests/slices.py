"""The slices up to conversations, wired without what stands above them, so that nothing else reacts.

The fixtures are for the conftest of each of them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain
from typing import Any

import httpx
import pytest

from kithdesk.access import projections as access
from kithdesk.attributes import projections as attributes
from kithdesk.conversations import jobs
from kithdesk.conversations import projections as conversations
from kithdesk.core.desk import Desk
from kithdesk.core.work import Wiring
from kithdesk.customers import projections as customers
from kithdesk.customers.objects import projections as objects
from tests.api import Ask, Tenant, api_of, settle
from tests.make import GLOBEX, Make, WorkAs


def _joined(*parts: Any) -> Any:
    kinds = dict.fromkeys(chain.from_iterable(parts))
    return {kind: tuple(chain.from_iterable(part.get(kind, ()) for part in parts)) for kind in kinds}


WIRING = Wiring(
    projectors=_joined(
        attributes.PROJECTORS,
        access.PROJECTORS,
        customers.PROJECTORS,
        objects.PROJECTORS,
        conversations.PROJECTORS,
    ),
    verbs=jobs.VERBS,
    handlers=jobs.HANDLERS,
)


@pytest.fixture
def wiring() -> Wiring:
    return WIRING


@pytest.fixture
def make(work: WorkAs) -> Make:
    return Make(work)


@pytest.fixture
def other(work: WorkAs) -> Make:
    """Another organisation in the same database."""
    return Make(work, GLOBEX)


@pytest.fixture
async def acme(desk: Desk) -> Tenant:
    return await settle(desk, "Acme")


@pytest.fixture
async def globex(desk: Desk) -> Tenant:
    return await settle(desk, "Globex")


@pytest.fixture
async def ask(desk: Desk) -> AsyncIterator[Ask]:
    async with api_of(desk) as opened:
        yield opened


@pytest.fixture
def api(ask: Ask, acme: Tenant) -> httpx.AsyncClient:
    """A program with a key of Acme's administrator."""
    return ask(acme.key)


@pytest.fixture
def foreign(ask: Ask, globex: Tenant) -> httpx.AsyncClient:
    """A program with a key of the other organisation's administrator."""
    return ask(globex.key)
