"""How much each saved view finds, as far as there is time to find out: one that takes long costs the others nothing."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec

from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded
from kithdesk.core.work import Reads
from kithdesk.criteria import BadCriterion
from kithdesk.views.criteria import read
from kithdesk.views.few import settle
from kithdesk.views.ids import ViewId
from kithdesk.views.queries import SavedView, count_found

COUNTED = 1_000
SECONDS_OF_ONE = 1.0
SECONDS_OF_ALL = 5.0


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """`found` is None for a search that makes no sense any more, and for one for which there was no time."""

    found: int | None = None
    is_capped: bool = False
    is_finished: bool = True


_UNFINISHED = Count(is_finished=False)


async def count_in_time(desk: Desk, views: Sequence[SavedView], *, by: Actor) -> dict[ViewId, Count]:
    """A count of each, in order. One that takes longer than `SECONDS_OF_ONE` is given up, and the rest go on.

    Raises `Overloaded` when nothing can be looked up just now: that is no view's fault.
    """
    ends = time.monotonic() + SECONDS_OF_ALL
    counts: dict[ViewId, Count] = {}
    while len(counts) < len(views) and time.monotonic() < ends:
        begun = len(counts)
        try:
            await desk.read_long(_count_some, views[begun:], counts, by=by, seconds=2 * SECONDS_OF_ONE)
        except Overloaded:
            if len(counts) == begun:
                raise
    return {view.id: counts.get(view.id, _UNFINISHED) for view in views}


def _count_some(reads: Reads, views: Sequence[SavedView], counts: dict[ViewId, Count]) -> None:
    """Stops half-way to the limit of the question, so that only one which takes the other half meets it."""
    stops = time.monotonic() + SECONDS_OF_ONE
    for view in views:
        counts[view.id] = _UNFINISHED  # which it stays when the question is stopped in the middle of it
        counts[view.id] = count_view(reads, view)
        if time.monotonic() > stops:
            return


def count_view(reads: Reads, view: SavedView) -> Count:
    """How much it finds for who asks, up to `COUNTED`."""
    try:
        search = read(reads, view.query, context=view.context)
    except BadCriterion:
        return Count()
    found = count_found(reads, settle(reads, search), most=COUNTED + 1)
    return Count(found=min(found, COUNTED), is_capped=found > COUNTED)
