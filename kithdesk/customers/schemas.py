"""What programs may send about customers. How a customer looks is in `rendering.py`.

What a body may not name is refused; what only we know (`verified`, `rev`, counts) is taken without complaint where
Kustomer's clients send back what they read, and never stored.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from pydantic import Field
from pydantic.alias_generators import to_camel

from kithdesk.core.clock import Instant, parse_iso
from kithdesk.core.documents import Body, Id, instant_of
from kithdesk.core.names import cleaned_or_none, mailbox_key
from kithdesk.customers import contact_bodies as contacts
from kithdesk.customers.contact_bodies import LIST
from kithdesk.customers.profile import ExternalId, Profile

LOCALE = r"^[A-Za-z]{2,3}([_-][A-Za-z0-9]{1,8})*$"


class CustomerBody(Body):
    """Any of a customer's writable attributes."""

    name: str | None = None
    username: str | None = None
    external_id: str | None = None
    external_ids: list[contacts.ExternalIdBody] | None = LIST
    emails: list[contacts.EmailBody] | None = LIST
    phones: list[contacts.PhoneBody] | None = LIST
    whatsapps: list[contacts.PhoneBody] | None = LIST
    shared_emails: list[contacts.EmailBody] | None = LIST
    shared_phones: list[contacts.PhoneBody] | None = LIST
    shared_whatsapps: list[contacts.PhoneBody] | None = LIST
    shared_external_ids: list[contacts.ExternalIdBody] | None = LIST
    socials: list[contacts.SocialBody] | None = LIST
    shared_socials: list[contacts.SocialBody] | None = LIST
    facebook_ids: list[contacts.FacebookIdBody] | None = LIST
    instagram_ids: list[contacts.InstagramIdBody] | None = LIST
    urls: list[contacts.UrlBody] | None = LIST
    locations: list[contacts.LocationBody] | None = LIST
    avatar_url: str | None = None
    gender: str | None = Field(None, max_length=1)
    birthday_at: str | None = None
    signed_up_at: str | None = None
    locale: str | None = Field(None, max_length=16)
    default_lang: str | None = Field(None, max_length=16, pattern=LOCALE)
    time_zone: str | None = Field(None, max_length=64)
    tags: list[str] | None = LIST
    company: Id | None = None
    watchers: list[Id] | None = LIST
    custom: dict[str, Any] | None = None


class NewCustomer(CustomerBody):
    created_at: str | None = Field(None, description="Administrators only.")
    imported_at: str | None = Field(None, description="Administrators only.")


class CustomerChange(CustomerBody):
    rev: int | None = Field(
        None, description="When given, the change is refused if the record has another by now."
    )


class Known(msgspec.Struct, frozen=True):
    """What reading a body takes from elsewhere: what was proven of addresses that stay, and where numbers are read."""

    profile: Profile
    region: str | None


def changes_of(body: CustomerBody, known: Profile, *, region: str | None = None) -> dict[str, Any]:
    """The fields of `Profile` that the body sets, checked. `known` keeps what was proven of addresses that stay.

    `region` is where telephone numbers without a country are read. Raises `BadParameter`.
    """
    given = body.model_fields_set
    reading = Known(known, region)
    changes: dict[str, Any] = {field: _READ[field](body, reading) for field in _READ if field in given}
    if given & {"external_id", "external_ids"}:
        changes["external_ids"] = _external_ids(body, known)
    return changes


def replacement_of(changes: dict[str, Any], known: Profile) -> dict[str, Any]:
    """The same as a full replacement: what it leaves out becomes empty. Proven addresses are not taken away by leaving
    them out, for that would unlink a customer from their login. Whether the company stays is decided elsewhere."""
    kept = {
        "emails": tuple(entry for entry in known.emails if entry.verified),
        "phones": tuple(entry for entry in known.phones if entry.verified),
        "external_ids": tuple(entry for entry in known.external_ids if entry.verified),
        "custom": changes.get("custom", {}),
    }
    empty = {field: getattr(Profile(), field) for field in Profile.__struct_fields__ if field != "company"}
    return {**empty, **kept, **{name: value for name, value in changes.items() if name != "custom"}}


Read = Callable[[CustomerBody, Known], Any]


def _text(field: str) -> Read:
    def read(body: CustomerBody, _known: Known) -> str | None:
        given = getattr(body, field)
        return None if given is None else cleaned_or_none(given, parameter=to_camel(field))

    return read


def _time(field: str) -> Callable[[CustomerBody, Known], Instant | None]:
    return lambda body, _known: instant_of(getattr(body, field), to_camel(field))


def _birthday(body: CustomerBody, _known: Known) -> Instant | None:
    """The midnight of UTC that begins the day which is written, whatever hour and zone stand beside it.

    Kustomer's programs send and expect a time where a day is meant.
    """
    text = body.birthday_at
    if text is None or instant_of(text, "birthdayAt") is None:
        return None
    return parse_iso(datetime.fromisoformat(text).date().isoformat())


def _tags(body: CustomerBody, _known: Known) -> tuple[str, ...]:
    return read_tags(body.tags)


def read_tags(tags: list[str] | None) -> tuple[str, ...]:
    """Each once, without those in which there is nothing to read."""
    cleaned = (cleaned_or_none(tag, parameter="tags") for tag in tags or ())
    return tuple(dict.fromkeys(tag for tag in cleaned if tag is not None))


def _emails(body: CustomerBody, known: Known) -> Any:
    proven = {mailbox_key(entry.email) for entry in known.profile.emails if entry.verified}
    return contacts.read_emails(body.emails, "emails", proven=proven)


def _phones(body: CustomerBody, known: Known) -> Any:
    proven = {entry.phone for entry in known.profile.phones if entry.verified}
    return contacts.read_phones(body.phones, "phones", known.region, proven=proven)


def _unproven_phones(field: str) -> Read:
    return lambda body, known: contacts.read_phones(getattr(body, field), to_camel(field), known.region)


def _external_ids(body: CustomerBody, known: Profile) -> tuple[ExternalId, ...]:
    proven = {entry.external_id for entry in known.external_ids if entry.verified}
    texts = [] if body.external_id is None else [body.external_id]
    texts += [entry.external_id for entry in body.external_ids or ()]
    return contacts.read_external_ids(texts, "externalId", proven=proven)


def _shared_external_ids(body: CustomerBody, _known: Known) -> tuple[ExternalId, ...]:
    texts = [entry.external_id for entry in body.shared_external_ids or ()]
    return contacts.read_external_ids(texts, "sharedExternalIds")


def _entries(read: Callable[[Any, str], tuple[Any, ...]], field: str) -> Read:
    return lambda body, _known: read(getattr(body, field), to_camel(field))


_READ: dict[str, Read] = {
    **{
        field: _text(field) for field in ("name", "username", "gender", "locale", "default_lang", "time_zone")
    },
    "birthday_at": _birthday,
    "signed_up_at": _time("signed_up_at"),
    "avatar_url": lambda body, _known: contacts.web_address(body.avatar_url, parameter="avatarUrl"),
    "emails": _emails,
    "phones": _phones,
    **{field: _unproven_phones(field) for field in ("whatsapps", "shared_phones", "shared_whatsapps")},
    "shared_emails": _entries(contacts.read_emails, "shared_emails"),
    "shared_external_ids": _shared_external_ids,
    **{field: _entries(contacts.read_socials, field) for field in ("socials", "shared_socials")},
    "facebook_ids": _entries(contacts.read_facebook_ids, "facebook_ids"),
    "instagram_ids": _entries(contacts.read_instagram_ids, "instagram_ids"),
    "urls": _entries(contacts.read_urls, "urls"),
    "locations": _entries(contacts.read_locations, "locations"),
    "company": lambda body, _known: body.company,
    "watchers": lambda body, _known: tuple(dict.fromkeys(body.watchers or ())),
    "tags": _tags,
    "custom": lambda body, _known: body.custom or {},
}
