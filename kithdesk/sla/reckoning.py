"""Reckoning where a conversation stands, whenever something happened that its clocks know of, and when they are due.

Everything is counted anew from what happened, by the version that it has and the hours as they are now; what was stated
already is not stated again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from kithdesk.calendar import ALWAYS, default_schedule, find_schedule
from kithdesk.conversations import get_conversation
from kithdesk.core.actors import system
from kithdesk.core.work import Reads, Work
from kithdesk.criteria import Facts, as_ours
from kithdesk.sla.clocks import Clock, Hours, Meter, Step, clocks_of, measured, shortened
from kithdesk.sla.events import SlaBreached, SlaClocked, SlaMatched, SlaSatisfied, SlaUnmatched, SlaWarned
from kithdesk.sla.matching import Asking
from kithdesk.sla.past import steps_before
from kithdesk.sla.promises import Promise
from kithdesk.sla.queries import Clocked, find_clocked, find_version
from kithdesk.sla.standing import Cause, Matched, Reckoned, Standing, left_behind, reckoned
from kithdesk.sla.timers import SlaDue, due_key

MAX_STEPS = 60
"""So many are counted anew; what came before is kept as the spans in which gauges ran."""


class Has(NamedTuple):
    """What a conversation has from now on."""

    matched: Matched
    priority: int


class Counted(NamedTuple):
    """`meter`: to be kept in place of the steps, where they are many."""

    steps: tuple[Step, ...]
    meter: Meter | None
    clocks: tuple[Clock, ...]


def reckon(
    work: Work,
    conversation: str,
    customer: str,
    steps: Sequence[Step] = (),
    *,
    asking: Asking | None = None,
    has_rung: bool = False,
) -> None:
    """States what follows from these steps, or only from the time it is.

    `asking`: it changed, so that another policy may match. `has_rung`: its timer has gone off.
    """
    last = find_clocked(work, work.organisation, conversation)
    before = None if last is None or last.is_past else last
    if before is None and (asking is None or asking.has_none):
        return
    if before is None:
        steps = steps_before(work, get_conversation(as_ours(work), conversation))
        if not steps:
            return
    has = _has(before, asking)
    if has is None:
        if before is not None:
            _let_go(work, conversation, customer, before.standing, None if asking is None else asking.cause)
        return
    counted, found = stands_with(work, has, last, steps)
    known = None if before is None else before.standing
    if known is None or known.matched != has.matched:
        _state_matched(work, conversation, customer, counted, found, known, asking)
    else:
        _state_clocks(work, conversation, customer, counted, found, known)
    _state_told(work, conversation, customer, found)
    _set_timer(work, conversation, found.standing, known, has_rung=has_rung)


def stands_with(
    reads: Reads, has: Has, last: Clocked | None, steps: Sequence[Step]
) -> tuple[Counted, Reckoned]:
    """What is counted after these steps, and how it stands with that. `last`: how it stood, with whatever it had."""
    before = None if last is None or last.is_past else last
    promise = promise_of(reads, has.matched)
    counted = _count(before, steps, promise, hours_of(reads, promise), has.priority)
    stood = None if last is None else last.standing
    return counted, reckoned(has.matched, counted.clocks, stood, priority=has.priority, now=reads.now)


def promise_of(reads: Reads, matched: Matched) -> Promise:
    version = find_version(reads, matched.policy, matched.number)
    assert version is not None
    return version.promise


def hours_of(reads: Reads, promise: Promise) -> Hours:
    """Those of its schedule, or if that was deleted, of the organisation's own."""
    if promise.schedule is None:
        return ALWAYS
    return find_schedule(reads, promise.schedule) or default_schedule(reads) or ALWAYS


def _has(before: Clocked | None, asking: Asking | None) -> Has | None:
    known = None if before is None else before.standing
    if asking is None:
        return None if known is None else Has(known.matched, known.priority)
    facts = asking.facts()
    if is_over(facts):
        return None if known is None else Has(known.matched, known.priority)
    matched = asking.first(facts, None if known is None else known.matched)
    if matched is None:
        return None
    (priority,) = facts.values("conversation_priority").raw
    return Has(matched, priority)


def is_over(facts: Facts) -> bool:
    """What was promised of it then is what counts: a tag months later breaks nothing."""
    return "done" in facts.values("conversation_status").raw or True in facts.values("conversation_ended").raw


def _count(
    before: Clocked | None, steps: Sequence[Step], promise: Promise, hours: Hours, priority: int
) -> Counted:
    old, start = ([], Meter()) if before is None else (before.steps, before.meter)
    meter = measured(old, start)
    new = []
    for step in steps:
        if meter.changes_with(step.what):
            meter = measured([step], meter)
            new.append(step)
    clocks = clocks_of(meter, promise, hours, priority=priority)
    is_long = len(old) + len(new) > MAX_STEPS
    return Counted(tuple(new), shortened(meter, promise, hours) if is_long else None, clocks)


def _state_matched(
    work: Work,
    conversation: str,
    customer: str,
    counted: Counted,
    found: Reckoned,
    known: Standing | None,
    asking: Asking | None,
) -> None:
    """With what the policy before promised and this one does not: nothing that was promised goes unseen."""
    matched = SlaMatched(
        conversation=conversation,
        customer=customer,
        standing=found.standing,
        steps=counted.steps,
        meter=counted.meter,
        cause=None if asking is None else asking.cause,
        left=None if known is None else left_behind(known, found.standing),
    )
    work.publish(matched, actor=system(work.organisation))


def _state_clocks(
    work: Work, conversation: str, customer: str, counted: Counted, found: Reckoned, known: Standing
) -> None:
    kept = [clock.metric for clock in found.kept]
    said: dict[str, Any] = {
        "conversation": conversation,
        "customer": customer,
        "standing": found.standing,
        "steps": counted.steps,
        "meter": counted.meter,
    }
    if kept:
        work.publish(SlaSatisfied(**said, metrics=kept), actor=system(work.organisation))
    elif counted.steps or _plain(found.standing) != _plain(known):
        work.publish(SlaClocked(**said), actor=system(work.organisation))


def _state_told(work: Work, conversation: str, customer: str, found: Reckoned) -> None:
    for told, clocks in ((SlaBreached, found.broken), (SlaWarned, found.warned)):
        for clock in clocks:
            event = told(
                conversation=conversation,
                customer=customer,
                standing=found.standing,
                metric=clock.metric,
                due=clock.due or work.now,
            )
            work.publish(event, actor=system(work.organisation))


def _plain(standing: Standing) -> tuple[object, ...]:
    """Without what was stated, which has events of its own."""
    clocks = (msgspec.structs.replace(one, is_warned=False, is_broken=False) for one in standing.clocks)
    return (standing.priority, *clocks)


def _let_go(work: Work, conversation: str, customer: str, known: Standing, cause: Cause | None) -> None:
    event = SlaUnmatched(
        conversation=conversation, customer=customer, cause=cause, left=left_behind(known, None)
    )
    work.publish(event, actor=system(work.organisation))
    work.cancel(due_key(conversation))


def _set_timer(
    work: Work, conversation: str, standing: Standing, known: Standing | None, *, has_rung: bool
) -> None:
    at, before = standing.next_at, None if known is None else known.next_at
    if at is None:
        if before is not None and not has_rung:
            work.cancel(due_key(conversation))
    elif at != before or has_rung:
        work.enqueue(
            SlaDue(conversation=conversation), at=at, unique=due_key(conversation), on_conflict="replace"
        )
