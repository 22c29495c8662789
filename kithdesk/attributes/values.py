"""Whether a value is of an attribute's type, and how it is kept. Knows nothing but the two.

Str  one line, 1,024 characters         At    a time, kept as ISO 8601 in UTC
Txt  lines, 32 KiB                      Date  a day of the calendar, kept as it is written
Num  finite                             Url   http(s), 2,048 characters, naming no password
Bool                                    Id    24 hexadecimal characters
                                        Tree  "returns.damaged": names from the top, joined by dots
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from kithdesk.attributes.declarations import Branch, Declaration
from kithdesk.core.clock import iso, parse_iso
from kithdesk.core.errors import BadParameter
from kithdesk.core.folding import normalised
from kithdesk.core.ids import is_id
from kithdesk.core.names import UNSEEN, check_text, clean_web_address, cleaned_or_none

MAX_STR = 1_024
MAX_TXT = 32 * 1_024
MAX_VALUES = 100
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


class Wrong(Exception):
    """The value is not of the type. Its text says what would be."""


def clean_value(attribute: Declaration, value: Any) -> Any:
    """The value as it is kept, None when nothing is left of it. Raises `Wrong`."""
    if value is None or not attribute.array:
        return _clean(attribute, value)
    if not isinstance(value, list | tuple):
        raise Wrong("A list of values.")
    if len(value) > MAX_VALUES:
        raise Wrong(f"At most {MAX_VALUES} values.")
    cleaned = [_clean(attribute, one) for one in value]
    return [one for one in cleaned if one is not None] or None


def _clean(attribute: Declaration, value: Any) -> Any:
    if value is None:
        return None
    try:
        return _CLEAN[attribute.type](attribute, value)
    except BadParameter as problem:
        raise Wrong(problem.detail or problem.title) from None


def paths_of(tree: Sequence[Branch], above: str = "") -> Iterator[str]:
    """Every value that a tree allows."""
    for branch in tree:
        path = f"{above}{branch.name}"
        yield path
        yield from paths_of(branch.children, f"{path}.")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("A text.")
    return check_text(value, parameter="value")


def _str(attribute: Declaration, value: Any) -> str | None:
    cleaned = cleaned_or_none(_text(value), parameter="value", maximum=MAX_STR)
    if cleaned is not None and attribute.enumeration and cleaned not in attribute.enumeration:
        raise Wrong(f"One of: {', '.join(attribute.enumeration)}."[:300])
    return cleaned


def _txt(_attribute: Declaration, value: Any) -> str | None:
    if len(_text(value)) > 2 * MAX_TXT:
        raise Wrong(f"At most {MAX_TXT} bytes.")
    text = normalised("NFC", value).replace("\r\n", "\n")
    kept = UNSEEN.sub(lambda found: found[0] if found[0] in "\n\t" else "", text)
    if len(kept.encode()) > MAX_TXT:
        raise Wrong(f"At most {MAX_TXT} bytes.")
    return kept if kept.strip() else None


def _num(_attribute: Declaration, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Wrong("A number.")
    if isinstance(value, int) and abs(value) >= 2**63:
        raise Wrong("A smaller number.")
    return value


def _at(_attribute: Declaration, value: Any) -> str:
    try:
        return iso(parse_iso(_text(value)))
    except (ValueError, OverflowError):
        raise Wrong("A time in ISO 8601, such as 2026-11-24T09:30:00.000Z.") from None


def _date(_attribute: Declaration, value: Any) -> str:
    """Never a time: whoever is born on the fourth is so in every time zone."""
    text = _text(value)
    try:
        if not _DAY.match(text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Wrong("A date, such as 2026-11-24.") from None


def _bool(_attribute: Declaration, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("True or false.")
    return value


def _url(_attribute: Declaration, value: Any) -> str:
    return clean_web_address(_text(value), parameter="value")


def _id(_attribute: Declaration, value: Any) -> str:
    text = _text(value)
    if not is_id(text):
        raise Wrong("An id: 24 hexadecimal characters.")
    return text


def _tree(attribute: Declaration, value: Any) -> str | None:
    path = _text(value)
    if not path:
        return None
    if path not in set(paths_of(attribute.tree)):
        raise Wrong("A choice of the tree: its names from the top, joined by dots.")
    return path


_CLEAN: dict[str, Callable[[Declaration, Any], Any]] = {
    "Str": _str,
    "Txt": _txt,
    "Num": _num,
    "At": _at,
    "Date": _date,
    "Bool": _bool,
    "Url": _url,
    "Id": _id,
    "Tree": _tree,
}
