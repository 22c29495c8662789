"""Chat on a site: who the visitor is, and what they may see and say.

A token names a visitor before any customer exists (`resolve_visitor`); their first message (`send_as_visitor`) makes
the customer, a signed identity joins them to one who is known; `as_by_now` does what they ask when an agent's merge has
moved them meanwhile. Limits: `check_may_send`, `check_visit`. Pages that
may carry the widget: `is_origin_allowed`, `frame_ancestors`. `OpenToPages` opens `/c/v1` to pages, without credentials.
"""

from kithdesk.channels.chat.callers import VisitorCaller, recheck_visitor, resolve_visitor
from kithdesk.channels.chat.cors import OpenToPages
from kithdesk.channels.chat.limits import check_may_send, check_visit
from kithdesk.channels.chat.moving import as_by_now, find_customer_by_now
from kithdesk.channels.chat.sending import Telling, context_of, send_as_visitor, visit
from kithdesk.channels.chat.sites import frame_ancestors, is_origin_allowed
from kithdesk.channels.chat.tokens import issue_token, new_token

__all__ = [
    "OpenToPages",
    "Telling",
    "VisitorCaller",
    "as_by_now",
    "check_may_send",
    "check_visit",
    "context_of",
    "find_customer_by_now",
    "frame_ancestors",
    "is_origin_allowed",
    "issue_token",
    "new_token",
    "recheck_visitor",
    "resolve_visitor",
    "send_as_visitor",
    "visit",
]
