"""Whom a path names."""

from __future__ import annotations

from kithdesk.core.actors import Actor
from kithdesk.core.paths import an_id


def whose(caller: Actor, text: str) -> str:
    """The user a path names: `current` is the caller. Raises `NotFound` for what cannot be an id."""
    if text == "current" and caller.id is not None:
        return caller.id
    return an_id(text)
