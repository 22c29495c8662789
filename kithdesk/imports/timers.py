"""What happens later: rows are taken, taken back, and forgotten."""

from __future__ import annotations

from typing import ClassVar

from kithdesk.core.clock import SECOND
from kithdesk.core.jobs import Job, RetryPolicy
from kithdesk.imports.entities import Who
from kithdesk.imports.ids import ImportId

_PATIENT = RetryPolicy(tries=30, first=SECOND)


class CheckRows(Job, frozen=True, kw_only=True):
    """All rows of a draft are looked at, in the name of whoever said what its columns are."""

    kind: ClassVar[str] = "imports.check_rows"
    policy: ClassVar[RetryPolicy] = RetryPolicy(tries=3, first=SECOND)
    is_effect: ClassVar[bool] = True
    of: ImportId
    by: Who


class TakeRows(Job, frozen=True, kw_only=True):
    """The next part of a running import."""

    kind: ClassVar[str] = "imports.take_rows"
    policy: ClassVar[RetryPolicy] = _PATIENT
    is_effect: ClassVar[bool] = True
    of: ImportId


class TakeBack(Job, frozen=True, kw_only=True):
    """The next rows of an import that is being taken back."""

    kind: ClassVar[str] = "imports.take_back"
    policy: ClassVar[RetryPolicy] = _PATIENT
    of: ImportId


class Forget(Job, frozen=True, kw_only=True):
    """The file, and what is kept of each row, when nobody can begin or take back the import any more."""

    kind: ClassVar[str] = "imports.forget"
    policy: ClassVar[RetryPolicy] = _PATIENT
    is_effect: ClassVar[bool] = True
    of: ImportId
    parts: int


def forget_key(id: ImportId) -> str:
    """One for each import."""
    return f"forget_import:{id}"


def serial_of(id: ImportId) -> str:
    """Whatever is done with one import is done in order."""
    return f"import:{id}"
