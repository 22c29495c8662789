"""A reaction that fails leaves its rows behind: its events and jobs are taken back, and no savepoint was opened.

Reactions seldom fail, so one of them is made to fail after it has done its work; a server that is whole survives that.
"""

from __future__ import annotations

from typing import Any

from kithdesk.conversations.events import ConversationOpened
from kithdesk.core.events import Recorded
from kithdesk.core.work import Work
from kithdesk.routing import subscribers

ONE_IN = 4
_route_opened = subscribers.route_opened
_opened = 0


def break_it() -> None:
    let_a_reaction_fail()
    changed: Any = Work
    changed._run_beside = _run_without_savepoint


def let_a_reaction_fail() -> None:
    """Alone this breaks no promise."""
    subscribers.REACTIONS[ConversationOpened] = (_route_and_fail,)


def _route_and_fail(work: Work, recorded: Recorded[ConversationOpened]) -> None:
    global _opened  # noqa: PLW0603 - a process has one server
    _opened += 1
    _route_opened(work, recorded)
    if _opened % ONE_IN == 0:
        raise RuntimeError("a reaction failed")


def _run_without_savepoint(work: Work, reaction: Any, recorded: Recorded[Any]) -> None:
    published, late = len(work.published), len(work.late_jobs)
    try:
        reaction(work, recorded)
    except BaseException:
        del work.published[published:]
        del work.late_jobs[late:]
        raise
