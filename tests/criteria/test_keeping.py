"""What is asked of criteria before somebody keeps them."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk.criteria import CriteriaFull, check_together
from kithdesk.criteria.keeping import MAX_TOGETHER


def of_bytes(size: int) -> dict[str, Any]:
    """Criteria that are so long."""
    around = len('{"and":""}')
    return {"and": "x" * (size - around)}


def test_criteria_together_have_room_to_the_byte() -> None:
    others = [of_bytes(1_000), of_bytes(MAX_TOGETHER - 2_000)]

    check_together(others, of_bytes(1_000), before={})

    with pytest.raises(CriteriaFull):
        check_together(others, of_bytes(1_001), before={})


def test_criteria_may_become_shorter_whatever_there_is() -> None:
    others = [of_bytes(2 * MAX_TOGETHER)]

    check_together(others, of_bytes(999), before=of_bytes(1_000))
    check_together(others, of_bytes(1_000), before=of_bytes(1_000))

    with pytest.raises(CriteriaFull):
        check_together(others, of_bytes(1_001), before=of_bytes(1_000))
