"""The document of a company, and its values, by which its customers are found.

It has no row that lists are made of: it is nobody to talk to.
"""

from __future__ import annotations

from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.companies.events import CompanyCreated, CompanyDeleted, CompanyUpdated
from kithdesk.views import documents
from kithdesk.views.documents import Document, shown_of
from kithdesk.views.values import add_custom, add_field, folded, forget

OWNER = "company"


def project_created(rows: Rows, recorded: Recorded[CompanyCreated]) -> None:
    event = recorded.event
    _add(rows, event, recorded.at if event.created_at is None else event.created_at)


def project_updated(rows: Rows, recorded: Recorded[CompanyUpdated]) -> None:
    _forget(rows, recorded.event.company)
    _add(rows, recorded.event, recorded.at)


def project_deleted(rows: Rows, recorded: Recorded[CompanyDeleted]) -> None:
    _forget(rows, recorded.event.company)


def _forget(rows: Rows, company: str) -> None:
    forget(rows, OWNER, company)
    documents.remove(rows, "company", company)


def _add(rows: Rows, event: CompanyCreated | CompanyUpdated, at: int) -> None:
    company, profile = event.company, event.profile
    keys = (*profile.domains, *([profile.external_id] if profile.external_id else ()))
    documents.add(
        rows,
        Document(
            kind="company",
            id=company,
            at=at,
            said=" ".join([profile.name, *keys]),
            title=profile.name,
            shown=shown_of(keys),
            keys=keys,
        ),
    )
    for field, values in (
        ("name", [profile.name]),
        ("external_id", [profile.external_id]),
        ("domain", profile.domains),
        ("tags", profile.tags),
        ("default_lang", [profile.default_lang]),
    ):
        add_field(rows, OWNER, company, field, [folded(value) for value in values if value])
    add_custom(rows, OWNER, company, profile.custom)


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    CompanyCreated: (project_created,),
    CompanyUpdated: (project_updated,),
    CompanyDeleted: (project_deleted,),
}
