"""Two records that become one, and two again: once each, and everything stays with somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from proofs.history import Acked, History, Listed, LoggedIn, Merged, Replayed, Standing, Undone
from proofs.rules.records import audience_of, of
from proofs.rules.truth import Truth


def merges_happen_once(history: History) -> Iterator[str]:
    """What was acknowledged as merged, or as undone, stands in the journal once, whoever else asked for it."""
    events = Truth.of(history).events.values()
    merged = Counter(event.merge for event in events if event.kind == "customer.merged")
    undone = Counter(event.merge for event in events if event.kind == "customer.unmerged")
    for done in of(history, Merged):
        if merged[done.merge] != 1:
            yield f"{done.key}: merge {done.merge} was acknowledged, and happened {merged[done.merge]} times"
    for taken_back in of(history, Undone):
        if undone[taken_back.merge] != 1:
            times = undone[taken_back.merge]
            yield f"{taken_back.key}: undoing {taken_back.merge} was acknowledged, and happened {times} times"


def each_conversation_has_one_living_customer(history: History) -> Iterator[str]:
    """The one that the journal says, who is part of nobody else."""
    truth = Truth.of(history)
    for listed in of(history, Listed):
        owner = truth.whose.owner(listed.conversation, max(truth.events, default=0))
        if owner is not None and owner != listed.customer:
            yield f"{listed.conversation} is {listed.customer}'s, and {owner}'s by the events"
    for standing in of(history, Standing):
        if standing.answer != standing.customer:
            yield f"{standing.customer} has conversations, and is part of {standing.answer}"


def visitors_keep_their_own(history: History) -> Iterator[str]:
    """In the end whoever never logged in reads all that they said; whoever did, all they said as whom they are."""
    truth = Truth.of(history)
    end = max(truth.events, default=0)
    readings = {
        one.audience: (one.position, {event.message for event in one.events})
        for one in of(history, Replayed)
        if one.topic == "visitor" and not one.after
    }
    known = {login.client for login in of(history, LoggedIn)}
    for acked in of(history, Acked):
        audience = audience_of(acked.client)
        position, read = readings.get(audience, (0, set()))
        if acked.position is None or acked.position > position:
            continue
        home = truth.whose.homes.get(audience)
        if audience in known and (home is None or not truth.whose.is_with(home, acked.conversation, end)):
            continue
        if acked.message not in read:
            yield f"{acked.client} {acked.id}: acknowledged, and not read again by who said it"
