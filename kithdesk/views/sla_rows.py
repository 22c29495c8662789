"""What lists know of promises: how a conversation stands with its SLA, from the facts of those who reckon it.

`sla_due_at` is when the next clock that runs is due, or was; `sla_breach_at` when its first promise was broken, or else
will be.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.sla.events import CLOCKED, SlaUnmatched
from kithdesk.views.tables import view_conversations

_FIELDS = (
    "sla",
    "sla_version",
    "sla_status",
    "sla_due_at",
    "sla_risky_at",
    "sla_broken_at",
    "sla_breach_at",
    "sla_breach_metric",
    "sla_satisfied_at",
)
_SET = (
    update(view_conversations)
    .where(
        view_conversations.c.organisation == bindparam("of"),
        view_conversations.c.id == bindparam("conversation"),
    )
    .values({field: bindparam(field) for field in _FIELDS})
)
_NOTHING = dict.fromkeys(_FIELDS)


def project_clocked(rows: Rows, recorded: Recorded[Any]) -> None:
    event = recorded.event
    standing = event.standing
    breach, due = standing.breach, standing.due
    values = {
        "sla": standing.matched.policy,
        "sla_version": standing.matched.version,
        "sla_status": standing.state,
        "sla_due_at": due,
        "sla_risky_at": standing.risky_at,
        "sla_broken_at": None if breach is None else breach.at,
        "sla_breach_at": due if breach is None else breach.at,
        "sla_breach_metric": None if breach is None else breach.metric,
        "sla_satisfied_at": standing.satisfied_at,
    }
    rows.execute(_SET, {**values, "of": rows.organisation, "conversation": event.conversation})


def project_unmatched(rows: Rows, recorded: Recorded[SlaUnmatched]) -> None:
    rows.execute(_SET, {**_NOTHING, "of": rows.organisation, "conversation": recorded.event.conversation})


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    SlaUnmatched: (project_unmatched,),
    **dict.fromkeys(CLOCKED, (project_clocked,)),
}
