"""A node takes those who sit at another node for gone, though that one's lease has not run out.

It begins to when everybody has been there for a while: who has just come is not known to have been.
"""

from __future__ import annotations

from threading import Timer

from kithdesk.core.clock import SECOND
from kithdesk.routing import presence

HAVE_BEEN_THERE_SECONDS = 20


def break_it() -> None:
    timer = Timer(HAVE_BEEN_THERE_SECONDS, lambda: vars(presence).update(LEASE=SECOND))
    timer.daemon = True
    timer.start()
