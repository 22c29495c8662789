"""Facts of the past as they travel, from the journal to the process that plays them."""

from __future__ import annotations

import msgspec

from kithdesk.core import events
from kithdesk.core.actors import Actor, ActorType
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import EventId, OrganisationId


class Fact(msgspec.Struct, frozen=True):
    """One row of the journal with its personal part, undecoded."""

    position: int
    id: str
    at: int
    kind: str
    conversation: str | None
    customer: str | None
    actor_type: ActorType
    actor_id: str | None
    actor_author: str | None
    actor_name: str | None
    payload: str
    personal: str | None

    def recorded(self, organisation: OrganisationId) -> Recorded[Event]:
        actor = Actor(
            organisation=organisation,
            type=self.actor_type,
            id=self.actor_id,
            author=self.actor_author,
            display_name=self.actor_name or "",
        )
        event = events.decode(self.kind, self.payload, self.personal)
        return Recorded(EventId(self.id), organisation, Instant(self.at), actor, event, self.position)
