"""The typed ids of custom objects."""

from __future__ import annotations

from typing import NewType

KlassId = NewType("KlassId", str)

ObjectId = NewType("ObjectId", str)
