"""Order per sender."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from proofs.history import Acked, History, Refused, Sent
from proofs.rules.records import of


def senders_keep_their_order(history: History) -> Iterator[str]:
    """What one client sent to one conversation stands there in the order of sending.

    A client repeats its unanswered sends in their old order, so order holds across restarts too. Only sends that were
    refused on the way may stand later: the client tries them again after others.
    """
    refused = {one.id for one in of(history, Refused)}
    rank: dict[str, int] = {}
    for number, sent in enumerate(of(history, Sent)):
        rank.setdefault(sent.id, number)
    lines: dict[tuple[str, str], dict[str, Acked]] = defaultdict(dict)
    for acked in of(history, Acked):
        if acked.id not in refused and acked.id in rank and acked.position is not None:
            lines[(acked.client, acked.conversation)][acked.id] = acked
    for (client, conversation), answers in lines.items():
        by_position = sorted(answers.values(), key=lambda acked: acked.position or 0)
        for earlier, later in pairwise(by_position):
            if rank[earlier.id] > rank[later.id]:
                yield (
                    f"{client} in {conversation}: {later.id} was sent before {earlier.id} and stands after it"
                    f" ({later.position} > {earlier.position})"
                )
