"""Making the record of a company, changing and deleting it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kithdesk import attributes
from kithdesk.core.clock import Instant
from kithdesk.core.errors import ChangedMeanwhile
from kithdesk.core.events import Change
from kithdesk.core.work import Reads, Work
from kithdesk.customers.companies.errors import CompanyKeyTaken
from kithdesk.customers.companies.events import CompanyCreated, CompanyDeleted, CompanyUpdated
from kithdesk.customers.companies.ids import CompanyId
from kithdesk.customers.companies.profile import CompanyProfile
from kithdesk.customers.companies.projections import keys_of
from kithdesk.customers.companies.queries import (
    find_by_key,
    find_companies,
    get_company,
    list_members,
)
from kithdesk.customers.dating import check_may_date
from kithdesk.customers.objects.queries import klasses_by_name, list_of_company

_PARAMETERS = {"domain": "domains", "external_id": "externalId"}


def create_company(
    work: Work,
    profile: CompanyProfile,
    *,
    created_at: Instant | None = None,
    imported_at: Instant | None = None,
) -> CompanyId:
    """A new record. Raises `CompanyKeyTaken`, `NotYoursToDate`, and what `attributes.check_custom` raises."""
    _check_keys(work, profile, None)
    check_may_date(work.actor, createdAt=created_at, importedAt=imported_at)
    custom = attributes.check_custom(work, "company", profile.custom)
    id = CompanyId(work.new_id())
    work.publish(
        CompanyCreated(
            company=id,
            created_at=created_at,
            imported_at=imported_at,
            profile=msgspec.structs.replace(profile, custom=custom),
        )
    )
    return id


def update_company(
    work: Work,
    id: CompanyId,
    changes: Mapping[str, Any],
    *,
    rev: int | None = None,
    replaces_custom: bool = False,
) -> CompanyId:
    """Sets fields by their names in `CompanyProfile`; `custom` is merged, and a None in it clears.

    A change to the same changes nothing. Raises `NotFound`, `CompanyKeyTaken`, and `ChangedMeanwhile` when `rev` is
    given and is not the record's any more.
    """
    company = get_company(work, id)
    if rev is not None and rev != company.rev:
        raise ChangedMeanwhile("The record")
    values = dict(changes)
    if "custom" in values:
        values["custom"] = attributes.check_custom(
            work, "company", values["custom"], before=company.profile.custom, replace=replaces_custom
        )
    profile = msgspec.structs.replace(company.profile, **values)
    if profile != company.profile:
        _check_keys(work, profile, id)
        changed = _difference(work, company.profile, profile)
        work.publish(CompanyUpdated(company=id, profile=profile, changes=changed))
    return id


def delete_company(work: Work, id: CompanyId) -> None:
    """Takes the record away: nobody sees it any more, and its customers have no company. Raises `NotFound`."""
    work.publish(CompanyDeleted(company=get_company(work, id).id))


def take_back_company(work: Work, id: CompanyId) -> bool:
    """Deletes one that nobody is of, that has nothing, and that nobody changed since it was made. Any other stays."""
    company = find_companies(work, [id]).get(id)
    if company is None or company.rev > 1 or _has_anything(work, id):
        return False
    delete_company(work, id)
    return True


def _has_anything(reads: Reads, id: CompanyId) -> bool:
    klasses = [*klasses_by_name(reads)]
    return bool(
        list_members(reads, id, limit=1, offset=0)[0]
        or list_of_company(reads, id, klasses, limit=1, offset=0)[0]
    )


def _difference(reads: Reads, old: CompanyProfile, new: CompanyProfile) -> dict[str, Change]:
    shown = attributes.masking_for_all(reads, "company")
    before, after = msgspec.to_builtins(old), msgspec.to_builtins(new)
    changes = {
        name: Change(before.get(name), after.get(name))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    }
    if "custom" in changes:
        changes["custom"] = Change(shown(old.custom), shown(new.custom))
    return changes


def _check_keys(reads: Reads, profile: CompanyProfile, id: CompanyId | None) -> None:
    for kind, value in keys_of(profile):
        owner = find_by_key(reads, kind, value)
        if owner is not None and owner != id:
            raise CompanyKeyTaken(_PARAMETERS[kind])
