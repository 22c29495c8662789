"""The identity debugger: what a token would do at the visitors' door, and what to change when it is refused.

For administrators. It changes nothing, and the token is neither kept nor logged.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Sequence
from typing import Any

from kithdesk.access import IdentitySecret
from kithdesk.channels.chat.proving import ALGORITHM, Verdict, judge, name_in
from kithdesk.channels.chat.reasons import EXPLANATIONS, Reason
from kithdesk.channels.chat.signing import Ignored, fit_attributes
from kithdesk.core.clock import DAY, HOUR, MINUTE, SECOND, Instant, iso
from kithdesk.core.documents import document, resource
from kithdesk.core.work import Reads
from kithdesk.customers import find_by_email, find_by_external_id, get_customer

_MILLISECONDS = 100_000_000_000
"""No second of this era is so large a number."""
_PARTS = 3
_SIGNATURE = 43
"""How many characters 32 bytes are in base64url."""
_NAMED_OTHERWISE = {
    "externalid": "externalId",
    "external_id": "externalId",
    "userid": "externalId",
    "user_id": "externalId",
    "id": "externalId",
    "sub": "externalId",
    "mail": "email",
    "e-mail": "email",
    "emailaddress": "email",
    "email_address": "email",
}


def draw_verdict(reads: Reads, token: str, secrets: Sequence[IdentitySecret]) -> dict[str, Any]:
    """The `identity_verdict` of a token."""
    verdict = judge(token, secrets, reads.now)
    claims = verdict.claims or {}
    issued = claims.get("iat")
    issued_at = _moment(issued)
    identity, customer = None, None
    taken: dict[str, Any] = {}
    ignored: list[Ignored] = []
    if verdict.proof is not None:
        proof = verdict.proof
        identity = {"by": proof.identity.by, "value": proof.identity.value}
        find = find_by_email if proof.identity.by == "email" else find_by_external_id
        customer = find(reads, proof.identity.value)
        before = {} if customer is None else get_customer(reads, customer).profile.custom
        taken, ignored = fit_attributes(reads, proof.attributes, before=before)
        ignored = [*ignored, *_passed_over(claims)]
    attributes = {
        "accepted": verdict.reason is None,
        "reason": verdict.reason,
        "explanation": explain(verdict, token, secrets, reads.now),
        "header": verdict.header,
        "claims": verdict.claims,
        "issuedAt": None if issued_at is None else iso(issued_at),
        "ageSeconds": None if issued_at is None else (reads.now - issued_at) // SECOND,
        "secret": None if verdict.secret is None else verdict.secret.id,
        "identity": identity,
        "customer": customer,
        "name": None if verdict.proof is None else verdict.proof.name,
        "attributes": taken,
        "ignored": [{"name": one.name, "why": one.why} for one in ignored],
    }
    return document(resource("identity_verdict", reads.organisation, attributes))


def _passed_over(claims: dict[str, Any]) -> list[Ignored]:
    found = []
    if claims.get("name") is not None and name_in(claims) is None:
        found.append(Ignored("name", "A name is text with something to read in it."))
    if claims.get("email") is not None and claims.get("externalId") is not None:
        found.append(Ignored("externalId", "There is an `email` beside it, and that counts."))
    if claims.get("custom") is not None and not isinstance(claims["custom"], dict):
        found.append(Ignored("custom", "An object of attributes."))
    return found


def explain(verdict: Verdict, token: str, secrets: Sequence[IdentitySecret], now: Instant) -> str:
    """What to do about it, in words."""
    if verdict.reason is None:
        return "The chat takes this token."
    better = _cut_short(verdict, token) or _in_milliseconds(verdict)
    if better is not None:
        return better
    hint = _HINTS.get(verdict.reason)
    more = None if hint is None else hint(verdict, token, secrets, now)
    return " ".join(filter(None, (more, EXPLANATIONS[verdict.reason])))


def _cut_short(verdict: Verdict, token: str) -> str | None:
    """What was not copied to its end can be read from its beginning."""
    if verdict.reason not in ("not_a_token", "signature") or (verdict.header or {}).get("alg") != ALGORITHM:
        return None
    parts = token.split(".")
    if len(parts) < _PARTS:
        return f"The token is cut short: of its three parts {len(parts)} can be seen. Copy all of it."
    if len(parts) == _PARTS and len(parts[-1]) < _SIGNATURE:
        return (
            f"The token is cut short: its signature has {len(parts[-1])} characters of {_SIGNATURE}."
            " Copy all of it."
        )
    return None


def _in_milliseconds(verdict: Verdict) -> str | None:
    if verdict.reason not in ("iat_in_future", "not_yet"):
        return None
    name = "iat" if verdict.reason == "iat_in_future" else "nbf"
    said = (verdict.claims or {}).get(name)
    if not isinstance(said, int | float) or said <= _MILLISECONDS:
        return None
    return f"`{name}` looks like milliseconds; it must be in seconds. Divide it by 1000, and leave off the fraction."


def _on_header(verdict: Verdict, *_: Any) -> str:
    header = verdict.header or {}
    extra = sorted(name for name in header if name not in ("alg", "typ"))
    if extra:
        return f"It says {', '.join(f'`{name[:64]}`' for name in extra[:10])} as well."
    return f"Its `typ` is {_shown(header.get('typ'))}."


def _on_algorithm(verdict: Verdict, *_: Any) -> str:
    return f"Its `alg` is {_shown((verdict.header or {}).get('alg'))}."


def _on_signature(
    _verdict: Verdict, token: str, secrets: Sequence[IdentitySecret], _now: Instant
) -> str | None:
    """Mistakes that everybody makes once: the right secret in another form, the right signature in another."""
    signed, _, signature = token.rpartition(".")
    for secret in secrets:
        key = secret.secret.encode()
        if signature == hmac.digest(key, signed.encode(), hashlib.sha256).hex():
            return (
                "The secret is right, but the signature is written in hex; it must be base64url of its bytes."
            )
        for what, other in _other_forms(key):
            if signature == _base64url(hmac.digest(other, signed.encode(), hashlib.sha256)):
                return f"It was signed with the secret {what}."
    return None


def _other_forms(key: bytes) -> list[tuple[str, bytes]]:
    forms = [
        ("and a line break behind it", key + b"\n"),
        ("and a space behind it", key + b" "),
        ("in quotes", b'"' + key + b'"'),
        ("encoded in base64", base64.b64encode(key)),
    ]
    try:
        decoded = base64.urlsafe_b64decode(key + b"=" * (-len(key) % 4))
    except (ValueError, binascii.Error):
        return forms
    return [*forms, ("decoded from base64; it is text and is used as it is", decoded)]


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _on_ended(verdict: Verdict, _token: str, _secrets: Sequence[IdentitySecret], now: Instant) -> str | None:
    ends_at = None if verdict.secret is None else verdict.secret.ends_at
    return None if ends_at is None else f"That secret ended {_ago(now - ends_at)} ago, at {iso(ends_at)}."


def _on_age(verdict: Verdict, _token: str, _secrets: Sequence[IdentitySecret], now: Instant) -> str | None:
    issued_at = _moment((verdict.claims or {}).get("iat"))
    return None if issued_at is None else f"It was signed {_ago(now - issued_at)} ago."


def _on_future(verdict: Verdict, _token: str, _secrets: Sequence[IdentitySecret], now: Instant) -> str | None:
    issued_at = _moment((verdict.claims or {}).get("iat"))
    return None if issued_at is None else f"`iat` is {_ago(issued_at - now)} ahead."


def _on_expired(
    verdict: Verdict, _token: str, _secrets: Sequence[IdentitySecret], now: Instant
) -> str | None:
    ended_at = _moment((verdict.claims or {}).get("exp"))
    return None if ended_at is None else f"It ended {_ago(now - ended_at)} ago, at {iso(ended_at)}."


def _on_not_yet(
    verdict: Verdict, _token: str, _secrets: Sequence[IdentitySecret], now: Instant
) -> str | None:
    begins_at = _moment((verdict.claims or {}).get("nbf"))
    return None if begins_at is None else f"It begins in {_ago(begins_at - now)}, at {iso(begins_at)}."


def _on_nobody(verdict: Verdict, *_: Any) -> str | None:
    for name in verdict.claims or {}:
        meant = _NAMED_OTHERWISE.get(name.lower())
        if meant is not None and name != meant:
            return f"There is a claim `{name[:64]}`; `{meant}` may be what you mean."
    return None


_HINTS: dict[Reason, Callable[..., str | None]] = {
    "header_not_allowed": _on_header,
    "algorithm": _on_algorithm,
    "signature": _on_signature,
    "secret_ended": _on_ended,
    "iat_too_old": _on_age,
    "iat_in_future": _on_future,
    "expired": _on_expired,
    "not_yet": _on_not_yet,
    "names_nobody": _on_nobody,
}


def _moment(issued: Any) -> Instant | None:
    """The claim `iat` as a time, if it is one that a calendar has."""
    if isinstance(issued, bool) or not isinstance(issued, int | float) or not 0 <= issued < _MILLISECONDS:
        return None
    return Instant(int(issued * SECOND))


def _ago(duration: int) -> str:
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if duration >= unit:
            count = duration // unit
            return f"{count} {name}{'' if count == 1 else 's'}"
    count = max(0, duration // SECOND)
    return f"{count} second{'' if count == 1 else 's'}"


def _shown(value: Any) -> str:
    if value is None:
        return "missing"
    text = str(value)[:64].replace("`", "'")
    return f"`{text}`"
