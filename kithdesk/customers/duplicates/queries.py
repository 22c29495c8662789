"""Every SELECT of hints and dismissals. Each begins with the organisation of who asks; visitors ask for none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select

from kithdesk.core.work import Reads
from kithdesk.customers.duplicates.hints import MAX_SHARERS, WORTH, Hint, Source
from kithdesk.customers.duplicates.tables import customer_hints, duplicate_dismissals
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.tables import customers

_MINE = customer_hints.c.organisation == bindparam("organisation")
_OF_CUSTOMER = select(customer_hints.c.kind, customer_hints.c.value, customer_hints.c.source).where(
    _MINE, customer_hints.c.customer == bindparam("customer")
)
_MOST: Any = bindparam("most")
_SHARERS = (
    select(customer_hints.c.customer, customer_hints.c.source)
    .where(
        _MINE,
        customer_hints.c.kind == bindparam("kind"),
        customer_hints.c.value == bindparam("value"),
        customer_hints.c.customer != bindparam("customer"),
    )
    .limit(_MOST)
)
_OF_PAIRS = duplicate_dismissals.c.organisation == bindparam("organisation")
_HAS_ANY = duplicate_dismissals.c.one.in_(
    bindparam("ids", expanding=True)
) | duplicate_dismissals.c.other.in_(bindparam("ids", expanding=True))
_IS_DISMISSED = select(duplicate_dismissals.c.one).where(
    _OF_PAIRS,
    duplicate_dismissals.c.one == bindparam("one"),
    duplicate_dismissals.c.other == bindparam("other"),
)

# What so few share that it says something: the rows are read in the order of their key, and none is kept.
_SHARED = (
    select(customer_hints.c.kind, customer_hints.c.value)
    .where(_MINE)
    .group_by(customer_hints.c.kind, customer_hints.c.value)
    .having(func.count().between(2, MAX_SHARERS + 1))
    .cte("shared")
)
_ONE, _OTHER = customer_hints.alias("one_hint"), customer_hints.alias("other_hint")
_FIRST, _SECOND = customers.alias("first_said"), customers.alias("second_said")


def _as_now(said: Any, id: Any) -> Any:
    """Who was said not to be somebody may be a part of another by now."""
    return func.coalesce(said.c.merged_into, id)


_LEFT = _as_now(_FIRST, duplicate_dismissals.c.one)
_RIGHT = _as_now(_SECOND, duplicate_dismissals.c.other)
_DISMISSED_BY_NOW = (
    select(_LEFT.label("one"), _RIGHT.label("other"))
    .select_from(
        duplicate_dismissals.outerjoin(
            _FIRST,
            and_(
                _FIRST.c.organisation == duplicate_dismissals.c.organisation,
                _FIRST.c.id == duplicate_dismissals.c.one,
            ),
        ).outerjoin(
            _SECOND,
            and_(
                _SECOND.c.organisation == duplicate_dismissals.c.organisation,
                _SECOND.c.id == duplicate_dismissals.c.other,
            ),
        )
    )
    .where(_OF_PAIRS)
)
_DISMISSED_SINCE_MERGED = _DISMISSED_BY_NOW.where(
    _FIRST.c.merged_into.is_not(None) | _SECOND.c.merged_into.is_not(None)
)
_DISMISSED_OF = _DISMISSED_BY_NOW.where(_HAS_ANY)
_ALIKE = (
    select(
        _ONE.c.customer.label("one"),
        _OTHER.c.customer.label("other"),
        _ONE.c.kind,
        _ONE.c.value,
        _ONE.c.source.label("one_source"),
        _OTHER.c.source.label("other_source"),
    )
    .select_from(
        _SHARED.join(
            _ONE,
            and_(
                _ONE.c.organisation == bindparam("organisation"),
                _ONE.c.kind == _SHARED.c.kind,
                _ONE.c.value == _SHARED.c.value,
            ),
        )
        .join(
            _OTHER,
            and_(
                _OTHER.c.organisation == bindparam("organisation"),
                _OTHER.c.kind == _SHARED.c.kind,
                _OTHER.c.value == _SHARED.c.value,
                _OTHER.c.customer > _ONE.c.customer,
            ),
        )
        .outerjoin(
            duplicate_dismissals,
            and_(
                duplicate_dismissals.c.organisation == bindparam("organisation"),
                duplicate_dismissals.c.one == _ONE.c.customer,
                duplicate_dismissals.c.other == _OTHER.c.customer,
            ),
        )
    )
    .where(duplicate_dismissals.c.one.is_(None))
    .order_by(
        case(WORTH, value=_ONE.c.kind, else_=0).desc(),
        _ONE.c.kind,
        _ONE.c.value,
        _ONE.c.customer,
        _OTHER.c.customer,
    )
    .limit(_MOST)
)


def list_alike(reads: Reads, *, most: int) -> list[Any]:
    """What any two records of the organisation have in common, the surest first: one row for each thing. Without those
    two that are dismissed themselves."""
    return reads.execute(_ALIKE, {"organisation": reads.organisation, "most": most}).rows


def dismissed_since_merged(reads: Reads) -> set[tuple[str, str]]:
    """Pairs of whom one became a part of another after it was said, by their ids of now: the lower first."""
    rows = reads.execute(_DISMISSED_SINCE_MERGED, {"organisation": reads.organisation})
    return {(min(row.one, row.other), max(row.one, row.other)) for row in rows}


def list_hints(reads: Reads, customer: CustomerId) -> list[Hint]:
    """In the order of the surest."""
    values = {"organisation": reads.organisation, "customer": customer}
    found = [Hint(row.kind, row.value, row.source) for row in reads.execute(_OF_CUSTOMER, values)]
    return sorted(found, key=lambda hint: (hint.kind, hint.value))


def list_sharers(reads: Reads, customer: CustomerId, hint: Hint) -> list[tuple[CustomerId, Source]]:
    """Who else has it; nobody, when so many have that it says nothing."""
    values = {
        "organisation": reads.organisation,
        "customer": customer,
        "kind": hint.kind,
        "value": hint.value,
        "most": MAX_SHARERS + 1,
    }
    found = [(CustomerId(row.customer), row.source) for row in reads.execute(_SHARERS, values)]
    return found if len(found) <= MAX_SHARERS else []


def list_dismissed(reads: Reads, ids: Sequence[CustomerId]) -> set[CustomerId]:
    """With whom any of these was said not to be the same, by their ids of now."""
    values = {"organisation": reads.organisation, "ids": list(ids)}
    rows = reads.execute(_DISMISSED_OF, values)
    return {CustomerId(id) for row in rows for id in (row.one, row.other)} - set(ids)


def is_dismissed(reads: Reads, one: CustomerId, other: CustomerId) -> bool:
    """Whether it was said of these two records themselves."""
    low, high = sorted((one, other))
    values = {"organisation": reads.organisation, "one": low, "other": high}
    return reads.execute(_IS_DISMISSED, values).first() is not None
