"""What companies refuse."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Conflict


class CompanyKeyTaken(Conflict):
    """A domain or external id belongs to another company."""

    code = "company_taken"

    def __init__(self, parameter: str) -> None:
        super().__init__("Another company has it already.", parameter=parameter)


class PublicDomain(BadParameter):
    """Everybody may have a mailbox at this domain, so it says nothing about anybody's company."""

    code = "public_domain"

    def __init__(self, domain: str) -> None:
        super().__init__(f"Anybody may have an address at {domain}.", parameter="domains")
