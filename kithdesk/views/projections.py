"""Everything that views hear, by the room that turns it into rows."""

from __future__ import annotations

from kithdesk.core.events import Event
from kithdesk.core.work import Projector
from kithdesk.views import (
    company_rows,
    conversation_rows,
    customer_rows,
    merge_rows,
    object_rows,
    saved_rows,
    sla_rows,
)

PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    **customer_rows.PROJECTORS,
    **merge_rows.PROJECTORS,
    **company_rows.PROJECTORS,
    **object_rows.PROJECTORS,
    **conversation_rows.PROJECTORS,
    **sla_rows.PROJECTORS,
    **saved_rows.PROJECTORS,
}
