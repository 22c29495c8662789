"""Whoever an agent merges with somebody reads all that was said with that one, without ever having logged in."""

from __future__ import annotations

from typing import Any

from kithdesk.customers.merging import joining


def break_it() -> None:
    vars(joining)["list_unproven"] = _nobody


def _nobody(*_args: Any) -> list[str]:
    return []
