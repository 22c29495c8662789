"""What an operator does from the command line: found an organisation, make keys, agents and links."""

from __future__ import annotations

from typing import Any

from kithdesk.access.api_keys import create_api_key as create_api_key_in
from kithdesk.access.api_keys import revoke_api_key
from kithdesk.access.credentials import hash_of, last_four, new_identity_secret, new_public_key, new_token
from kithdesk.access.entities import ApiKey, Organisation, Purpose, User
from kithdesk.access.errors import AnotherAdministrator
from kithdesk.access.identity_secrets import read_identity_secret, seal_identity_secret
from kithdesk.access.links import create_link, link_url
from kithdesk.access.names import clean_email, clean_name, email_key, name_key
from kithdesk.access.organisations import create_organisation
from kithdesk.access.passwords import check_password, hash_password, is_password
from kithdesk.access.queries.agents import find_user_by_email_key, get_user
from kithdesk.access.queries.credentials import find_password_hash, list_api_keys_named
from kithdesk.access.queries.organisation import (
    find_organisation_by_key,
    get_organisation,
    list_organisations,
    list_widgets,
)
from kithdesk.access.users import create_user, set_password
from kithdesk.access.widgets import keep_identity_secret
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Reads, Work

FIRST_KEY = "init"
"""The name of the key that `init` makes and `--rotate` replaces."""

DEFAULT_BASE_URL = "http://127.0.0.1:8080"


async def init(
    desk: Desk, org: str, email: str, password: str | None = None, rotate: bool = False
) -> dict[str, Any]:
    """`{"org": {id, name}, "admin": {id, email}, "apiKey", "widget": {key, identitySecret}, "setupUrl"?}`.

    Keyed by the organisation's name. Run again, `apiKey` is null unless `rotate`, which replaces the earlier one.
    Without a password there is a `setupUrl`, one use, 24 hours, which replaces earlier ones. Raises
    `AnotherAdministrator` when the organisation was set up for another e-mail, `WeakPassword`, `BadParameter`.
    """
    name, address = clean_name(org, "org"), clean_email(email)
    if password is not None:
        check_password(password, email=address)
    found = (await desk.read(find_organisation_by_key, name_key(name), by=INSTALLATION)).value
    key = new_token("key") if found is None or rotate else None
    if found is None:
        assert key is not None
        organisation = await _found(desk, name, address, key)
    else:
        organisation = found.id
        await _check_founder(desk, found, address)
        if key is not None:
            await desk.run(_put_first_key, hash_of(key), last_four(key), by=system(organisation))

    admin = (await desk.read(_founder, by=system(organisation))).value
    if password is not None:
        await _settle_password(desk, organisation, admin, password)
    answer = await _describe(desk, organisation, key)
    if password is None:
        answer["setupUrl"] = await setup_link(desk, organisation, admin.id)
    return answer


async def create_api_key(
    desk: Desk, name: str, role: str = "admin", org: str | None = None
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
        by=system(organisation),
    )
    return {"id": done.value.id, "apiKey": token}


async def create_agent(
    desk: Desk,
    email: str,
    name: str,
    password: str | None = None,
    role: str = "agent",
    org: str | None = None,
) -> dict[str, Any]:
    """`{"id", "email"}`, and without a password `setupUrl`. Run again, finds the agent of this address.

    Raises `NameTaken` for someone who left, `WeakPassword`, `BadParameter`, `NotFound` without such an organisation.
    """
    organisation = (await find_organisation(desk, org)).id
    if password is not None:
        check_password(password, email=clean_email(email))
    user = (await desk.run(_find_or_create, email, name, _words(role), by=system(organisation))).value
    answer = {"id": user.id, "email": user.email}
    if password is None:
        answer["setupUrl"] = await setup_link(desk, organisation, user.id)
    else:
        await _settle_password(desk, organisation, user, password)
    return answer


async def setup_link(desk: Desk, organisation: OrganisationId, user: str) -> str:
    """Where this agent chooses a password: one use, 24 hours. Raises `NotFound`."""
    return await _link(desk, organisation, user, "setup")


async def sign_in_link(desk: Desk, organisation: OrganisationId, user: str) -> str:
    """Where this agent is signed in at once: one use, 10 minutes. Raises `NotFound`."""
    return await _link(desk, organisation, user, "sign_in")


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
    if email_key(founder.email) != email_key(email):
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


async def _link(desk: Desk, organisation: OrganisationId, user: str, purpose: Purpose) -> str:
    token = new_token("link")
    await desk.run(create_link, user, purpose, token_hash=hash_of(token), by=system(organisation))
    return link_url(desk.settings.base_url or DEFAULT_BASE_URL, purpose, token)


# Verbs and queries


def _found_with_key(
    work: Work, name: str, *, email: str, sealed_secret: str, widget_key: str, token_hash: str, end: str
) -> None:
    """All or nothing, so that a crash leaves no organisation whose key nobody ever saw."""
    create_organisation(work, name, email=email, sealed_secret=sealed_secret, widget_key=widget_key)
    _put_first_key(work, token_hash, end)


def _put_first_key(work: Work, token_hash: str, end: str) -> ApiKey:
    for earlier in list_api_keys_named(work, FIRST_KEY):
        revoke_api_key(work, earlier.id)
    return create_api_key_in(work, FIRST_KEY, roles=["admin"], token_hash=token_hash, last_four=end)


def _find_or_create(work: Work, email: str, name: str, roles: tuple[str, ...]) -> User:
    found = find_user_by_email_key(work, email_key(clean_email(email)))
    if found is not None and found.is_active:
        return found
    return create_user(work, email=email, display_name=name, role_groups=roles)


def _founder(reads: Reads) -> User:
    return get_user(reads, get_organisation(reads).founder)


def _standing(reads: Reads) -> tuple[Organisation, User, str]:
    return get_organisation(reads), _founder(reads), list_widgets(reads)[0].key


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
