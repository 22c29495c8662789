"""What travels about searches and views."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StrictInt
from pydantic.alias_generators import to_camel

from kithdesk.core.documents import Attributes, Body, ListDocument, Listed
from kithdesk.views.saving import ViewWish

Criteria = Annotated[
    Any,
    Field(description='Criteria such as {"conversation_status": {"equals": "open"}}, or groups of them.'),
]
"""Anything, so that what makes no sense is refused with its place by whoever reads searches."""
Name = Annotated[str, Field(max_length=255)]


class SearchBody(Body):
    """All of `and`, one of `or`, none of `not`."""

    model_config = ConfigDict(
        extra="allow",  # so that what is unknown is refused with its place, as inside of criteria
        alias_generator=to_camel,
        populate_by_name=True,
    )

    and_: Criteria = Field(None, alias="and")
    or_: Criteria = Field(None, alias="or")
    not_: Criteria = Field(None, alias="not")
    sort: Any = Field(None, description='[{"conversation_updated_at": "desc"}]')
    query_context: Any = Field(
        None,
        description="What is found: conversation, customer, message, note, kobject, or kobject_ and a klass.",
    )
    time_zone: Any = Field(None, description="Of days such as 2026-11-24; UTC unless given.")

    def as_search(self) -> dict[str, Any]:
        """What was sent, in the words of the API."""
        return self.model_dump(by_alias=True, exclude_unset=True, exclude_none=True)


class RecordsDocument(ListDocument):
    """A page of records; with `idsOnly` their types and ids."""

    data: list[Any]


class ShownField(Attributes):
    name: str
    display_name: str
    type: str
    value: Any
    display: Literal["plain"] | None = Field(
        None, description="Of a number that is written without separators."
    )


class Hit(Attributes):
    """`highlights` are places in `snippet` as [from, to], counted in UTF-16 units. `isClaim`: found by what a customer
    says of themselves, unproven."""

    kind: Literal["customer", "company", "conversation", "message", "note", "kobject"]
    title: str
    title_highlights: list[list[int]]
    snippet: str
    highlights: list[list[int]]
    at: str
    position: int | None = Field(
        description="Of a message or note: where it stands in its customer's timeline."
    )
    customer: dict[str, str] | None
    conversation: str | None
    klass: str | None
    is_claim: bool
    fields: list[ShownField] | None = Field(description="Of a kobject: what its card shows.")
    name: str | None = Field(description="Of a company, as are `domains` and `customers`: how many it has.")
    domains: list[str] | None
    customers: int | None


class Hits(Listed[Hit]):
    """`total` is at most 1,000 of each kind; `isCapped` when there are more."""

    meta: dict[str, Any]


class View(Attributes):
    name: str
    context: Literal["conversation", "customer"]
    query: dict[str, Any]
    sort: Any
    is_shared: bool
    position: int
    created_at: str
    updated_at: str
    rev: int


class ViewCount(Attributes):
    count: int | None = Field(
        description="At most 1,000; null when the search makes no sense any more, or was not finished."
    )
    is_capped: bool
    is_finished: bool


class _ViewBody(Body):
    sort: list[dict[str, Any]] | None = None
    is_shared: bool | None = None
    position: Annotated[int, Field(ge=0, le=100_000)] | None = None

    def _wish(self, name: str | None, query: dict[str, Any] | None) -> ViewWish:
        return ViewWish(
            name=name,
            query=query,
            sort=self.sort,
            is_shared=self.is_shared,
            position=self.position,
        )


class ViewChange(_ViewBody):
    """What is left out stays. `rev`: refuse it if the view has changed since."""

    name: Name | None = None
    query: dict[str, Any] | None = Field(None, description="The body of a search.")
    rev: StrictInt | None = None

    def as_wish(self) -> ViewWish:
        return self._wish(self.name, self.query)


class NewView(_ViewBody):
    name: Name
    context: Literal["conversation", "customer"] = "conversation"
    query: dict[str, Any] = Field(description="The body of a search.")

    def as_wish(self) -> ViewWish:
        return self._wish(self.name, self.query)
