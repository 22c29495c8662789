"""A shop on a whole desk, whose past is played again."""

from __future__ import annotations

from tests.routing.conftest import browse, other_shop, shop

__all__ = ["browse", "other_shop", "shop"]
