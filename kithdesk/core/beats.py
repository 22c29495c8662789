"""Loops that live as long as the process: one that breaks says so and goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from kithdesk.core.errors import Refusal

log = structlog.get_logger(__name__)

_AFTER_FAILURE_SECONDS = 1.0


async def keep_beating(name: str, beat: Callable[[], Awaitable[None]]) -> None:
    """Calls `beat` again and again; it does its own waiting. Ends only by cancellation."""
    while True:
        try:
            await beat()
        except Refusal as refusal:  # the database cannot be written just now
            log.warning("beat_refused", name=name, code=refusal.code)
            await asyncio.sleep(_AFTER_FAILURE_SECONDS)
        except Exception:
            log.exception("beat_failed", name=name)
            await asyncio.sleep(_AFTER_FAILURE_SECONDS)
