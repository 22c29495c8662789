"""Acked means kept: there once; unacked: at most once; nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from proofs.history import Acked, History, Listed, Message, Refused, Sent, Settled
from proofs.rules.records import of


def everything_acked_is_there_once(history: History) -> Iterator[str]:
    """Whatever was acknowledged is listed once, in the conversation and under the id that the answer named."""
    listed = _listed(history)
    for acked in of(history, Acked):
        found = listed[(acked.conversation, acked.message)]
        if len(found) != 1:
            yield f"{acked.client} {acked.id}: acknowledged as {acked.message}, listed {len(found)} times"
        elif (found[0].client_id, found[0].body) != (acked.id, acked.body):
            yield f"{acked.client} {acked.id}: {acked.message} is listed as {found[0].client_id}: {found[0].body}"


def nothing_is_there_twice(history: History) -> Iterator[str]:
    """No message id and no client id of one author is listed more than once, acknowledged or not."""
    identities = Counter(message.id for one in of(history, Listed) for message in one.messages)
    yield from (
        f"message {identity} is listed {count} times" for identity, count in identities.items() if count > 1
    )
    # The clients put their own name into each client id, so an id tells its author.
    by_client_id = Counter(message.client_id for one in of(history, Listed) for message in one.messages)
    for client_id, count in by_client_id.items():
        if client_id is not None and count > 1:
            yield f"{client_id} is listed {count} times"


def nothing_refused_is_there(history: History) -> Iterator[str]:
    """A refusal changed nothing. Only a repeat of what had been said may find the conversation gone: with another
    customer, once a merge was undone."""
    repeated = {one.id for one in of(history, Sent) if one.again}
    listed = {message.client_id for one in of(history, Listed) for message in one.messages}
    for refused in of(history, Refused):
        is_gone = refused.code == "notfound" and refused.id in repeated
        if refused.is_final and refused.id in listed and not is_gone:
            yield f"{refused.client} {refused.id}: refused with {refused.code}, and yet listed"


def nothing_was_made_up(history: History) -> Iterator[str]:
    """Every listed message was sent, with that body and of that kind."""
    sent = {one.id: (one.body, one.kind) for one in of(history, Sent)}
    for listed in of(history, Listed):
        for message in listed.messages:
            if message.client_id is None or message.client_id not in sent:
                yield f"message {message.id} ({message.client_id}) was never sent: {message.body!r}"
            elif sent[message.client_id] != (message.body, message.kind):
                yield f"message {message.id}: {message.client_id} was sent as {sent[message.client_id]}"


def a_repeat_gets_the_same_answer(history: History) -> Iterator[str]:
    first: dict[str, Acked] = {}
    for acked in of(history, Acked):
        if first.setdefault(acked.id, acked) != acked:
            yield f"{acked.client} {acked.id}: first answered {first[acked.id]}, then {acked}"


def everything_was_acked_in_the_end(history: History) -> Iterator[str]:
    """With the server back and the client repeating, every send gets an answer."""
    for settled in of(history, Settled):
        yield from (f"{send} never got an answer" for send in settled.open)


def _listed(history: History) -> dict[tuple[str, str], list[Message]]:
    found: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for listed in of(history, Listed):
        for message in listed.messages:
            found[(listed.conversation, message.id)].append(message)
    return found
