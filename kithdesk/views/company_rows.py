"""The values of companies, by which their customers are found. A company has no row here: it is nobody to talk to."""

from __future__ import annotations

from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.companies.events import CompanyCreated, CompanyDeleted, CompanyUpdated
from kithdesk.views.values import add_custom, add_field, folded, forget

OWNER = "company"


def project_created(rows: Rows, recorded: Recorded[CompanyCreated]) -> None:
    _add(rows, recorded.event)


def project_updated(rows: Rows, recorded: Recorded[CompanyUpdated]) -> None:
    forget(rows, OWNER, recorded.event.company)
    _add(rows, recorded.event)


def project_deleted(rows: Rows, recorded: Recorded[CompanyDeleted]) -> None:
    forget(rows, OWNER, recorded.event.company)


def _add(rows: Rows, event: CompanyCreated | CompanyUpdated) -> None:
    company, profile = event.company, event.profile
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
