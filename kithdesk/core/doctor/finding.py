"""What a check has found, in words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Only a `problem` makes `kithdesk doctor` exit with 1. Never holds a secret."""

    check: str
    level: Level
    words: str
