"""What programs may send about companies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import Field
from pydantic.alias_generators import to_camel

from kithdesk.core.documents import Body
from kithdesk.core.names import clean_name, cleaned_or_none
from kithdesk.customers import contact_bodies as contacts
from kithdesk.customers.addresses import clean_external_id
from kithdesk.customers.companies.domains import clean_domain
from kithdesk.customers.companies.profile import CompanyProfile
from kithdesk.customers.contact_bodies import LIST
from kithdesk.customers.schemas import LOCALE, read_tags


class CompanyBody(Body):
    """Any of a company's writable attributes."""

    external_id: str | None = None
    domains: list[str] | None = LIST
    emails: list[contacts.EmailBody] | None = LIST
    phones: list[contacts.PhoneBody] | None = LIST
    whatsapps: list[contacts.PhoneBody] | None = LIST
    socials: list[contacts.SocialBody] | None = LIST
    urls: list[contacts.UrlBody] | None = LIST
    locations: list[contacts.LocationBody] | None = LIST
    avatar_url: str | None = None
    employee_count: int | None = Field(None, ge=0, le=1_000_000_000)
    default_lang: str | None = Field(None, max_length=16, pattern=LOCALE)
    tags: list[str] | None = LIST
    custom: dict[str, Any] | None = None


class NewCompany(CompanyBody):
    name: str
    created_at: str | None = Field(None, description="Administrators only.")
    imported_at: str | None = Field(None, description="Administrators only.")


class CompanyChange(CompanyBody):
    name: str | None = Field(None, description="A company always has a name; null leaves it.")
    rev: int | None = Field(
        None, description="When given, the change is refused if the record has another by now."
    )


def changes_of(body: NewCompany | CompanyChange, region: str | None) -> dict[str, Any]:
    """The fields of `CompanyProfile` that the body sets, checked. Raises `BadParameter`."""
    given = body.model_fields_set
    changes = {field: read(body, region) for field, read in _READ.items() if field in given}
    if body.name is not None:
        changes["name"] = clean_name(body.name, parameter="name")
    return changes


def replacement_of(changes: dict[str, Any]) -> dict[str, Any]:
    """The same as a full replacement: what it leaves out becomes empty, but for the name."""
    empty = {field: getattr(CompanyProfile(), field) for field in _READ}
    return {**empty, **changes}


Read = Callable[[Any, str | None], Any]


def _external_id(body: CompanyBody, _region: str | None) -> str | None:
    given = body.external_id
    return None if given is None else clean_external_id(given, parameter="externalId")


def _domains(body: CompanyBody, _region: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean_domain(domain) for domain in body.domains or ()))


def _default_lang(body: CompanyBody, _region: str | None) -> str | None:
    given = body.default_lang
    return None if given is None else cleaned_or_none(given, parameter="defaultLang")


def _entries(read: Callable[[Any, str], tuple[Any, ...]], field: str) -> Read:
    return lambda body, _region: read(getattr(body, field), to_camel(field))


def _phones(field: str) -> Read:
    return lambda body, region: contacts.read_phones(getattr(body, field), to_camel(field), region)


_READ: dict[str, Read] = {
    "external_id": _external_id,
    "domains": _domains,
    "emails": _entries(contacts.read_emails, "emails"),
    "phones": _phones("phones"),
    "whatsapps": _phones("whatsapps"),
    "socials": _entries(contacts.read_socials, "socials"),
    "urls": _entries(contacts.read_urls, "urls"),
    "locations": _entries(contacts.read_locations, "locations"),
    "avatar_url": lambda body, _region: contacts.web_address(body.avatar_url, parameter="avatarUrl"),
    "employee_count": lambda body, _region: body.employee_count,
    "default_lang": _default_lang,
    "tags": lambda body, _region: read_tags(body.tags),
    "custom": lambda body, _region: body.custom or {},
}
