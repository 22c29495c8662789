"""What the bus says of a position counts for more than the journal: up to there everything has been handed out."""

from __future__ import annotations

from typing import Any

from kithdesk.core.feed import Feed
from kithdesk.core.ids import OrganisationId


def break_it() -> None:
    changed: Any = Feed
    changed.hint = _believe


def _believe(feed: Feed, organisation: OrganisationId, position: int) -> None:
    stream = feed._streams.get(organisation)
    if stream is not None and stream.position is not None:
        stream.position = max(stream.position, position)
        feed._advance(organisation, stream)
