"""Signing in, by password or by link. Passwords are checked before the command, tokens are made before it, and the
command sees only hashes.
"""

from __future__ import annotations

import asyncio
import hashlib

import msgspec

from kithdesk.access import audit
from kithdesk.access.credentials import hash_of, kind_of, new_token
from kithdesk.access.entities import Purpose, User
from kithdesk.access.errors import DeadLink, SeveralOrganisations, WrongPassword
from kithdesk.access.events import SignInMethod, SignInsBraked
from kithdesk.access.gate import gate_of
from kithdesk.access.links import use_link
from kithdesk.access.passwords import (
    check_password,
    check_room,
    check_size,
    hash_password,
    is_outdated,
    is_password,
)
from kithdesk.access.queries.agents import get_user
from kithdesk.access.queries.credentials import (
    Candidate,
    Link,
    find_link_by_hash,
    find_password_hash,
    list_candidates,
)
from kithdesk.access.sessions import Opened, confirm_session, open_session
from kithdesk.access.slowing import Attempt, Spray
from kithdesk.access.users import set_password, store_hash
from kithdesk.core.actors import INSTALLATION, Actor, system
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.core.limits import Rate
from kithdesk.core.names import name_key, sign_in_key
from kithdesk.core.work import Reads, Work

MOST_CANDIDATES = 8
DEVICE_LIFE = 180 * DAY
LINKS_PER_NETWORK = Rate(60, 60)
_DEVICE = "known device"


class From(msgspec.Struct, frozen=True, kw_only=True):
    """Where a sign-in comes from: the network, what the browser calls itself, and the device token it kept, if any."""

    network: str
    agent: str = ""
    device: str | None = None


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A new session. `token` and `device` are seen here and never again."""

    token: str
    device: str
    opened: Opened
    position: int


async def sign_in(desk: Desk, *, email: str, password: str, domain: str | None, origin: From) -> SignedIn:
    """A session for the right password. `domain` is the name or id of the organisation.

    Raises `WrongPassword`, the same for an unknown address; `SeveralOrganisations`, only after a right password;
    `RateLimited`, `TooLarge`, `Overloaded`.
    """
    check_size(password)
    check_room()
    account = _account_of(email)
    device = _known_device(desk, account, origin.device)
    async with gate_of(desk).slowing.attempt(account, origin.network, known_device=device) as attempt:
        candidate = await _prove(desk, email, password, domain, attempt)
    if attempt.spray is not None:
        await _alarm(desk, attempt.spray)
    if candidate is None:
        audit.note("sign_in.refused", account=account, network=origin.network)
        raise WrongPassword
    assert candidate.hash is not None

    better = await hash_password(password) if is_outdated(candidate.hash) else None
    token = new_token("session")
    done = await desk.run(
        open_with_password,
        candidate.user,
        proven=candidate.hash,
        better=better,
        token_hash=hash_of(token),
        agent=origin.agent,
        by=_user(candidate.organisation, candidate.user, candidate.display_name),
    )
    return SignedIn(token=token, device=_new_device(desk, account), opened=done.value, position=done.position)


async def sign_in_by_link(desk: Desk, token: str, *, origin: From) -> SignedIn:
    """A session for a one-time link. Raises `DeadLink`, `RateLimited`."""
    link, user = await _read_link(desk, token, "sign_in", origin.network)
    return await _open_by_link(desk, link, user, token, origin, password_hash=None)


async def set_up(desk: Desk, token: str, password: str, *, origin: From) -> SignedIn:
    """Chooses the password and signs in. A refused password does not use the link up.

    Raises `DeadLink`, `WeakPassword`, `TooLarge`, `RateLimited`.
    """
    link, user = await _read_link(desk, token, "setup", origin.network)
    check_password(password, email=user.email)
    hashed = await hash_password(password)
    return await _open_by_link(desk, link, user, token, origin, password_hash=hashed)


async def confirm(desk: Desk, actor: Actor, session: str, password: str) -> None:
    """Gives the password of a running session again. Raises `WrongPassword`, `RateLimited`, `TooLarge`."""
    await _prove_own(desk, actor, session, password)
    await desk.run(confirm_session, session, by=actor)
    gate_of(desk).callers.forget()


async def change_password(
    desk: Desk, actor: Actor, session: str, current: str, new: str, *, origin: From
) -> SignedIn:
    """A new password, and a new session in place of all others.

    Raises `WrongPassword` for the current one, `WeakPassword` for the new one, `RateLimited`, `TooLarge`.
    """
    user, proven = await _prove_own(desk, actor, session, current)
    check_password(new, email=user.email)
    token = new_token("session")
    done = await desk.run(
        replace_password,
        user.id,
        proven=proven,
        hash=await hash_password(new),
        token_hash=hash_of(token),
        agent=origin.agent,
        by=actor,
    )
    device = _new_device(desk, _account_of(user.email))
    return SignedIn(token=token, device=device, opened=done.value, position=done.position)


# Verbs


def open_with_password(
    work: Work, user_id: str, *, proven: str, better: str | None, token_hash: str, agent: str
) -> Opened:
    """`proven` is the hash the password was checked against; if it has changed since, the proof is worth nothing."""
    if find_password_hash(work, user_id) != proven:
        raise WrongPassword
    if better is not None:
        store_hash(work, user_id, better)
    return open_session(work, user_id, token_hash=token_hash, method="password", agent=agent)


def open_with_link(
    work: Work, purpose: Purpose, *, link_hash: str, password_hash: str | None, token_hash: str, agent: str
) -> Opened:
    """Uses the link up, sets the password if there is one, and opens the session. Raises `DeadLink`."""
    user = use_link(work, purpose, token_hash=link_hash)
    if password_hash is not None:
        set_password(work, user, hash=password_hash)
    method: SignInMethod = "setup" if purpose == "setup" else "link"
    return open_session(work, user, token_hash=token_hash, method=method, agent=agent)


def replace_password(
    work: Work, user_id: str, *, proven: str, hash: str, token_hash: str, agent: str
) -> Opened:
    """The owner's new password: every session ends and one begins. Raises `WrongPassword` when another was first."""
    if find_password_hash(work, user_id) != proven:
        raise WrongPassword
    set_password(work, user_id, hash=hash)
    return open_session(work, user_id, token_hash=token_hash, method="password", agent=agent)


def state_brake(work: Work, accounts: int) -> None:
    work.publish(SignInsBraked(accounts=accounts))


# Passwords


async def _prove(
    desk: Desk, email: str, password: str, domain: str | None, attempt: Attempt
) -> Candidate | None:
    """Who this is, or None. An address of nobody costs the same time as a wrong password."""
    found = (
        await desk.read(list_candidates, sign_in_key(email), limit=MOST_CANDIDATES, by=INSTALLATION)
    ).value
    if domain is not None:
        found = [
            one for one in found if domain == one.organisation or name_key(domain) == one.organisation_key
        ]
    hashes = [one.hash for one in found] or [None]
    answers = await asyncio.gather(*(is_password(password, hashed) for hashed in hashes))
    right = [one for one, is_right in zip(found, answers, strict=False) if is_right]
    if not right:
        attempt.failed(one.organisation for one in found)
        return None
    attempt.succeeded()
    if len(found) > 1:
        raise SeveralOrganisations
    return right[0]


async def _prove_own(desk: Desk, actor: Actor, session: str, password: str) -> tuple[User, str]:
    """The agent, and the hash their password was right for. Guessing is slowed within the session."""
    check_size(password)
    user, hashed = (await desk.read(_user_and_hash, actor.id or "", by=actor)).value
    async with gate_of(desk).slowing.attempt(_account_of(user.email), "", known_device=session) as attempt:
        if not await is_password(password, hashed) or hashed is None:
            attempt.failed([actor.organisation])
            audit.note("confirmation.refused", actor=actor)
            raise WrongPassword
        attempt.succeeded()
    return user, hashed


def _user_and_hash(reads: Reads, user_id: str) -> tuple[User, str | None]:
    return get_user(reads, user_id), find_password_hash(reads, user_id)


async def _alarm(desk: Desk, spray: Spray) -> None:
    audit.note("sign_ins.braked", accounts=spray.accounts)
    for organisation in sorted(spray.organisations):
        await desk.run(state_brake, spray.accounts, by=system(organisation))


# Links


async def _read_link(desk: Desk, token: str, purpose: Purpose, network: str) -> tuple[Link, User]:
    await desk.allowances.take("access.links", network, LINKS_PER_NETWORK)
    if kind_of(token) != "link":
        raise DeadLink
    link = (await desk.read(find_link_by_hash, hash_of(token), by=INSTALLATION)).value
    if link is None or link.purpose != purpose or desk.clock.now() >= link.expires_at:
        audit.note("link.refused", network=network)
        raise DeadLink
    user = (await desk.read(get_user, link.user, by=system(link.organisation))).value
    return link, user


async def _open_by_link(
    desk: Desk, link: Link, user: User, token: str, origin: From, *, password_hash: str | None
) -> SignedIn:
    session = new_token("session")
    done = await desk.run(
        open_with_link,
        link.purpose,
        link_hash=hash_of(token),
        password_hash=password_hash,
        token_hash=hash_of(session),
        agent=origin.agent,
        by=_user(link.organisation, user.id, user.display_name),
    )
    device = _new_device(desk, _account_of(user.email))
    return SignedIn(token=session, device=device, opened=done.value, position=done.position)


# Devices


def _account_of(email: str) -> str:
    """The account as counters and devices know it: of one length, and not readable in a log."""
    return hashlib.sha256(b"account\0" + sign_in_key(email).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _new_device(desk: Desk, account: str) -> str:
    payload = {"account": account, "device": new_token("link")[4:26]}
    return desk.sealer.sign(_DEVICE, payload, expires_at=Instant(desk.clock.now() + DEVICE_LIFE))


def _known_device(desk: Desk, account: str, device: str | None) -> str | None:
    """The device's name, when it has signed in to this account before."""
    if not device:
        return None
    try:
        payload = desk.sealer.verify(_DEVICE, device)
    except ValueError:
        return None
    return payload["device"] if payload.get("account") == account else None


def _user(organisation: OrganisationId, user: str, display_name: str) -> Actor:
    return Actor(organisation=organisation, type="user", id=user, author=user, display_name=display_name)
