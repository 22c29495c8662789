"""Ids in paths: `current`, one id, or several with commas."""

from __future__ import annotations

from fastapi import Request

from kithdesk.core.actors import Actor
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import is_id

MOST_IDS = 100


def whose(caller: Actor, text: str) -> str:
    """The user a path names: `current` is the caller. Raises `NotFound` for what cannot be an id."""
    if text == "current" and caller.id is not None:
        return caller.id
    return an_id(text)


def an_id(text: str) -> str:
    """Raises `NotFound` for what cannot be an id."""
    if not is_id(text):
        raise NotFound
    return text


def ids_of(text: str) -> list[str]:
    """One or more ids, in their order. Raises `BadParameter` for too many; what cannot be an id is passed over."""
    parts = text.split(",")
    if len(parts) > MOST_IDS:
        raise BadParameter(f"At most {MOST_IDS} ids.", parameter="ids")
    return [part for part in dict.fromkeys(parts) if is_id(part)]


def flag_of(request: Request, name: str) -> bool | None:
    """A parameter that is `true`, `false` or absent. Raises `BadParameter`."""
    text = request.query_params.get(name)
    if text is None:
        return None
    if text not in ("true", "false"):
        raise BadParameter(f"{name} is true or false.", parameter=name)
    return text == "true"
