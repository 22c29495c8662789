"""What a client may say: a closed table from frame to verb. What is not in it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from kithdesk import conversations, routing
from kithdesk.access import UserId
from kithdesk.channels import chat
from kithdesk.conversations import ConversationId, MessageId, Sent
from kithdesk.core import journal, metrics
from kithdesk.core.bus import SIGNALS
from kithdesk.core.clock import Instant, parse_iso
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter, Forbidden, InternalError, NotFound, Refusal
from kithdesk.core.events import EventId
from kithdesk.live import protocol
from kithdesk.live.connection import Connection
from kithdesk.live.hub import Hub

log = structlog.get_logger(__name__)


@dataclass(slots=True, frozen=True)
class Session:
    """One client's conversation with the gateway. `user_agent` and `hints` come from its handshake."""

    desk: Desk
    hub: Hub
    connection: Connection
    headers: dict[str, str]

    def acknowledge(self, frame: protocol.ClientFrame) -> None:
        if frame.id is not None:
            self.connection.push(protocol.encode(protocol.Ack(id=frame.id)))

    def refuse(
        self, refusal: Refusal, id: str | None, op: str | None = None, topic: str | None = None
    ) -> None:
        """Tells the client no. The frame has changed nothing."""
        metrics.REFUSALS.labels(refusal.code).inc()
        frame: dict[str, Any] = {"op": "refused", "id": id, "error": refusal.as_error()}
        if op is not None:
            frame["of"] = op
        if topic is not None:
            frame["topic"] = topic
        self.connection.push(protocol.encode_any(frame))

    def run(self, frame: protocol.ClientFrame, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Runs a verb whose answer is a bare ack."""
        op = str(frame.__struct_config__.tag)

        def settle(_value: Any, problem: BaseException | None, _position: int | None) -> None:
            if problem is None:
                self.acknowledge(frame)
            else:
                self.refuse(problem if isinstance(problem, Refusal) else InternalError(), frame.id, op)

        self.desk.submit(verb, *args, by=self.connection.actor, settle=settle, **kwargs)


def send(session: Session, frame: protocol.Send) -> None:
    """A message or note. Acked after its commit, by the id the client gave it."""
    if frame.id is None:
        raise BadParameter("A send needs an id.", parameter="id")
    actor = session.connection.actor
    client_id = frame.id

    def settle(sent: Sent, problem: BaseException | None, position: int | None) -> None:
        if problem is not None:
            session.refuse(problem if isinstance(problem, Refusal) else InternalError(), client_id, "send")
            return
        if sent.is_repeat or position is None:
            position = session.desk.read_now(_position_of, sent.event, by=actor).value
        session.connection.push(
            protocol.encode_any(
                {
                    "op": "ack",
                    "id": client_id,
                    "message": sent.message,
                    "conversation": sent.conversation,
                    "position": position,
                }
            )
        )

    if actor.is_visitor:
        chat.check_may_send(session.desk, actor, opens=frame.newConversation is not None)
        verb, arguments = chat.send_as_visitor, _visitor_arguments(session, frame)
    else:
        if frame.conversation is None:
            raise BadParameter("Only a visitor opens a conversation here.", parameter="conversation")
        verb = conversations.reply
        arguments = {
            "conversation_id": ConversationId(frame.conversation),
            "client_id": client_id,
            "body": frame.body,
            "attachments": frame.attachments,
            "kind": frame.kind,
        }
    session.desk.submit(verb, by=actor, settle=settle, **arguments)


def _visitor_arguments(session: Session, frame: protocol.Send) -> dict[str, Any]:
    if frame.kind != "message":
        raise Forbidden("Notes are for agents.", parameter="kind")
    return {
        "conversation": None if frame.conversation is None else ConversationId(frame.conversation),
        "new_conversation": frame.newConversation,
        "client_id": frame.id,
        "body": frame.body,
        "attachments": frame.attachments,
        "context": chat.context_of(frame.context, session.headers),
    }


def _position_of(reads: Any, event: EventId) -> int:
    return journal.position_of(reads, reads.organisation, event)


def typing(session: Session, frame: protocol.Typing) -> None:
    _signal(session, "typing", frame.conversation, frame.on)
    session.acknowledge(frame)


def viewing(session: Session, frame: protocol.Viewing) -> None:
    if session.connection.actor.is_visitor:
        raise Forbidden
    _signal(session, "viewing", frame.conversation, frame.on)
    session.acknowledge(frame)


def _signal(session: Session, kind: str, conversation: str, on: bool) -> None:
    actor = session.connection.actor
    customer = session.desk.read_now(
        conversations.find_customer_of, ConversationId(conversation), by=actor
    ).value
    if customer is None:
        raise NotFound
    session.desk.bus.publish(
        SIGNALS,
        {
            "organisation": actor.organisation,
            "kind": kind,
            "conversation": conversation,
            "customer": customer,
            "agents_only": kind == "viewing",
            "from": session.connection.id,
            "by": {"type": actor.type, "id": actor.id, "displayName": actor.display_name},
            "on": on,
        },
    )


def read(session: Session, frame: protocol.Read) -> None:
    session.run(frame, conversations.mark_read, ConversationId(frame.conversation), MessageId(frame.message))


def end(session: Session, frame: protocol.End) -> None:
    session.run(frame, conversations.end, ConversationId(frame.conversation))


def visit(session: Session, frame: protocol.Visit) -> None:
    if not session.connection.actor.is_visitor:
        raise Forbidden
    session.run(frame, chat.visit, url=frame.url, title=frame.title, at=_moment(frame.at))


def _moment(text: str | None) -> Instant | None:
    try:
        return None if text is None else parse_iso(text)
    except ValueError:
        raise BadParameter("Not an ISO 8601 time.", parameter="at") from None


def presence(session: Session, frame: protocol.Presence) -> None:
    actor = session.connection.actor
    if actor.type != "user":
        raise Forbidden("Only an agent has a status.")
    session.run(frame, routing.set_status, UserId(str(actor.id)), status=frame.status, reason=frame.reason)


def unsubscribe(session: Session, frame: protocol.Unsubscribe) -> None:
    session.connection.replaying.pop(frame.topic, None)
    session.hub.unfollow(session.connection, frame.topic)
    session.acknowledge(frame)


def ping(session: Session, frame: protocol.Ping) -> None:
    session.hub.pong(session.connection, frame.id)


OPERATIONS: dict[type[protocol.ClientFrame], Callable[[Session, Any], None]] = {
    protocol.Send: send,
    protocol.Typing: typing,
    protocol.Viewing: viewing,
    protocol.Read: read,
    protocol.End: end,
    protocol.Visit: visit,
    protocol.Presence: presence,
    protocol.Unsubscribe: unsubscribe,
    protocol.Ping: ping,
}
