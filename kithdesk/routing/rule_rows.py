"""Queue rules into rows."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, update

from kithdesk.core.events import Recorded
from kithdesk.core.work import Rows
from kithdesk.routing.entities import encode
from kithdesk.routing.events import (
    QueueRuleChanged,
    QueueRuleCreated,
    QueueRuleDeleted,
    QueueRulesOrdered,
)
from kithdesk.routing.tables import queue_rules

_INSERT = insert(queue_rules)
_ONE = (queue_rules.c.organisation == bindparam("of"), queue_rules.c.id == bindparam("queue_rule"))
_CHANGE = (
    update(queue_rules)
    .where(*_ONE)
    .values(rule=bindparam("now"), changed_at=bindparam("at"), rev=queue_rules.c.rev + 1)
)
_MOVE = update(queue_rules).where(*_ONE).values(place=bindparam("to"))
_DELETE = delete(queue_rules).where(*_ONE)


def project_rule_created(rows: Rows, recorded: Recorded[QueueRuleCreated]) -> None:
    event = recorded.event
    rows.execute(
        _INSERT,
        {
            "organisation": rows.organisation,
            "id": event.queue_rule,
            "place": event.place,
            "rule": encode(event.whole),
            "created_at": recorded.at,
            "changed_at": recorded.at,
            "rev": 1,
        },
    )


def project_rule_changed(rows: Rows, recorded: Recorded[QueueRuleChanged]) -> None:
    event = recorded.event
    rows.execute(
        _CHANGE,
        {
            "of": rows.organisation,
            "queue_rule": event.queue_rule,
            "now": encode(event.whole),
            "at": recorded.at,
        },
    )


def project_rule_deleted(rows: Rows, recorded: Recorded[QueueRuleDeleted]) -> None:
    rows.execute(_DELETE, {"of": rows.organisation, "queue_rule": recorded.event.queue_rule})


def project_rules_ordered(rows: Rows, recorded: Recorded[QueueRulesOrdered]) -> None:
    for place, rule in enumerate(recorded.event.queue_rules):
        rows.execute(_MOVE, {"of": rows.organisation, "queue_rule": rule, "to": place})
