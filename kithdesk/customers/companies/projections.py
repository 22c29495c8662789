"""How the facts of companies become rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, insert, literal_column, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.companies.events import CompanyCreated, CompanyDeleted, CompanyUpdated
from kithdesk.customers.companies.profile import CompanyProfile
from kithdesk.customers.companies.queries import key_of_name
from kithdesk.customers.companies.tables import companies, company_keys, company_totals
from kithdesk.customers.profile import Reference

_ONE = (companies.c.organisation == bindparam("organisation"), companies.c.id == bindparam("company"))
_INSERT = insert(companies)
_CHANGED: dict[str, Any] = {
    "updated_at": bindparam("at"),
    "modified_by": bindparam("by"),
    "rev": literal_column("rev + 1"),
}
_UPDATE = (
    update(companies)
    .where(*_ONE)
    .values(
        name=bindparam("name"),
        name_key=bindparam("name_key"),
        profile=bindparam("profile"),
        **_CHANGED,
    )
)
_DELETE = update(companies).where(*_ONE).values(deleted_at=bindparam("at"), **_CHANGED)
_INSERT_KEY = insert(company_keys)
_FORGET_KEYS = delete(company_keys).where(
    company_keys.c.organisation == bindparam("organisation"), company_keys.c.company == bindparam("company")
)
_COUNT = Upsert(company_totals, ["organisation"], adds=["total"])


def project_created(rows: Rows, recorded: Recorded[CompanyCreated]) -> None:
    event = recorded.event
    by = _encode(Reference.of(recorded.actor))
    rows.execute(
        _INSERT,
        {
            "organisation": rows.organisation,
            "id": event.company,
            **_written(event.profile),
            "created_at": recorded.at if event.created_at is None else event.created_at,
            "created_by": by,
            "updated_at": recorded.at,
            "modified_by": by,
            "imported_at": event.imported_at,
            "deleted_at": None,
            "rev": 1,
        },
    )
    _remember_keys(rows, event.company, event.profile)
    _count_total(rows, 1)


def project_updated(rows: Rows, recorded: Recorded[CompanyUpdated]) -> None:
    event = recorded.event
    rows.execute(_UPDATE, {**_who(rows, recorded, event.company), **_written(event.profile)})
    _forget_keys(rows, event.company)
    _remember_keys(rows, event.company, event.profile)


def project_deleted(rows: Rows, recorded: Recorded[CompanyDeleted]) -> None:
    rows.execute(_DELETE, _who(rows, recorded, recorded.event.company))
    _forget_keys(rows, recorded.event.company)
    _count_total(rows, -1)


def _count_total(rows: Rows, by: int) -> None:
    """One more, or one less: so that no list is ever counted."""
    rows.execute(_COUNT, {"organisation": rows.organisation, "total": by})


def _who(rows: Rows, recorded: Recorded[Event], company: str) -> dict[str, object]:
    return {
        "organisation": rows.organisation,
        "company": company,
        "at": recorded.at,
        "by": _encode(Reference.of(recorded.actor)),
    }


def _written(profile: CompanyProfile) -> dict[str, object]:
    return {"name": profile.name, "name_key": key_of_name(profile.name), "profile": _encode(profile)}


def _remember_keys(rows: Rows, company: str, profile: CompanyProfile) -> None:
    for kind, value in keys_of(profile):
        rows.execute(
            _INSERT_KEY,
            {"organisation": rows.organisation, "kind": kind, "value": value, "company": company},
        )


def _forget_keys(rows: Rows, company: str) -> None:
    rows.execute(_FORGET_KEYS, {"organisation": rows.organisation, "company": company})


def keys_of(profile: CompanyProfile) -> Iterator[tuple[str, str]]:
    """What finds this company, as (kind, value)."""
    yield from (("domain", domain) for domain in profile.domains)
    if profile.external_id is not None:
        yield "external_id", profile.external_id


def _encode(value: object) -> str:
    return msgspec.json.encode(value).decode()


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    CompanyCreated: (project_created,),
    CompanyUpdated: (project_updated,),
    CompanyDeleted: (project_deleted,),
}
