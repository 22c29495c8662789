"""Passwords: what is allowed, and how they are kept.

They are taken exactly as typed, of any characters. What is refused is what would be guessed: short ones, the ones
everybody uses, and the owner's own address. Hashing takes tens of milliseconds and its memory on purpose, so it runs
on two threads of its own (it lets go of the interpreter lock), and only so many may wait.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import resources
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from kithdesk.access.errors import WeakPassword
from kithdesk.core.errors import Overloaded, TooLarge
from kithdesk.core.names import sign_in_key

T = TypeVar("T")

MIN_LENGTH = 8
MAX_BYTES = 1_024
MAX_WAITING = 256

_hasher = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1, type=Type.ID)
_NOBODY = "$argon2id$v=19$m=32768,t=2,p=1$mMiZ1AdlMMGfmS+L/0AecQ$3sfCawLz/n9ct6Ef/DZhZ2pkI12PKnQ3mw2zNDXX8vw"
"""Checked where there is no hash to check, so that an unknown address costs the same time as a known one."""


class Apart:
    """Threads of their own, and a queue with an end."""

    def __init__(self, threads: int, most_waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, "passwords")
        self._most_waiting = most_waiting
        self._waiting = 0

    def check_room(self) -> None:
        """Raises `Overloaded`."""
        if self._waiting >= self._most_waiting:
            raise Overloaded("Too many are signing in just now.", retry_after=2)

    async def run(self, work: Callable[..., T], *args: str) -> T:
        """Raises `Overloaded` when too many wait."""
        self.check_room()
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)
        finally:
            self._waiting -= 1


_apart = Apart(2, MAX_WAITING)


def check_password(password: str, *, email: str = "") -> None:
    """Refuses what may not become a password. Raises `TooLarge`, `WeakPassword`."""
    check_size(password)
    if len(password) < MIN_LENGTH:
        raise WeakPassword(f"A password has at least {MIN_LENGTH} characters.")
    folded = password.casefold()
    if folded in _common() or len(set(folded)) == 1:
        raise WeakPassword("This password is among the first that are tried. Choose another one.")
    key = sign_in_key(email)
    if key and folded in (key, key.partition("@")[0]):
        raise WeakPassword("A password may not be the e-mail address.")


def check_size(password: str) -> None:
    """Raises `TooLarge` before anything is hashed."""
    if len(password) > MAX_BYTES or len(password.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise TooLarge(f"A password has at most {MAX_BYTES} bytes.", parameter="password")


def check_room() -> None:
    """Whether one more may wait, before anything is asked of the database. Raises `Overloaded`."""
    _apart.check_room()


async def hash_password(password: str) -> str:
    """An argon2id hash with the parameters of today. Raises `Overloaded`."""
    return await _apart.run(_hasher.hash, password)


async def is_password(password: str, hash: str | None) -> bool:
    """Whether the password made this hash. None (nobody, or no password yet) takes as long and is never true."""
    return await _apart.run(_verify, hash or _NOBODY, password) and hash is not None


def is_outdated(hash: str) -> bool:
    """Whether it was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(hash)


def _verify(hash: str, password: str) -> bool:
    try:
        return _hasher.verify(hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _common() -> frozenset[str]:
    packed = resources.files(__package__).joinpath("common_passwords.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    return frozenset(line.casefold() for line in lines if not line.startswith("# "))
