"""Who may change what this slice owns. Verbs ask here first, whatever door the caller came through."""

from __future__ import annotations

from kithdesk.core.actors import Actor
from kithdesk.core.errors import Forbidden


def check_admin(actor: Actor) -> None:
    """Administrators and the program itself. Raises `Forbidden`."""
    if actor.type != "system" and not actor.is_admin:
        raise Forbidden("This takes an administrator.")


def check_self_or_admin(actor: Actor, user: str) -> None:
    """The agent concerned, administrators and the program itself. Raises `Forbidden`."""
    if actor.type == "user" and actor.id == user:
        return
    check_admin(actor)
