"""What a signed token proves, or why it proves nothing. The visitors' door and the debugger ask the same `judge`.

The signature is HMAC-SHA256 with an identity secret of the organisation, whatever the token says of itself. A token is
good for fifteen minutes from when it was issued.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import jwt
import msgspec

from kithdesk.access import IdentitySecret
from kithdesk.channels.chat.errors import IdentityRefused
from kithdesk.channels.chat.reasons import Reason
from kithdesk.core import json
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import clean_email, cleaned_or_none
from kithdesk.customers import Identity, clean_external_id

ALGORITHM = "HS256"
MAX_TOKEN = 8 * 1024
MAX_AGE = 15 * 60
MAX_AHEAD = 60
_HEADERS = {"alg", "typ"}
"""All that a header may say. Keys and certificates by reference, and extensions we do not know, are refused unread."""
_RESERVED = {"iat", "exp", "nbf", "iss", "aud", "sub", "jti", "email", "externalId", "name", "custom"}
"""Claims that are no attribute of the company's: about the token, or about who it names."""


class Proof(msgspec.Struct, frozen=True):
    """What a signed token proves, and the other things its signer said: `attributes` as they were signed, unchecked."""

    identity: Identity
    name: str | None = None
    attributes: dict[str, Any] = {}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """`proof`, or the `reason` against it, never both. `header` and `claims` as far as they could be read, and believed
    by nobody while there is a reason. `secret`: whose signature it is."""

    reason: Reason | None = None
    proof: Proof | None = None
    header: dict[str, Any] | None = None
    claims: dict[str, Any] | None = None
    secret: IdentitySecret | None = None


class _Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def read_identity(token: str, secrets: Sequence[IdentitySecret], now: Instant) -> Proof:
    """What the token proves. Raises `IdentityRefused` for every kind of wrong alike."""
    proof = judge(token, secrets, now).proof
    if proof is None:
        raise IdentityRefused
    return proof


def judge(token: str, secrets: Sequence[IdentitySecret], now: Instant) -> Verdict:
    """All that can be said of a token. `secrets` are the organisation's, also those that have ended."""
    if len(token) > MAX_TOKEN:
        return Verdict(reason="too_long")
    header, claims = _part(token, 0), _part(token, 1)
    secret = None
    try:
        _check_shape(token, header)
        secret, payload = _signed(token, secrets)
        if not secret.signs_at(now):
            raise _Refused("secret_ended")
        claims = _object_in(payload)
        if claims is None:
            raise _Refused("claims_unreadable")
        proof = _proof_of(claims, now / SECOND)
    except _Refused as refused:
        return Verdict(reason=refused.reason, header=header, claims=claims, secret=secret)
    return Verdict(proof=proof, header=header, claims=claims, secret=secret)


def _part(token: str, number: int) -> dict[str, Any] | None:
    """The header (0) or the claims (1) as an object, or None for what is none."""
    parts = token.split(".")
    if not token.isascii() or number >= len(parts):
        return None
    try:
        return _object_in(jwt.utils.base64url_decode(parts[number]))
    except ValueError:
        return None


def _object_in(raw: bytes) -> dict[str, Any] | None:
    try:
        value = json.parse(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _check_shape(token: str, header: Mapping[str, Any] | None) -> None:
    if token.count(".") != 2 or header is None:
        raise _Refused("not_a_token")
    if not header.keys() <= _HEADERS or header.get("typ") not in (None, "JWT"):
        raise _Refused("header_not_allowed")
    if header.get("alg") != ALGORITHM:
        raise _Refused("algorithm")


def _signed(token: str, secrets: Sequence[IdentitySecret]) -> tuple[IdentitySecret, bytes]:
    """Whose signature it is, and the bytes that it is over."""
    for secret in secrets:
        try:
            read = jwt.PyJWS().decode_complete(token, secret.secret, algorithms=[ALGORITHM])
        except jwt.InvalidSignatureError:
            continue
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise _Refused("not_a_token") from None
        return secret, read["payload"]
    raise _Refused("signature")


def _proof_of(claims: Mapping[str, Any], now: float) -> Proof:
    """`now` is in seconds, as the token's own times are."""
    issued = _seconds(claims, "iat")
    if issued is None:
        raise _Refused("iat_missing")
    if issued > now + MAX_AHEAD:
        raise _Refused("iat_in_future")
    if issued < now - MAX_AGE:
        raise _Refused("iat_too_old")
    expires, starts = _seconds(claims, "exp"), _seconds(claims, "nbf")
    if expires is not None and expires <= now:
        raise _Refused("expired")
    if starts is not None and starts > now + MAX_AHEAD:
        raise _Refused("not_yet")
    custom = claims.get("custom")
    signed = {**claims, **(custom if isinstance(custom, dict) else {})}
    attributes = {name: value for name, value in signed.items() if name not in _RESERVED}
    return Proof(_identity_of(claims), name_in(claims), attributes)


def _identity_of(claims: Mapping[str, Any]) -> Identity:
    """The e-mail when there is one; an external id beside it counts for nothing."""
    email, external_id = claims.get("email"), claims.get("externalId")
    if isinstance(email, str) and email.strip():
        try:
            return Identity("email", clean_email(email, parameter="email"))
        except BadParameter:
            raise _Refused("bad_email") from None
    if isinstance(external_id, int) and not isinstance(external_id, bool):
        external_id = str(external_id)
    if isinstance(external_id, str) and external_id.strip():
        try:
            return Identity("externalId", clean_external_id(external_id, parameter="externalId"))
        except BadParameter:
            raise _Refused("bad_external_id") from None
    if email is not None and not isinstance(email, str):
        raise _Refused("bad_email")
    if external_id is not None and not isinstance(external_id, str):
        raise _Refused("bad_external_id")
    raise _Refused("names_nobody")


def name_in(claims: Mapping[str, Any]) -> str | None:
    """The name as it may be kept. What is none (an object, unreadable text) is passed over: it is no reason to refuse
    somebody who is who they are."""
    name = claims.get("name")
    if not isinstance(name, str):
        return None
    try:
        return cleaned_or_none(name[:1_000], parameter="name")
    except BadParameter:
        return None


def _seconds(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _Refused("not_a_time")
    return float(value)
