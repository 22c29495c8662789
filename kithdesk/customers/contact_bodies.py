"""The lists of addresses and places in bodies: what programs send, and how it is checked.

`verified` is taken where Kustomer's clients send back what they read, and never stored: what is proven comes from the
record as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from pydantic import AliasChoices, Field
from pydantic.alias_generators import to_camel

from kithdesk.core.documents import Body
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import clean_email, clean_web_address, cleaned_or_none, mailbox_key
from kithdesk.customers.addresses import clean_external_id, clean_phone
from kithdesk.customers.contacts import FacebookId, InstagramId, Location, Social, WebAddress
from kithdesk.customers.profile import Email, ExternalId, Phone

Kind = Annotated[str, Field(max_length=32)]
LIST: Any = Field(default=None, max_length=100)
_READ_ONLY: Any = Field(None, description="Read only; what is sent is not stored.")
T = TypeVar("T", bound=msgspec.Struct)


class EmailBody(Body):
    email: str
    type: Kind = "home"
    verified: bool | None = _READ_ONLY
    external_verified: bool | None = _READ_ONLY


class PhoneBody(Body):
    """`phone` is kept as E.164; without `+` it is read in the country of the record's locale or of the organisation."""

    phone: str
    type: Kind = "mobile"
    verified: bool | None = _READ_ONLY


class ExternalIdBody(Body):
    external_id: str
    verified: bool | None = _READ_ONLY


class SocialBody(Body):
    type: Kind
    username: str | None = None
    userid: str | None = None
    url: str | None = None
    verified: bool | None = _READ_ONLY


class FacebookIdBody(Body):
    facebook_id: str
    page_id: str | None = None
    username: str | None = None


class InstagramIdBody(Body):
    instagram_id: str
    page_id: str | None = None
    username: str | None = None
    thread_id: str | None = None


class UrlBody(Body):
    url: str
    type: Kind | None = None


def _either(name: str, shorter: str) -> Any:
    return Field(None, validation_alias=AliasChoices(to_camel(name), shorter))


class LocationBody(Body):
    """A place. `city`, `region` and `country` are read as `cityName`, `regionName` and `countryName`."""

    type: Kind | None = None
    name: str | None = None
    address: str | None = None
    address2: str | None = None
    address3: str | None = None
    city_name: str | None = _either("city_name", "city")
    region_name: str | None = _either("region_name", "region")
    region_code: str | None = None
    zip_code: str | None = None
    area_code: str | None = None
    country_name: str | None = _either("country_name", "country")
    country_code: str | None = Field(None, pattern=r"^[A-Za-z]{2}$", description="ISO 3166, two letters.")
    latitude: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    longitude: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)


def read_emails(
    entries: Sequence[EmailBody] | None, parameter: str, *, proven: Collection[str] = ()
) -> tuple[Email, ...]:
    """Each mailbox once. `proven`: the mailboxes (`mailbox_key`) that stay verified."""
    found: dict[str, Email] = {}
    for entry in entries or ():
        email = clean_email(entry.email, parameter=parameter)
        key = mailbox_key(email)
        found.setdefault(key, Email(email, entry.type, key in proven))
    return tuple(found.values())


def read_phones(
    entries: Sequence[PhoneBody] | None, parameter: str, region: str | None, *, proven: Collection[str] = ()
) -> tuple[Phone, ...]:
    """Each number once."""
    found: dict[str, Phone] = {}
    for entry in entries or ():
        phone = clean_phone(entry.phone, parameter=parameter, region=region)
        found.setdefault(phone, Phone(phone, entry.type, phone in proven))
    return tuple(found.values())


def read_external_ids(
    texts: Sequence[str], parameter: str, *, proven: Collection[str] = ()
) -> tuple[ExternalId, ...]:
    cleaned = dict.fromkeys(clean_external_id(text, parameter=parameter) for text in texts)
    return tuple(ExternalId(text, text in proven) for text in cleaned)


def read_socials(entries: Sequence[SocialBody] | None, parameter: str) -> tuple[Social, ...]:
    """Raises `BadParameter` for an account without a name, an id or a page."""
    found = _read_all(entries, Social, parameter, leave_out={"verified"})
    if any(one.username is None and one.userid is None and one.url is None for one in found):
        raise BadParameter("An account has a username, a userid or a url.", parameter=parameter)
    return found


def read_facebook_ids(entries: Sequence[FacebookIdBody] | None, parameter: str) -> tuple[FacebookId, ...]:
    return _read_all(entries, FacebookId, parameter)


def read_instagram_ids(entries: Sequence[InstagramIdBody] | None, parameter: str) -> tuple[InstagramId, ...]:
    return _read_all(entries, InstagramId, parameter)


def read_urls(entries: Sequence[UrlBody] | None, parameter: str) -> tuple[WebAddress, ...]:
    return _read_all(entries, WebAddress, parameter)


def read_locations(entries: Sequence[LocationBody] | None, parameter: str) -> tuple[Location, ...]:
    """Raises `BadParameter` for a place of which nothing is said."""
    found = _read_all(entries, Location, parameter)
    if any(one == Location(type=one.type) for one in found):
        raise BadParameter("A location says where it is.", parameter=parameter)
    return found


def _read_all(
    entries: Sequence[Body] | None, kind: type[T], parameter: str, *, leave_out: Collection[str] = ()
) -> tuple[T, ...]:
    """Bodies as what is kept of them: texts cleaned, addresses of pages checked, each entry once."""
    names = [name for name in kind.__struct_fields__ if name not in leave_out]
    optional = kind.__struct_fields__[len(kind.__struct_fields__) - len(kind.__struct_defaults__) :]
    found = []
    for entry in entries or ():
        values = {name: _read(name, getattr(entry, name), parameter) for name in names}
        if any(values[name] is None for name in names if name not in optional):
            raise BadParameter("There is nothing to read in it.", parameter=parameter)
        found.append(kind(**values))
    return tuple(dict.fromkeys(found))


def _read(name: str, value: Any, parameter: str) -> Any:
    if not isinstance(value, str):
        return value
    if name == "url":
        return web_address(value, parameter=parameter)
    cleaned = cleaned_or_none(value, parameter=parameter)
    return cleaned.upper() if cleaned is not None and name == "country_code" else cleaned


def web_address(text: str | None, *, parameter: str) -> str | None:
    """The address of a page or picture, if there is one. Raises `BadParameter`."""
    return clean_web_address(text, parameter=parameter) if text else None
