"""Chat keeps no projection: its visitors are customers', its conversations are conversations'."""

from __future__ import annotations

from kithdesk.core.events import Event
from kithdesk.core.work import Projector

PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {}
