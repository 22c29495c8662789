"""What programs may send about customers. How a customer looks is in `rendering.py`.

What a body may not name is refused; what only we know (`verified`, `rev`, counts) is taken without complaint where
Kustomer's clients send back what they read, and never stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field
from pydantic.alias_generators import to_camel

from kithdesk.core.clock import Instant
from kithdesk.core.documents import Body, instant_of
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import check_text, clean_email, cleaned_or_none, mailbox_key
from kithdesk.customers.addresses import clean_external_id, clean_phone
from kithdesk.customers.profile import Email, ExternalId, Phone, Profile
from kithdesk.customers.visiting import check_custom

_KIND = Annotated[str, Field(max_length=32)]
_LIST: Any = Field(default=None, max_length=100)


class EmailBody(Body):
    email: str
    type: _KIND = "home"
    verified: bool | None = Field(None, description="Read only; what is sent is not stored.")
    external_verified: bool | None = Field(None, description="Read only.")


class PhoneBody(Body):
    phone: str
    type: _KIND = "mobile"
    verified: bool | None = Field(None, description="Read only; what is sent is not stored.")


class ExternalIdBody(Body):
    external_id: str
    verified: bool | None = Field(None, description="Read only; what is sent is not stored.")


class CustomerBody(Body):
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


CONTACT_FIELDS = (
    "shared_emails",
    "shared_phones",
    "shared_external_ids",
    "whatsapps",
    "socials",
    "shared_socials",
    "urls",
    "locations",
)
CONTACTS = tuple(to_camel(field) for field in CONTACT_FIELDS)
"""Lists that are kept for the company and not used by us."""


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
        for field in CONTACT_FIELDS
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
    proven = {mailbox_key(entry.email) for entry in known.emails if entry.verified}
    found: dict[str, Email] = {}
    for entry in entries:
        email = clean_email(entry.email, parameter="emails")
        found.setdefault(mailbox_key(email), Email(email, entry.type, mailbox_key(email) in proven))
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
