"""Every SELECT of companies. One that was deleted is not there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from kithdesk import attributes
from kithdesk.core.clock import Instant
from kithdesk.core.errors import NotFound
from kithdesk.core.names import name_key
from kithdesk.core.work import Reads
from kithdesk.customers.companies.ids import CompanyId
from kithdesk.customers.companies.profile import CompanyProfile
from kithdesk.customers.companies.tables import companies, company_keys, company_totals
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.profile import Reference
from kithdesk.customers.tables import company_members

_decode_profile = msgspec.json.Decoder(CompanyProfile).decode
_decode_reference = msgspec.json.Decoder(Reference).decode


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """One company."""

    id: CompanyId
    name: str
    profile: CompanyProfile
    created_at: Instant
    created_by: Reference
    updated_at: Instant
    modified_by: Reference
    imported_at: Instant | None
    rev: int


_LIVING = (companies.c.organisation == bindparam("organisation"), companies.c.deleted_at.is_(None))
_BY_IDS = select(companies).where(*_LIVING, companies.c.id.in_(bindparam("ids", expanding=True)))
attributes.keeps(
    "company",
    select(companies.c.id).where(*_LIVING, companies.c.id.in_(bindparam("ids", expanding=True))),
)
_BY_KEY = select(company_keys.c.company).where(
    company_keys.c.organisation == bindparam("organisation"),
    company_keys.c.kind == bindparam("kind"),
    company_keys.c.value == bindparam("value"),
)
_BY_DOMAINS = select(company_keys.c.company).where(
    company_keys.c.organisation == bindparam("organisation"),
    company_keys.c.kind == "domain",
    company_keys.c.value.in_(bindparam("domains", expanding=True)),
)
_NAMED = select(companies.c.id).where(*_LIVING, companies.c.name_key == bindparam("key")).limit(2)
_LIMIT: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")
_PAGE = select(companies.c.id).where(*_LIVING).order_by(companies.c.id.desc()).limit(_LIMIT).offset(_OFFSET)
_TOTAL = select(company_totals.c.total).where(company_totals.c.organisation == bindparam("organisation"))
# Not LIKE: what is typed may have its wildcards in it, and no index serves one.
_CALLED = (
    *_LIVING,
    companies.c.name_key >= bindparam("begins"),
    companies.c.name_key < bindparam("ends"),
)
_PAGE_CALLED = _PAGE.where(*_CALLED[2:])
_COUNT_CALLED = select(func.count()).select_from(companies).where(*_CALLED)
_MEMBERS_ARE = (
    company_members.c.organisation == bindparam("organisation"),
    company_members.c.company == bindparam("company"),
)
_MEMBERS = (
    select(company_members.c.customer)
    .where(*_MEMBERS_ARE)
    .order_by(company_members.c.customer.desc())
    .limit(_LIMIT)
    .offset(_OFFSET)
)
_MEMBERS_AFTER = (
    select(company_members.c.customer)
    .where(*_MEMBERS_ARE, company_members.c.customer > bindparam("after"))
    .order_by(company_members.c.customer)
    .limit(_LIMIT)
)
_COUNT_MEMBERS = select(func.count()).select_from(company_members).where(*_MEMBERS_ARE)
_COUNT_MEMBERS_OF_EACH = (
    select(company_members.c.company, func.count().label("total"))
    .where(
        company_members.c.organisation == bindparam("organisation"),
        company_members.c.company.in_(bindparam("ids", expanding=True)),
    )
    .group_by(company_members.c.company)
)


_BEYOND = b"\xff"  # no letter has this byte, so it comes after every way to go on


def key_of_name(name: str) -> bytes:
    """What two names share when they are the same name, in an order that is the same in every database."""
    return name_key(name).encode()


def find_companies(reads: Reads, ids: Iterable[str]) -> dict[str, Company]:
    """Those of `ids` that there are."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = reads.execute(_BY_IDS, {"organisation": reads.organisation, "ids": wanted})
    return {row.id: _company(row) for row in rows}


def get_company(reads: Reads, id: CompanyId) -> Company:
    """Raises `NotFound`."""
    found = find_companies(reads, [id]).get(id)
    if found is None:
        raise NotFound
    return found


def find_by_key(reads: Reads, kind: str, value: str) -> CompanyId | None:
    """Whose domain or external id it is."""
    found = reads.execute(
        _BY_KEY, {"organisation": reads.organisation, "kind": kind, "value": value}
    ).scalar()
    return None if found is None else CompanyId(found)


def find_by_domains(reads: Reads, domains: Iterable[str]) -> set[CompanyId]:
    """The companies that have one of these domains."""
    rows = reads.execute(_BY_DOMAINS, {"organisation": reads.organisation, "domains": list(domains)})
    return {CompanyId(row.company) for row in rows}


def list_named(reads: Reads, name: str) -> list[CompanyId]:
    """Those called so, however wide, tall or spaced the letters are; two at most, for then it names nobody."""
    values = {"organisation": reads.organisation, "key": key_of_name(name)}
    return [CompanyId(row.id) for row in reads.execute(_NAMED, values)]


def list_companies(reads: Reads, *, prefix: str, limit: int, offset: int) -> tuple[list[Company], int]:
    """One page, newest first, and how many there are. `prefix`: whose name begins so."""
    begins = key_of_name(prefix)
    values = {"organisation": reads.organisation, "begins": begins, "ends": begins + _BEYOND}
    page, total = (_PAGE_CALLED, _COUNT_CALLED) if begins else (_PAGE, _TOTAL)
    ids = [row.id for row in reads.execute(page, {**values, "limit": limit, "offset": offset})]
    found = find_companies(reads, ids)
    return [found[id] for id in ids], reads.execute(total, values).scalar() or 0


def list_members(reads: Reads, company: CompanyId, *, limit: int, offset: int) -> tuple[list[str], int]:
    """Ids of the company's customers, newest first, and how many they are."""
    values = {"organisation": reads.organisation, "company": company}
    rows = reads.execute(_MEMBERS, {**values, "limit": limit, "offset": offset})
    return [row.customer for row in rows], reads.execute(_COUNT_MEMBERS, values).scalar()


def list_members_after(reads: Reads, company: CompanyId, *, after: str, limit: int) -> list[CustomerId]:
    """A few of the company's customers, in the order of their ids; also of one that was just deleted."""
    values = {"organisation": reads.organisation, "company": company, "after": after, "limit": limit}
    return [CustomerId(row.customer) for row in reads.execute(_MEMBERS_AFTER, values)]


def count_members(reads: Reads, ids: Iterable[str]) -> dict[str, int]:
    """How many customers each of these companies has, without those that have none."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = reads.execute(_COUNT_MEMBERS_OF_EACH, {"organisation": reads.organisation, "ids": wanted})
    return {row.company: row.total for row in rows}


def _company(row: Any) -> Company:
    return Company(
        id=row.id,
        name=row.name,
        profile=_decode_profile(row.profile),
        created_at=row.created_at,
        created_by=_decode_reference(row.created_by),
        updated_at=row.updated_at,
        modified_by=_decode_reference(row.modified_by),
        imported_at=row.imported_at,
        rev=row.rev,
    )
