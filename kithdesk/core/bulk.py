"""Several records in one request: each item is a command of its own, in order, and answers for itself.

What one item is refused for does not touch the others. With an `Idempotency-Key` the request may be sent again: what
was done is not done twice, and what was refused is tried anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Body, Query, Request, Response
from pydantic import BaseModel, ValidationError

from kithdesk.core import documents, web
from kithdesk.core.actors import Actor
from kithdesk.core.documents import Attributes, resource
from kithdesk.core.errors import BadParameter, NotFound, Refusal
from kithdesk.core.paths import MOST_IDS
from kithdesk.core.unfit import refusals_of

MOST_ITEMS = 100
B = TypeVar("B", bound=BaseModel)
ITEMS = Annotated[
    list[dict[str, Any]],
    Body(min_length=1, max_length=MOST_ITEMS, description="Each may have a `_clientRef`, which comes back."),
]
IDS = Annotated[str, Query(description="Up to 100 ids with commas.", max_length=MOST_IDS * 25)]


class BulkAttributes(Attributes):
    """`status` and `error` are what the item alone would have been answered with; `object` is the record's id."""

    status: int
    object: str | None
    client_ref: str | None
    error: dict[str, Any] | None


class BulkDocument(documents.Several[BulkAttributes]):
    """One `bulk_result` for each item, in the order of the items; its id is the item's place, from 0."""

    meta: dict[str, int]


def ids_to_delete(text: str) -> list[dict[str, Any]]:
    """The items of `?ids=`. Raises `BadParameter`."""
    ids = [id for id in dict.fromkeys(text.split(",")) if id]
    if not 0 < len(ids) <= MOST_ITEMS:
        raise BadParameter(f"1 to {MOST_ITEMS} ids.", parameter="ids")
    return [{"id": id} for id in ids]


async def do_each(
    request: Request,
    caller: Actor,
    items: Sequence[Mapping[str, Any]],
    body: type[BaseModel] | None,
    verb: Callable[..., str],
    *,
    status: int = 200,
) -> Response:
    """Runs `verb(work, body)` for each item, or `verb(work, body, id)` where the item has an id, without a `body`
    `verb(work, id)`. `status` is what one that succeeds answers."""
    results, failures, position = [], 0, None
    for place, item in enumerate(items):
        given = dict(item)
        reference = given.pop("_clientRef", None)
        shown: dict[str, Any] = {"status": status, "object": None, "error": None}
        try:
            arguments = _arguments(given, body, is_new=status == 201)
            done = await web.one_of_many(
                request, caller, place, verb, *arguments, answer=lambda _work, id: {"id": id}
            )
            shown["object"] = msgspec.json.decode(done.value.body)["id"]
            position = done.position
        except Refusal as refusal:
            failures += 1
            shown |= {"status": refusal.status, "error": refusal.as_error()}
        shown["clientRef"] = reference if isinstance(reference, str) else None
        results.append(resource("bulk_result", str(place), shown))
    meta = {"successCount": len(results) - failures, "failureCount": failures}
    return web.answer(documents.document(results, meta=meta), position, 201)


def _arguments(given: dict[str, Any], body: type[BaseModel] | None, *, is_new: bool) -> list[Any]:
    id = None if is_new else given.pop("id", None)
    if not is_new and not isinstance(id, str):
        raise NotFound
    read = [] if body is None else [read_body(body, given)]
    return read if is_new else [*read, id]


def read_body(body: type[B], given: Mapping[str, Any]) -> B:
    """What a program sent, as one of the shapes that are declared. Raises `BadParameter`."""
    try:
        return body.model_validate(given)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        raise refusals_of([{**first, "loc": ("body", *first["loc"])}])[0] from None
