"""Every SELECT of SLAs. Policies are for all agents to read; clocks are read for whoever may see the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import and_, bindparam, func, select

from kithdesk.core.clock import Instant
from kithdesk.core.sql import Executes, Result
from kithdesk.core.work import Reads
from kithdesk.sla.clocks import Meter, Step
from kithdesk.sla.ids import PolicyId, VersionId
from kithdesk.sla.promises import Promise, read_promise
from kithdesk.sla.standing import Standing
from kithdesk.sla.tables import RUNNING, sla_clocks, sla_policies, sla_versions

_decode_standing = msgspec.json.Decoder(Standing).decode
_decode_meter = msgspec.json.Decoder(Meter).decode
_decode_steps = msgspec.json.Decoder(list[Step]).decode


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """A policy, with the version that it is at. `kept`: its promise as rows have it."""

    id: PolicyId
    position: int
    is_enabled: bool
    version: VersionId
    number: int
    kept: str
    created_at: Instant
    created_by: str
    updated_at: Instant
    modified_by: str
    rev: int

    @property
    def promise(self) -> Promise:
        return read_promise(self.kept)


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy promised at one time."""

    id: VersionId
    policy: PolicyId
    number: int
    kept: str
    created_at: Instant
    created_by: str

    @property
    def promise(self) -> Promise:
        return read_promise(self.kept)


class Risky(msgspec.Struct, frozen=True):
    """A conversation whose next promise will be broken unless somebody acts, or was."""

    conversation: str
    due: Instant | None


class Clocked(msgspec.Struct, frozen=True, kw_only=True):
    """The clocks of one conversation: where they stand, and what they are counted from.

    `is_past`: it has no policy any more, and this is where it stood when it had one.
    """

    standing: Standing
    meter: Meter
    steps: list[Step]
    is_past: bool


_ORGANISATION = sla_policies.c.organisation == bindparam("organisation")
_LIVING = (_ORGANISATION, sla_policies.c.deleted_at.is_(None))
_POLICY = select(
    *(column for column in sla_policies.c if column.name not in ("organisation", "deleted_at"))
).where(*_LIVING)
_POLICIES = _POLICY.order_by(sla_policies.c.position, sla_policies.c.id)
_ONE_POLICY = _POLICY.where(sla_policies.c.id == bindparam("id"))
_COUNT = select(func.count()).select_from(sla_policies).where(*_LIVING)
_LAST = select(func.max(sla_policies.c.position)).where(*_LIVING)
_ASKED = (
    select(sla_policies.c.id, sla_policies.c.version, sla_policies.c.number, sla_policies.c.promise)
    .where(*_LIVING, sla_policies.c.is_enabled.is_(True))
    .order_by(sla_policies.c.position, sla_policies.c.id)
)
_VERSION_COLUMNS = select(*(column for column in sla_versions.c if column.name != "organisation"))
_VERSION = _VERSION_COLUMNS.where(
    sla_versions.c.organisation == bindparam("organisation"),
    sla_versions.c.policy == bindparam("policy"),
    sla_versions.c.number == bindparam("number"),
)
_VERSIONS = (
    _VERSION_COLUMNS.where(
        sla_versions.c.organisation == bindparam("organisation"),
        sla_versions.c.policy.in_(bindparam("policies", expanding=True)),
    )
    .order_by(sla_versions.c.policy, sla_versions.c.number.desc())
    .limit(bindparam("limit"))
)
_TICKING = (
    select(sla_clocks.c.policy, sla_clocks.c.number)
    .where(sla_clocks.c.organisation == bindparam("organisation"), sla_clocks.c.is_running.is_(True))
    .distinct()
    .subquery()
)
_RUNNING_VERSIONS = (
    select(sla_versions.c.policy, sla_versions.c.number, sla_versions.c.promise)
    .join(
        _TICKING,
        and_(sla_versions.c.policy == _TICKING.c.policy, sla_versions.c.number == _TICKING.c.number),
    )
    .where(sla_versions.c.organisation == bindparam("organisation"))
)
_CLOCKED = select(sla_clocks.c.standing, sla_clocks.c.meter, sla_clocks.c.steps, sla_clocks.c.is_past).where(
    sla_clocks.c.organisation == bindparam("organisation"),
    sla_clocks.c.conversation == bindparam("conversation"),
)
_RUNNING = (
    select(sla_clocks.c.conversation)
    .where(
        sla_clocks.c.organisation == bindparam("organisation"),
        sla_clocks.c.is_running.is_(True),
        sla_clocks.c.policy == bindparam("policy"),
        sla_clocks.c.number == bindparam("number"),
        sla_clocks.c.conversation > bindparam("after"),
    )
    .order_by(sla_clocks.c.conversation)
    .limit(bindparam("limit"))
)
# The last first: what has been late for long must not hide what somebody can still save.
_RISKY = (
    select(sla_clocks.c.conversation, sla_clocks.c.due_at)
    .where(
        sla_clocks.c.organisation == bindparam("organisation"),
        RUNNING,
        sla_clocks.c.risky_at <= bindparam("now"),
    )
    .order_by(sla_clocks.c.risky_at.desc(), sla_clocks.c.conversation.desc())
    .limit(bindparam("limit"))
)


def list_policies(reads: Reads) -> list[Policy]:
    """All, in the order in which they are asked; there are at most a hundred."""
    return [_policy(row) for row in reads.execute(_POLICIES, {"organisation": reads.organisation})]


def find_policy(reads: Reads, id: str) -> Policy | None:
    row = reads.execute(_ONE_POLICY, {"organisation": reads.organisation, "id": id}).first()
    return None if row is None else _policy(row)


def count_policies(reads: Reads) -> int:
    count: int = reads.execute(_COUNT, {"organisation": reads.organisation}).scalar()
    return count


def last_position(reads: Executes, organisation: str) -> int:
    """Of the last policy; -1 where there is none."""
    found = reads.execute(_LAST, {"organisation": organisation}).scalar()
    return -1 if found is None else int(found)


def policies_asked(reads: Reads) -> Result:
    """Rows `(id, version, number, promise)` of those that are switched on, in their order."""
    return reads.execute(_ASKED, {"organisation": reads.organisation})


def find_version(reads: Reads, policy: str, number: int) -> Version | None:
    values = {"organisation": reads.organisation, "policy": policy, "number": number}
    row = reads.execute(_VERSION, values).first()
    return None if row is None else _version(row)


def list_versions(reads: Reads, policies: Sequence[str], *, limit: int) -> list[Version]:
    """The newest first, of each policy."""
    values = {"organisation": reads.organisation, "policies": list(policies), "limit": limit}
    return [_version(row) for row in reads.execute(_VERSIONS, values)]


def running_versions(reads: Reads) -> list[tuple[str, int, str | None]]:
    """Policies and numbers of the versions with clocks that run, and the schedules in whose hours they do."""
    rows = reads.execute(_RUNNING_VERSIONS, {"organisation": reads.organisation})
    return [(row.policy, row.number, read_promise(row.promise).schedule) for row in rows]


def find_clocked(reads: Executes, organisation: str, conversation: str) -> Clocked | None:
    row = reads.execute(_CLOCKED, {"organisation": organisation, "conversation": conversation}).first()
    if row is None:
        return None
    return Clocked(
        standing=_decode_standing(row.standing),
        meter=_decode_meter(row.meter),
        steps=_decode_steps(row.steps),
        is_past=row.is_past,
    )


def list_running(reads: Reads, policy: str, number: int, *, after: str, limit: int) -> list[str]:
    """Conversations with a running clock of this version, in the order of their ids."""
    values = {"organisation": reads.organisation, "policy": policy, "number": number}
    rows = reads.execute(_RUNNING, {**values, "after": after, "limit": limit})
    return [row.conversation for row in rows]


def list_risky(reads: Reads, limit: int) -> list[Risky]:
    """Conversations with a clock that runs past its warning or its due time, the last to come to it first."""
    values = {"organisation": reads.organisation, "now": reads.now, "limit": limit}
    return [Risky(row.conversation, row.due_at) for row in reads.execute(_RISKY, values)]


def _policy(row: Any) -> Policy:
    return Policy(
        id=row.id,
        position=row.position,
        is_enabled=row.is_enabled,
        version=row.version,
        number=row.number,
        kept=row.promise,
        created_at=row.created_at,
        created_by=row.created_by,
        updated_at=row.updated_at,
        modified_by=row.modified_by,
        rev=row.rev,
    )


def _version(row: Any) -> Version:
    return Version(
        id=row.id,
        policy=row.policy,
        number=row.number,
        kept=row.promise,
        created_at=row.created_at,
        created_by=row.created_by,
    )
