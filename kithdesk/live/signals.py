"""Who types and who looks: told to those who follow the conversation, here and on other nodes. Never stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

from kithdesk.conversations import Hearers
from kithdesk.core.bus import SIGNALS, WHO_LOOKS, Bus
from kithdesk.core.ids import OrganisationId
from kithdesk.live import protocol
from kithdesk.live.connection import Connection
from kithdesk.live.hearing import told_actor
from kithdesk.live.topics import Key

Kind = Literal["typing", "viewing"]


class Signals:
    """Of this process's connections, which the hub keeps, and its followers by organisation and topic."""

    def __init__(
        self, bus: Bus, connections: Collection[Connection], followers: Mapping[Key, Collection[Connection]]
    ) -> None:
        self._bus = bus
        self._connections = connections
        self._followers = followers
        bus.subscribe(SIGNALS, self._on_signal)
        bus.subscribe(WHO_LOOKS, self._on_question)

    def look_at(self, connection: Connection, conversation: str | None) -> None:
        """An agent looks at a conversation, or at none; those who follow it are told of both."""
        before = connection.viewing
        if before is not None and before != conversation:
            connection.viewing = None
            self.tell(connection, "viewing", before, on=False)
        if conversation is not None:
            connection.viewing = conversation
            self.tell(connection, "viewing", conversation, on=True)

    def ask_who_looks(self, organisation: OrganisationId, conversation: str) -> None:
        """For somebody who begins to follow a conversation."""
        self._bus.publish(WHO_LOOKS, {"organisation": organisation, "conversation": conversation})

    def _on_question(self, message: dict[str, Any]) -> None:
        """Somebody, here or on another node, begins to follow a conversation: those who look at it say so again."""
        organisation, conversation = message["organisation"], message["conversation"]
        for connection in self._connections:
            if connection.viewing == conversation and connection.actor.organisation == organisation:
                self.tell(connection, "viewing", conversation, on=True)

    def tell(
        self,
        connection: Connection,
        kind: Kind,
        conversation: str,
        *,
        on: bool,
        hearers: Hearers | None = None,
    ) -> None:
        """Tells the other readers; of the customer's own sockets none but the `hearers`."""
        message = {
            "organisation": connection.actor.organisation,
            "kind": kind,
            "conversation": conversation,
            "customer": None if hearers is None else hearers.customer,
            "only": None if hearers is None else hearers.only,
            "from": connection.id,
            "by": told_actor(connection.actor),
            "on": on,
        }
        self._bus.publish(SIGNALS, message)

    def _on_signal(self, message: dict[str, Any]) -> None:
        organisation, customer = message["organisation"], message["customer"]
        reached = set(self._followers.get((organisation, f"conversation:{message['conversation']}"), ()))
        if customer is not None:
            reached |= set(self._followers.get((organisation, f"visitor:{customer}"), ()))
        for connection in reached:
            for_agents_only = customer is None
            if connection.id == message["from"] or (for_agents_only and connection.actor.is_visitor):
                continue
            if connection.actor.is_visitor and not _may_hear_of(connection, message):
                continue
            by = message["by"] if connection.audience == "agents" else {**message["by"], "id": None}
            if connection.actor.sees is not None and by["type"] == "customer":
                by["displayName"] = ""
            connection.push(_frame(message["kind"], message["conversation"], by, on=message["on"]))


def _may_hear_of(connection: Connection, signal: dict[str, Any]) -> bool:
    actor, conversation = connection.actor, signal["conversation"]
    if signal["customer"] != actor.id or conversation in connection.departed:
        return False
    if signal["only"] not in (None, actor.author):
        return False
    return actor.sees is None or conversation in actor.sees


def _frame(kind: Kind, conversation: str, by: dict[str, Any], *, on: bool) -> str:
    return protocol.encode(
        protocol.Signal(kind=kind, conversation=conversation, by=protocol.SentBy(**by), on=on)
    )
