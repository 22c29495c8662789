"""What is of one customer: where a search is narrowed to them, it looks at this and at nothing else."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from kithdesk import conversations, customers
from kithdesk.core.computing import aside
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId
from kithdesk.views.documents import Kind, number_of
from kithdesk.views.fulltext import among

KINDS: tuple[Kind, ...] = ("conversation", "message", "note", "kobject")
"""What a customer may have; they themselves are found already."""
MOST_SAID = 10_000


class Within(NamedTuple):
    """A customer, and which documents are of what was said with them, as the values of an `IsAmong` called `said`.

    `is_cut`: there was more, said before.
    """

    customer: CustomerId
    said: dict[str, str]
    is_cut: bool


def within(reads: Reads, customer: str) -> Within:
    """Conversations of the customer, or of the one they were merged into, and what was said. Raises `NotFound`."""
    id = customers.get_customer(reads, CustomerId(customer)).id
    opened = conversations.conversation_ids_of(reads, id)
    said = conversations.ids_said_with(reads, id, limit=MOST_SAID + 1)
    listed = aside(partial(_listed, [*opened, *said[:MOST_SAID]]))
    return Within(id, listed, is_cut=len(said) > MOST_SAID)


def _listed(ids: list[str]) -> dict[str, str]:
    return among("said", [number_of(id) for id in ids])
