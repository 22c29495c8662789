"""What may be asked stands in the documentation, all of it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pytest

from kithdesk.criteria.names import CLOSED as OF_RULES
from kithdesk.views.attributes import CLOSED as OF_SEARCHES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    ("page", "head", "closed"),
    [
        ("search.md", "| prefix | after it |", OF_SEARCHES),
        ("criteria.md", "| of | attributes |", OF_RULES),
    ],
)
def test_the_table_of_attributes_is_the_closed_one(page: str, head: str, closed: Collection[str]) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    rows = text.partition(f"{head}\n|---|---|\n")[2].partition("\n\n")[0].splitlines()

    written = [name for row in rows for name in _names_in(row)]

    assert sorted(written) == sorted(closed)


def _names_in(row: str) -> list[str]:
    _, of, names, _ = row.split("|")
    if "_custom_" in of:
        return []
    [prefix] = re.findall(r"`(\w+_)`", of)
    return [f"{prefix}{name.strip()}" for name in names.split(",")]
