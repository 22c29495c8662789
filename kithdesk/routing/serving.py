"""The procedure: who gets what arrives, and what waits when somebody has room again.

Nothing waits while somebody who may take it has room: so whatever comes is given at once to the best of those who may,
and whoever has room again takes the first of what they may. Nobody is ever given more than their capacity, and nothing
is given out of a queue outside its hours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kithdesk.conversations.events import Reason
from kithdesk.routing import reasons
from kithdesk.routing.choosing import Agent, Decision, Waiting, pick_agent, pick_item
from kithdesk.routing.events import How
from kithdesk.routing.floor import Floor

CHUNK = 20
"""How many items one command gives out: about 5 ms."""


def place(floor: Floor, item: Waiting, *, otherwise: Reason = reasons.WAITING) -> None:
    """Gives the item to the best agent who may take it, or lets it wait, `otherwise` saying why.

    If something that waits should go first to that agent, the item waits, they are served, and the next best is tried.
    """
    served: set[str] = set()
    waiting: Waiting | None = _in_its_language(floor, item)
    while waiting is not None:
        crowd = floor.crowd_for(waiting)
        decision = pick_agent(waiting, crowd)
        chosen = crowd.chosen(decision)
        if chosen is None:
            floor.wait(waiting, reasons.of_waiting(otherwise, decision), decision)
            return
        heads = [head for head in floor.heads_for(chosen) if head.id != waiting.id]
        if pick_item(chosen, [*heads, waiting]).item == waiting:
            asking = reasons.ASKING_IN_ITS_PLACE if otherwise.code in reasons.KEEPS_PLACE else reasons.ASKING
            _give(floor, waiting, chosen, decision, asking)
            return
        floor.wait(waiting, otherwise, decision)
        if chosen.user in served or len(served) == CHUNK:
            floor.serve_later([chosen.user])
            return
        served.add(chosen.user)
        serve(floor, [chosen.user])
        waiting = floor.still_waiting(waiting)


def serve(floor: Floor, users: Iterable[str]) -> None:
    """Gives out what waits, until these agents find nothing more that they may take.

    Each item goes to the best agent for it, which may be another one of them.
    """
    left = CHUNK
    waiting = list(dict.fromkeys(users))
    while waiting:
        item = _next_for(floor, waiting[0])
        if item is None:
            del waiting[0]
            continue
        if left == 0:
            floor.serve_later(waiting)
            return
        left -= 1
        crowd = floor.crowd_for(item)
        decision = pick_agent(item, crowd)
        chosen = crowd.chosen(decision)
        assert chosen is not None  # the agent who found it may take it, if nobody else
        _give(floor, item, chosen, decision)


def pass_on(floor: Floor, item: Waiting, user: str, how: How, put_back: Callable[[Waiting], None]) -> None:
    """The agent who was asked does not take it. It goes to the next, and they to what else there is."""
    floor.end_offer(item, user, how)
    if how == "timed_out":
        floor.set_unavailable(user)
    put_back(item)
    serve(floor, [user])


def hold_out_no_longer(floor: Floor, item: Waiting) -> None:
    """It has waited long enough for somebody who speaks its language."""
    place(floor, floor.drop_language(item))


def _in_its_language(floor: Floor, item: Waiting) -> Waiting:
    """As it is, while it may hold out for its language."""
    if item.traits.language is None or floor.may_hold_out(item):
        return item
    return floor.drop_language(item)


def _next_for(floor: Floor, user: str) -> Waiting | None:
    agent = floor.agent(user)
    if agent is None or not agent.is_available or agent.load >= agent.capacity:
        return None
    return pick_item(agent, floor.heads_for(agent)).item


def _give(
    floor: Floor, item: Waiting, agent: Agent, decision: Decision, asking: Reason = reasons.ASKING
) -> None:
    seconds = floor.seconds_to_accept(item, agent)
    if seconds is None:
        floor.assign(item, agent.user, decision)
    else:
        floor.offer(item, agent.user, decision, seconds, asking)
