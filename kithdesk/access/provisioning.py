"""What an operator does from the command line: found an organisation, make keys, agents and links."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from kithdesk.access.api_keys import create_api_key as create_api_key_in
from kithdesk.access.api_keys import revoke_api_key
from kithdesk.access.credentials import hash_of, last_four, new_identity_secret, new_public_key, new_token
from kithdesk.access.entities import ApiKey, Organisation, Purpose, User
from kithdesk.access.errors import AnotherAdministrator, OtherRoles
from kithdesk.access.identity_secrets import (
    keep_identity_secret,
    read_identity_secret,
    seal_identity_secret,
)
from kithdesk.access.links import create_link, link_url
from kithdesk.access.organisations import create_organisation
from kithdesk.access.passwords import check_password, hash_password, is_password
from kithdesk.access.queries.agents import find_user_by_email_key, get_user
from kithdesk.access.queries.credentials import find_living_link, find_password_hash, list_api_keys_named
from kithdesk.access.queries.organisation import (
    find_organisation_by_key,
    get_organisation,
    list_organisations,
    list_widgets,
)
from kithdesk.access.roles import check_role_groups
from kithdesk.access.settings import WidgetSettings, change_settings
from kithdesk.access.users import change_user, create_user, set_password
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.clock import Instant, iso
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import OrganisationId
from kithdesk.core.names import clean_email, name_key, sign_in_key, strict_name
from kithdesk.core.work import Reads, Work

FIRST_KEY = "init"
"""The name of the key that `init` makes and `--rotate` replaces."""

SETUP_SEALED_FOR = "setup link"

DEFAULT_BASE_URL = "http://127.0.0.1:8080"


async def init(
    desk: Desk,
    org: str,
    email: str,
    password: str | None = None,
    rotate: bool = False,
    name: str | None = None,
) -> dict[str, Any]:
    """`{"org": {id, name}, "admin": {id, email}, "apiKey", "widget": {key, identitySecret}, "setupUrl"?, …}`.

    Keyed by the organisation's name; `name` is what its administrator is called. Run again, `apiKey` is null unless
    `rotate`, which replaces the earlier one. Without a password there is a `setupUrl`, one use, and its
    `setupUrlExpiresAt`; run again, the same until it was used or is 24 hours old. Raises `AnotherAdministrator` when
    the organisation was set up for another e-mail, `WeakPassword`, `BadParameter`.
    """
    organisation_name, address = strict_name(org, parameter="org"), clean_email(email, may_be_local=True)
    called = None if name is None else strict_name(name, parameter="name")
    if password is not None:
        check_password(password, email=address)
    found = (await desk.read(find_organisation_by_key, name_key(organisation_name), by=INSTALLATION)).value
    key = new_token("key") if found is None or rotate else None
    if found is None:
        assert key is not None
        organisation = await _found(desk, organisation_name, address, key)
    else:
        organisation = found.id
        await _check_founder(desk, found, address)
        if key is not None:
            await desk.run(_put_first_key, hash_of(key), last_four(key), by=system(organisation))

    admin = (await desk.read(_founder, by=system(organisation))).value
    if called is not None:
        await desk.run(change_user, admin.id, display_name=called, by=system(organisation))
    if password is not None:
        await _settle_password(desk, organisation, admin, password)
    answer = await _describe(desk, organisation, key)
    if password is None:
        answer |= await setup_link(desk, organisation, admin.id)
    return answer


async def create_api_key(
    desk: Desk, name: str, role: str = "admin", org: str | None = None, expires_at: Instant | None = None
) -> dict[str, Any]:
    """`{"id", "apiKey"}`: the only time the key is seen. `role` is a role or a role group, or several with commas.

    Raises `BadParameter`, `NotFound` when there is no such organisation.
    """
    organisation = (await find_organisation(desk, org)).id
    token = new_token("key")
    done = await desk.run(
        create_api_key_in,
        name,
        roles=_words(role),
        token_hash=hash_of(token),
        last_four=last_four(token),
        expires_at=expires_at,
        by=system(organisation),
    )
    return {"id": done.value.id, "apiKey": token}


async def create_agent(
    desk: Desk,
    email: str,
    name: str,
    password: str | None = None,
    role: str | None = None,
    org: str | None = None,
) -> dict[str, Any]:
    """`{"id", "email"}`, and without a password `setupUrl` and `setupUrlExpiresAt`.

    A new agent is an `agent` unless `role` says otherwise. Run again, finds the agent of this address. Raises
    `OtherRoles` when that one has other roles than asked for, `NameTaken` for someone who left, `WeakPassword`,
    `BadParameter`, `NotFound` without such an organisation.
    """
    organisation = (await find_organisation(desk, org)).id
    if password is not None:
        check_password(password, email=clean_email(email, may_be_local=True))
    roles = None if role is None else check_role_groups(_words(role), "role")
    user = (await desk.run(_find_or_create, email, name, roles, by=system(organisation))).value
    answer = {"id": user.id, "email": user.email}
    if password is None:
        answer |= await setup_link(desk, organisation, user.id)
    else:
        await _settle_password(desk, organisation, user, password)
    return answer


async def setup_link(desk: Desk, organisation: OrganisationId, user: str) -> dict[str, str]:
    """`{"setupUrl", "setupUrlExpiresAt"}`: where this agent chooses a password. One use, 24 hours.

    The link that was given before, while it still works. Raises `NotFound`.
    """
    by = system(organisation)
    living = (await desk.read(find_living_link, user, "setup", by=by)).value
    if living is not None and living.sealed is not None:
        with suppress(ValueError):  # sealed with a key that is gone: then a new one
            token = desk.sealer.unseal(living.sealed, SETUP_SEALED_FOR).decode()
            return shown_setup(desk, token, living.expires_at)
    token = new_token("link")
    sealed = desk.sealer.seal(token.encode(), SETUP_SEALED_FOR)
    made = await desk.run(create_link, user, "setup", token_hash=hash_of(token), sealed=sealed, by=by)
    return shown_setup(desk, token, made.value)


async def sign_in_link(desk: Desk, organisation: OrganisationId, user: str) -> str:
    """Where this agent is signed in at once: one use, 10 minutes. Raises `NotFound`."""
    token = new_token("link")
    await desk.run(create_link, user, "sign_in", token_hash=hash_of(token), by=system(organisation))
    return _url(desk, "sign_in", token)


async def find_organisation(desk: Desk, name: str | None) -> Organisation:
    """The organisation of this name; without a name, the only one there is. Raises `NotFound`, `BadParameter`."""
    if name is not None:
        found = (await desk.read(find_organisation_by_key, name_key(name), by=INSTALLATION)).value
        if found is None:
            raise NotFound("There is no organisation of this name.", parameter="org")
        return found
    known = (await desk.read(list_organisations, by=INSTALLATION)).value
    if not known:
        raise NotFound("There is no organisation yet: run `kithdesk init` first.", parameter="org")
    if len(known) > 1:
        raise BadParameter("There are several organisations: name one with --org.", parameter="org")
    return known[0]


async def _found(desk: Desk, name: str, email: str, key: str) -> OrganisationId:
    organisation = OrganisationId(desk.ids.new(desk.clock.now()))
    await desk.run(
        _found_with_key,
        name,
        email=email,
        sealed_secret=seal_identity_secret(desk, new_identity_secret()),
        widget_key=new_public_key(),
        token_hash=hash_of(key),
        end=last_four(key),
        by=system(organisation),
    )
    return organisation


async def _check_founder(desk: Desk, organisation: Organisation, email: str) -> None:
    founder = (await desk.read(get_user, organisation.founder, by=system(organisation.id))).value
    if sign_in_key(founder.email) != sign_in_key(email):
        raise AnotherAdministrator


async def _settle_password(desk: Desk, organisation: OrganisationId, admin: User, password: str) -> None:
    """Sets the password unless it is already this one, so that running again signs nobody out."""
    known = (await desk.read(find_password_hash, admin.id, by=system(organisation))).value
    if known is not None and await is_password(password, known):
        return
    await desk.run(set_password, admin.id, hash=await hash_password(password), by=system(organisation))


async def _describe(desk: Desk, organisation: OrganisationId, key: str | None) -> dict[str, Any]:
    found, admin, widget = (await desk.read(_standing, by=system(organisation))).value
    secret = await _identity_secret(desk, organisation)
    return {
        "org": {"id": found.id, "name": found.name},
        "admin": {"id": admin.id, "email": admin.email},
        "apiKey": key,
        "widget": {"key": widget, "identitySecret": secret},
    }


async def _identity_secret(desk: Desk, organisation: OrganisationId) -> str:
    """The newest that can be read; a new one after the key that sealed the others was lost."""
    try:
        return await read_identity_secret(desk, organisation)
    except NotFound:
        sealed = seal_identity_secret(desk, new_identity_secret())
        await desk.run(keep_identity_secret, sealed, by=system(organisation))
        return await read_identity_secret(desk, organisation)


def shown_setup(desk: Desk, token: str, expires_at: Instant) -> dict[str, str]:
    """`{"setupUrl", "setupUrlExpiresAt"}`, for whoever is shown the link."""
    return {"setupUrl": _url(desk, "setup", token), "setupUrlExpiresAt": iso(expires_at)}


def _url(desk: Desk, purpose: Purpose, token: str) -> str:
    return link_url(desk.settings.base_url or DEFAULT_BASE_URL, purpose, token)


# Verbs and queries


def _found_with_key(
    work: Work, name: str, *, email: str, sealed_secret: str, widget_key: str, token_hash: str, end: str
) -> None:
    """All or nothing, so that a crash leaves no organisation whose key nobody ever saw."""
    create_organisation(work, name, email=email, sealed_secret=sealed_secret, widget_key=widget_key)
    change_settings(work, WidgetSettings, {"teamName": name})  # or the chat would be headed by nobody
    _put_first_key(work, token_hash, end)


def _put_first_key(work: Work, token_hash: str, end: str) -> ApiKey:
    for earlier in list_api_keys_named(work, FIRST_KEY):
        revoke_api_key(work, earlier.id)
    return create_api_key_in(work, FIRST_KEY, roles=["admin"], token_hash=token_hash, last_four=end)


def _find_or_create(work: Work, email: str, name: str, roles: tuple[str, ...] | None) -> User:
    found = find_user_by_email_key(work, sign_in_key(clean_email(email, may_be_local=True)))
    if found is None or not found.is_active:
        return create_user(work, email=email, display_name=name, role_groups=roles or ("agent",))
    if roles is not None and roles != found.role_groups:
        raise OtherRoles(", ".join(found.role_groups))
    return found


def _founder(reads: Reads) -> User:
    return get_user(reads, get_organisation(reads).founder)


def _standing(reads: Reads) -> tuple[Organisation, User, str]:
    return get_organisation(reads), _founder(reads), list_widgets(reads)[0].key


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
