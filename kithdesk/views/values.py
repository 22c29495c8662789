"""What there may be several of in a record, as rows that can be compared.

Texts are folded and cut; numbers, times and truths become integers that sort as they do.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, insert

from kithdesk.attributes import Attribute
from kithdesk.core import folding
from kithdesk.core.clock import parse_iso
from kithdesk.core.folding import fold
from kithdesk.core.work import Rows
from kithdesk.criteria import day_of
from kithdesk.views.tables import view_values
from kithdesk.views.words import words_of

MAX_COMPARED = 200
"""Of a text, in characters: two that agree so far are the same here."""
CUSTOM = "custom."
WORDS = "words."
_DAY_SIZE = len("2026-11-24")
MOST_WORDS = 100
"""Of a text, each of another word."""

_INSERT = insert(view_values)
_RECORD = (
    view_values.c.organisation == bindparam("organisation"),
    view_values.c.owner == bindparam("owner"),
    view_values.c.id == bindparam("id"),
)
_FORGET = delete(view_values).where(*_RECORD)
_FORGET_FIELD = delete(view_values).where(*_RECORD, view_values.c.field == bindparam("field"))
_FORGET_CUSTOM = delete(view_values).where(
    *_RECORD, view_values.c.field > CUSTOM, view_values.c.field < CUSTOM[:-1] + chr(ord(".") + 1)
)


def folded(text: str) -> str:
    """As a text is compared."""
    return fold(text.strip())[:MAX_COMPARED]


def digits_in(phone: str) -> str:
    """As a telephone number is compared."""
    return folding.digits_in(phone)[:MAX_COMPARED]


def number_of(value: float) -> int:
    """An integer that sorts as the number does."""
    bits: int = struct.unpack(">q", struct.pack(">d", value + 0.0))[0]
    return bits if bits >= 0 else -(bits & 0x7FFF_FFFF_FFFF_FFFF)


def put_field(rows: Rows, owner: str, id: str, field: str, values: Iterable[str]) -> None:
    """Sets one field to these values, which are ids or other exact words."""
    rows.execute(_FORGET_FIELD, {**_key(rows, owner, id), "field": field})
    add_field(rows, owner, id, field, values)


def add_field(rows: Rows, owner: str, id: str, field: str, values: Iterable[str]) -> None:
    """The same where there are none yet."""
    for place, value in enumerate(dict.fromkeys(values)):
        _add(rows, owner, id, field, place, text=value[:MAX_COMPARED])


def put_custom(rows: Rows, owner: str, id: str, custom: Mapping[str, Any]) -> None:
    """Sets all custom attributes to these."""
    rows.execute(_FORGET_CUSTOM, _key(rows, owner, id))
    add_custom(rows, owner, id, custom)


def add_custom(rows: Rows, owner: str, id: str, custom: Mapping[str, Any]) -> None:
    """The same where there are none yet.

    A value is kept in every way it can be read, because rows are written without asking what was declared when.
    """
    for name, value in custom.items():
        found = value if isinstance(value, list | tuple) else [value]
        for place, one in enumerate(found):
            text, number = _read(one)
            if text is not None or number is not None:
                _add(rows, owner, id, CUSTOM + name, place, text=text, number=number)


def add_words(rows: Rows, owner: str, id: str, custom: Mapping[str, Any]) -> None:
    """The words of custom attributes, where a value is more than a word."""
    for name, value in custom.items():
        texts = [one for one in (value if isinstance(value, list | tuple) else [value]) if _is_said(one)]
        words = dict.fromkeys(word for text in texts for word in words_of(text))
        if not words.keys() <= {folded(text) for text in texts}:
            add_field(rows, owner, id, WORDS + name, list(words)[:MOST_WORDS])


def _is_said(value: Any) -> bool:
    return isinstance(value, str) and _time_in(value) is None


def forget(rows: Rows, owner: str, id: str) -> None:
    """Everything of one record."""
    rows.execute(_FORGET, _key(rows, owner, id))


def _read(value: Any) -> tuple[str | None, int | None]:
    if isinstance(value, bool):
        return None, int(value)
    if isinstance(value, int | float):
        return None, number_of(value) if math.isfinite(value) and abs(value) < 2**1000 else None
    if not isinstance(value, str):
        return None, None
    return folded(value), day_of(value) if len(value) == _DAY_SIZE else _time_in(value)


def _time_in(text: str) -> int | None:
    if not 19 <= len(text) <= 32 or text[4:5] != "-" or text[10:11] != "T":
        return None
    try:
        return parse_iso(text)
    except (ValueError, OverflowError):
        return None


def _add(
    rows: Rows, owner: str, id: str, field: str, place: int, *, text: str | None, number: int | None = None
) -> None:
    rows.execute(
        _INSERT, {**_key(rows, owner, id), "field": field, "place": place, "text": text, "number": number}
    )


def _key(rows: Rows, owner: str, id: str) -> dict[str, Any]:
    return {"organisation": rows.organisation, "owner": owner, "id": id}


def kept_in(attribute: Attribute) -> str:
    """Which of the two columns an attribute's values are compared in."""
    return "number" if attribute.type in ("Num", "At", "Date", "Bool") else "text"
