"""Cells that a spreadsheet would take for a formula: kept as they are, and written so that nothing runs (CWE-1236).

What is exported has an apostrophe before such a cell, which spreadsheets show as text; what is imported loses exactly
that one again. Both look through apostrophes, so that a cell survives the way there and back however often.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def inert(cell: str) -> str:
    """The cell as it may be shown to a spreadsheet."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def meant(cell: str) -> str:
    """The cell as it was before `inert`. Others stay as they are."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
