"""Saved views: searches that somebody keeps, for themselves or for all agents.

A view holds criteria and no results: whoever opens a shared one sees what they may see themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kithdesk.core.errors import ChangedMeanwhile, NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.names import clean_name
from kithdesk.core.work import Reads, Work
from kithdesk.criteria import BadCriterion
from kithdesk.views.criteria import read
from kithdesk.views.errors import NotYourView, TooCostly, TooManyViews
from kithdesk.views.events import Context, ViewRemoved, ViewSaved
from kithdesk.views.ids import ViewId
from kithdesk.views.queries import Kept, SavedView, count_kept, find_view

MAX_VIEWS = 100
"""Of one agent, and shared ones of an organisation."""
MAX_QUERY = 16_384


class ViewWish(msgspec.Struct, frozen=True, kw_only=True):
    """What is set of a view; None leaves it as it is."""

    name: str | None = None
    query: dict[str, Any] | None = None
    sort: list[dict[str, Any]] | None = None
    is_shared: bool | None = None
    position: int | None = None


def create_view(work: Work, context: Context, wish: ViewWish) -> ViewId:
    """Keeps a search. Raises `BadCriterion`, `TooCostly`, `TooManyViews`, `BadParameter`."""
    is_shared = bool(wish.is_shared)
    kept = _check_room(work, work.actor.id or "", is_shared=is_shared)
    id = ViewId(work.new_id())
    work.publish(
        ViewSaved(
            view=id,
            is_new=True,
            context=context,
            name=clean_name(wish.name or "", parameter="name"),
            query=_checked(work, context, wish.query or {}, wish.sort),
            is_shared=is_shared,
            position=wish.position if wish.position is not None else kept.shared if is_shared else kept.mine,
        )
    )
    return id


def change_view(work: Work, id: ViewId, wish: ViewWish, *, rev: int | None = None) -> SavedView:
    """Changes what is given. Answers the view, also when it is from now on its owner's alone.

    `rev`: only if the view has not changed since. Raises `NotFound`, `NotYourView`, `ChangedMeanwhile`, and what
    keeping raises.
    """
    view = _mine(work, id)
    if rev not in (None, view.rev):
        raise ChangedMeanwhile("The view")
    is_shared = view.is_shared if wish.is_shared is None else wish.is_shared
    if is_shared != view.is_shared:
        _check_room(work, view.owner, is_shared=is_shared)
    query = view.query if wish.query is None else wish.query
    sort = wish.sort if wish.sort is not None or wish.query is not None else view.query.get("sort")
    after = ViewSaved(
        view=id,
        context=view.context,
        name=view.name if wish.name is None else clean_name(wish.name, parameter="name"),
        query=_checked(work, view.context, query, sort),
        is_shared=is_shared,
        was_shared=view.is_shared,
        position=view.position if wish.position is None else wish.position,
    )
    if (after.name, after.query, after.is_shared, after.position) != (
        view.name,
        view.query,
        view.is_shared,
        view.position,
    ):
        work.publish(after)
    changed = find_view(work, id, owner=view.owner)
    assert changed is not None
    return changed


def remove_view(work: Work, id: ViewId) -> None:
    """Raises `NotFound`, `NotYourView`."""
    view = _mine(work, id)
    work.publish(ViewRemoved(view=id, was_shared=view.is_shared))


def get_view(reads: Reads, id: str) -> SavedView:
    """One that who asks may see. Raises `NotFound`."""
    found = find_view(reads, id) if is_id(id) else None
    if found is None:
        raise NotFound
    return found


def _mine(work: Work, id: ViewId) -> SavedView:
    view = get_view(work, id)
    if view.owner != work.actor.id and not work.actor.is_admin:
        raise NotYourView
    return view


def _check_room(work: Work, owner: str, *, is_shared: bool) -> Kept:
    kept = count_kept(work, owner)
    if (kept.shared if is_shared else kept.mine) >= MAX_VIEWS:
        raise TooManyViews(MAX_VIEWS)
    return kept


def _checked(work: Work, context: Context, query: Mapping[str, Any], sort: Any) -> dict[str, Any]:
    whole = {**query, "sort": sort} if sort is not None else dict(query)
    if whole.get("queryContext", context) != context:
        raise BadCriterion("A view finds what its context says.", parameter="query.queryContext")
    if len(msgspec.json.encode(whole)) > MAX_QUERY:
        raise TooCostly(f"At most {MAX_QUERY} bytes.", parameter="query")
    read(work, whole, context=context)
    return whole
