"""Ids in paths: one, or several with commas."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import is_id

MOST_IDS = 100


def an_id(text: str) -> str:
    """Raises `NotFound` for what cannot be an id."""
    if not is_id(text):
        raise NotFound
    return text


def ids_of(text: str, parameter: str = "ids") -> list[str]:
    """One or more ids, each once, in their order. Raises `BadParameter` for too many; what is no id is passed over."""
    parts = text.split(",")
    if len(parts) > MOST_IDS:
        raise BadParameter(f"At most {MOST_IDS} ids.", parameter=parameter)
    return [part for part in dict.fromkeys(parts) if is_id(part)]
