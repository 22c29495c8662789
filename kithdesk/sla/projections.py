"""How the facts of SLAs become rows. Where a conversation stands is kept with it as well, for all who draw it."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, insert, literal_column, update

from kithdesk.conversations import ConversationId, note_sla
from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows
from kithdesk.customers import Reference
from kithdesk.sla.clocks import Meter
from kithdesk.sla.events import (
    CLOCKED,
    PoliciesOrdered,
    PolicyChanged,
    PolicyCreated,
    PolicyDeleted,
    SlaUnmatched,
)
from kithdesk.sla.promises import encode
from kithdesk.sla.queries import find_clocked, last_position
from kithdesk.sla.rendering import draw_standing
from kithdesk.sla.tables import sla_clocks, sla_policies, sla_versions

_ROW = update(sla_policies).where(
    sla_policies.c.organisation == bindparam("of"), sla_policies.c.id == bindparam("policy")
)
_INSERT = insert(sla_policies)
_INSERT_VERSION = Upsert(sla_versions, ["organisation", "policy", "number"], [])
_CHANGE = _ROW.values(
    is_enabled=bindparam("is_enabled"),
    version=bindparam("version"),
    number=bindparam("number"),
    promise=bindparam("promise"),
    updated_at=bindparam("at"),
    modified_by=bindparam("by"),
    rev=literal_column("rev + 1"),
)
_PLACE = _ROW.values(position=bindparam("position"))
_DELETE = _ROW.values(deleted_at=bindparam("at"))
_PUT_CLOCKS = Upsert(sla_clocks, ["organisation", "conversation"])
_STOP_CLOCKS = (
    update(sla_clocks)
    .where(sla_clocks.c.organisation == bindparam("of"), sla_clocks.c.conversation == bindparam("which"))
    .values(is_running=False, is_past=True, due_at=None, risky_at=None)
)


def project_created(rows: Rows, recorded: Recorded[PolicyCreated]) -> None:
    said = _said(recorded)
    position = last_position(rows, rows.organisation) + 1
    rows.execute(
        _INSERT,
        {
            **said,
            "organisation": rows.organisation,
            "id": recorded.event.policy,
            "position": position,
            "created_at": recorded.at,
            "created_by": said["by"],
            "updated_at": recorded.at,
            "modified_by": said["by"],
            "rev": 1,
            "deleted_at": None,
        },
    )
    _keep_version(rows, recorded, said)


def project_changed(rows: Rows, recorded: Recorded[PolicyChanged]) -> None:
    said = _said(recorded)
    rows.execute(_CHANGE, {**said, "of": rows.organisation})
    _keep_version(rows, recorded, said)


def _said(recorded: Recorded[Any]) -> dict[str, Any]:
    event = recorded.event
    return {
        "policy": event.policy,
        "version": event.version,
        "number": event.number,
        "promise": encode(event.whole),
        "is_enabled": event.is_asked,
        "at": recorded.at,
        "by": _encode(Reference.of(recorded.actor)),
    }


def _keep_version(rows: Rows, recorded: Recorded[Any], said: dict[str, Any]) -> None:
    """Switching a policy on or off makes no new one."""
    kept = {"organisation": rows.organisation, "id": recorded.event.version}
    rows.execute(_INSERT_VERSION, {**said, **kept, "created_at": recorded.at, "created_by": said["by"]})


def project_ordered(rows: Rows, recorded: Recorded[PoliciesOrdered]) -> None:
    for position, policy in enumerate(recorded.event.policies):
        rows.execute(_PLACE, {"of": rows.organisation, "policy": policy, "position": position})


def project_deleted(rows: Rows, recorded: Recorded[PolicyDeleted]) -> None:
    rows.execute(_DELETE, {"of": rows.organisation, "policy": recorded.event.policy, "at": recorded.at})


def project_clocked(rows: Rows, recorded: Recorded[Any]) -> None:
    event = recorded.event
    standing = event.standing
    before = find_clocked(rows, rows.organisation, event.conversation)
    meter, steps = (Meter(), []) if before is None or before.is_past else (before.meter, before.steps)
    if event.meter is not None:
        meter, steps = event.meter, []
    else:
        steps = [*steps, *event.steps]
    rows.execute(
        _PUT_CLOCKS,
        {
            "organisation": rows.organisation,
            "conversation": event.conversation,
            "policy": standing.matched.policy,
            "number": standing.matched.number,
            "standing": _encode(standing),
            "meter": _encode(meter),
            "steps": _encode(steps),
            "is_running": standing.state == "pending",
            "is_past": False,
            "due_at": standing.due,
            "risky_at": standing.risky_at,
        },
    )
    note_sla(rows, ConversationId(event.conversation), draw_standing(standing))


def project_unmatched(rows: Rows, recorded: Recorded[SlaUnmatched]) -> None:
    conversation = recorded.event.conversation
    rows.execute(_STOP_CLOCKS, {"of": rows.organisation, "which": conversation})
    note_sla(rows, ConversationId(conversation), None)


def _encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    PolicyCreated: (project_created,),
    PolicyChanged: (project_changed,),
    PolicyDeleted: (project_deleted,),
    PoliciesOrdered: (project_ordered,),
    SlaUnmatched: (project_unmatched,),
    **dict.fromkeys(CLOCKED, (project_clocked,)),
}
