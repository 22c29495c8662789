"""What an agent has in hand: what they are asked to take, have, and wrap up. A console that begins shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kithdesk.access import get_user
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads
from kithdesk.routing.errors import SomeoneElsesWork, UnknownState
from kithdesk.routing.items import draw_many
from kithdesk.routing.queries.in_hand import count_in_hand, list_in_hand

STATES = ("offered", "assigned", "wrap_up")


def draw_in_hand(
    reads: Reads, user_id: str, states: Sequence[str], page: Page
) -> tuple[list[dict[str, Any]], int]:
    """One page of an agent's `work_item` resources in these states, the newest first, and how many there are.

    Raises `NotFound`, `SomeoneElsesWork`, `UnknownState`.
    """
    user = get_user(reads, user_id)
    if reads.actor.id != user.id and not reads.actor.may_administer:
        raise SomeoneElsesWork
    if not states or not set(states) <= set(STATES):
        raise UnknownState
    items = list_in_hand(reads, user.id, states, page.size, page.offset)
    return draw_many(reads, items), count_in_hand(reads, user.id, states)
