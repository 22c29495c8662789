"""Customers on the wire: what programs may send, and Kustomer's resource.

What a body may not name is refused; what only we know (`verified`, `rev`, counts) is taken without complaint where
Kustomer's clients send back what they read, and never stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from kithdesk.core.clock import Instant, iso, iso_or_none, parse_iso
from kithdesk.core.errors import BadParameter
from kithdesk.customers.profile import Claims, Email, ExternalId, Phone, Profile
from kithdesk.customers.queries import Customer
from kithdesk.customers.visiting import check_custom
from kithdesk.customers.writing import (
    check_text,
    clean_email,
    clean_external_id,
    clean_phone,
    cleaned_or_none,
    email_key,
)

_KIND = Annotated[str, Field(max_length=32)]
_LIST: Any = Field(default=None, max_length=100)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, populate_by_name=False)


class EmailBody(_Body):
    email: str
    type: _KIND = "home"
    verified: bool | None = Field(None, description="Read only; what is sent is not stored.")
    external_verified: bool | None = Field(None, description="Read only.")


class PhoneBody(_Body):
    phone: str
    type: _KIND = "mobile"
    verified: bool | None = Field(None, description="Read only; what is sent is not stored.")


class ExternalIdBody(_Body):
    external_id: str
    verified: bool | None = Field(None, description="Read only; what is sent is not stored.")


class CustomerBody(_Body):
    """Any of a customer's writable attributes."""

    name: str | None = None
    username: str | None = None
    external_id: str | None = None
    external_ids: list[ExternalIdBody] | None = _LIST
    emails: list[EmailBody] | None = _LIST
    phones: list[PhoneBody] | None = _LIST
    avatar_url: str | None = None
    gender: str | None = Field(None, max_length=1)
    birthday_at: str | None = None
    signed_up_at: str | None = None
    locale: str | None = Field(None, max_length=16)
    time_zone: str | None = Field(None, max_length=64)
    tags: list[str] | None = _LIST
    company: None = Field(None, description="Companies come later; null is accepted.")
    shared_emails: list[dict[str, Any]] | None = _LIST
    shared_phones: list[dict[str, Any]] | None = _LIST
    shared_external_ids: list[dict[str, Any]] | None = _LIST
    whatsapps: list[dict[str, Any]] | None = _LIST
    socials: list[dict[str, Any]] | None = _LIST
    shared_socials: list[dict[str, Any]] | None = _LIST
    urls: list[dict[str, Any]] | None = _LIST
    locations: list[dict[str, Any]] | None = _LIST
    custom: dict[str, Any] | None = None


class NewCustomer(CustomerBody):
    created_at: str | None = Field(None, description="Administrators only.")
    imported_at: str | None = Field(None, description="Administrators only.")


class CustomerChange(CustomerBody):
    rev: int | None = Field(
        None, description="When given, the change is refused if the record has another by now."
    )


_CONTACTS = (
    "shared_emails",
    "shared_phones",
    "shared_external_ids",
    "whatsapps",
    "socials",
    "shared_socials",
    "urls",
    "locations",
)


def changes_of(body: CustomerBody, known: Profile) -> dict[str, Any]:
    """The fields of `Profile` that the body sets, checked. `known` keeps what was proven of addresses that stay.

    Raises `BadParameter`.
    """
    given = body.model_fields_set
    changes: dict[str, Any] = {field: _READ[field](body, known) for field in _READ if field in given}
    if given & {"external_id", "external_ids"}:
        changes["external_ids"] = _external_ids(body, known)
    contacts = {
        to_camel(field): _contacts(getattr(body, field), to_camel(field))
        for field in _CONTACTS
        if field in given
    }
    if contacts:
        changes["contacts"] = contacts
    return changes


def replacement_of(changes: dict[str, Any], known: Profile) -> dict[str, Any]:
    """The same as a full replacement: what it leaves out becomes empty. Proven addresses are not taken away by leaving
    them out, for that would unlink a customer from their login."""
    kept = {
        "emails": tuple(entry for entry in known.emails if entry.verified),
        "phones": tuple(entry for entry in known.phones if entry.verified),
        "external_ids": tuple(entry for entry in known.external_ids if entry.verified),
        "contacts": {name: [] for name in known.contacts} | changes.get("contacts", {}),
        "custom": dict.fromkeys(known.custom) | changes.get("custom", {}),
    }
    empty = {field: getattr(Profile(), field) for field in Profile.__struct_fields__}
    return {
        **empty,
        **kept,
        **{name: value for name, value in changes.items() if name not in ("contacts", "custom")},
    }


def instant_of(text: str | None, parameter: str) -> Instant | None:
    """Raises `BadParameter` for what is not an ISO 8601 time."""
    if text is None:
        return None
    try:
        return parse_iso(text)
    except (ValueError, OverflowError):
        raise BadParameter(
            "A time in ISO 8601, such as 2026-11-24T09:30:00.000Z.", parameter=parameter
        ) from None


def _text(field: str) -> Callable[[CustomerBody, Profile], str | None]:
    def read(body: CustomerBody, _known: Profile) -> str | None:
        given = getattr(body, field)
        return None if given is None else cleaned_or_none(given, parameter=to_camel(field))

    return read


def _time(field: str) -> Callable[[CustomerBody, Profile], Instant | None]:
    return lambda body, _known: instant_of(getattr(body, field), to_camel(field))


def _tags(body: CustomerBody, _known: Profile) -> tuple[str, ...]:
    cleaned = (cleaned_or_none(tag, parameter="tags") for tag in body.tags or ())
    return tuple(dict.fromkeys(tag for tag in cleaned if tag is not None))


def _web_address(text: str | None) -> str | None:
    if not text:
        return None
    if (
        len(text) > 2_048
        or not text.startswith(("https://", "http://"))
        or not check_text(text, parameter="avatarUrl").isprintable()
    ):
        raise BadParameter("An address that begins with https://.", parameter="avatarUrl")
    return text


def _emails(entries: list[EmailBody], known: Profile) -> tuple[Email, ...]:
    proven = {email_key(entry.email) for entry in known.emails if entry.verified}
    found: dict[str, Email] = {}
    for entry in entries:
        email = clean_email(entry.email, parameter="emails")
        found.setdefault(email_key(email), Email(email, entry.type, email_key(email) in proven))
    return tuple(found.values())


def _phones(entries: list[PhoneBody], known: Profile) -> tuple[Phone, ...]:
    proven = {entry.phone for entry in known.phones if entry.verified}
    found: dict[str, Phone] = {}
    for entry in entries:
        phone = clean_phone(entry.phone, parameter="phones")
        found.setdefault(phone, Phone(phone, entry.type, phone in proven))
    return tuple(found.values())


def _external_ids(body: CustomerBody, known: Profile) -> tuple[ExternalId, ...]:
    proven = {entry.external_id for entry in known.external_ids if entry.verified}
    texts = [] if body.external_id is None else [body.external_id]
    texts += [entry.external_id for entry in body.external_ids or ()]
    cleaned = dict.fromkeys(clean_external_id(text, parameter="externalId") for text in texts)
    return tuple(ExternalId(text, text in proven) for text in cleaned)


def _contacts(entries: list[dict[str, Any]] | None, parameter: str) -> list[Any]:
    for entry in entries or ():
        check_custom(entry, parameter=parameter)
    return entries or []


_READ: dict[str, Callable[[CustomerBody, Profile], Any]] = {
    **{field: _text(field) for field in ("name", "username", "gender", "locale", "time_zone")},
    **{field: _time(field) for field in ("birthday_at", "signed_up_at")},
    "avatar_url": lambda body, _known: _web_address(body.avatar_url),
    "emails": lambda body, known: _emails(body.emails or [], known),
    "phones": lambda body, known: _phones(body.phones or [], known),
    "tags": _tags,
    "custom": lambda body, _known: check_custom(body.custom or {}, parameter="custom"),
}


def render_claims(claims: Claims) -> dict[str, Any]:
    """What is only claimed, as the API shows it beside the attributes."""
    return {
        "name": claims.name,
        "emails": [{"email": email} for email in claims.emails],
        "phones": [{"phone": phone} for phone in claims.phones],
        "socials": list(claims.socials),
        "custom": claims.custom,
    }


def customer_resource(customer: Customer, organisation: str) -> dict[str, Any]:
    """`{"type": "customer", "id", "attributes", "relationships", "links"}`."""
    path = f"/v1/customers/{customer.id}"
    relationships: dict[str, Any] = {
        "org": {"data": {"type": "org", "id": organisation}, "links": {"self": f"/v1/orgs/{organisation}"}},
        "messages": {"links": {"self": f"{path}/messages"}},
        "conversations": {"links": {"self": f"{path}/conversations"}},
    }
    for name, by in (("createdBy", customer.created_by), ("modifiedBy", customer.modified_by)):
        if by.type in ("user", "machine") and by.id is not None:
            relationships[name] = {
                "data": {"type": "user", "id": by.id},
                "links": {"self": f"/v1/users/{by.id}"},
            }
    return {
        "type": "customer",
        "id": customer.id,
        "attributes": {**_who(customer), **_when(customer), **_lately(customer), **_UNUSED},
        "relationships": relationships,
        "links": {"self": path},
    }


def _who(customer: Customer) -> dict[str, Any]:
    profile = customer.profile
    first, _, last = (profile.name or "").partition(" ")
    contacts = profile.contacts
    return {
        "name": profile.name,
        "firstName": first or None,
        "lastName": last or None,
        "displayName": customer.display_name,
        "username": profile.username,
        "avatarUrl": profile.avatar_url,
        "gender": profile.gender,
        "birthdayAt": _iso(profile.birthday_at),
        "locale": profile.locale,
        "timeZone": profile.time_zone,
        "externalId": profile.external_id,
        "externalIds": [
            {"externalId": one.external_id, "verified": one.verified} for one in profile.external_ids
        ],
        "emails": [
            {"type": one.type, "email": one.email, "verified": one.verified} for one in profile.emails
        ],
        "phones": [
            {"type": one.type, "phone": one.phone, "verified": one.verified} for one in profile.phones
        ],
        "tags": list(profile.tags),
        **{name: contacts.get(name, []) for name in map(to_camel, _CONTACTS)},
        "custom": profile.custom,
        "verified": customer.is_identified,
        "identified": customer.is_identified,
        "claims": render_claims(customer.claims),
        "rev": customer.rev,
    }


def _when(customer: Customer) -> dict[str, Any]:
    return {
        "createdAt": iso(customer.created_at),
        "updatedAt": iso(customer.updated_at),
        "modifiedAt": iso(customer.modified_at),
        "importedAt": iso_or_none(customer.imported_at),
        "signedUpAt": _iso(customer.profile.signed_up_at),
        "lastSeenAt": iso_or_none(customer.activity.last_seen_at),
        "lastActivityAt": iso(customer.activity.last_activity_at),
        "lastCustomerActivityAt": iso_or_none(customer.activity.last_customer_activity_at),
        "lastMessageAt": iso_or_none(customer.activity.last_message_at),
    }


def _lately(customer: Customer) -> dict[str, Any]:
    lately = customer.activity
    counts = (lately.conversations_open, lately.conversations_snoozed, lately.conversations_done)
    waiting, at = lately.waiting_since, lately.last_message_at
    return {
        "lastMessageIn": _message(lately.last_in_at, lately.last_in_channel),
        "lastMessageOut": _message(lately.last_out_at, None),
        "lastMessageUnrespondedTo": _message(waiting, lately.last_in_channel),
        "lastConversation": None if lately.last_conversation is None else {"id": lately.last_conversation},
        "conversationCounts": {
            "all": sum(counts),
            "open": counts[0],
            "snoozed": counts[1],
            "done": counts[2],
        },
        "preview": None
        if lately.preview is None or at is None
        else {"text": lately.preview, "type": "message", "previewAt": iso(at)},
    }


def _message(at: Instant | None, channel: str | None) -> dict[str, Any] | None:
    if at is None:
        return None
    return {"sentAt": iso(at)} if channel is None else {"sentAt": iso(at), "channel": channel}


def _iso(at: int | None) -> str | None:
    return None if at is None else iso(Instant(at))


_UNUSED: dict[str, Any] = {
    "displayColor": None,
    "displayIcon": None,
    "companyName": None,
    "defaultLang": None,
    "facebookIds": [],
    "instagramIds": [],
    "sharedWhatsapps": [],
    "smoochIds": [],
    "activeUsers": [],
    "watchers": [],
    "recentLocation": None,
    "sentiment": None,
    "progressiveStatus": None,
    "deleted": False,
    "presence": "offline",
    "recentItems": [],
    "satisfactionLevel": {"firstSatisfaction": {}, "lastSatisfaction": {}, "count": 0},
    "unmaskingWindow": None,
    "roleGroupVersions": [],
    "accessOverride": [],
}
"""What Kustomer's clients expect to find and we do not know yet."""
