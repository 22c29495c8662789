"""Audit lines: who did, or was refused, what may be asked about later. One line of the structured log each."""

from __future__ import annotations

import logging
from typing import Any

import structlog

from kithdesk.core.actors import Actor

_log = structlog.wrap_logger(None, wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
"""Written whatever `KITHDESK_LOG_LEVEL` says."""


def note(what: str, *, actor: Actor | None = None, **facts: Any) -> None:
    """`what` is a `noun.verb`. Facts are ids, counts and networks; never a secret, and never an address in clear."""
    if actor is not None:
        facts |= {"organisation": actor.organisation, "actor": actor.id, "actor_type": actor.type}
    _log.info(what, audit=True, **facts)
