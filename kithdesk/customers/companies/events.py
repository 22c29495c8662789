"""The facts of companies."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from kithdesk.core.events import Change, Event, Personal, Recorded
from kithdesk.customers.companies.profile import CompanyProfile


class CompanyCreated(Event, frozen=True, kw_only=True):
    """`created_at`: backdated by an import."""

    kind: ClassVar[str] = "company.created"
    company: str
    created_at: int | None = None
    imported_at: int | None = None
    profile: Personal[CompanyProfile] = CompanyProfile()

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"company": self.company, "name": self.profile.name}


class CompanyUpdated(Event, frozen=True, kw_only=True):
    """`profile` is the whole new one, `changes` what changed in it."""

    kind: ClassVar[str] = "company.updated"
    company: str
    profile: Personal[CompanyProfile] = CompanyProfile()
    changes: Personal[dict[str, Change]] = {}  # noqa: RUF012 - structs copy it

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "company": self.company,
            "name": self.profile.name,
            "changes": msgspec.to_builtins(self.changes),
        }


class CompanyDeleted(Event, frozen=True, kw_only=True):
    """Its customers have no company any more. Its domains and external id are free."""

    kind: ClassVar[str] = "company.deleted"
    company: str

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"company": self.company}
