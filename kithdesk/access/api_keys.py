"""API keys: how programs come in. A key acts as its own machine user, with roles that never change.

It is shown once; afterwards only its last four characters are. It may end by itself and be good in some networks only.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert

from kithdesk.access.entities import ApiKey
from kithdesk.access.events import ApiKeyCreated, ApiKeyRevoked
from kithdesk.access.ids import ApiKeyId
from kithdesk.access.queries.credentials import find_api_key
from kithdesk.access.roles import expand
from kithdesk.access.tables import api_key_hashes
from kithdesk.access.users import create_machine_user, retire_machine_user
from kithdesk.core.actors import check_admin
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter, Forbidden, InternalError, NotFound
from kithdesk.core.names import strict_name
from kithdesk.core.work import Work

MOST_NETWORKS = 100

_KEEP_HASH = insert(api_key_hashes)
_FORGET_HASH = delete(api_key_hashes).where(
    api_key_hashes.c.organisation == bindparam("organisation"),
    api_key_hashes.c.api_key == bindparam("api_key"),
)


def create_api_key(
    work: Work,
    name: str,
    *,
    roles: Iterable[str],
    token_hash: str,
    last_four: str,
    networks: Iterable[str] = (),
    expires_at: Instant | None = None,
) -> ApiKey:
    """A key for a token that was made at the edge. `roles` are roles or role groups.

    Raises `Forbidden` (also for a key that would make another), `BadParameter`.
    """
    check_admin(work.actor)
    if work.actor.type == "machine":
        raise Forbidden("A key cannot make keys.")
    if expires_at is not None and expires_at <= work.now:
        raise BadParameter("expiresAt is in the past.", parameter="expiresAt")
    allowed, granted = check_networks(networks), expand(roles)

    user = create_machine_user(work, display_name=name)
    key = ApiKeyId(work.new_id())
    work.publish(
        ApiKeyCreated(
            api_key=key,
            user=user.id,
            name=strict_name(name, parameter="name"),
            roles=list(granted),
            last_four=last_four,
            networks=list(allowed),
            expires_at=expires_at,
        )
    )
    work.execute(_KEEP_HASH, {"hash": token_hash, "organisation": work.organisation, "api_key": key})
    created = find_api_key(work, key)
    if created is None:
        raise InternalError
    return created


def revoke_api_key(work: Work, api_key: str) -> None:
    """The key is dead from this commit on, and its machine user with it. Raises `NotFound`, `Forbidden`."""
    key = find_api_key(work, api_key)
    if key is None:
        raise NotFound
    check_admin(work.actor)
    work.publish(ApiKeyRevoked(api_key=key.id))
    work.execute(_FORGET_HASH, {"organisation": work.organisation, "api_key": key.id})
    retire_machine_user(work, key.user)


def check_networks(networks: Iterable[str]) -> tuple[str, ...]:
    """The networks in their one normal form. Raises `BadParameter`."""
    found = []
    for text in networks:
        try:
            found.append(str(ipaddress.ip_network(text.strip(), strict=False)))
        except ValueError:
            raise BadParameter(f"{text[:64]!r} is not a network.", parameter="networks") from None
    if len(found) > MOST_NETWORKS:
        raise BadParameter(f"At most {MOST_NETWORKS} networks.", parameter="networks")
    return tuple(found)


def is_within(address: str | None, networks: Iterable[str]) -> bool:
    """Whether a key with these networks is good at this address. No networks: everywhere."""
    wanted = tuple(networks)
    if not wanted:
        return True
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed in ipaddress.ip_network(network) for network in wanted)
