"""Tags: words of the organisation to sort conversations by. Adding one by a name that is new makes the tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from kithdesk.conversations.events import Change, ConversationUpdated, TagCreated
from kithdesk.conversations.ids import ConversationId, TagId
from kithdesk.conversations.queries import get_conversation
from kithdesk.conversations.tables import tags
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter, Conflict
from kithdesk.core.ids import is_id
from kithdesk.core.names import clean_name, name_key
from kithdesk.core.work import Reads, Work

MAX_TAGS = 100
MAX_TAG_NAME = 100


class Tag(msgspec.Struct, frozen=True):
    """One of the organisation's tags."""

    id: TagId
    name: str
    color: str | None
    created_at: Instant


_TAG = select(*(tags.c[field] for field in Tag.__struct_fields__))
_MINE = tags.c.organisation == bindparam("organisation")
_BY_IDS = _TAG.where(_MINE, tags.c.id.in_(bindparam("ids", expanding=True)))
_BY_KEY = _TAG.where(_MINE, tags.c.name_key == bindparam("name_key"))
_LIMIT: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")
_PAGE = _TAG.where(_MINE).order_by(tags.c.name_key).limit(_LIMIT).offset(_OFFSET)
_COUNT = select(func.count()).select_from(tags).where(_MINE)


def tag(work: Work, conversation_id: ConversationId, names_or_ids: Sequence[str]) -> None:
    """Adds tags, by id or by name; a new name makes a tag. Raises `NotFound`, `BadParameter`."""
    _check_number(names_or_ids)
    added = [find_or_create_tag(work, entry) for entry in names_or_ids]
    conversation = get_conversation(work, conversation_id)
    set_tags(work, conversation_id, [*conversation.tag_ids, *added])


def untag(work: Work, conversation_id: ConversationId, names_or_ids: Sequence[str]) -> None:
    """Takes tags off. One it does not have is none to take off. Raises `NotFound`, `BadParameter`."""
    _check_number(names_or_ids)
    gone = {found.id for found in (find_tag(work, entry) for entry in names_or_ids) if found is not None}
    conversation = get_conversation(work, conversation_id)
    set_tags(work, conversation_id, [id for id in conversation.tag_ids if id not in gone])


def set_tags(work: Work, conversation_id: ConversationId, ids: Iterable[str]) -> None:
    """Replaces the tags by these, which exist. Raises `NotFound`, `BadParameter`."""
    conversation = get_conversation(work, conversation_id)
    before, after = conversation.tag_ids, list(dict.fromkeys(ids))
    _check_number(after)
    if before != after:
        work.publish(
            ConversationUpdated(
                conversation=conversation.id,
                customer=conversation.customer,
                changes={"tags": Change(before, after)},
                channel=conversation.channel,
            )
        )


def create_tag(work: Work, name: str, color: str | None = None) -> TagId:
    """A new tag. Raises `Conflict` when there is one of that name, however it is written."""
    cleaned = clean_name(name, parameter="name", maximum=MAX_TAG_NAME)
    if (
        work.execute(_BY_KEY, {"organisation": work.organisation, "name_key": name_key(cleaned)}).first()
        is not None
    ):
        raise Conflict("There is a tag of this name.", parameter="name")
    id = TagId(work.new_id())
    work.publish(TagCreated(tag=id, name=cleaned, color=color))
    return id


def find_or_create_tag(work: Work, name_or_id: str) -> TagId:
    """An id that is none of ours is refused rather than taken for a name. Raises `BadParameter`."""
    found = find_tag(work, name_or_id)
    if found is not None:
        return found.id
    if is_id(name_or_id):
        raise BadParameter("There is no such tag.", parameter="tags")
    return create_tag(work, name_or_id)


def find_tag(reads: Reads, name_or_id: str) -> Tag | None:
    if is_id(name_or_id):
        found = find_tags(reads, [name_or_id])
        return found[0] if found else None
    cleaned = clean_name(name_or_id, parameter="tags", maximum=MAX_TAG_NAME)
    row = reads.execute(_BY_KEY, {"organisation": reads.organisation, "name_key": name_key(cleaned)}).first()
    return None if row is None else Tag(*row)


def find_tags(reads: Reads, ids: Sequence[str]) -> list[Tag]:
    """Those that exist, in the order of `ids`."""
    rows = reads.execute(_BY_IDS, {"organisation": reads.organisation, "ids": list(ids)})
    found = {row.id: Tag(*row) for row in rows}
    return [found[id] for id in ids if id in found]


def check_tags(reads: Reads, ids: Sequence[str]) -> list[str]:
    """The ids, each once. Raises `BadParameter` for one that is none of ours."""
    wanted = list(dict.fromkeys(ids))
    _check_number(wanted)
    if len(find_tags(reads, wanted)) != len(wanted):
        raise BadParameter("There is no such tag.", parameter="tags")
    return wanted


def list_tags(reads: Reads, *, limit: int, offset: int) -> tuple[list[Tag], int]:
    """By name, and how many there are."""
    where = {"organisation": reads.organisation}
    rows = reads.execute(_PAGE, {**where, "limit": limit, "offset": offset})
    return [Tag(*row) for row in rows], reads.execute(_COUNT, where).scalar()


def _check_number(entries: Sequence[str]) -> None:
    if len(entries) > MAX_TAGS:
        raise BadParameter(f"At most {MAX_TAGS} tags.", parameter="tags")
