"""The typed ids of this slice."""

from __future__ import annotations

from typing import NewType

ImportId = NewType("ImportId", str)
