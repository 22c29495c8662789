"""The first rows as they would become customers. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from kithdesk import customers
from kithdesk.core.clock import Instant, iso
from kithdesk.core.errors import Refusal
from kithdesk.core.names import mailbox_key
from kithdesk.core.work import Reads
from kithdesk.customers import Profile
from kithdesk.imports.entities import Import, OnMatch
from kithdesk.imports.errors import ImportNotReady
from kithdesk.imports.planning import Plan, Planner
from kithdesk.imports.reading import Row

MOST = 20

_KEYS: dict[str, Callable[[Profile], list[str]]] = {
    "externalId": lambda profile: [one.external_id for one in profile.external_ids],
    "email": lambda profile: [mailbox_key(one.email) for one in profile.emails],
    "phone": lambda profile: [one.phone for one in profile.phones],
}


class Previewed(msgspec.Struct, frozen=True, kw_only=True):
    """A row, what would become of it, and the customer as they would be. `company` is one that would be made."""

    row: Row
    plan: Plan
    profile: Profile | None = None
    company: str | None = None


Seen = set[tuple[str, str]]
"""What earlier rows of a file would have made somebody by."""


def preview(reads: Reads, known: Import, rows: Sequence[Row]) -> list[Previewed]:
    """Raises `ImportNotReady`."""
    if known.mapping is None or not known.mapping.targets:
        raise ImportNotReady
    return list(foresee(reads, known, rows[:MOST], set()))


def foresee(reads: Reads, known: Import, rows: Sequence[Row], seen: Seen) -> Iterator[Previewed]:
    """What would become of each row, after those that are `seen`, which grows. Raises `ImportNotReady`."""
    planner = Planner(reads, known)
    for row in rows:
        plan = planner.plan(row)
        try:
            profile = planner.check(plan) if plan.action in ("create", "update") else None
        except Refusal as refusal:
            plan, profile = planner.refused(row, refusal), None
        if profile is not None and plan.action == "create":
            assert known.mapping is not None
            plan, profile = _beside(seen, plan, profile, known.mapping.match_by, known.mapping.on_match)
        elif plan.action == "update" and profile == plan.known and plan.new_company is None:
            plan = msgspec.structs.replace(plan, action="skip")
        yield Previewed(row=row, plan=plan, profile=profile, company=plan.new_company)


def _beside(
    seen: Seen,
    plan: Plan,
    profile: Profile,
    match_by: Sequence[str],
    on_match: OnMatch,
) -> tuple[Plan, Profile | None]:
    """The same where an earlier row of the file would have made the customer already."""
    keys = [(key, value) for key in match_by for value in _KEYS[key](profile)]
    if any(key in seen for key in keys):
        action = msgspec.structs.replace(plan, action="skip" if on_match == "skip" else "update")
        return action, None if on_match == "skip" else profile
    seen.update(keys)
    return plan, profile


def draw_profile(profile: Profile, company: str | None) -> Mapping[str, Any]:
    """A profile as the API would show it, without what is empty. Administrators see what is sensitive, too."""
    shown: dict[str, Any] = msgspec.to_builtins(profile)
    for name in ("birthdayAt", "signedUpAt"):
        if name in shown:
            shown[name] = iso(Instant(shown[name]))
    if company is not None:
        shown["companyName"] = company
    shown["displayName"] = customers.display_name_of(profile, customers.CustomerId("0" * 24))
    return shown
