"""What the record of a company holds."""

from __future__ import annotations

from typing import Any

import msgspec

from kithdesk.customers.contacts import Location, Social, WebAddress
from kithdesk.customers.profile import Email, Phone


class CompanyProfile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """`domains` are this company's alone, in the spelling of name servers. Its other addresses find nobody."""

    name: str = ""
    external_id: str | None = None
    domains: tuple[str, ...] = ()
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    whatsapps: tuple[Phone, ...] = ()
    socials: tuple[Social, ...] = ()
    urls: tuple[WebAddress, ...] = ()
    locations: tuple[Location, ...] = ()
    avatar_url: str | None = None
    employee_count: int | None = None
    default_lang: str | None = None
    tags: tuple[str, ...] = ()
    custom: dict[str, Any] = {}
