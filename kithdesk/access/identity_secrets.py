"""Identity secrets: a shop signs with one who its customer is. Kept sealed, opened only here.

    newest ──a newer one is made──▶ signs until `ends_at` ──▶ ended: proves nothing, kept a month to say so ──▶ gone

While two overlap, pages may sign with either, so that a shop can change its servers one after another.
"""

from __future__ import annotations

import msgspec
import structlog
from sqlalchemy import bindparam, delete, insert, update

from kithdesk.access.errors import NewestSecret, TooManySecrets
from kithdesk.access.events import IdentitySecretChanged, IdentitySecretEnded
from kithdesk.access.ids import SecretId
from kithdesk.access.queries.organisation import SECRETS_REMEMBERED, list_sealed_secrets
from kithdesk.access.tables import identity_secrets
from kithdesk.core.actors import check_admin, system
from kithdesk.core.clock import HOUR, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work

log = structlog.get_logger(__name__)

LONGEST_OVERLAP = 30 * 24
"""Hours."""
MOST_AT_ONCE = 10

_SEALED_FOR = "identity secret"
"""What the secret is sealed for, so that no other sealed text passes for it."""

_KEEP = insert(identity_secrets)
_OLDER = (
    identity_secrets.c.organisation == bindparam("of"),
    identity_secrets.c.id != bindparam("newest"),
)
_END_OLDER = (
    update(identity_secrets)
    .where(
        *_OLDER,
        identity_secrets.c.ends_at.is_(None) | (identity_secrets.c.ends_at > bindparam("until")),
    )
    .values(ends_at=bindparam("until"))
)
_FORGET = delete(identity_secrets).where(*_OLDER, identity_secrets.c.ends_at <= bindparam("before"))
_END = (
    update(identity_secrets)
    .where(identity_secrets.c.organisation == bindparam("of"), identity_secrets.c.id == bindparam("secret"))
    .values(ends_at=bindparam("until"))
)


class IdentitySecret(msgspec.Struct, frozen=True, kw_only=True):
    """`ends_at`: none for the newest."""

    id: SecretId
    secret: str
    created_at: Instant
    ends_at: Instant | None = None

    def signs_at(self, now: Instant) -> bool:
        """Whether what it signs is believed."""
        return self.ends_at is None or now < self.ends_at


def seal_identity_secret(desk: Desk, secret: str) -> str:
    """The text that `keep_identity_secret` and `rotate_identity_secret` take."""
    return desk.sealer.seal(secret.encode(), _SEALED_FOR)


def keep_identity_secret(work: Work, sealed: str) -> SecretId:
    """A secret of the organisation, sealed at the edge; those before it go on as they are. Raises `Forbidden`."""
    check_admin(work.actor)
    secret = SecretId(work.new_id())
    row = {"organisation": work.organisation, "id": secret, "sealed": sealed, "created_at": work.now}
    work.execute(_KEEP, {**row, "ends_at": None})
    work.publish(IdentitySecretChanged(secret=secret))
    return secret


def rotate_identity_secret(work: Work, sealed: str, *, overlap_hours: int) -> SecretId:
    """A new secret; every older one signs for `overlap_hours` more, or as long as it was to anyway if that is less.

    Who is logged in stays so. Raises `Forbidden`, `TooManySecrets`.
    """
    check_admin(work.actor)
    if len([one for one in list_sealed_secrets(work) if _signs(one.ends_at, work.now)]) >= MOST_AT_ONCE:
        raise TooManySecrets
    secret = SecretId(work.new_id())
    until = Instant(work.now + overlap_hours * HOUR)
    row = {"organisation": work.organisation, "id": secret, "sealed": sealed, "created_at": work.now}
    work.execute(_KEEP, {**row, "ends_at": None})
    older = {"of": work.organisation, "newest": secret}
    work.execute(_END_OLDER, {**older, "until": until})
    work.execute(_FORGET, {**older, "before": work.now - SECRETS_REMEMBERED})
    work.publish(IdentitySecretChanged(secret=secret, older_end_at=until))
    return secret


def end_identity_secret(work: Work, secret: SecretId) -> None:
    """An older one signs no longer, before its time. Repeating it changes nothing.

    Raises `Forbidden`, `NotFound`, `NewestSecret`.
    """
    check_admin(work.actor)
    known = list_sealed_secrets(work)
    found = next((one for one in known if one.id == secret), None)
    if found is None:
        raise NotFound
    if found.ends_at is None:
        raise NewestSecret
    if _signs(found.ends_at, work.now):
        work.execute(_END, {"of": work.organisation, "secret": secret, "until": work.now})
        work.publish(IdentitySecretEnded(secret=secret))


async def list_identity_secrets(desk: Desk, organisation: OrganisationId) -> list[IdentitySecret]:
    """The newest first, also those that ended lately (`signs_at`). For checking signatures, never to be shown.

    One that was sealed with a secret key that is gone is passed over: `kithdesk init` then makes another.
    """
    kept = (await desk.read(list_sealed_secrets, by=system(organisation))).value
    found = []
    for one in kept:
        try:
            secret = desk.sealer.unseal(one.sealed, _SEALED_FOR).decode()
        except ValueError:
            log.warning("identity_secret_unreadable", secret=one.id, note="sealed with a key that is gone")
            continue
        found.append(IdentitySecret(id=one.id, secret=secret, created_at=one.created_at, ends_at=one.ends_at))
    return found


async def read_identity_secret(desk: Desk, organisation: OrganisationId) -> str:
    """The newest. Raises `NotFound` when there is none that signs."""
    now = desk.clock.now()
    for one in await list_identity_secrets(desk, organisation):
        if one.signs_at(now):
            return one.secret
    raise NotFound


def _signs(ends_at: Instant | None, now: Instant) -> bool:
    return ends_at is None or now < ends_at
