"""Declined by everybody who could take it, or handed on and taken by nobody. It waits on, and after a while they are
asked again.

declined by one ─▶ the next is asked ─▶ … ─▶ nobody is left ─ASK_AGAIN─▶ whoever may take it is asked, as if anew
handed on by one ─▶ another is asked ─▶ … ─▶ nobody is left ─ASK_AGAIN─▶ also who handed it on
"""

from __future__ import annotations

from kithdesk.core.actors import system
from kithdesk.core.clock import Instant
from kithdesk.core.work import Work
from kithdesk.routing import reasons
from kithdesk.routing.choosing import Decision
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.events import WorkAskedAgain, WorkDeclined
from kithdesk.routing.floor import ASK_AGAIN
from kithdesk.routing.postponed import AskAgain


def wait_declined(work: Work, item: WorkItem, decision: Decision) -> None:
    """The item waits though it was declined. It is stated once that nobody is left, with what keeps the others."""
    if item.declined_at is not None:
        return
    if not item.declined:
        _wait_given_away(work, item)
        return
    if decision.because == "closed":
        forget_declining(work, item)  # nobody is asked before it opens, and that is another day
        return
    again_at = Instant(work.now + ASK_AGAIN)
    # Also where somebody has yet to be served with something else first: they may be full after that.
    work.enqueue(AskAgain(item=item.id), at=again_at, unique=AskAgain.key(item.id), on_conflict="replace")
    # Who declined it in another queue says nothing of those who serve this one.
    if decision.chosen is None and decision.others.get("declined"):
        work.publish(
            WorkDeclined(
                item=item.id,
                conversation=item.conversation,
                queue=item.queue,
                users=item.declined,
                asked_again_at=again_at,
                decision=reasons.document(decision),
            ),
            actor=system(work.organisation),
        )


def _wait_given_away(work: Work, item: WorkItem) -> None:
    """From when it first waits, whoever is there: they may be away just now, and overflow may bring it back to them."""
    if item.not_for:
        at = Instant(work.now + ASK_AGAIN)
        work.enqueue(AskAgain(item=item.id), at=at, unique=AskAgain.key(item.id), on_conflict="keep")


def forget_declining(work: Work, item: WorkItem) -> None:
    """Those who declined it, or gave it away, may take it again."""
    users = tuple(sorted({*item.declined, *item.not_for}))
    work.publish(
        WorkAskedAgain(item=item.id, conversation=item.conversation, queue=item.queue, users=users),
        actor=system(work.organisation),
    )
