"""The identity secret: a shop signs with it who its customer is. Kept sealed, opened only here."""

from __future__ import annotations

import msgspec
import structlog

from kithdesk.access.ids import SecretId
from kithdesk.access.queries.organisation import list_sealed_secrets
from kithdesk.access.widgets import SEALED_FOR
from kithdesk.core.actors import system
from kithdesk.core.clock import Instant
from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import OrganisationId

log = structlog.get_logger(__name__)


class IdentitySecret(msgspec.Struct, frozen=True, kw_only=True):
    id: SecretId
    secret: str
    created_at: Instant


def seal_identity_secret(desk: Desk, secret: str) -> str:
    """The text that `keep_identity_secret` takes."""
    return desk.sealer.seal(secret.encode(), SEALED_FOR)


async def list_identity_secrets(desk: Desk, organisation: OrganisationId) -> list[IdentitySecret]:
    """All that a signature may be made with, the newest first. For checking signatures, never to be shown.

    One that was sealed with a secret key that is gone is passed over: `kithdesk init` then makes another.
    """
    rows = (await desk.read(list_sealed_secrets, by=system(organisation))).value
    found = []
    for id, sealed, created_at in rows:
        try:
            secret = desk.sealer.unseal(sealed, SEALED_FOR).decode()
        except ValueError:
            log.warning("identity_secret_unreadable", secret=id, note="sealed with a key that is gone")
            continue
        found.append(IdentitySecret(id=id, secret=secret, created_at=created_at))
    return found


async def read_identity_secret(desk: Desk, organisation: OrganisationId) -> str:
    """The newest. Raises `NotFound` when there is none."""
    found = await list_identity_secrets(desk, organisation)
    if not found:
        raise NotFound
    return found[0].secret
