"""Whoever follows the feed is handed position p before p - 1 whenever one commit has several events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kithdesk.core.events import Event, Recorded
from kithdesk.core.feed import Feed, Listener
from kithdesk.core.ids import OrganisationId


def break_it() -> None:
    follow = Feed.follow

    def follow_backwards(feed: Feed, listener: Listener) -> None:
        def hear(organisation: OrganisationId, events: Sequence[Recorded[Event]]) -> None:
            listener(organisation, events[::-1])

        follow(feed, hear)

    changed: Any = Feed
    changed.follow = follow_backwards
