"""A company as Kustomer's resource."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kithdesk import attributes
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import relation, resource
from kithdesk.core.work import Reads
from kithdesk.customers.companies.profile import CompanyProfile
from kithdesk.customers.companies.queries import Company
from kithdesk.customers.contacts import render_entry

_LISTS = ("emails", "phones", "whatsapps", "socials", "urls", "locations")


def draw_companies(reads: Reads, found: Iterable[Company]) -> list[dict[str, Any]]:
    """Companies as the one who reads may see them."""
    mask = attributes.masking(reads, "company")
    return [_company(one, reads.organisation, mask) for one in found]


def _company(company: Company, organisation: str, mask: attributes.Mask) -> dict[str, Any]:
    path = f"/v1/companies/{company.id}"
    relationships: dict[str, Any] = {
        "org": relation("org", organisation, "orgs"),
        "customers": {"links": {"self": f"{path}/customers"}},
    }
    for name, by in (("createdBy", company.created_by), ("modifiedBy", company.modified_by)):
        if by.type in ("user", "machine") and by.id is not None:
            relationships[name] = relation("user", by.id, "users")
    shown = {
        **_what(company.profile),
        "custom": mask(company.profile.custom),
        "rev": company.rev,
        "createdAt": iso(company.created_at),
        "updatedAt": iso(company.updated_at),
        "modifiedAt": iso(company.updated_at),
        "importedAt": iso_or_none(company.imported_at),
        "roleGroupVersions": [],
    }
    return resource("company", company.id, shown, at=path, relationships=relationships)


def _what(profile: CompanyProfile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "externalId": profile.external_id,
        "domains": list(profile.domains),
        **{name: [render_entry(one) for one in getattr(profile, name)] for name in _LISTS},
        "avatarUrl": profile.avatar_url,
        "employeeCount": profile.employee_count,
        "defaultLang": profile.default_lang,
        "tags": list(profile.tags),
    }
