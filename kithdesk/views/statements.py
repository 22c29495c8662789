"""Criteria as SQL. The organisation stands outside of whatever was asked, and in every list inside of it.

Values are parameters, names come from closed tables. A statement is made once for each shape of a search.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Select, Table, and_, bindparam, case, func, literal_column, or_, select

from kithdesk.criteria import Group
from kithdesk.views.attributes import (
    DOCUMENTS,
    TABLES,
    Asked,
    Home,
    InValues,
    InWords,
    column_of,
)
from kithdesk.views.conditions import comparison_of, met_in
from kithdesk.views.criteria import Context, Criterion, Sort, Together
from kithdesk.views.documents import KINDS, Kind
from kithdesk.views.fulltext import HasWords, IsAmong
from kithdesk.views.tables import search_documents, view_conversations, view_customers

_ORGANISATION: Any = bindparam("organisation")
_LIMIT: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")


class Statements(NamedTuple):
    """The ids of one page in order, and how many there are up to `most`."""

    page: Any
    count: Any


@lru_cache(maxsize=512)
def statements_of(context: Context, shape: Group, sorts: tuple[Sort, ...]) -> Statements:
    table = TABLES[context]
    found = _of(context).where(_holds(context, shape))
    counted: Any = found.with_only_columns(literal_column("1").label("one")).limit(bindparam("most"))
    return Statements(
        page=found.with_only_columns(table.c.id)
        .order_by(*_order(table, sorts))
        .limit(_LIMIT)
        .offset(_OFFSET),
        count=select(func.count()).select_from(counted.subquery()),
    )


def _of(home: Home) -> Select[Any]:
    """All records of a kind that an organisation has."""
    table = TABLES[home]
    found = select(table.c.id).where(table.c.organisation == _ORGANISATION)
    if home in DOCUMENTS:
        return found.where(search_documents.c.kind == DOCUMENTS[home])
    return found.where(view_customers.c.merged_into.is_(None)) if home == "customer" else found


def _order(table: Table, sorts: tuple[Sort, ...]) -> list[Any]:
    """Without a wish what changed last comes first. What has no value comes last."""
    order = []
    for sort in sorts:
        column = column_of(sort.asked)
        key = column.desc() if sort.is_descending else column.asc()
        order.append(key.nulls_last() if column.nullable else key)
    last = table.c.number if table is search_documents else table.c.id
    if not order and table is not search_documents:
        order.append(table.c.updated_at.desc())
    is_descending = not sorts or sorts[-1].is_descending
    return [*order, last.desc() if is_descending else last.asc()]


def _holds(context: Context, node: Group | Criterion | Together | Listed) -> Any:
    if isinstance(node, Criterion):
        return _criterion(context, node)
    if isinstance(node, Together | Listed):
        return _of_objects(context, node)
    members = [_holds(context, member) for member in node.members]
    if node.kind == "or":
        return or_(*members)
    whole = or_(*members) if node.kind == "not" else and_(*members) if members else literal_column("1") == 1
    # What cannot be compared is not so: an unknown would be neither so nor not so.
    return case((whole, literal_column("0")), else_=literal_column("1")) == 1 if node.kind == "not" else whole


def _criterion(context: Context, one: Criterion) -> Any:
    place = one.asked.place
    if isinstance(place, InWords):
        return or_(*(_words(context, kind, one.name) for kind in place.kinds))
    if context == one.asked.home == "kobject":
        return met_in(one, search_documents)
    return _led(context, one.asked, comparison_of(one))


# From one kind of record to another

Key = Literal["conversation", "customer"]
_KEYS: dict[Home, dict[Key, Any]] = {
    "conversation": {"conversation": view_conversations.c.id, "customer": view_conversations.c.customer},
    "customer": {"customer": view_customers.c.id},
    "message": {"conversation": search_documents.c.conversation},
    "note": {"conversation": search_documents.c.conversation},
    "kobject": {"customer": search_documents.c.customer},
}
"""By which of its columns a record is of a conversation or customer."""


def _led(context: Context, asked: Asked, compared: Any) -> Any:
    """Whether a record of `context` has, or belongs to, one of which `compared` is so."""
    home = asked.home
    if home == "company":
        home, compared = "customer", view_customers.c.company.in_(compared)
    elif isinstance(asked.place, InValues):
        compared = TABLES[home].c.id.in_(compared)
    if home == context:
        return compared
    key: Key = "customer" if home == "customer" else "conversation"
    return _among(context, key, _of(home).with_only_columns(_KEYS[home][key]).where(compared))


def _among(context: Context, key: Key, ids: Select[Any]) -> Any:
    """Whether a record of `context` is of one of these conversations or customers."""
    mine = _KEYS[context]
    ids = ids.correlate(None)  # an inner table is never an outer one, also where both have one name
    if key in mine:
        return mine[key].in_(ids)
    way: Any = view_conversations.c
    mine_is_customer = "customer" in mine
    wanted, given = (way.customer, way.id) if mine_is_customer else (way.id, way.customer)
    step = select(wanted).where(way.organisation == _ORGANISATION, given.in_(ids)).correlate(None)
    return mine["customer" if mine_is_customer else "conversation"].in_(step)


def _words(context: Context, kind: Kind, name: str) -> Any:
    if kind == context and context in DOCUMENTS:
        return HasWords(f"{name}_{kind}")
    return or_(*(_among(context, key, _ids_with_words(key, kind, name)) for key in _keys_of(context, kind)))


def _keys_of(context: Context, kind: Kind) -> tuple[Key, ...]:
    if kind == "kobject" and context in _OF_CONVERSATION:
        return ("customer", "conversation")
    return ("customer",) if kind in ("customer", "claim", "kobject") else ("conversation",)


def _ids_with_words(key: Key, kind: Kind, name: str) -> Select[Any]:
    return select(search_documents.c[key]).where(
        search_documents.c.organisation == _ORGANISATION,
        search_documents.c.kind == KINDS[kind],
        HasWords(f"{name}_{kind}"),
        search_documents.c[key].is_not(None),
    )


# Custom objects: those of a customer, and those that were put to a conversation


class Listed(NamedTuple):
    """Of whom the few objects are that meet what is asked: names of lists of ids, None of one with nothing in it."""

    customers: str | None
    conversations: str | None
    objects: str | None = None


_OF_CONVERSATION: tuple[Context, ...] = ("conversation", "message", "note")
_OBJECT = search_documents.alias("kobject")
_IS_OBJECT: Any = literal_column(f"'{KINDS['kobject']}'")
"""Spelt out, as the partial index has it."""


def _of_objects(context: Context, node: Together | Listed) -> Any:
    if context in ("message", "note"):
        theirs = select(view_conversations.c.id).where(
            view_conversations.c.organisation == _ORGANISATION, _of_objects("conversation", node)
        )
        if isinstance(node, Listed):
            return search_documents.c.conversation.in_(theirs.correlate(None))
        found = theirs.where(view_conversations.c.id == search_documents.c.conversation)
        return found.correlate(search_documents).exists()
    if isinstance(node, Listed):
        return _is_listed(context, node)
    if context == "customer":
        return _has_object(view_customers.c.id, _OBJECT.c.customer, node.criteria)
    return or_(
        _has_object(view_conversations.c.customer, _OBJECT.c.customer, node.criteria),
        _has_object(view_conversations.c.id, _OBJECT.c.conversation, node.criteria),
    )


def _is_listed(context: Context, node: Listed) -> Any:
    mine: list[tuple[Any, str | None]] = [(view_customers.c.id, node.customers)]
    if context == "conversation":
        mine = [
            (view_conversations.c.customer, node.customers),
            (view_conversations.c.id, node.conversations),
        ]
    elif context == "kobject":
        return _NEVER if node.objects is None else IsAmong(node.objects)
    found = [column.in_(bindparam(name, expanding=True)) for column, name in mine if name is not None]
    return or_(*found) if found else _NEVER


_NEVER = literal_column("1") == 0


def _has_object(mine: Any, theirs: Any, criteria: Iterable[Criterion]) -> Any:
    """Looked for among the few objects of one record, however many there are in all."""
    found: Select[Any] = select(literal_column("1")).where(
        _OBJECT.c.organisation == _ORGANISATION,
        _OBJECT.c.kind == _IS_OBJECT,
        theirs == mine,
        *(met_in(one, _OBJECT) for one in criteria),
    )
    return found.correlate(mine.table).exists()


@lru_cache(maxsize=512)
def ids_meeting(one: Criterion) -> Any:
    """Ids of objects, up to `limit`; of one that has several such values, several times."""
    return comparison_of(one).limit(_LIMIT)


@lru_cache(maxsize=512)
def owners_meeting(criteria: tuple[Criterion, ...]) -> Any:
    """Of whom those objects are whose numbers are `among`, and which are as all of this says."""
    return select(
        search_documents.c.number, search_documents.c.customer, search_documents.c.conversation
    ).where(
        search_documents.c.organisation == _ORGANISATION,
        search_documents.c.kind == KINDS["kobject"],
        IsAmong("among"),
        *(met_in(one, search_documents) for one in criteria),
    )
