"""How much all SLAs of an organisation may ask for together."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kithdesk import sla
from kithdesk.criteria import CriteriaFull
from kithdesk.criteria.keeping import MAX_TOGETHER
from kithdesk.sla import PolicyId
from tests.sla.houses import FIRST, House

pytestmark = pytest.mark.anyio


def long_criteria(values: int = 100) -> dict[str, Any]:
    """Nearly as long as one SLA's may be, with 100 values."""
    return {"and": [{"customer_name": {"in": [f"{place:0150}" for place in range(values)]}}]}


async def fill(house: House) -> list[PolicyId]:
    """As many long SLAs as there is room for."""
    there_may_be = MAX_TOGETHER // len(msgspec.json.encode(long_criteria()))
    return [(await house.policy(criteria=long_criteria())).id for _ in range(there_may_be)]


async def test_all_slas_of_an_organisation_together_have_an_end(house: House, other_house: House) -> None:
    await fill(house)

    with pytest.raises(CriteriaFull):
        await house.policy(criteria=long_criteria())

    await house.policy("All the rest")
    # Of another organisation nothing is counted.
    await other_house.policy(criteria=long_criteria())


async def test_where_there_is_no_room_an_sla_may_become_shorter_and_makes_room(house: House) -> None:
    first, second, *_ = await fill(house)
    with pytest.raises(CriteriaFull):
        await house.policy(criteria=long_criteria())

    await house.change(first, name="Renamed", is_enabled=False)
    await house.change(first, criteria=long_criteria(99))
    await house.run(sla.delete_policy, second)

    await house.policy(metrics=FIRST, criteria=long_criteria())
    with pytest.raises(CriteriaFull):
        await house.policy(criteria=long_criteria())
