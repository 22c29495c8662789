"""What a card shows of a record: a title, and a few attributes with their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk.attributes import Attribute
from kithdesk.customers.objects.entities import Content, Field, Klass

MOST_FIELDS = 12
"""That a klass may choose for its cards."""
FIRST_FIELDS = 6
"""That a card shows when its klass chooses none."""
_LONGEST = 500


def fields_of(klass: Klass, declared: Mapping[str, Attribute], content: Content) -> list[Field]:
    """The card's attributes that have a value. Sensitive ones never come onto a card, for every agent gets it.

    What names a record is its first, where a title of its own leaves it unsaid.
    """
    custom = content.custom
    chosen = klass.card_fields or tuple(name for name in declared if name != klass.card_title)
    if klass.card_title is not None and _leaves_unsaid(content.title, name_of(klass, declared, content)):
        chosen = tuple(dict.fromkeys((klass.card_title, *chosen)))
    found = [
        Field(
            name=name,
            display_name=declared[name].display_name or name,
            type=declared[name].type,
            value=_short(custom[name]),
            display="plain" if declared[name].display == "plain" else None,
        )
        for name in chosen
        if _is_shown(declared, name) and custom.get(name) is not None
    ]
    return found if klass.card_fields else found[:FIRST_FIELDS]


def title_of(
    klass: Klass, declared: Mapping[str, Attribute], content: Content, external_id: str | None
) -> str:
    """The record's own title, else the attribute that names it, else the other system's id, else what it is."""
    return content.title or name_of(klass, declared, content) or external_id or klass.display_name


def name_of(klass: Klass, declared: Mapping[str, Attribute], content: Content) -> str | None:
    """What the attribute that names the records of its klass says of it, such as an order's number."""
    name = klass.card_title
    value = content.custom.get(name) if name is not None and _is_shown(declared, name) else None
    return None if value is None else str(_short(value))


def _leaves_unsaid(title: str | None, name: str | None) -> bool:
    return bool(title) and name is not None and name not in (title or "")


def _is_shown(declared: Mapping[str, Attribute], name: str) -> bool:
    return name in declared and not declared[name].sensitive


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(one) for one in value]
    return f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value
