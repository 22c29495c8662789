"""A file that only a key opens, written and read as a stream: backups that leave the machine.

    KITHDESK-VAULT-1\\n │ salt, 16 bytes │ block │ block │ … │ last block

A block is up to 1 MiB under AES-256-GCM with a key of this file's own (HKDF of the given key and the salt); its nonce
is its number and whether it is the last. So no block can be changed, moved, left out or added, and a file that was cut
off is known as such.
"""

from __future__ import annotations

import io
import secrets
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"KITHDESK-VAULT-1\n"
_SALT = 16
_TAG = 16
_BLOCK = 1024 * 1024


class DoesNotOpen(Exception):
    """Another key, or a file that was changed or cut off. Nothing can tell which."""


class VaultWriter(io.RawIOBase):
    """Give it bytes; `close` writes the last block, and without it the file does not open."""

    def __init__(self, file: IO[bytes], key: bytes) -> None:
        salt = secrets.token_bytes(_SALT)
        self._file = file
        self._blocks = _Blocks(key, salt)
        self._held = bytearray()
        file.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._held += data
        while len(self._held) > _BLOCK:  # one full block is held back, for it may be the last
            self._file.write(self._blocks.seal(bytes(self._held[:_BLOCK]), is_last=False))
            del self._held[:_BLOCK]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.write(self._blocks.seal(bytes(self._held), is_last=True))
        super().close()


class VaultReader(io.RawIOBase):
    """Reads what a `VaultWriter` wrote, and raises `DoesNotOpen` before it gives out a byte that is not as written."""

    def __init__(self, file: IO[bytes], key: bytes) -> None:
        head = file.read(len(MAGIC) + _SALT)
        if not head.startswith(MAGIC):
            raise DoesNotOpen
        self._file = file
        self._blocks = _Blocks(key, head[len(MAGIC) :])
        self._next = file.read(_BLOCK + _TAG)
        if not self._next:  # even an empty content has a last block
            raise DoesNotOpen
        self._open = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts, wanted = [], size
        while wanted != 0 and (self._open or self._advance()):
            part = self._open if wanted < 0 else self._open[:wanted]
            self._open = self._open[len(part) :]
            parts.append(part)
            wanted = wanted if wanted < 0 else wanted - len(part)
        return b"".join(parts)

    def _advance(self) -> bool:
        sealed = self._next
        if not sealed:
            return False
        self._next = self._file.read(_BLOCK + _TAG)
        self._open = self._blocks.open(sealed, is_last=not self._next)
        return bool(self._open)


class _Blocks:
    def __init__(self, key: bytes, salt: bytes) -> None:
        derived = HKDF(SHA256(), 32, salt, b"kithdesk vault").derive(key)
        self._box = AESGCM(derived)
        self._number = 0

    def seal(self, block: bytes, *, is_last: bool) -> bytes:
        return self._box.encrypt(self._nonce(is_last), block, None)

    def open(self, block: bytes, *, is_last: bool) -> bytes:
        try:
            return self._box.decrypt(self._nonce(is_last), block, None)
        except InvalidTag:
            raise DoesNotOpen from None

    def _nonce(self, is_last: bool) -> bytes:
        nonce = self._number.to_bytes(11, "big") + bytes([is_last])
        self._number += 1
        return nonce
