"""Answers that may be a second old: whose a credential is, mostly."""

from __future__ import annotations

import time
from typing import Generic, TypeVar

V = TypeVar("V")

REMEMBERED_SECONDS = 1.0


class Remembered(Generic[V]):
    """Values by key, each for a second after it was learnt; all go when there are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[str, tuple[float, V]] = {}

    def get(self, key: str) -> V | None:
        found = self._values.get(key)
        if found is None:
            return None
        learnt_at, value = found
        if time.monotonic() - learnt_at > REMEMBERED_SECONDS:
            del self._values[key]
            return None
        return value

    def put(self, key: str, value: V) -> None:
        if len(self._values) >= self._most:
            self._values.clear()
        self._values[key] = (time.monotonic(), value)

    def forget(self, key: str) -> None:
        self._values.pop(key, None)

    def forget_all(self) -> None:
        self._values.clear()
