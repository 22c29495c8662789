"""What the rules compare of an `event` frame."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from proofs.history import Event

Frame = dict[str, Any]


def read_event(frame: Frame) -> Event:
    event = frame["event"]
    kind, data = event["kind"], event["data"]
    parts = _PARTS.get(kind, _of_anything)(data)
    if "actor" not in event:
        event = event | {"data": _unnamed(data)}
    if kind == "conversation.updated":
        parts["at"] = milliseconds(event["at"])
    return Event(
        position=frame["position"],
        kind=kind,
        digest=hashlib.blake2s(json.dumps(event, sort_keys=True).encode(), digest_size=8).hexdigest(),
        actor=event.get("actor", {}).get("id"),
        **parts,
    )


def milliseconds(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)


def _unnamed(data: Frame) -> Frame:
    """Of what visitors get: not every browser of a customer is told who its other browsers are."""
    shown = {name: value for name, value in data.items() if name not in ("by", "endedBy")}
    if isinstance(message := data.get("message"), dict):
        shown["message"] = message | {"sentBy": message["sentBy"]["type"]}
    return shown


def _of_anything(data: Frame) -> Frame:
    customer = data.get("customer")
    return {
        "conversation": data.get("conversation"),
        "customer": customer["id"] if isinstance(customer, dict) else customer,
    }


def _of_message(data: Frame) -> Frame:
    message = data["message"]
    return {
        "message": message["id"],
        "conversation": message["conversation"],
        "customer": message["customer"],
    }


def _of_opened(data: Frame) -> Frame:
    conversation = data["conversation"]
    assigned = conversation.get("assignedUsers")
    return {
        "conversation": conversation["id"],
        "customer": conversation.get("customer"),
        "assigned": None if assigned is None else tuple(assigned),
        "status": conversation["status"],
    }


def _of_updated(data: Frame) -> Frame:
    """Agents are told the changes, visitors the status alone."""
    changes = data.get("changes", {})
    status = changes.get("status", {}).get("after") or data.get("status")
    snooze = changes.get("snooze", {}).get("after")
    return _of_anything(data) | {
        "status": status,
        "until": None if snooze is None else milliseconds(snooze["time"]),
        "cause": data.get("cause"),
    }


def _of_assigned(data: Frame) -> Frame:
    """Visitors are told a name alone, which says nothing of who holds what."""
    if "assignedUsers" not in data:
        return _of_anything(data)
    return _of_anything(data) | {
        "assigned": tuple(user["id"] for user in data["assignedUsers"]),
        "reason": data["reason"]["code"],
        "queue": data["queue"],
    }


def _of_read(data: Frame) -> Frame:
    return _of_anything(data) | {"message": data["message"], "by": data["by"]["type"]}


def _of_merged(data: Frame) -> Frame:
    return {
        "customer": data["customer"],
        "source": data["from"],
        "merge": data.get("merge"),
        "by": data.get("by"),
    }


def _of_unmerged(data: Frame) -> Frame:
    return {"customer": data["of"], "source": data["customer"], "merge": data["merge"]}


def _of_moved(data: Frame) -> Frame:
    return {"conversation": data["conversation"], "customer": data["customer"], "source": data["from"]}


def _of_created(data: Frame) -> Frame:
    return {"customer": data["customer"]["id"], "external_id": data["customer"].get("externalId")}


def _of_agent(data: Frame) -> Frame:
    return {"agent": data["user"], "status": data["status"]}


_PARTS = {
    "message.created": _of_message,
    "note.created": _of_message,
    "conversation.opened": _of_opened,
    "conversation.updated": _of_updated,
    "conversation.assigned": _of_assigned,
    "message.read": _of_read,
    "conversation.identified": _of_moved,
    "conversation.moved": _of_moved,
    "customer.created": _of_created,
    "customer.merged": _of_merged,
    "customer.parted": _of_merged,
    "customer.unmerged": _of_unmerged,
    "agent.status_changed": _of_agent,
}
