"""The row of a customer, their values, and their documents, from the facts of customers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, case, delete, func, insert, literal_column, null, select, update

from kithdesk.conversations.events import MessageRead, PageViewed
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.customers import Claims, Profile
from kithdesk.customers.events import (
    CustomerCreated,
    CustomerRemoved,
    CustomerUpdated,
    VisitorIdentified,
    VisitorRecordCreated,
)
from kithdesk.views import documents
from kithdesk.views.documents import Document, shown_of
from kithdesk.views.tables import view_conversations, view_customers
from kithdesk.views.values import add_custom, add_field, add_words, digits_in, folded, forget

OWNER = "customer"

_INSERT = insert(view_customers)
_ROW = update(view_customers).where(
    view_customers.c.organisation == bindparam("of"), view_customers.c.id == bindparam("customer")
)
_DELETE = delete(view_customers).where(
    view_customers.c.organisation == bindparam("of"), view_customers.c.id == bindparam("customer")
)
_AT: Any = bindparam("at")
_NAME_CONVERSATIONS = (
    update(view_conversations)
    .where(
        view_conversations.c.organisation == bindparam("of"),
        view_conversations.c.customer == bindparam("customer"),
    )
    .values(customer_name=bindparam("name"))
)
_NAME = select(view_customers.c.name).where(
    view_customers.c.organisation == bindparam("of"), view_customers.c.id == bindparam("customer")
)
_CHANGE = _ROW.values(
    name=bindparam("name"),
    is_identified=bindparam("is_identified"),
    updated_at=_AT,
    modified_at=_AT,
    modified_by=bindparam("by"),
)
_PROFILE = (
    "gender",
    "locale",
    "default_lang",
    "company",
    "birthday_at",
    "signed_up_at",
)
_SET_PROFILE = _ROW.values({name: bindparam(name) for name in _PROFILE})


def _latest(*names: str) -> dict[str, Any]:
    """A message of last year may be told today."""
    columns = {name: view_customers.c[name] for name in names}
    return {name: case((column > _AT, column), else_=_AT) for name, column in columns.items()}


_WAITING: Any = view_customers.c.waiting_since
_WAITING_STILL = (
    select(func.min(view_conversations.c.waiting_since))
    .where(
        view_conversations.c.organisation == bindparam("of"),
        view_conversations.c.customer == bindparam("customer"),
        view_conversations.c.waiting_since.is_not(None),
        view_conversations.c.status != literal_column("'done'"),
    )
    .scalar_subquery()
)
_IN = _ROW.values(
    {
        **_latest("activity_at", "last_seen_at", "last_message_at", "last_in_at"),
        "waiting_since": case((_WAITING < _AT, _WAITING), else_=_AT),
    }
)
_AUTOMATIC = _ROW.values(_latest("activity_at", "last_message_at", "last_out_at"))
_OUT = _AUTOMATIC.values(waiting_since=case((_WAITING.is_not(None), _WAITING_STILL), else_=null()))
_WAITS = _ROW.values(waiting_since=_WAITING_STILL)
_SEEN = _ROW.values(last_seen_at=_AT)
_OPENED = _ROW.values(conversation_count=literal_column("conversation_count + 1"))
_EMPTY = {column.name: None for column in view_customers.c}


def project_created(rows: Rows, recorded: Recorded[CustomerCreated]) -> None:
    event = recorded.event
    created_at = recorded.at if event.created_at is None else event.created_at
    rows.execute(
        _INSERT,
        {
            **_EMPTY,
            "organisation": rows.organisation,
            "id": event.customer,
            "name": folded(event.display_name),
            **_columns_of(event.profile),
            "is_identified": event.is_identified,
            "imported_at": event.imported_at,
            "created_at": created_at,
            "first_created_at": created_at,
            "created_by": recorded.actor.id,
            "updated_at": recorded.at,
            "modified_at": recorded.at,
            "modified_by": recorded.actor.id,
            "activity_at": created_at,
            "last_seen_at": None if event.visitor is None else recorded.at,
            "conversation_count": 0,
        },
    )
    add_values(rows, event.customer, event.profile)
    documents.add(rows, document_of(event.customer, event.display_name, event.profile, created_at))
    if event.claims != _NOTHING:
        documents.add(rows, _claim_of(event.customer, event.claims, created_at))


def project_updated(rows: Rows, recorded: Recorded[CustomerUpdated]) -> None:
    event = recorded.event
    values = {
        "of": rows.organisation,
        "customer": event.customer,
        "is_identified": event.is_identified,
        "at": recorded.at,
        "by": recorded.actor.id,
    }
    rename(rows, event.customer, event.display_name)
    rows.execute(_CHANGE, {**values, "name": folded(event.display_name)})
    if event.profile is not None:
        put_profile(rows, event.customer, event.display_name, event.profile, at=recorded.at)
    if event.claims is not None:
        documents.put(rows, _claim_of(event.customer, event.claims, recorded.at))


def project_removed(rows: Rows, recorded: Recorded[CustomerRemoved]) -> None:
    customer = recorded.event.customer
    rows.execute(_DELETE, {"of": rows.organisation, "customer": customer})
    forget(rows, OWNER, customer)
    documents.remove(rows, "customer", customer)
    documents.remove(rows, "claim", customer)


def rename(rows: Rows, customer: str, display_name: str) -> None:
    """Their conversations are found by the name, too."""
    where = {"of": rows.organisation, "customer": customer}
    name = folded(display_name)
    if rows.execute(_NAME, where).scalar() != name:
        rows.execute(_NAME_CONVERSATIONS, {**where, "name": name})


def put_profile(rows: Rows, customer: str, display_name: str, profile: Profile, *, at: int) -> None:
    """Columns, values and document are of this profile from now on."""
    rows.execute(_SET_PROFILE, {"of": rows.organisation, "customer": customer, **_columns_of(profile)})
    forget(rows, OWNER, customer)
    add_values(rows, customer, profile)
    documents.put(rows, document_of(customer, display_name, profile, at))


def note_opened(rows: Rows, customer: str) -> None:
    rows.execute(_OPENED, {"of": rows.organisation, "customer": customer})


def note_done(rows: Rows, customer: str) -> None:
    """One of their conversations is done, or is so no more: nobody waits in what is done."""
    rows.execute(_WAITS, {"of": rows.organisation, "customer": customer})


def note_message(rows: Rows, customer: str, *, direction: str, at: int, is_automatic: bool) -> None:
    """A message of theirs or to them, which its conversation has heard of. What is automatic ends no wait."""
    out = _AUTOMATIC if is_automatic else _OUT
    rows.execute(_IN if direction == "in" else out, {"of": rows.organisation, "customer": customer, "at": at})


def project_identified(rows: Rows, recorded: Recorded[VisitorIdentified]) -> None:
    _see(rows, recorded.event.customer, recorded.at)


def project_read(rows: Rows, recorded: Recorded[MessageRead]) -> None:
    if recorded.event.side == "customer":
        _see(rows, recorded.event.customer, recorded.at)


def project_viewed(rows: Rows, recorded: Recorded[PageViewed]) -> None:
    _see(rows, recorded.event.customer, recorded.at)


def _see(rows: Rows, customer: str, at: int) -> None:
    rows.execute(_SEEN, {"of": rows.organisation, "customer": customer, "at": at})


# What is kept of a profile

_NOTHING = Claims()


def _columns_of(profile: Profile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in _PROFILE}


def add_values(rows: Rows, customer: str, profile: Profile) -> None:
    for field, values in values_of(profile).items():
        if values:
            add_field(rows, OWNER, customer, field, values)
    add_custom(rows, OWNER, customer, profile.custom)
    add_words(rows, OWNER, customer, profile.custom)


def values_of(profile: Profile) -> dict[str, list[str]]:
    """What there may be several of, by field, as it is compared."""
    socials = (*profile.socials, *profile.shared_socials)
    found: dict[str, list[str | None]] = {
        "tags": [*profile.tags],
        "watchers": [*profile.watchers],
        "email": [one.email for one in profile.emails],
        "shared_email": [one.email for one in profile.shared_emails],
        "phone": [digits_in(one.phone) for one in profile.phones],
        "shared_phone": [digits_in(one.phone) for one in profile.shared_phones],
        "external_id": [one.external_id for one in profile.external_ids],
        "shared_external_id": [one.external_id for one in profile.shared_external_ids],
        "url": [one.url for one in profile.urls],
        "address": [line for one in profile.locations for line in _lines_of(one)],
        "social_type": [one.type for one in socials],
        "social_username": [one.username for one in socials],
        "social_userid": [one.userid for one in socials],
    }
    return {field: [folded(value) for value in values if value] for field, values in found.items()}


def _lines_of(location: Any) -> list[str | None]:
    """A place line by line, and as one."""
    names = ("address", "address2", "address3", "zip_code", "city_name", "region_name", "country_name")
    lines = [line for line in (getattr(location, name) for name in names) if line]
    return [*lines, " ".join(lines)] if len(lines) > 1 else lines


def document_of(customer: str, display_name: str, profile: Profile, at: int) -> Document:
    """What a customer is found by. Custom attributes are not in it: whether they may be found depends on who asks."""
    emails = [one.email for one in (*profile.emails, *profile.shared_emails)]
    phones = [one.phone for one in (*profile.phones, *profile.shared_phones, *profile.whatsapps)]
    names = [one.external_id for one in (*profile.external_ids, *profile.shared_external_ids)]
    accounts = [one.username for one in (*profile.socials, *profile.shared_socials) if one.username]
    cities = [one.city_name for one in profile.locations if one.city_name]
    said = [display_name, profile.username or "", *emails, *names, *accounts, *cities]
    return Document(
        kind="customer",
        id=customer,
        at=at,
        said=" ".join(said),
        title=display_name,
        shown=shown_of([*emails, *phones, *names, *accounts, *cities]),
        keys=(*emails, *names, *([profile.username] if profile.username else ())),
        phones=tuple(phones),
        customer=customer,
    )


def _claim_of(customer: str, claims: Claims, at: int) -> Document:
    """What they say they are. It is not proven, so it has no key of its own to be found first by."""
    return Document(
        kind="claim",
        id=customer,
        at=at,
        said=" ".join([claims.name or "", *claims.emails]),
        title=claims.name or "",
        shown=shown_of([*claims.emails, *claims.phones]),
        phones=claims.phones,
        customer=customer,
    )


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    CustomerCreated: (project_created,),
    VisitorRecordCreated: (project_created,),
    CustomerUpdated: (project_updated,),
    CustomerRemoved: (project_removed,),
    VisitorIdentified: (project_identified,),
    MessageRead: (project_read,),
    PageViewed: (project_viewed,),
}
