"""Routing takes an agent who is exactly full for one with room."""

from __future__ import annotations

from proofs.mutants.capacity_is_ignored import make_room_for


def break_it() -> None:
    make_room_for(1)
