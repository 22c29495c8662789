"""Picking records of one kind out of a history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from proofs.history import History

R = TypeVar("R")


def of(history: History, kind: type[R]) -> Iterator[R]:
    return (record for record in history if isinstance(record, kind))
