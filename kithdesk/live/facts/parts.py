"""What the shapes of every subject are made of."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

Value = TypeVar("Value")


class Fact(Struct, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """A part of an event's data."""


class Change(Fact, Generic[Value]):
    """One field, before and after."""

    before: Value
    after: Value
