"""What a declared attribute is: its name and type, what it may hold, and who said so."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from kithdesk.attributes.errors import UnknownOwner
from kithdesk.core.clock import Instant

Type = Literal["Str", "Txt", "Num", "At", "Date", "Bool", "Url", "Id", "Tree"]
Display = Literal["grouped", "plain"]
"""How a number is read: 1,234, or 1234 as years and the numbers of orders are."""

RECORDS = ("customer", "company", "conversation", "message", "user")
"""Those that every organisation has. What an organisation defines itself is `kobject.<name of its klass>`."""

MAX_DECLARED = 500
MAX_ENUMERATION = 500
MAX_BRANCHES = 2_000
MAX_DEPTH = 8

NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,63}\Z")
_OWNER = re.compile(rf"(?:{'|'.join(RECORDS)}|kobject\.[a-zA-Z][a-zA-Z0-9_-]{{0,63}})\Z")

Choice = Annotated[str, Meta(max_length=255)]
Label = Annotated[str, Meta(max_length=255)]


class Branch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One choice of a `Tree`. Its value is the names from the top, joined by dots, so a name has none."""

    name: Annotated[str, Meta(pattern=r"^[^.\x00-\x1f]{1,64}\Z")]
    display_name: Label = ""
    children: tuple[Branch, ...] = ()


class Declaration(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What an administrator says of an attribute. `array`: it holds a list of such values."""

    name: str
    type: Type
    display_name: Label = ""
    description: Annotated[str, Meta(max_length=2_000)] = ""
    enumeration: Annotated[tuple[Choice, ...], Meta(max_length=MAX_ENUMERATION)] = ()
    array: bool = False
    required: bool = False
    sensitive: bool = False
    target: str | None = None
    tree: tuple[Branch, ...] = ()
    display: Display | None = None
    default: Any = None
    position: int = 0


class Attribute(Declaration, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The same as rows keep it. One that was removed is remembered: its values are still stored, of its type."""

    modified_at: Instant
    modified_by: str | None = None
    removed_at: Instant | None = None


def check_owner(owner: str) -> str:
    """Raises `UnknownOwner` for what cannot have attributes."""
    if not _OWNER.match(owner):
        raise UnknownOwner
    return owner
