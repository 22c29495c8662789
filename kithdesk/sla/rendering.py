"""Policies, and how conversations stand with them, in Kustomer's words."""

from __future__ import annotations

from typing import Any

import msgspec

from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import relation, resource
from kithdesk.core.work import Reads
from kithdesk.criteria import Outcome, masked
from kithdesk.customers import Reference
from kithdesk.sla.matching import PolicyJudged
from kithdesk.sla.promises import Promise
from kithdesk.sla.queries import Policy, Version
from kithdesk.sla.standing import Left, Standing

_decode_reference = msgspec.json.Decoder(Reference).decode


def draw_policy(reads: Reads, policy: Policy) -> dict[str, Any]:
    """An `sla` resource."""
    attributes = {
        **_promised(reads, policy.promise),
        "currentVersion": policy.number,
        "enabled": policy.is_enabled,
        "position": policy.position,
        "createdAt": iso(policy.created_at),
        "updatedAt": iso(policy.updated_at),
        "rev": policy.rev,
    }
    around = {
        "org": relation("org", reads.organisation, "orgs"),
        "currentVersion": {"data": {"type": "sla_version", "id": policy.version}},
        **_people(createdBy=policy.created_by, modifiedBy=policy.modified_by),
    }
    return resource("sla", policy.id, attributes, at=f"/v1/slas/{policy.id}", relationships=around)


def draw_version(reads: Reads, version: Version) -> dict[str, Any]:
    """An `sla_version` resource."""
    attributes = {
        **_promised(reads, version.promise),
        "version": version.number,
        "createdAt": iso(version.created_at),
    }
    around = {"sla": relation("sla", version.policy, "slas"), **_people(createdBy=version.created_by)}
    return resource("sla_version", version.id, attributes, relationships=around)


def draw_judged(reads: Reads, one: PolicyJudged) -> dict[str, Any]:
    """An `sla_judgement` resource; its id is the policy's."""
    holds, failed = one.judgement or (None, ())
    attributes = {
        "name": one.name,
        "version": one.number,
        "matches": holds,
        "failed": [_failed(reads, each) for each in failed],
    }
    around = {"sla": relation("sla", one.id, "slas")}
    return resource("sla_judgement", one.id, attributes, relationships=around)


def _failed(reads: Reads, one: Outcome) -> dict[str, Any]:
    asked = masked(reads, {one.name: {one.operator: one.value}})
    value = asked[one.name][one.operator]
    return {"at": one.at, "attribute": one.name, "operator": one.operator, "value": value}


def _promised(reads: Reads, promise: Promise) -> dict[str, Any]:
    return {
        "name": promise.name,
        "description": promise.description,
        "criteria": masked(reads, promise.criteria),
        "metrics": {
            metric: {"seconds": target.seconds, "byPriority": target.by_priority}
            for metric, target in promise.metrics.items()
        },
        "schedule": promise.schedule,
        "pauseOnSnooze": promise.pause_on_snooze,
        "warnBefore": promise.warn_before,
    }


def _people(**kept: str) -> dict[str, Any]:
    """Those who have an id: the program itself has none."""
    found = {name: _decode_reference(text) for name, text in kept.items()}
    return {name: relation("user", one.id, "users") for name, one in found.items() if one.id is not None}


def draw_left(left: Left | None) -> dict[str, Any] | None:
    if left is None:
        return None
    return {"name": left.name, "dueAt": {metric: iso_or_none(at) for metric, at in left.due.items()}}


def draw_standing(standing: Standing) -> dict[str, Any]:
    """The `sla` of a conversation. `breachAt` is when a metric is, was or would have been due."""
    matched, breach = standing.matched, standing.breach
    return {
        "id": matched.policy,
        "versionId": matched.version,
        "name": matched.name,
        "version": matched.number,
        "matchedAt": iso(matched.at),
        "status": standing.state,
        "breached": breach is not None,
        "breach": None if breach is None else {"metric": breach.metric, "at": iso(breach.at)},
        "dueAt": iso_or_none(standing.due),
        "metrics": {
            clock.metric: {
                "status": clock.state,
                "startedAt": iso(clock.since),
                "breachAt": iso_or_none(clock.due),
                "breached": clock.is_broken,
                "warned": clock.is_warned,
                "satisfiedAt": None if clock.is_broken else iso_or_none(clock.ended),
            }
            for clock in standing.clocks
        },
        "summary": {
            "satisfiedAt": iso_or_none(standing.satisfied_at),
            "firstBreachAt": iso_or_none(standing.first_breach_at),
        },
    }
