"""What this slice calls its things by."""

from __future__ import annotations

from typing import NewType

ViewId = NewType("ViewId", str)
