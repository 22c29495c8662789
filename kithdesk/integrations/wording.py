"""Reading a shop's JSON with care: every field may be missing, null, or of another type than it was last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kithdesk.core.clock import Instant, parse_iso
from kithdesk.integrations.errors import NotUnderstood

MOST_ITEMS = 200
_LONGEST = 255
_LONGEST_LIST = 8_000
"""Characters, of which each may take four bytes of the 32 KiB that an attribute of lines has."""


def text(body: Mapping[str, Any], *names: str) -> str | None:
    """The first of these that holds words or a number, cut where they are too many."""
    found = whole(body, *names)
    return None if found is None else found[:_LONGEST]


def whole(body: Mapping[str, Any], *names: str) -> str | None:
    """The same uncut, for addresses and ids: a part of one is another one."""
    for name in names:
        value = body.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def number(body: Mapping[str, Any], name: str) -> float | None:
    """An amount; shops send it as text, so that no digit is lost on the way."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) < 1e15 else None


def moment(body: Mapping[str, Any], *names: str) -> Instant | None:
    """The first of these that is a time. One without a zone is UTC."""
    for name in names:
        value = body.get(name)
        if isinstance(value, str) and value:
            try:
                return parse_iso(value)
            except (ValueError, OverflowError):
                continue
    return None


def check_kind(body: Mapping[str, Any], *, is_order: bool = False, is_account: bool = False) -> None:
    """That the body is of what its topic names; a deletion's is of neither. Shops sign the body and not the topic, so
    an order's could come again as a customer's. Raises `NotUnderstood`."""
    if ("line_items" in body) != is_order or (not is_order and ("email" in body) != is_account):
        raise NotUnderstood("It is not what its topic says.")


def part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def parts(body: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    value = body.get(name)
    return [one for one in value[:MOST_ITEMS] if isinstance(one, dict)] if isinstance(value, list) else []


def numbers(body: Mapping[str, Any], name: str) -> Sequence[str]:
    """A list of ids."""
    value = body.get(name)
    if not isinstance(value, list):
        return []
    found = [whole({"id": one}, "id") for one in value[:MOST_ITEMS]]
    return [one[:_LONGEST] for one in found if one is not None]


def full_name(body: Mapping[str, Any]) -> str | None:
    names = (text(body, "first_name"), text(body, "last_name"))
    return " ".join(name for name in names if name) or None


def items(lines: Sequence[Mapping[str, Any]], *names: str) -> str | None:
    """`Fell boot × 2, Trail mug`, and an ellipsis for those that there is no room for."""
    found: list[str] = []
    room = _LONGEST_LIST
    for line in lines:
        name, quantity = text(line, *names), number(line, "quantity")
        if name is None:
            continue
        found.append(name if quantity in (None, 1) else f"{name} × {quantity:g}")
        room -= len(found[-1]) + 2
        if room < 0:
            found[-1] = "…"
            break
    return ", ".join(found) or None
