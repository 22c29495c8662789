"""Views: lists, filters, saved views, and one search over everything.

What can be filtered and found is kept in rows of its own, fed by the facts of the slices below, so that a list needs
one index and no slice needs to know how it is searched. `find_records` answers criteria in Kustomer's words, `search` a
few words typed into a box; `create_view` and its sisters keep a search, `count_in_time` says how much each finds.
"""

from kithdesk.views.counting import count_in_time
from kithdesk.views.criteria import read
from kithdesk.views.ids import ViewId
from kithdesk.views.records import find_records
from kithdesk.views.saving import ViewWish, change_view, create_view, remove_view
from kithdesk.views.searching import search

__all__ = [
    "ViewId",
    "ViewWish",
    "change_view",
    "count_in_time",
    "create_view",
    "find_records",
    "read",
    "remove_view",
    "search",
]
