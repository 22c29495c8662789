"""Joining by domain: who writes from a company's own domain is of that company, where the organisation wants it so.

A rule and no guess. It looks at addresses that the organisation gave or a login proved, never at what a page claims,
and does nothing when they point to more than one company.
"""

from __future__ import annotations

import msgspec

from kithdesk.access import read_settings
from kithdesk.core.names import domain_key
from kithdesk.core.work import Reads
from kithdesk.customers.companies.queries import find_by_domains, find_companies
from kithdesk.customers.profile import Profile
from kithdesk.customers.settings import CompanySettings


def joined(reads: Reads, profile: Profile) -> Profile:
    """The profile with the company of its e-mails, if it has none that is still there and they point to one."""
    if not profile.emails or not read_settings(reads, CompanySettings).join_by_domain:
        return profile
    if profile.company is not None and find_companies(reads, [profile.company]):
        return profile
    domains = {domain_key(entry.email.rpartition("@")[2]) for entry in profile.emails}
    found = find_by_domains(reads, domains)
    return msgspec.structs.replace(profile, company=found.pop()) if len(found) == 1 else profile
