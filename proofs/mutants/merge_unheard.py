"""Sockets that are open while an agent merges or parts records go on as whoever they were before."""

from __future__ import annotations

from typing import Any

from kithdesk.live import moves


def break_it() -> None:
    changed: Any = moves.Moves
    changed._move_visitors = _leave_them


def _leave_them(_moves: moves.Moves, _recorded: Any) -> None:
    """Whoever comes back is judged anew; whoever stays is not."""
