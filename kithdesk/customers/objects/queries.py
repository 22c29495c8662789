"""Every SELECT of custom objects. Each begins with the organisation of who asks; no visitor's door leads here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from kithdesk import attributes
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.work import Reads
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.entities import Content, Klass, KObject
from kithdesk.customers.objects.ids import ObjectId
from kithdesk.customers.objects.tables import klasses, kobject_counts, kobjects
from kithdesk.customers.profile import Reference

_decode_reference = msgspec.json.Decoder(Reference).decode
_decode_content = msgspec.json.Decoder(Content).decode
_decode_words = msgspec.json.Decoder(tuple[str, ...]).decode

_LIMIT: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")
_EACH_KLASS = select(*(klasses.c[name] for name in Klass.__struct_fields__)).where(
    klasses.c.organisation == bindparam("organisation")
)
_KLASSES = _EACH_KLASS.order_by(klasses.c.name)
_KLASS_BY_NAME = _EACH_KLASS.where(klasses.c.name == bindparam("key"))
_KLASS_BY_ID = _EACH_KLASS.where(klasses.c.id == bindparam("key"))
_WHOLE = select(*(column for column in kobjects.c if column.name != "organisation")).where(
    kobjects.c.organisation == bindparam("organisation")
)
_BY_IDS = _WHOLE.where(kobjects.c.id.in_(bindparam("ids", expanding=True)))
_BY_EXTERNAL_ID = _WHOLE.where(
    kobjects.c.klass == bindparam("klass"), kobjects.c.external_id == bindparam("external_id")
)
attributes.keeps(
    "kobject",
    select(kobjects.c.id).where(
        kobjects.c.organisation == bindparam("organisation"),
        kobjects.c.klass == bindparam("klass"),
        kobjects.c.id.in_(bindparam("ids", expanding=True)),
    ),
)
_OF_KLASS = _WHOLE.where(kobjects.c.klass == bindparam("klass"))
_OF_CUSTOMER = _WHOLE.where(
    kobjects.c.customer == bindparam("customer"), kobjects.c.klass.in_(bindparam("klasses", expanding=True))
)
_OF_COMPANY = _WHOLE.where(
    kobjects.c.company == bindparam("company"), kobjects.c.klass.in_(bindparam("klasses", expanding=True))
)
_OF_CONVERSATION = _WHOLE.where(kobjects.c.conversation == bindparam("conversation"))
_NEWEST = (kobjects.c.created_at.desc(), kobjects.c.id.desc())
_PAGE_OF_KLASS = _OF_KLASS.order_by(*_NEWEST).limit(_LIMIT).offset(_OFFSET)
_PAGE_OF_CUSTOMER = _OF_CUSTOMER.order_by(*_NEWEST).limit(_LIMIT).offset(_OFFSET)
_PAGE_OF_COMPANY = _OF_COMPANY.order_by(*_NEWEST).limit(_LIMIT).offset(_OFFSET)
_COUNT_OF_COMPANY = select(func.count()).where(
    kobjects.c.organisation == bindparam("organisation"),
    kobjects.c.company == bindparam("company"),
    kobjects.c.klass.in_(bindparam("klasses", expanding=True)),
)
_PAGE_OF_CONVERSATION = _OF_CONVERSATION.order_by(*_NEWEST).limit(_LIMIT).offset(_OFFSET)
_COUNT_OF_CONVERSATION = select(func.count()).where(
    kobjects.c.organisation == bindparam("organisation"),
    kobjects.c.conversation == bindparam("conversation"),
)
# In the order of the index: in the order of ids, all of the organisation would be read.
_IDS_OF_CUSTOMER = (
    select(kobjects.c.id)
    .where(kobjects.c.organisation == bindparam("organisation"), kobjects.c.customer == bindparam("customer"))
    .order_by(kobjects.c.created_at, kobjects.c.id)
)
_NAMED = select(kobjects.c.id, kobjects.c.named_by).where(
    kobjects.c.organisation == bindparam("organisation"),
    kobjects.c.customer == bindparam("customer"),
    kobjects.c.named_by != "[]",
)
_COUNTS = select(kobject_counts.c.klass, kobject_counts.c.total).where(
    kobject_counts.c.organisation == bindparam("organisation"),
    kobject_counts.c.owner == bindparam("owner"),
    kobject_counts.c.total > 0,
)
EVERYBODY = ""
"""The owner of the organisation's own counts."""


def list_klasses(reads: Reads) -> list[Klass]:
    """All of the organisation, by name: there are at most 200."""
    return [_klass(row) for row in reads.execute(_KLASSES, {"organisation": reads.organisation})]


def klasses_by_name(reads: Reads) -> dict[str, Klass]:
    return {klass.name: klass for klass in list_klasses(reads)}


def find_klass(reads: Reads, key: str) -> Klass | None:
    """By its name, or by its id: no name could be one."""
    statement = _KLASS_BY_ID if is_id(key) else _KLASS_BY_NAME
    row = reads.execute(statement, {"organisation": reads.organisation, "key": key}).first()
    return None if row is None else _klass(row)


def get_klass(reads: Reads, key: str) -> Klass:
    """The same. Raises `NotFound`."""
    found = find_klass(reads, key)
    if found is None:
        raise NotFound
    return found


def find_objects(reads: Reads, ids: Sequence[str]) -> list[KObject]:
    """Those that exist, in the order of `ids`."""
    values = {"organisation": reads.organisation, "ids": [id for id in ids if is_id(id)]}
    found = {row.id: _kobject(row) for row in reads.execute(_BY_IDS, values)}
    return [found[id] for id in ids if id in found]


def get_object(reads: Reads, id: str, *, klass: str | None = None) -> KObject:
    """One record, of this klass if one is named. Raises `NotFound`."""
    found = find_objects(reads, [id])
    if not found or klass not in (None, found[0].klass):
        raise NotFound
    return found[0]


def find_by_external_id(reads: Reads, klass: str, external_id: str) -> KObject | None:
    values = {"organisation": reads.organisation, "klass": klass, "external_id": external_id}
    row = reads.execute(_BY_EXTERNAL_ID, values).first()
    return None if row is None else _kobject(row)


def list_of_klass(reads: Reads, klass: str, *, limit: int, offset: int) -> tuple[list[KObject], int]:
    """One page, newest first, and how many there are."""
    values = {"organisation": reads.organisation, "klass": klass, "limit": limit, "offset": offset}
    found = [_kobject(row) for row in reads.execute(_PAGE_OF_KLASS, values)]
    return found, counts_of(reads, EVERYBODY).get(klass, 0)


def list_of_customer(
    reads: Reads, customer: CustomerId, klasses: Sequence[str], *, limit: int, offset: int
) -> tuple[list[KObject], int]:
    """One page of a customer's records of these klasses, newest first, and how many there are."""
    values = {
        "organisation": reads.organisation,
        "customer": customer,
        "klasses": list(klasses),
        "limit": limit,
        "offset": offset,
    }
    counts = counts_of(reads, customer)
    found = [_kobject(row) for row in reads.execute(_PAGE_OF_CUSTOMER, values)]
    return found, sum(counts.get(klass, 0) for klass in klasses)


def list_of_company(
    reads: Reads, company: str, klasses: Sequence[str], *, limit: int, offset: int
) -> tuple[list[KObject], int]:
    """The same of a company."""
    values = {"organisation": reads.organisation, "company": company, "klasses": list(klasses)}
    page = reads.execute(_PAGE_OF_COMPANY, {**values, "limit": limit, "offset": offset})
    return [_kobject(row) for row in page], reads.execute(_COUNT_OF_COMPANY, values).scalar() or 0


def list_of_conversation(
    reads: Reads, conversation: str, *, limit: int, offset: int
) -> tuple[list[KObject], int]:
    """One page of what was put to a conversation, newest first, and how many there are."""
    values = {"organisation": reads.organisation, "conversation": conversation}
    page = reads.execute(_PAGE_OF_CONVERSATION, {**values, "limit": limit, "offset": offset})
    return [_kobject(row) for row in page], reads.execute(_COUNT_OF_CONVERSATION, values).scalar() or 0


def object_ids_of(reads: Reads, customer: CustomerId) -> list[ObjectId]:
    """Every record of a customer, oldest first: what moves when two are merged."""
    values = {"organisation": reads.organisation, "customer": customer}
    return [ObjectId(row.id) for row in reads.execute(_IDS_OF_CUSTOMER, values)]


def names_of_objects(reads: Reads, customer: CustomerId) -> dict[str, tuple[str, ...]]:
    """By record of a customer, the addresses by which another system named them, where it did."""
    values = {"organisation": reads.organisation, "customer": customer}
    return {row.id: _decode_words(row.named_by) for row in reads.execute(_NAMED, values)}


def counts_of(reads: Reads, owner: str) -> dict[str, int]:
    """How many records there are by klass, without those of which there are none."""
    values = {"organisation": reads.organisation, "owner": owner}
    return {row.klass: row.total for row in reads.execute(_COUNTS, values)}


def _klass(row: Any) -> Klass:
    return Klass(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        plural_name=row.plural_name,
        icon=row.icon,
        color=row.color,
        status=row.status,
        mixins=_decode_words(row.mixins),
        card_fields=_decode_words(row.card_fields),
        card_title=row.card_title,
        created_at=row.created_at,
        created_by=_decode_reference(row.created_by),
        updated_at=row.updated_at,
        modified_by=_decode_reference(row.modified_by),
        rev=row.rev,
    )


def _kobject(row: Any) -> KObject:
    return KObject(
        id=row.id,
        klass=row.klass,
        external_id=row.external_id,
        customer=row.customer,
        named_by=_decode_words(row.named_by),
        company=row.company,
        conversation=row.conversation,
        content=_decode_content(row.content),
        created_at=row.created_at,
        created_by=_decode_reference(row.created_by),
        updated_at=row.updated_at,
        modified_by=_decode_reference(row.modified_by),
        imported_at=row.imported_at,
        source_at=row.source_at,
        rev=row.rev,
    )
