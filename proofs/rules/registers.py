"""What a conversation has one of: who holds it, and its status. Each is a register that the journal orders.

A change asked for over HTTP takes effect at one moment between the asking and the answer; a reading shows the moment
that its answer names. Both moments are positions, so that there is nothing to search for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from proofs.history import (
    Changed,
    Changing,
    Event,
    Fault,
    History,
    Looking,
    Marked,
    Replayed,
    Saw,
    Settled,
)
from proofs.rules.records import of, position_told
from proofs.rules.register import Register

GRACE_MILLISECONDS = 2_000
"""A timer is due to the second, and the server may have been starting."""
STATUS_OF = {"snooze": "snoozed", "done": "done", "open": "open"}


def assignments_are_one_register(history: History) -> Iterator[str]:
    """A conversation is held by whom the last change says, for those who change it and for those who look."""
    registers = _registers(history, lambda event: event.assigned)
    yield from _writes_take_effect(history, registers, _wanted_assignment)
    for saw, conversation in _sights(history):
        if conversation in registers and (held := registers[conversation].at(saw.position)) != saw.assigned:
            yield f"{saw.key}: {conversation} at {saw.position} was held by {held}, seen with {saw.assigned}"


def statuses_are_one_register(history: History) -> Iterator[str]:
    """The same of open, snoozed and done."""
    registers = _registers(history, lambda event: event.status)
    yield from _writes_take_effect(history, registers, lambda change: STATUS_OF.get(change.deed))
    for saw, conversation in _sights(history):
        if conversation in registers and (stood := registers[conversation].at(saw.position)) != saw.status:
            yield f"{saw.key}: {conversation} at {saw.position} was {stood}, seen as {saw.status}"


def a_reading_is_not_of_the_past(history: History) -> Iterator[str]:
    """Whoever looks after somebody was told a position sees at least that far."""
    told, at_looking = 0, dict[str, int]()
    for record in history:
        if isinstance(record, Looking):
            at_looking[record.key] = told
        elif isinstance(record, Saw) and record.position < at_looking.get(record.key, 0):
            yield f"{record.key}: seen as of {record.position} when {at_looking[record.key]} was known"
        told = max(told, position_told(record))


def who_sleeps_wakes_up(history: History) -> Iterator[str]:
    """Nothing is snoozed for longer than was wished, whatever happened to the server meanwhile."""
    settled = next(of(history, Settled), None)
    if settled is None:
        return
    for conversation, events in _events(history).items():
        last = next((event for event in reversed(events) if event.status is not None), None)
        wishes = [event.until for event in events if event.until is not None]
        if last is not None and last.status == "snoozed" and wishes:
            late = settled.at - wishes[-1]
            if late > GRACE_MILLISECONDS:
                yield f"{conversation}: snoozed at {last.position}, asleep {late / 1000:.1f} s after its time"


def nobody_is_woken_twice_or_early(history: History) -> Iterator[str]:
    """A timer goes off once for each snooze, at its time: on whichever node, and however often a node died over it.

    While a node's clock is wrong, nobody knows what early is.
    """
    is_clock_right = not any(fault.kind == "clock jumps" for fault in of(history, Fault))
    for conversation, events in _events(history).items():
        snoozed: Event | None = None
        for event in events:
            if event.cause == "timer":
                if snoozed is None:
                    yield f"{conversation}: woken at {event.position}, and was awake"
                elif is_clock_right and event.at is not None and event.at < (snoozed.until or 0):
                    early = ((snoozed.until or 0) - event.at) / 1000
                    yield f"{conversation}: woken at {event.position}, {early:.1f} s before its time"
            if event.until is not None:
                snoozed = event
            elif event.status is not None:
                snoozed = None


def read_marks_stand(history: History) -> Iterator[str]:
    """What a side has read stays read: an acknowledged mark is reached by that side's last one."""
    events = _events(history)
    for marked in of(history, Marked):
        side = "user" if marked.client.startswith("agent") else "customer"
        stands = {event.message: event.position for event in events[marked.conversation] if _is_said(event)}
        marks = [
            stands.get(event.message or "", 0)
            for event in events[marked.conversation]
            if event.kind == "message.read" and event.by == side
        ]
        if marks != sorted(set(marks)):
            yield f"{marked.conversation}: the {side}'s mark went back"
        if marked.message not in stands:
            yield f"{marked.client}: {marked.message} is read, and not in {marked.conversation}"
        elif not any(mark >= stands[marked.message] for mark in marks):
            yield f"{marked.client}: {marked.message} was acknowledged as read and is not"


def _is_said(event: Event) -> bool:
    return event.kind in ("message.created", "note.created")


def _wanted_assignment(change: Changing) -> object:
    if change.deed == "assign":
        return change.value
    return () if change.deed == "queue" else None


def _writes_take_effect(
    history: History, registers: dict[str, Register[object]], wanted: Callable[[Changing], object]
) -> Iterator[str]:
    told, asked, repeated = 0, dict[str, tuple[Changing, int]](), set[str]()
    for record in history:
        if isinstance(record, Changing):
            asked.setdefault(record.key, (record, told))
            if record.again:
                repeated.add(record.key)
        elif isinstance(record, Changed):
            change, known = asked[record.key]
            wish = wanted(change)
            register = registers.get(change.conversation)
            if wish is not None and register is not None:
                # The answer to a repeat may cover less than it shows, or nothing: where the first one stated nothing
                # itself, it names the last fact that stood in the journal before its batch.
                until = max(record.position, told) if record.key in repeated else record.position
                held = register.within(known, until or told)
                if wish not in held:
                    yield (
                        f"{record.key}: {change.deed} {change.value} of {change.conversation} was answered at"
                        f" {record.position}; from {known} on it held {held}"
                    )
        told = max(told, position_told(record))


def _sights(history: History) -> Iterator[tuple[Saw, str]]:
    looked = {one.key: one.conversation for one in of(history, Looking)}
    return ((saw, looked[saw.key]) for saw in of(history, Saw))


def _registers(history: History, value: Callable[[Event], object]) -> dict[str, Register[object]]:
    found: dict[str, Register[object]] = {}
    for conversation, events in _events(history).items():
        register = found[conversation] = Register[object]()
        for event in events:
            if (now := value(event)) is not None:
                register.set(event.position, now)
    return found


def _events(history: History) -> dict[str, list[Event]]:
    """What happened in each conversation, from its beginning and in order."""
    found: dict[str, list[Event]] = defaultdict(list)
    for reading in of(history, Replayed):
        kind, _, conversation = reading.topic.partition(":")
        if kind == "conversation" and reading.after == 0:
            found[conversation] = sorted(reading.events, key=lambda event: event.position)
    return found
