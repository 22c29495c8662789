"""Times that other systems tell. Their clocks may be wrong, and what is told stays."""

from __future__ import annotations

from kithdesk.core.actors import Actor
from kithdesk.core.clock import MINUTE, Instant
from kithdesk.core.errors import BadParameter
from kithdesk.customers.objects.by_hand import keeper_of
from kithdesk.customers.objects.entities import Klass, KObject

AHEAD = 5 * MINUTE
"""As far as a clock that is right enough may be before ours."""
_FIRST = Instant(0)


def check_told(at: Instant | None, now: Instant, parameter: str) -> None:
    """From 1970 on, and not to come. Raises `BadParameter`."""
    if at is not None and not _FIRST <= at <= now + AHEAD:
        raise BadParameter("A time since 1970 that has passed.", parameter=parameter)


def check_source_time(
    actor: Actor, now: Instant, klass: Klass, known: KObject | None, at: Instant | None
) -> None:
    """Who may say what the other system's clock said of a version: whatever is older is passed over from then on.

    A connected shop signs its own times, and no program has a say in them. Raises `BadParameter`.
    """
    parameter = "sourceUpdatedAt"
    if at is None or actor.type == "system":
        return
    if actor.type == "user":
        raise BadParameter("Only programs say what another system's clock says.", parameter=parameter)
    if known is not None and keeper_of(klass, known) == "shop":
        raise BadParameter("A connected shop keeps this record, by its own clock.", parameter=parameter)
    check_told(at, now, parameter)
