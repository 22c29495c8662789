"""What a client may say: a closed table from frame to verb. What is not in it changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from kithdesk import conversations, routing
from kithdesk.access import UserId
from kithdesk.channels import chat
from kithdesk.conversations import ConversationId, MessageId, Sent
from kithdesk.core import journal, metrics
from kithdesk.core.clock import Instant, parse_iso
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter, Forbidden, InternalError, NotFound, OutcomeUnknown, Refusal
from kithdesk.core.events import Event, Recorded
from kithdesk.live import client_frames, protocol
from kithdesk.live.connection import Connection
from kithdesk.live.hub import Hub

Facts = Sequence[Recorded[Event]]
log = structlog.get_logger(__name__)


@dataclass(slots=True, frozen=True)
class Session:
    """One client's conversation with the gateway. `headers` are its handshake's."""

    desk: Desk
    hub: Hub
    connection: Connection
    headers: dict[str, str]

    def acknowledge(self, frame: client_frames.Op) -> None:
        if frame.id is not None:
            self.connection.push(protocol.encode(protocol.Ack(id=frame.id)))

    def refuse(
        self, refusal: Refusal, id: str | None, op: str | None = None, topic: str | None = None
    ) -> None:
        """Tells the client no: the frame has changed nothing. When nobody knows whether it has, the socket closes."""
        metrics.REFUSALS.labels(refusal.code).inc()
        if isinstance(refusal, OutcomeUnknown):
            self.connection.close(protocol.CLOSE_OUTCOME_UNKNOWN)
            return
        frame: dict[str, Any] = {"op": "refused", "id": id, "error": refusal.as_error()}
        if op is not None:
            frame["of"] = op
        if topic is not None:
            frame["topic"] = topic
        self.connection.push(protocol.encode_any(frame))

    def run(self, frame: client_frames.Op, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Runs a verb whose answer is a bare ack."""
        op = client_frames.op_of(frame)

        def settle(_value: Any, problem: BaseException | None, _facts: Facts, _covers: int) -> None:
            if problem is None:
                self.acknowledge(frame)
            else:
                self.refuse(problem if isinstance(problem, Refusal) else InternalError(), frame.id, op)

        self.desk.submit(verb, *args, by=self.connection.actor, settle=settle, **kwargs)


async def send(session: Session, frame: client_frames.Send) -> None:
    """A message or note. Acked after its commit, by the id the client gave it."""
    actor = session.connection.actor
    client_id = frame.id

    def settle(sent: Sent, problem: BaseException | None, facts: Facts, _covers: int) -> None:
        if problem is not None:
            session.refuse(problem if isinstance(problem, Refusal) else InternalError(), client_id, "send")
            return
        for fact in facts:
            if fact.id == sent.event:
                _acknowledge_sent(session, client_id, sent, fact.position)
                return
        session.hub.go_on(_acknowledge_repeat(session, client_id, sent))

    if actor.is_visitor:
        chat.check_may_send(session.desk, actor, opens=frame.newConversation)
        verb: Callable[..., Sent] = chat.send_as_visitor
        arguments = _visitor_arguments(session, frame)
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


def _visitor_arguments(session: Session, frame: client_frames.Send) -> dict[str, Any]:
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


def _acknowledge_sent(session: Session, client_id: str, sent: Sent, position: int) -> None:
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


async def _acknowledge_repeat(session: Session, client_id: str, sent: Sent) -> None:
    """A repeat names the same position as the first answer: where the message's own event stands."""
    actor = session.connection.actor
    try:
        found = await session.desk.read(journal.position_of, actor.organisation, sent.event, by=actor)
    except Refusal as refusal:
        session.refuse(refusal, client_id, "send")
    else:
        _acknowledge_sent(session, client_id, sent, found.value)


async def typing(session: Session, frame: client_frames.Typing) -> None:
    await _customer_of(session, frame.conversation)
    actor = session.connection.actor
    hearers = (await session.desk.read(conversations.find_hearers, frame.conversation, by=actor)).value
    session.hub.signals.tell(session.connection, "typing", frame.conversation, on=frame.on, hearers=hearers)
    session.acknowledge(frame)


async def viewing(session: Session, frame: client_frames.Viewing) -> None:
    if session.connection.actor.is_visitor:
        raise Forbidden
    if frame.conversation is not None:
        await _customer_of(session, frame.conversation)
    session.hub.signals.look_at(session.connection, frame.conversation)
    session.acknowledge(frame)


async def _customer_of(session: Session, conversation: str) -> str:
    """The conversation's customer. Raises `NotFound` when the actor may not see it."""
    actor = session.connection.actor
    found = (await session.desk.read(chat.find_customer_by_now, ConversationId(conversation), by=actor)).value
    if found is None:
        raise NotFound
    return found


async def read(session: Session, frame: client_frames.Read) -> None:
    conversation, message = ConversationId(frame.conversation), MessageId(frame.message)
    session.run(frame, chat.as_by_now, conversations.mark_read, conversation, message)


async def end(session: Session, frame: client_frames.End) -> None:
    session.run(frame, chat.as_by_now, conversations.end, ConversationId(frame.conversation))


async def visit(session: Session, frame: client_frames.Visit) -> None:
    if not session.connection.actor.is_visitor:
        raise Forbidden
    chat.check_visit(session.desk, session.connection.actor)
    session.run(
        frame,
        chat.visit,
        url=frame.url,
        title=frame.title,
        at=_moment(frame.at),
        context=chat.context_of({"referrer": frame.referrer}, session.headers),
    )


def _moment(text: str | None) -> Instant | None:
    try:
        return None if text is None else parse_iso(text)
    except ValueError:
        raise BadParameter("Not an ISO 8601 time.", parameter="at") from None


async def presence(session: Session, frame: client_frames.Presence) -> None:
    actor = session.connection.actor
    if actor.type != "user":
        raise Forbidden("Only an agent has a status.")
    session.run(frame, routing.set_status, UserId(str(actor.id)), status=frame.status, reason=frame.reason)


async def unsubscribe(session: Session, frame: client_frames.Unsubscribe) -> None:
    session.connection.replaying.pop(frame.topic, None)
    session.hub.unfollow(session.connection, frame.topic)
    session.acknowledge(frame)


async def ping(session: Session, frame: client_frames.Ping) -> None:
    session.hub.pong(session.connection, frame.id)


OPERATIONS: dict[type[client_frames.ClientFrame], Callable[[Session, Any], Awaitable[None]]] = {
    client_frames.Send: send,
    client_frames.Typing: typing,
    client_frames.Viewing: viewing,
    client_frames.Read: read,
    client_frames.End: end,
    client_frames.Visit: visit,
    client_frames.Presence: presence,
    client_frames.Unsubscribe: unsubscribe,
    client_frames.Ping: ping,
}
