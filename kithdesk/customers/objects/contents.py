"""What a record may say: its fields, cleaned or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from kithdesk.core.errors import BadParameter
from kithdesk.core.names import clean_web_address, cleaned_or_none
from kithdesk.customers.objects.entities import Content
from kithdesk.customers.objects.palette import check_icon

MOST_DESCRIBED = 2_000
MOST_IMAGES = 10
MOST_TAGS = 50
MOST_DATA = 32 * 1_024


def content_of(before: Content, given: Mapping[str, Any]) -> Content:
    """The content with the given fields set; `custom` comes checked. Raises `BadParameter`."""
    changes = {name: read(given[name]) for name, read in _READ.items() if name in given}
    if "custom" in given:
        changes["custom"] = given["custom"]
    return msgspec.structs.replace(before, **changes)


def _title(given: str | None) -> str | None:
    return None if given is None else cleaned_or_none(given, parameter="title")


def _description(given: str | None) -> str | None:
    return None if given is None else cleaned_or_none(given, parameter="description", maximum=MOST_DESCRIBED)


def _icon(given: str | None) -> str | None:
    return check_icon(given) if given else None


def _images(given: Sequence[str] | None) -> tuple[str, ...]:
    if len(given or ()) > MOST_IMAGES:
        raise BadParameter(f"At most {MOST_IMAGES}.", parameter="images")
    return tuple(dict.fromkeys(clean_web_address(url, parameter="images") for url in given or ()))


def _data(given: Mapping[str, Any] | None) -> dict[str, Any]:
    if given and len(msgspec.json.encode(given)) > MOST_DATA:
        raise BadParameter(f"At most {MOST_DATA} bytes.", parameter="data")
    return dict(given or {})


def _tags(given: Sequence[str] | None) -> tuple[str, ...]:
    cleaned = (cleaned_or_none(tag, parameter="tags") for tag in given or ())
    tags = tuple(dict.fromkeys(tag for tag in cleaned if tag is not None))
    if len(tags) > MOST_TAGS:
        raise BadParameter(f"At most {MOST_TAGS}.", parameter="tags")
    return tags


_READ: dict[str, Callable[[Any], Any]] = {
    "title": _title,
    "description": _description,
    "icon": _icon,
    "images": _images,
    "data": _data,
    "tags": _tags,
}
