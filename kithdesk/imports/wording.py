"""The cells of a row in the words of the API. An empty cell says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from kithdesk.attributes import Attribute
from kithdesk.core.clock import Instant, parse_iso
from kithdesk.imports.entities import RowError
from kithdesk.imports.targets import CUSTOM

_SEPARATORS = re.compile(r"[;,|\n]")
_BETWEEN_URLS = re.compile(r"[;|\s]+")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?\Z", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ][\d:.]*Z?)?\Z", re.ASCII)
_YES = frozenset({"true", "yes", "y", "1", "on"})
_NO = frozenset({"false", "no", "n", "0", "off"})
_ENTRIES = {
    "emails": "email",
    "sharedEmails": "email",
    "phones": "phone",
    "sharedPhones": "phone",
    "whatsapps": "phone",
    "urls": "url",
    "externalIds": "externalId",
}
_GENDERS = {"female": "f", "male": "m"}
_BAD = "badparam"


class Said(msgspec.Struct, kw_only=True):
    """What a row says: `attributes` as a request would have them, and what no request has."""

    attributes: dict[str, Any]
    company: str | None = None
    created_at: Instant | None = None
    errors: list[RowError] = []


def said_by(cells: Sequence[str], targets: Mapping[int, str], declared: Mapping[str, Attribute]) -> Said:
    """What is said, with what is wrong by itself in any cell."""
    said = Said(attributes={}, errors=[])
    name: dict[str, str] = {}
    place: dict[str, str] = {}
    for column, target in targets.items():
        text = cells[column].strip()
        if not text:
            continue
        try:
            if target.startswith(CUSTOM):
                _say_custom(said, target.removeprefix(CUSTOM), text, declared)
            elif target in ("firstName", "lastName"):
                name[target] = text
            elif target.startswith("location."):
                place[target.removeprefix("location.")] = text
            else:
                _say(said, target, text)
        except ValueError as problem:
            said.errors.append(RowError(column, _BAD, str(problem)))
    if name and "name" not in said.attributes:
        said.attributes["name"] = " ".join(name[part] for part in ("firstName", "lastName") if part in name)
    if place:
        said.attributes["locations"] = [place]
    return said


def _say(said: Said, target: str, text: str) -> None:
    if target == "company":
        said.company = text
    elif target == "createdAt":
        said.created_at = _moment(text)
    elif target in ("birthdayAt", "signedUpAt"):
        _moment(text)
        said.attributes[target] = text
    elif target == "externalId":
        said.attributes.setdefault("externalIds", []).append({"externalId": text})
    elif target == "tags":
        said.attributes.setdefault("tags", []).extend(_several(text))
    elif target in _ENTRIES:
        parts = _BETWEEN_URLS.split(text) if target == "urls" else _several(text)
        entries = [{_ENTRIES[target]: part} for part in parts if part]
        said.attributes.setdefault(target, []).extend(entries)
    elif target == "gender":
        said.attributes[target] = _GENDERS.get(text.casefold(), text)
    else:
        said.attributes[target] = text


def _say_custom(said: Said, name: str, text: str, declared: Mapping[str, Attribute]) -> None:
    attribute = declared.get(name)
    if attribute is None:
        raise ValueError(f"Customers have no attribute {name} any more.")
    read = _VALUES.get(attribute.type, str)
    custom = said.attributes.setdefault("custom", {})
    if attribute.array:
        custom[name] = [*custom.get(name, ()), *(read(part) for part in _several(text))]
    else:
        custom[name] = read(text)


def _several(text: str) -> list[str]:
    return [part for part in (one.strip() for one in _SEPARATORS.split(text)) if part]


def _moment(text: str) -> Instant:
    try:
        return parse_iso(text)
    except (ValueError, OverflowError):
        raise ValueError("A time in ISO 8601, such as 2026-11-24 or 2026-11-24T09:30:00Z.") from None


def _number(text: str) -> int | float:
    if len(text) > 40 or not _NUMBER.match(text):
        raise ValueError("A number, such as 1234.5.")
    return int(text) if text.lstrip("+-").isdigit() else float(text)


def _bool(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueError("Yes or no.")
    return word in _YES


def _date(text: str) -> str:
    """As it is written: a time beside it, as spreadsheets put there, is of no time zone."""
    found = _DATE.match(text)
    if found is None:
        raise ValueError("A date, such as 2026-11-24.")
    return found[1]


_VALUES: dict[str, Callable[[str], Any]] = {"Num": _number, "Bool": _bool, "Date": _date}
