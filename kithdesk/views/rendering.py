"""Saved views as resources."""

from __future__ import annotations

from typing import Any

from kithdesk.core.clock import iso
from kithdesk.core.documents import relation, resource
from kithdesk.core.work import Reads
from kithdesk.criteria import masked
from kithdesk.views.counting import Count
from kithdesk.views.ids import ViewId
from kithdesk.views.queries import SavedView
from kithdesk.views.saving import get_view


def draw_view(reads: Reads, id: ViewId) -> dict[str, Any]:
    """One view's resource. Raises `NotFound`."""
    return view_resource(reads, get_view(reads, id))


def view_resource(reads: Reads, view: SavedView) -> dict[str, Any]:
    query = masked(reads, {name: value for name, value in view.query.items() if name != "sort"})
    attributes = {
        "name": view.name,
        "context": view.context,
        "query": query,
        "sort": view.query.get("sort") or [],
        "isShared": view.is_shared,
        "position": view.position,
        "createdAt": iso(view.created_at),
        "updatedAt": iso(view.updated_at),
        "rev": view.rev,
    }
    return resource(
        "view",
        view.id,
        attributes,
        at=f"/v1/views/{view.id}",
        relationships={"owner": relation("user", view.owner, "users")},
    )


def count_resource(id: ViewId, count: Count) -> dict[str, Any]:
    shown = {"count": count.found, "isCapped": count.is_capped, "isFinished": count.is_finished}
    return resource("view_count", id, shown)
