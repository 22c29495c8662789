"""Who may change what this slice owns. Verbs ask here first, whatever door the caller came through."""

from __future__ import annotations

from kithdesk.core.actors import Actor, check_admin


def check_self_or_admin(actor: Actor, user: str) -> None:
    """The agent concerned, administrators and the program itself. Raises `Forbidden`."""
    if actor.type == "user" and actor.id == user:
        return
    check_admin(actor)
