"""What an organisation decides about its records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from kithdesk.access import Section, change_settings, read_settings
from kithdesk.core.errors import BadParameter
from kithdesk.core.work import Reads, Work
from kithdesk.customers.addresses import is_region, region_of

Region = Annotated[str, Meta(pattern=r"^([A-Z]{2})?\Z")]


class CustomerSettings(Section, frozen=True, kw_only=True):
    """`phone_region`: the country (ISO 3166) in which telephone numbers without one are read. Empty: in none."""

    section: ClassVar[str] = "customers"

    phone_region: Region = ""


class CompanySettings(Section, frozen=True, kw_only=True):
    """`join_by_domain`: a customer without a company joins the one whose domain their e-mail has."""

    section: ClassVar[str] = "companies"

    join_by_domain: bool = False


def change_customer_settings(work: Work, changes: Mapping[str, Any]) -> CustomerSettings:
    """Sets what is named. Raises `BadParameter`."""
    after = change_settings(work, CustomerSettings, changes)
    if after.phone_region and not is_region(after.phone_region):
        raise BadParameter("No such country has telephone numbers.", parameter="phoneRegion")
    return after


def phone_region(reads: Reads, locale: str | None = None) -> str | None:
    """Where a number without its country is read: in the country of the customer's locale, else the organisation's."""
    return region_of(locale) or read_settings(reads, CustomerSettings).phone_region or None
