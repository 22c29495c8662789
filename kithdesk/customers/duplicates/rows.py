"""How records become hints. Whoever projects a profile, claims or a merge calls these."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, insert, select

from kithdesk.core.events import Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.customers.duplicates.hints import hints_of
from kithdesk.customers.duplicates.tables import customer_hints, duplicate_dismissals
from kithdesk.customers.events import DuplicateDismissed
from kithdesk.customers.profile import Claims, Profile
from kithdesk.customers.tables import customers

_INSERT = insert(customer_hints)
_FORGET = delete(customer_hints).where(
    customer_hints.c.organisation == bindparam("organisation"),
    customer_hints.c.customer == bindparam("customer"),
)
_RECORD = select(customers.c.profile, customers.c.claims).where(
    customers.c.organisation == bindparam("organisation"), customers.c.id == bindparam("customer")
)
_DISMISS = Upsert(duplicate_dismissals, ["organisation", "one", "other"], [])

_decode_profile = msgspec.json.Decoder(Profile).decode
_decode_claims = msgspec.json.Decoder(Claims).decode


def remember_hints(rows: Rows, customer: str, profile: Profile, claims: Claims) -> None:
    """For a record of which nothing is remembered yet."""
    whose: dict[str, Any] = {"organisation": rows.organisation, "customer": customer}
    for hint in hints_of(profile, claims):
        rows.execute(_INSERT, {**whose, **msgspec.structs.asdict(hint)})


def renew_hints(rows: Rows, customer: str) -> None:
    """After its row has changed."""
    forget_hints(rows, customer)
    row = rows.execute(_RECORD, {"organisation": rows.organisation, "customer": customer}).one()
    remember_hints(rows, customer, _decode_profile(row.profile), _decode_claims(row.claims))


def forget_hints(rows: Rows, customer: str) -> None:
    """A record that is part of another is suggested no more."""
    rows.execute(_FORGET, {"organisation": rows.organisation, "customer": customer})


def remember_dismissal(rows: Rows, customer: str, other: str) -> None:
    """These two are not the same; said again, it changes nothing."""
    low, high = sorted((customer, other))
    rows.execute(_DISMISS, {"organisation": rows.organisation, "one": low, "other": high})


def project_dismissed(rows: Rows, recorded: Recorded[DuplicateDismissed]) -> None:
    remember_dismissal(rows, recorded.event.customer, recorded.event.other)
