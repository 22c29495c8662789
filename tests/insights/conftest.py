"""Two shops on one desk, each with three queues, and browsers of their agents."""

from __future__ import annotations

from tests.routing.conftest import browse, other_shop, shop

__all__ = ["browse", "other_shop", "shop"]
