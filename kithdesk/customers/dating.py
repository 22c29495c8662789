"""Saying when a record was made, for records that come from elsewhere."""

from __future__ import annotations

from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.customers.errors import NotYoursToDate


def check_may_date(actor: Actor, **dates: Instant | None) -> None:
    """By the parameters that carry them. Raises `NotYoursToDate`."""
    for parameter, at in dates.items():
        if at is not None and not actor.may_administer:
            raise NotYoursToDate(parameter)
