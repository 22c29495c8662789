"""Inviting: an administrator makes an agent and is shown, this once, the link by which that one chooses a password."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kithdesk.access.entities import User
from kithdesk.access.links import create_link
from kithdesk.access.users import create_user
from kithdesk.core.clock import Instant
from kithdesk.core.work import Work


class Invited(NamedTuple):
    """The new agent, and until when the link works."""

    user: User
    expires_at: Instant


def invite_agent(
    work: Work,
    *,
    email: str,
    display_name: str,
    role_groups: Iterable[str],
    custom: Mapping[str, Any],
    token_hash: str,
    sealed: str,
) -> Invited:
    """A new agent and their setup link, or neither. `sealed` is its token, for the operator who asks again.

    Raises `Forbidden`, `BadParameter`, `NameTaken`.
    """
    user = create_user(work, email=email, display_name=display_name, role_groups=role_groups, custom=custom)
    return Invited(user, create_link(work, user.id, "setup", token_hash=token_hash, sealed=sealed))
