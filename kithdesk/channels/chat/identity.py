"""Login: the shop signs who its customer is, and the browser's visitor becomes that customer.

The signature is HMAC-SHA256 with the organisation's identity secret, whatever the token says of itself. A token is good
for fifteen minutes from when it was issued. A login replaces the visitor's token, so that whoever planted or copied the
old one is left outside.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from typing import Any

import jwt
import msgspec

from kithdesk import conversations
from kithdesk.channels.chat.errors import IdentityRefused
from kithdesk.channels.chat.queries import find_login
from kithdesk.channels.chat.tokens import end_tokens, get_token, issue_token, new_token
from kithdesk.core import json
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import clean_email, cleaned_or_none
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, Identity, VisitorId, clean_external_id, update_customer

ALGORITHM = "HS256"
MAX_TOKEN = 8 * 1024
MAX_AGE = 15 * 60
MAX_AHEAD = 60
_HEADERS = {"alg", "typ"}
"""All that a header may say. Keys and certificates by reference, and extensions we do not know, are refused unread."""


_SEALED_FOR = "visitor login"


class Proof(msgspec.Struct, frozen=True):
    """What a signed token proves, and the other things its signer said."""

    identity: Identity
    name: str | None = None


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser logs in with: its old token's hash, or None; and the new token, plain and sealed.

    `fingerprint` is the same when the same login is repeated, because its answer was lost: it gives the same token
    then. Otherwise the browser would have to begin as somebody new, and what waits in its outbox would come twice.
    """

    hash: str | None
    fingerprint: str | None
    token: str
    sealed: str


class LoggedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is now, and by which new token, sealed."""

    sealed: str
    customer: CustomerId
    visitor: VisitorId
    email: str | None
    external_id: str | None


def read_identity(token: str, secrets: Sequence[str], now: Instant) -> Proof:
    """What the token proves. Raises `IdentityRefused` for every kind of wrong alike."""
    try:
        return _proof_of(_verified(token, secrets), now / SECOND)
    except (jwt.PyJWTError, BadParameter, ValueError, RecursionError):
        raise IdentityRefused from None


def new_login(desk: Desk, hash: str | None, external_token: str) -> Login:
    """A login with the visitor's token, or with none."""
    token = new_token()
    return Login(
        hash=hash,
        fingerprint=None if hash is None else fingerprint_of(hash, external_token),
        token=token,
        sealed=desk.sealer.seal(token.encode(), _SEALED_FOR),
    )


def fingerprint_of(hash: str, external_token: str) -> str:
    return hashlib.sha256(f"{hash} {external_token}".encode()).hexdigest()


def token_of(desk: Desk, logged_in: LoggedIn) -> str:
    return desk.sealer.unseal(logged_in.sealed, _SEALED_FOR).decode()


def log_in(work: Work, proof: Proof, login: Login) -> LoggedIn:
    """Joins the visitor to the customer and gives them a new token; the same one again when the login is repeated.

    The old token is looked up again here, so that of two different logins with it one wins. Raises `DeadVisitorToken`.
    """
    answered = None if login.fingerprint is None else find_login(work, login.fingerprint)
    if answered is not None:
        visitor: VisitorId | None = answered.visitor
    else:
        visitor = None if login.hash is None else get_token(work, login.hash).visitor
    identified = conversations.identify(work, visitor, proof.identity)
    work.actor = msgspec.structs.replace(
        work.actor, id=identified.customer, author=identified.visitor, display_name=identified.display_name
    )
    if answered is None:
        if proof.name is not None:
            update_customer(work, identified.customer, {"name": proof.name})
        if visitor is not None:
            end_tokens(work, visitor)
        issue_token(work, login.token, identified.visitor, login=login.fingerprint, sealed=login.sealed)
    return LoggedIn(
        sealed=login.sealed if answered is None else answered.sealed,
        customer=identified.customer,
        visitor=identified.visitor,
        email=identified.email,
        external_id=identified.external_id,
    )


def _verified(token: str, secrets: Sequence[str]) -> dict[str, Any]:
    if len(token) > MAX_TOKEN or not token.isascii() or token.count(".") != 2:
        raise ValueError("not a token")
    header = jwt.get_unverified_header(token)
    if (
        not header.keys() <= _HEADERS
        or header.get("alg") != ALGORITHM
        or header.get("typ") not in (None, "JWT")
    ):
        raise ValueError("another kind of token")
    for secret in secrets:
        try:
            payload = jwt.PyJWS().decode_complete(token, secret, algorithms=[ALGORITHM])["payload"]
        except jwt.InvalidSignatureError:
            continue
        claims = json.parse(payload)
        if isinstance(claims, dict):
            return claims
    raise ValueError("signed by nobody we know")


def _proof_of(claims: Mapping[str, Any], now: float) -> Proof:
    """`now` is in seconds, as the token's own times are."""
    issued = _seconds(claims, "iat")
    if issued is None or not now - MAX_AGE <= issued <= now + MAX_AHEAD:
        raise ValueError("not fresh")
    expires, starts = _seconds(claims, "exp"), _seconds(claims, "nbf")
    if (expires is not None and expires <= now) or (starts is not None and starts > now + MAX_AHEAD):
        raise ValueError("not now")
    name = claims.get("name")
    known_as = cleaned_or_none(name[:1_000], parameter="name") if isinstance(name, str) else None
    return Proof(_identity_of(claims), known_as)


def _identity_of(claims: Mapping[str, Any]) -> Identity:
    """The e-mail when there is one; an external id beside it counts for nothing."""
    email, external_id = claims.get("email"), claims.get("externalId")
    if isinstance(email, str) and email.strip():
        return Identity("email", clean_email(email, parameter="email"))
    if isinstance(external_id, int) and not isinstance(external_id, bool):
        external_id = str(external_id)
    if isinstance(external_id, str):
        return Identity("externalId", clean_external_id(external_id, parameter="externalId"))
    raise ValueError("names nobody")


def _seconds(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name} is not a time")
    return float(value)
