"""Links that sign in: `setup` to choose the first password (24 hours), `sign_in` once as you are (10 minutes).

A link works once, and a newer one of its kind puts the older out of use. The operator who asks again for one that was
not used is shown the same: a second `kithdesk init` must not break the link that is in somebody's mail. The token
stands behind the `#` of the address, so that no server log and no mail scanner's GET ever uses it up.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert

from kithdesk.access.entities import Purpose
from kithdesk.access.errors import DeadLink
from kithdesk.access.queries.agents import get_user
from kithdesk.access.queries.credentials import find_link_by_hash
from kithdesk.access.tables import links
from kithdesk.core.clock import DAY, MINUTE, Instant
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Work

LIFE: dict[Purpose, int] = {"setup": DAY, "sign_in": 10 * MINUTE}
PAGE: dict[Purpose, str] = {"setup": "setup", "sign_in": "link"}

_CREATE = insert(links)
_REPLACE = delete(links).where(
    links.c.organisation == bindparam("organisation"),
    links.c.user == bindparam("user"),
    links.c.purpose == bindparam("purpose"),
)
_USE = delete(links).where(links.c.hash == bindparam("token_hash"))


def create_link(
    work: Work, user_id: str, purpose: Purpose, *, token_hash: str, sealed: str | None = None
) -> Instant:
    """A link for an active agent, and until when it works; older ones of this purpose die. Raises `NotFound`.

    `sealed` is the token for the operator who asks again before it was used.
    """
    user = get_user(work, user_id)
    if not user.is_active or user.type != "user":
        raise NotFound
    mine = {"organisation": work.organisation, "user": user_id, "purpose": purpose}
    work.execute(_REPLACE, mine)
    expires_at = Instant(work.now + LIFE[purpose])
    work.execute(_CREATE, {**mine, "hash": token_hash, "expires_at": expires_at, "sealed": sealed})
    return expires_at


def use_link(work: Work, purpose: Purpose, *, token_hash: str) -> str:
    """Uses the link up and says whose it is. Raises `DeadLink`, without saying why it is dead."""
    link = find_link_by_hash(work, token_hash)
    is_good = (
        link is not None
        and link.organisation == work.organisation
        and link.purpose == purpose
        and work.now < link.expires_at
    )
    if link is None or not is_good:
        raise DeadLink
    work.execute(_USE, {"token_hash": token_hash})
    return link.user


def link_url(base_url: str, purpose: Purpose, token: str) -> str:
    """Where the console takes the token."""
    return f"{base_url}/#/{PAGE[purpose]}/{token}"
