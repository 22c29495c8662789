"""Secrets at rest and links that cannot be forged, with one key that lives outside the database."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Any

import msgspec
import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kithdesk.core.clock import Clock, Instant
from kithdesk.core.settings import Settings

log = structlog.get_logger(__name__)

_NONCE = 12
_SHORTEST_KEY = 16
MAX_TOKEN = 4_096


class NoKey(ValueError):
    """The installation's key cannot be had: its file is missing, unreadable or too short."""


class Sealer:
    """AES-256-GCM for what must be read again; HMAC-SHA256 for what must only be recognised."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._clock = clock
        self._box = AESGCM(hashlib.sha256(b"kithdesk seal\0" + key).digest())
        self._mac = hashlib.sha256(b"kithdesk sign\0" + key).digest()

    @property
    def fingerprint(self) -> str:
        """Tells one key from another, and nothing else of it."""
        return _text(hmac.digest(self._mac, b"fingerprint", "sha256"))

    def seal(self, secret: bytes, purpose: str) -> str:
        nonce = secrets.token_bytes(_NONCE)
        return base64.urlsafe_b64encode(nonce + self._box.encrypt(nonce, secret, purpose.encode())).decode()

    def unseal(self, sealed: str, purpose: str) -> bytes:
        """Raises `ValueError` when the key, the purpose or a bit is another."""
        raw = base64.urlsafe_b64decode(sealed)
        try:
            return self._box.decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode())
        except InvalidTag:
            raise ValueError("sealed with another key") from None

    def sign(self, purpose: str, payload: dict[str, Any], *, expires_at: Instant) -> str:
        """A token for a URL; its payload is readable by whoever holds it."""
        body = _text(msgspec.json.encode({**payload, "exp": expires_at}))
        return f"{body}.{_text(self._tag(purpose, body))}"

    def verify(self, purpose: str, token: str) -> dict[str, Any]:
        """The payload. Raises `ValueError` when forged, for another purpose, or expired."""
        body, _, tag = token.partition(".")
        if len(token) > MAX_TOKEN or not hmac.compare_digest(
            tag.encode(), _text(self._tag(purpose, body)).encode()
        ):
            raise ValueError("not ours")
        payload: dict[str, Any] = msgspec.json.decode(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        if payload.pop("exp") <= self._clock.now():
            raise ValueError("expired")
        return payload

    def _tag(self, purpose: str, body: str) -> bytes:
        return hmac.digest(self._mac, f"{purpose}\0{body}".encode(), "sha256")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def load_key(settings: Settings) -> bytes:
    """The installation's key: from the environment, from a file, or a random one kept in the data folder.

    Raises `NoKey`.
    """
    if settings.secret_key is not None:
        given = settings.secret_key.get_secret_value().encode()
        if len(given) < _SHORTEST_KEY:
            raise NoKey(f"KITHDESK_SECRET_KEY has fewer than {_SHORTEST_KEY} characters")
        return given
    path = settings.secret_key_file or settings.data / "secret.key"
    if settings.secret_key_file is None and not path.exists():
        if any(settings.data.glob("*.sqlite3")):
            log.warning(
                "secret_key_missing", note="a new one is made; what was sealed with the old stays unreadable"
            )
        _create_key(path)
    try:
        key = path.read_bytes().strip()
    except OSError as problem:
        raise NoKey(f"the secret key cannot be read: {problem.strerror}: {path}") from None
    if len(key) < _SHORTEST_KEY:
        raise NoKey(f"{path} holds no key of at least {_SHORTEST_KEY} characters")
    return key


def _create_key(path: Path) -> None:
    """Whole and on the disk before anything is sealed with it."""
    unfinished = path.with_name(f".{path.name}")
    with open(unfinished, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
