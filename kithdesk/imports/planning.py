"""What would become of a row: decided here for the preview and the import alike, from the row and the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from kithdesk import attributes, customers
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter, Refusal
from kithdesk.core.names import cleaned_or_none
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, Profile
from kithdesk.imports.entities import Import, RowError
from kithdesk.imports.entities import Mapping as Columns
from kithdesk.imports.errors import ImportNotReady
from kithdesk.imports.reading import Problem, Row
from kithdesk.imports.wording import Said, said_by

Action = Literal["create", "update", "skip", "error"]
MAX_ENTRIES = 100
_SHOWN = 80

_PROBLEMS: dict[Problem, str] = {
    "ragged": "The row has other cells than the header.",
    "cell_too_long": "A cell has at most 32 KiB.",
    "open_quote": "A quotation mark opens in this row and does not close where a cell ends.",
}


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """`changes` are fields of `Profile`. `new_company` is one that is not there yet, by its name. `called`: whom a row
    with errors is about."""

    action: Action
    customer: CustomerId | None = None
    known: Profile = Profile()
    changes: dict[str, Any] = {}
    new_company: str | None = None
    created_at: Instant | None = None
    called: str | None = None
    errors: tuple[RowError, ...] = ()


class Planner:
    """Plans the rows of one import. What is declared is asked for once."""

    def __init__(self, reads: Reads, known: Import) -> None:
        if known.mapping is None:
            raise ImportNotReady
        self._reads = reads
        self._mapping = known.mapping
        self._declared = attributes.declared(reads, "customer")

    def plan(self, row: Row) -> Plan:
        """Never raises a refusal: what is wrong with a row is its own affair."""
        if row.problem is not None:
            return self._failed(row, RowError(None, row.problem, _PROBLEMS[row.problem]))
        said = said_by(row.cells, self._mapping.targets, self._declared)
        if said.errors:
            return self._failed(row, *said.errors)
        try:
            return self._plan(row, said)
        except Refusal as refusal:
            return self.refused(row, refusal)

    def _plan(self, row: Row, said: Said) -> Plan:
        changes = customers.read_attributes(self._reads, said.attributes)
        new_company = self._company(said.company, changes)
        if not changes and new_company is None:
            nothing = RowError(None, "empty_row", "None of the columns that are mapped says anything.")
            return self._failed(row, nothing)
        found = self._find(changes)
        if found is None:
            return Plan(action="create", changes=changes, new_company=new_company, created_at=said.created_at)
        if self._mapping.on_match == "skip":
            return Plan(action="skip", customer=found)
        known = customers.get_customer(self._reads, found).profile
        changes = _added(known, changes)
        return Plan(action="update", customer=found, known=known, changes=changes, new_company=new_company)

    def check(self, plan: Plan) -> Profile:
        """The profile as it would be. Raises what storing it would be refused for."""
        new = plan.customer is None
        custom = attributes.check_custom(
            self._reads,
            "customer",
            plan.changes.get("custom", {}),
            before=None if new else plan.known.custom,
        )
        profile = msgspec.structs.replace(plan.known, **{**plan.changes, "custom": custom})
        customers.check_addresses(self._reads, profile, plan.customer)
        return profile

    def refused(self, row: Row, refusal: Refusal) -> Plan:
        """The row with its error, in the words of whoever brought the file."""
        column = _column_of(self._mapping, refusal.parameter or "")
        owner = (refusal.meta or {}).get("customer", {}).get("id")
        return self._failed(row, RowError(column, refusal.code, self._words(refusal), customer=owner))

    def _words(self, refusal: Refusal) -> str:
        """Attributes by what people call them. Where a column is named beside it, its value's name is not."""
        words = refusal.detail or refusal.title
        name = (refusal.parameter or "").rpartition(".")[2]
        if name not in self._declared:
            return words
        label = self._declared[name].display_name or name
        return words.removeprefix(f"{name}: ").replace(f"{name} ", f"{label} ", 1)

    def _failed(self, row: Row, *errors: RowError) -> Plan:
        said = tuple(_with_value(error, row) for error in errors)
        return Plan(action="error", called=called_by(row, self._mapping), errors=said)

    def _find(self, changes: Mapping[str, Any]) -> CustomerId | None:
        for key in self._mapping.match_by:
            field, read, find = _FINDING[key]
            for entry in changes.get(field, ()):
                found = find(self._reads, read(entry))
                if found is not None:
                    return found
        return None

    def _company(self, text: str | None, changes: dict[str, Any]) -> str | None:
        """Sets the company that the cell names; answers the name of one that is not there."""
        name = None if text is None else cleaned_or_none(text, parameter="company")
        if name is None:
            return None
        found = customers.find_company_by_key(self._reads, "external_id", name)
        if found is None:
            named = customers.list_companies_named(self._reads, name)
            if len(named) > 1:
                raise BadParameter("Several companies are called so.", parameter="company")
            if not named:
                return name
            found = named[0]
        changes["company"] = found
        return None


_FINDING: dict[str, tuple[str, Callable[[Any], str], Callable[[Reads, str], CustomerId | None]]] = {
    "externalId": ("external_ids", lambda one: one.external_id, customers.find_by_external_id),
    "email": ("emails", lambda one: one.email, customers.find_by_email),
    "phone": ("phones", lambda one: one.phone, customers.find_by_phone),
}


_NAMES = ("name", "firstName", "lastName")
_ELSE = ("emails", "externalId", "phones", "username")


def called_by(row: Row, mapping: Columns) -> str | None:
    """Whom a row is about, however wrong it is: the name, else an address or an id."""

    def cells(targets: Sequence[str]) -> list[str]:
        columns = [column for column, target in mapping.targets.items() if target in targets]
        found = [row.cells[column].strip()[:_SHOWN] for column in columns if column < len(row.cells)]
        return [cell for cell in found if cell]

    return " ".join(cells(_NAMES)) or next((cell for target in _ELSE for cell in cells([target])), None)


def _with_value(error: RowError, row: Row) -> RowError:
    if error.column is None or error.column >= len(row.cells):
        return error
    value = row.cells[error.column].strip()
    shown = value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"
    return msgspec.structs.replace(error, value=shown or None)


def _added(known: Profile, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Lists gain what they do not have; nobody loses an address to a file."""
    values: dict[str, Any] = {}
    for field, value in changes.items():
        before = getattr(known, field)
        if isinstance(value, tuple):
            keys = {customers.identity_of(entry) for entry in before}
            values[field] = (*before, *(one for one in value if customers.identity_of(one) not in keys))
            if len(values[field]) > MAX_ENTRIES:
                raise BadParameter(f"At most {MAX_ENTRIES}.", parameter=field)
        else:
            values[field] = value
    return values


_PARTS = {"name": ("firstName", "lastName"), "locations": ("location.",), "externalIds": ("externalId",)}


def _column_of(mapping: Columns, parameter: str) -> int | None:
    """The first column of what a refusal is about."""
    root = parameter.partition(".")[0]
    for name in (parameter, f"custom.{parameter}", root, *_PARTS.get(root, ())):
        for column, target in mapping.targets.items():
            if target == name or (name.endswith(".") and target.startswith(name)):
                return column
    return None
