"""What is asked of criteria before somebody keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kithdesk.core.work import Reads
from kithdesk.criteria.errors import TooManyCriteria
from kithdesk.criteria.judging import read_criteria
from kithdesk.criteria.names import declared_types

MAX_BYTES = 16_384


def check_criteria(reads: Reads, criteria: Mapping[str, Any]) -> None:
    """Raises `BadCriterion`, `TooManyCriteria`."""
    if len(msgspec.json.encode(criteria)) > MAX_BYTES:
        raise TooManyCriteria(f"At most {MAX_BYTES} bytes.", parameter="criteria")
    read_criteria(criteria, types=declared_types(reads))
