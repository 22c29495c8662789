"""The one envelope of the HTTP API: how it is declared, and how it is filled.

A slice declares its `Body`s and `Attributes`, and draws `resource`s; what is around them is here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from kithdesk.core.clock import Instant, parse_iso
from kithdesk.core.errors import BadParameter

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$", description="24 hexadecimal characters.")]

A = TypeVar("A")
M = TypeVar("M")


class Body(BaseModel):
    """What a client sends: flat, camelCase, and nothing that is not listed or of another type. `"no"` is not false."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class Attributes(BaseModel):
    """A resource's own fields, in camelCase."""

    model_config = ConfigDict(alias_generator=to_camel)


def instant_of(text: str | None, parameter: str) -> Instant | None:
    """A time in a body. Raises `BadParameter` for what is not ISO 8601."""
    if text is None:
        return None
    try:
        return parse_iso(text)
    except (ValueError, OverflowError):
        raise BadParameter(
            "A time in ISO 8601, such as 2026-11-24T09:30:00.000Z.", parameter=parameter
        ) from None


class Resource(BaseModel, Generic[A]):
    """One thing: `attributes` are its own fields, `relationships` name others."""

    type: str
    id: str
    attributes: A
    relationships: dict[str, Any] | None = None
    links: dict[str, str] | None = None


class One(BaseModel, Generic[A]):
    data: Resource[A]


class OneWithMeta(One[A], Generic[A, M]):
    meta: M


class Several(BaseModel, Generic[A]):
    """Those of the things asked for that there are."""

    data: list[Resource[A]]


class Listed(Several[A], Generic[A]):
    """`meta {page, pageSize, total, totalPages}`, `links {self, first, prev, next, last}`; null at the ends."""

    meta: dict[str, int]
    links: dict[str, str | None]


class Stretch(Several[A], Generic[A]):
    """A part of a long list, read from a place in it: `meta {pageSize, more}`, `links` to the parts beside it."""

    meta: dict[str, int | bool]
    links: dict[str, str | None]


class OneDocument(One[dict[str, Any]]):
    """A resource with the attributes that Kustomer's clients know."""


class SeveralDocument(Several[dict[str, Any]]):
    """Resources with the attributes that Kustomer's clients know."""


class ListDocument(Listed[dict[str, Any]]):
    """A page of resources with the attributes that Kustomer's clients know."""


REPEATED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": OneDocument,
        "description": "It was there already, by one of its ids; nothing was changed.",
    }
}
"""What a route says of the answer to what is sent again."""


def resource(
    type: str,
    id: str | None,
    attributes: Mapping[str, Any],
    *,
    at: str | None = None,
    relationships: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """One thing. `at` is its path; what is not given is left out."""
    drawn: dict[str, Any] = {"type": type, "id": id, "attributes": attributes}
    if relationships is not None:
        drawn["relationships"] = relationships
    if at is not None:
        drawn["links"] = {"self": at}
    return drawn


def relation(type: str, id: str, folder: str) -> dict[str, Any]:
    """A relationship to one thing, which is at `/v1/{folder}/{id}`."""
    return {"data": {"type": type, "id": id}, "links": {"self": f"/v1/{folder}/{id}"}}


def document(
    data: Mapping[str, Any] | Sequence[Mapping[str, Any]], *, meta: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """One resource, or several that do not page."""
    return {"data": data} if meta is None else {"data": data, "meta": meta}


def stretch(
    data: Sequence[Mapping[str, Any]], *, size: int, more: bool, links: Mapping[str, str | None]
) -> dict[str, Any]:
    """A `Stretch`. `more`: there are others beyond it, in the direction it was read."""
    return {"data": data, "meta": {"pageSize": size, "more": more}, "links": links}
