"""The slices up to conversations: what criteria look at."""

from __future__ import annotations

from tests.slices import make, other, wiring

__all__ = ["make", "other", "wiring"]
