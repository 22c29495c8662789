"""Tokens: opaque, 256 random bits, shown once, and kept only as their SHA-256.

The prefix tells a person, and a scanner of leaked secrets, what was found. The last six characters are a checksum: a
mistyped or invented token is refused without a look into the database.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Literal

Kind = Literal["session", "key", "link"]

_PREFIXES: dict[Kind, str] = {"session": "kds_", "key": "kdk_", "link": "kdl_"}
_KINDS: dict[str, Kind] = {prefix: kind for kind, prefix in _PREFIXES.items()}
_RANDOM = 43
_CHECK = 6
_LENGTH = 4 + _RANDOM + _CHECK


def new_token(kind: Kind) -> str:
    """`kds_…`, 53 characters of the URL-safe alphabet."""
    body = _PREFIXES[kind] + secrets.token_urlsafe(32)
    return body + _check_of(body)


def kind_of(token: str) -> Kind | None:
    """What this token would be, or None when it cannot be one of ours."""
    if len(token) != _LENGTH or not token.isascii():
        return None
    body, check = token[:-_CHECK], token[-_CHECK:]
    return _KINDS.get(token[:4]) if _check_of(body) == check else None


def hash_of(token: str) -> str:
    """How a token is kept. It is random enough that a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def last_four(token: str) -> str:
    """What a list shows of a key."""
    return token[-4:]


def new_public_key() -> str:
    """A widget's key: a name that every page shows, not a secret."""
    return f"kdw_{secrets.token_hex(16)}"


def new_identity_secret() -> str:
    """The secret a shop signs its customers' identity with: 256 bits, as text for an environment variable."""
    return secrets.token_urlsafe(32)


def _check_of(body: str) -> str:
    return hashlib.sha256(b"kithdesk token\0" + body.encode()).hexdigest()[:_CHECK]
