"""Making, changing, ordering and deleting policies. For administrators.

They are asked in their order, and the first that matches a conversation is its SLA. A change of what is promised makes
a new version; conversations keep the one that they have until another policy matches them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from kithdesk.calendar import find_schedule
from kithdesk.calendar.errors import UnknownSchedule
from kithdesk.core.actors import check_admin
from kithdesk.core.clock import DAY, SECOND
from kithdesk.core.errors import BadOrder, BadParameter, ChangedMeanwhile, NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.names import MAX_NAME, check_text, strict_name
from kithdesk.core.work import Reads, Work
from kithdesk.criteria import check_criteria, check_together
from kithdesk.sla.errors import BadTarget, TooManyPolicies
from kithdesk.sla.events import PoliciesOrdered, PolicyChanged, PolicyCreated, PolicyDeleted
from kithdesk.sla.ids import PolicyId, VersionId
from kithdesk.sla.promises import METRICS, Metric, Promise, Target
from kithdesk.sla.queries import Policy, count_policies, find_policy, list_policies

MOST = 100
MAX_DESCRIPTION = 2_000
PRIORITIES = ("1", "2", "3", "4", "5")
LONGEST = 366 * DAY // SECOND
"""Seconds of a target, or of a warning."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is set of a policy; the rest stays, or is what a new one begins with."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    criteria: Mapping[str, Any] | UnsetType = UNSET
    metrics: Mapping[Metric, Target] | UnsetType = UNSET
    schedule: str | UnsetType | None = UNSET
    pause_on_snooze: bool | UnsetType = UNSET
    warn_before: int | UnsetType | None = UNSET
    is_enabled: bool | UnsetType = UNSET


def create_policy(work: Work, wish: Wish) -> Policy:
    """After all others. Raises `Forbidden`, `TooManyPolicies`, `CriteriaFull`, and what makes no sense of it."""
    check_admin(work.actor)
    if count_policies(work) >= MOST:
        raise TooManyPolicies(MOST)
    id = PolicyId(work.new_id())
    promise = _checked(work, id, Promise(name=""), wish)
    work.publish(
        PolicyCreated(
            policy=id,
            version=work.new_id(),
            number=1,
            promise=msgspec.structs.replace(promise, criteria={}),
            criteria=promise.criteria,
            is_enabled=True if wish.is_enabled is UNSET else wish.is_enabled,
        )
    )
    return get_policy(work, id)


def change_policy(work: Work, id: PolicyId, wish: Wish, *, rev: int | None = None) -> Policy:
    """What is so already states nothing. Raises `NotFound`, `ChangedMeanwhile`, and the same."""
    known = get_policy(work, id)
    check_admin(work.actor)
    if rev not in (None, known.rev):
        raise ChangedMeanwhile("The SLA")
    promise = _checked(work, id, known.promise, wish)
    is_enabled = known.is_enabled if wish.is_enabled is UNSET else wish.is_enabled
    says_other = promise != known.promise
    if says_other or is_enabled != known.is_enabled:
        work.publish(
            PolicyChanged(
                policy=id,
                version=VersionId(work.new_id()) if says_other else known.version,
                number=known.number + says_other,
                promise=msgspec.structs.replace(promise, criteria={}),
                criteria=promise.criteria,
                is_enabled=is_enabled,
            )
        )
    return get_policy(work, id)


def order_policies(work: Work, ids: Sequence[str]) -> None:
    """Raises `Forbidden`, `BadOrder`."""
    check_admin(work.actor)
    before = [policy.id for policy in list_policies(work)]
    if sorted(ids) != sorted(before):
        raise BadOrder("policies", parameter="slas")
    if list(ids) != before:
        work.publish(PoliciesOrdered(policies=list(ids)))


def delete_policy(work: Work, id: PolicyId) -> None:
    """Raises `NotFound`, `Forbidden`."""
    get_policy(work, id)
    check_admin(work.actor)
    work.publish(PolicyDeleted(policy=id))


def get_policy(reads: Reads, id: str) -> Policy:
    """Raises `NotFound`."""
    found = find_policy(reads, id) if is_id(id) else None
    if found is None:
        raise NotFound
    return found


def _checked(work: Work, id: PolicyId, before: Promise, wish: Wish) -> Promise:
    said = {
        field: getattr(wish, field)
        for field in wish.__struct_fields__
        if field != "is_enabled" and getattr(wish, field) is not UNSET
    }
    promise = msgspec.structs.replace(before, **said)
    if promise.schedule is not None and promise.schedule != before.schedule:
        _check_schedule(work, promise.schedule)
    if wish.criteria is not UNSET:
        check_criteria(work, promise.criteria)
        check_together(_criteria_beside(work, id), promise.criteria, before=before.criteria)
    _check_targets(promise.metrics)
    if promise.warn_before is not None and not 1 <= promise.warn_before <= LONGEST:
        raise BadParameter(f"Seconds, from 1 to {LONGEST}.", parameter="warnBefore")
    if len(promise.description) > MAX_DESCRIPTION:
        raise BadParameter(f"At most {MAX_DESCRIPTION} characters.", parameter="description")
    check_text(promise.description, parameter="description")
    return msgspec.structs.replace(promise, name=strict_name(promise.name[: MAX_NAME + 1], parameter="name"))


def _criteria_beside(work: Work, id: PolicyId) -> Iterator[dict[str, Any]]:
    """Of all other policies; one that is switched off may be switched on again."""
    return (policy.promise.criteria for policy in list_policies(work) if policy.id != id)


def _check_schedule(work: Work, id: str) -> None:
    if not is_id(id) or find_schedule(work, id) is None:
        raise UnknownSchedule


def _check_targets(metrics: Mapping[Metric, Target]) -> None:
    if not metrics:
        raise BadTarget("A metric at least, with its target.", parameter="metrics")
    for metric, target in metrics.items():
        if metric not in METRICS:
            raise BadTarget(f"One of: {', '.join(METRICS)}.", parameter=f"metrics.{metric}"[:160])
        if target.seconds is None and not target.by_priority:
            raise BadTarget("A target, in seconds.", parameter=f"metrics.{metric}")
        if any(priority not in PRIORITIES for priority in target.by_priority):
            raise BadTarget("Priorities are from 1 to 5.", parameter=f"metrics.{metric}.byPriority")
        for seconds in (target.seconds, *target.by_priority.values()):
            if seconds is not None and not 1 <= seconds <= LONGEST:
                raise BadTarget(f"Seconds, from 1 to {LONGEST}.", parameter=f"metrics.{metric}")
