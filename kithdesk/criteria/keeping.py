"""What is asked of criteria before somebody keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from kithdesk.core.work import Reads
from kithdesk.criteria.errors import CriteriaFull, TooManyCriteria
from kithdesk.criteria.judging import read_criteria
from kithdesk.criteria.names import declared_types

MAX_BYTES = 16_384
MAX_TOGETHER = 262_144
"""Of all that is asked of one conversation at one time: what is read of them is kept for the next one."""


def check_criteria(reads: Reads, criteria: Mapping[str, Any]) -> None:
    """Raises `BadCriterion`, `TooManyCriteria`."""
    if _bytes(criteria) > MAX_BYTES:
        raise TooManyCriteria(f"At most {MAX_BYTES} bytes.", parameter="criteria")
    read_criteria(criteria, types=declared_types(reads))


def check_together(
    others: Iterable[Mapping[str, Any]], criteria: Mapping[str, Any], *, before: Mapping[str, Any]
) -> None:
    """With `others`, beside which they are asked. Whatever there is, they may become shorter. Raises `CriteriaFull`."""
    wanted = _bytes(criteria)
    if wanted > _bytes(before) and wanted + sum(map(_bytes, others)) > MAX_TOGETHER:
        raise CriteriaFull(MAX_TOGETHER)


def _bytes(criteria: Mapping[str, Any]) -> int:
    return len(msgspec.json.encode(criteria))
