"""Domains of companies: cleaned, in one spelling, and none at which everybody may have a mailbox."""

from __future__ import annotations

import re

from kithdesk.core.errors import BadParameter
from kithdesk.core.names import UNSEEN, check_text, domain_key
from kithdesk.customers.companies.errors import PublicDomain
from kithdesk.customers.companies.public_mail import PUBLIC_MAIL

_MAX_DOMAIN = 253
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+(?!\d+\Z){_LABEL}\Z")


def clean_domain(text: str) -> str:
    """The domain as name servers know it. Raises `BadParameter`, `PublicDomain`."""
    typed = check_text(text.strip(), parameter="domains")
    domain = domain_key(typed) if len(typed) <= _MAX_DOMAIN and not UNSEEN.search(typed) else ""
    if len(domain) > _MAX_DOMAIN or not _DOMAIN.match(domain):
        raise BadParameter("A domain, such as acme.example.", parameter="domains")
    if domain in PUBLIC_MAIL:
        raise PublicDomain(domain)
    return domain
