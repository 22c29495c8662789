"""Every SELECT of views: each begins with the organisation of who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, func, literal_column, or_, select

from kithdesk.core.clock import Instant
from kithdesk.core.work import Reads
from kithdesk.views.asking import MAX_CLAUSES, Term
from kithdesk.views.criteria import Criterion, Search
from kithdesk.views.documents import KINDS, Kind, number_of
from kithdesk.views.events import Context
from kithdesk.views.fulltext import Clauses, HasWords, IsAmong, among, having
from kithdesk.views.ids import ViewId
from kithdesk.views.statements import ids_meeting, owners_meeting, statements_of
from kithdesk.views.tables import saved_views, search_documents, view_conversations, view_values
from kithdesk.views.within import Within

_ORGANISATION: Any = bindparam("organisation")
_LIMIT: Any = bindparam("limit")

# Records by criteria


def list_ids(reads: Reads, search: Search, *, limit: int, offset: int) -> list[str]:
    """One page of what a search finds, in its order."""
    page = statements_of(search.context, search.shape, search.sorts).page
    values = {"organisation": reads.organisation, **search.values, "limit": limit, "offset": offset}
    return [row.id for row in reads.execute(page, values)]


def count_found(reads: Reads, search: Search, *, most: int) -> int:
    """How many there are; nobody counts further than `most`."""
    count = statements_of(search.context, search.shape, search.sorts).count
    values = {"organisation": reads.organisation, **search.values, "most": most}
    found: int = reads.execute(count, values).scalar()
    return found


def list_objects_meeting(reads: Reads, one: Criterion, values: Mapping[str, Any], *, limit: int) -> list[str]:
    """Ids of custom objects of which a criterion holds."""
    bound = {"organisation": reads.organisation, **values, "limit": limit}
    return [row.id for row in reads.execute(ids_meeting(one), bound)]


def list_owners_meeting(
    reads: Reads, criteria: tuple[Criterion, ...], numbers: Sequence[int], values: Mapping[str, Any]
) -> list[Any]:
    """Whose those of these custom objects are of which all of the criteria hold."""
    bound = {"organisation": reads.organisation, **values, **among("among", numbers)}
    return reads.execute(owners_meeting(criteria), bound).rows


# Documents

_SHOWN = (
    search_documents.c.kind,
    search_documents.c.id,
    search_documents.c.customer,
    search_documents.c.conversation,
    search_documents.c.klass,
    search_documents.c.at,
    search_documents.c.channel,
    search_documents.c.title,
    search_documents.c.text,
    search_documents.c.words,
)
_OF_KIND = (
    search_documents.c.organisation == _ORGANISATION,
    search_documents.c.kind == bindparam("kind"),
)
MOST_RANKED = 1_000
_WITH_WORDS = (
    select(*_SHOWN)
    .where(*_OF_KIND, HasWords("asked", newest=MOST_RANKED + 1))
    .order_by(search_documents.c.number.desc())
    .limit(MOST_RANKED + 1)
)
_OF_CUSTOMER = (
    select(*_SHOWN).order_by(search_documents.c.number.desc()).limit(MOST_RANKED + 1).where(*_OF_KIND)
)
_SAID_WITH = _OF_CUSTOMER.where(IsAmong("said"), HasWords("asked", by_row=True))
_KEPT_OF = _OF_CUSTOMER.where(
    search_documents.c.customer == bindparam("customer"), HasWords("asked", by_row=True)
)
_BY_ID = select(*_SHOWN).where(
    search_documents.c.organisation == _ORGANISATION,
    search_documents.c.kind.in_(list(KINDS.values())),
    search_documents.c.number == bindparam("number"),
    search_documents.c.id == bindparam("id"),
)
_CONVERSATION = select(
    literal_column("'s'").label("kind"),
    view_conversations.c.id,
    literal_column("NULL").label("customer"),
    view_conversations.c.id.label("conversation"),
    literal_column("NULL").label("klass"),
    view_conversations.c.updated_at.label("at"),
    view_conversations.c.channel,
    literal_column("NULL").label("title"),
    literal_column("NULL").label("text"),
    literal_column("''").label("words"),
).where(view_conversations.c.organisation == _ORGANISATION, view_conversations.c.id == bindparam("id"))
_CUSTOMERS_OF = select(view_conversations.c.id, view_conversations.c.customer).where(
    view_conversations.c.organisation == _ORGANISATION,
    view_conversations.c.id.in_(bindparam("ids", expanding=True)),
)
# A range, and no pattern: databases plan before they see the value, and a pattern may begin with anything.
_BEGINS = (view_values.c.text >= bindparam("begun"), view_values.c.text < bindparam("beyond"))
_LAST_SIGN = "\U0010ffff"
_WITH_VALUE = (
    select(view_values.c.id)
    .where(
        view_values.c.organisation == _ORGANISATION,
        view_values.c.owner == "customer",
        view_values.c.field.in_(bindparam("fields", expanding=True)),
        view_values.c.text == bindparam("text"),
    )
    .distinct()
    .order_by(view_values.c.id.desc())
    .limit(_LIMIT)
)


@lru_cache(maxsize=2 * MAX_CLAUSES)
def _saying(words: int, *, is_begun: bool) -> Any:
    """Ids of customers of whom fields have so many words, each in any of them; the last one may be unfinished."""
    first, *others = (
        select(view_values.c.id).where(
            view_values.c.organisation == _ORGANISATION,
            view_values.c.owner == "customer",
            view_values.c.field.in_(bindparam("fields", expanding=True)),
            *(_BEGINS if is_begun and number == words - 1 else _says(number)),
        )
        for number in range(words)
    )
    found = first.where(*(view_values.c.id.in_(other.correlate(None)) for other in others))
    return found.distinct().order_by(view_values.c.id.desc()).limit(_LIMIT)


def _says(number: int) -> tuple[Any, ...]:
    return (view_values.c.text == bindparam(f"word{number}"),)


def list_with_words(
    reads: Reads,
    kind: Kind,
    mark: str,
    clauses: Clauses,
    whole: Sequence[Term] = (),
    *,
    within: Within | None = None,
) -> list[Any]:
    """The newest documents of a kind that have these words, one more than are ranked if there are more.

    `within` leaves those that are of one customer.
    """
    values: dict[str, Any] = {
        "organisation": reads.organisation,
        "kind": KINDS[kind],
        **having("asked", mark, clauses, whole),
    }
    if within is None:
        return reads.execute(_WITH_WORDS, values).rows
    if kind == "kobject":
        return reads.execute(_KEPT_OF, {**values, "customer": within.customer}).rows
    return reads.execute(_SAID_WITH, {**values, **within.said}).rows


def find_documents(reads: Reads, ids: Sequence[str]) -> list[Any]:
    """Whatever has one of these ids, in documents."""
    found = []
    for id in ids:
        values = {"organisation": reads.organisation, "number": number_of(id), "id": id}
        found += reads.execute(_BY_ID, values).rows
    return found


def find_nameless(reads: Reads, id: str) -> list[Any]:
    """The conversation with this id, as a document would be: one without a name has none."""
    return reads.execute(_CONVERSATION, {"organisation": reads.organisation, "id": id}).rows


def customers_of(reads: Reads, conversations: Sequence[str]) -> dict[str, str]:
    """Whose each conversation is."""
    values = {"organisation": reads.organisation, "ids": list(conversations)}
    return {row.id: row.customer for row in reads.execute(_CUSTOMERS_OF, values)}


def list_customers_with(reads: Reads, fields: Sequence[str], text: str, limit: int) -> list[str]:
    """Customers of whom one of these fields says just this."""
    values = {"organisation": reads.organisation, "fields": list(fields), "text": text, "limit": limit}
    return [row.id for row in reads.execute(_WITH_VALUE, values)]


def list_customers_saying(
    reads: Reads, fields: Sequence[str], words: Sequence[str], limit: int, *, begun: str | None = None
) -> list[str]:
    """Customers of whom these fields have all of these words, and one that begins as `begun` does."""
    words = words[: MAX_CLAUSES - (begun is not None)]
    values = {"organisation": reads.organisation, "fields": list(fields), "limit": limit}
    said = {f"word{number}": word for number, word in enumerate(words)}
    if begun is not None:
        said |= {"begun": begun, "beyond": begun + _LAST_SIGN}
    statement = _saying(len(words) + (begun is not None), is_begun=begun is not None)
    return [row.id for row in reads.execute(statement, {**values, **said})]


# Saved views


class SavedView(msgspec.Struct, frozen=True, kw_only=True):
    """A search that somebody kept. `query` is as they wrote it."""

    id: ViewId
    owner: str
    name: str
    context: Context
    query: dict[str, Any]
    is_shared: bool
    position: int
    created_at: Instant
    updated_at: Instant
    updated_by: str | None
    rev: int


_WHOLE = select(*(saved_views.c[name] for name in SavedView.__struct_fields__)).where(
    saved_views.c.organisation == _ORGANISATION,
    or_(saved_views.c.is_shared.is_(True), saved_views.c.owner == bindparam("owner")),
)
_VISIBLE = _WHOLE.order_by(saved_views.c.is_shared.desc(), saved_views.c.position, saved_views.c.id)
_VIEW = _WHOLE.where(saved_views.c.id == bindparam("id"))
_MINE = select(func.count()).where(
    saved_views.c.organisation == _ORGANISATION,
    saved_views.c.owner == bindparam("owner"),
    saved_views.c.is_shared.is_(False),
)
_SHARED = select(func.count()).where(
    saved_views.c.organisation == _ORGANISATION, saved_views.c.is_shared.is_(True)
)
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Kept(NamedTuple):
    """How many views there are already: of one agent, and shared ones."""

    mine: int
    shared: int


def list_views(reads: Reads) -> list[SavedView]:
    """Those that who asks may see: shared ones first, each in its place. There are at most 200."""
    values = {"organisation": reads.organisation, "owner": reads.actor.id or ""}
    return [_view(row) for row in reads.execute(_VISIBLE, values)]


def find_view(reads: Reads, id: str, *, owner: str | None = None) -> SavedView | None:
    """One that its owner may see: by default who asks."""
    values = {"organisation": reads.organisation, "owner": owner or reads.actor.id or "", "id": id}
    row = reads.execute(_VIEW, values).first()
    return None if row is None else _view(row)


def count_kept(reads: Reads, owner: str) -> Kept:
    values = {"organisation": reads.organisation, "owner": owner}
    return Kept(reads.execute(_MINE, values).scalar(), reads.execute(_SHARED, values).scalar())


def _view(row: Any) -> SavedView:
    return SavedView(**{**row._asdict(), "query": _decode(row.query)})
