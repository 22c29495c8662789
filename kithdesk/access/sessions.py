"""Sessions: signed in on one device, until signed out, idle for 12 hours, or 30 days old.

The token is made at the edge and lives in the browser; here is only its hash. Whatever ends a session states
`user.sessions_ended`, and whoever holds a socket open for it hears of that.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import bindparam, delete, insert, update

from kithdesk.access.entities import Session, User
from kithdesk.access.events import SignInMethod, UserSessionsEnded, UserSignedIn
from kithdesk.access.ids import SessionId
from kithdesk.access.queries.agents import get_user
from kithdesk.access.queries.credentials import list_sessions_of
from kithdesk.access.rights import check_self_or_admin
from kithdesk.access.tables import sessions
from kithdesk.core.clock import DAY, HOUR, MINUTE, Instant
from kithdesk.core.errors import NotFound, Unauthorized
from kithdesk.core.work import Reads, Work

IDLE = 12 * HOUR
ABSOLUTE = 30 * DAY
RENEW_EVERY = MINUTE
MOST_PER_USER = 50
MAX_AGENT = 255

_OPEN = insert(sessions)
_MINE = (sessions.c.organisation == bindparam("of"), sessions.c.user == bindparam("whose"))
_RENEW = (
    update(sessions)
    .where(sessions.c.hash == bindparam("token_hash"), sessions.c.seen_at <= bindparam("before"))
    .values(seen_at=bindparam("at"))
)
_CONFIRM = (
    update(sessions).where(*_MINE, sessions.c.id == bindparam("session")).values(confirmed_at=bindparam("at"))
)
_END = delete(sessions).where(*_MINE, sessions.c.id.in_(bindparam("ended", expanding=True)))


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    session: Session
    user: User


def is_alive(session: Session, now: Instant) -> bool:
    """Neither too old nor idle for too long."""
    return now < session.expires_at and now < session.seen_at + IDLE


def open_session(
    work: Work, user_id: str, *, token_hash: str, method: SignInMethod, agent: str = ""
) -> Opened:
    """A new session for an active agent. Raises `Unauthorized` for others.

    Sessions that died of age are forgotten here, and of too many living ones the oldest end.
    """
    user = get_user(work, user_id)
    if not user.is_active or user.type != "user":
        raise Unauthorized

    _make_room(work, user_id)
    session = Session(
        id=SessionId(work.new_id()),
        organisation=work.organisation,
        user=user.id,
        method=method,
        agent=agent[:MAX_AGENT],
        created_at=work.now,
        seen_at=work.now,
        confirmed_at=work.now,
        expires_at=Instant(work.now + ABSOLUTE),
    )
    work.execute(_OPEN, {"hash": token_hash, **msgspec.structs.asdict(session)})
    work.publish(UserSignedIn(user=user.id, session=session.id, method=method))
    return Opened(session=session, user=user)


def list_living_sessions(reads: Reads, user_id: str) -> list[Session]:
    """The agent's own list of devices; an administrator sees anyone's. Raises `NotFound`, `Forbidden`."""
    get_user(reads, user_id)
    check_self_or_admin(reads.actor, user_id)
    return [session for session in list_sessions_of(reads, user_id) if is_alive(session, reads.now)]


def renew_session(work: Work, token_hash: str) -> None:
    """Counts as seen now, at most once a minute."""
    values = {"token_hash": token_hash, "before": work.now - RENEW_EVERY, "at": work.now}
    work.execute(_RENEW, values)


def confirm_session(work: Work, session_id: str) -> None:
    """The agent has just given their password again."""
    user = work.actor.id
    work.execute(_CONFIRM, {"of": work.organisation, "whose": user, "session": session_id, "at": work.now})


def end_session(work: Work, user_id: str, session_id: str) -> None:
    """Signs one device out. Raises `NotFound`, `Forbidden`."""
    get_user(work, user_id)
    check_self_or_admin(work.actor, user_id)
    if not _end(work, user_id, only=session_id):
        raise NotFound


def end_sessions(work: Work, user_id: str, *, but: str | None = None) -> None:
    """Signs every device out, or every one `but` this. Raises `NotFound`, `Forbidden`."""
    get_user(work, user_id)
    check_self_or_admin(work.actor, user_id)
    end_all(work, user_id, but=but)


def end_all(work: Work, user_id: str, *, but: str | None = None) -> None:
    """The same as a consequence of something else, such as new roles, which has judged already."""
    _end(work, user_id, but=but)


def _end(work: Work, user_id: str, *, but: str | None = None, only: str | None = None) -> bool:
    ended = [
        session.id
        for session in list_sessions_of(work, user_id)
        if session.id != but and (only is None or session.id == only)
    ]
    if ended:
        _forget(work, user_id, ended)
        work.publish(UserSessionsEnded(user=user_id, sessions=[*ended]))
    return bool(ended)


def _make_room(work: Work, user_id: str) -> None:
    known = list_sessions_of(work, user_id)
    living = [session.id for session in known if is_alive(session, work.now)]
    dead = [session.id for session in known if session.id not in living]
    if dead:
        _forget(work, user_id, dead)
    too_many = living[: max(0, len(living) - MOST_PER_USER + 1)]
    if too_many:
        _forget(work, user_id, too_many)
        work.publish(UserSessionsEnded(user=user_id, sessions=[*too_many]))


def _forget(work: Work, user_id: str, ended: Iterable[str]) -> None:
    work.execute(_END, {"of": work.organisation, "whose": user_id, "ended": list(ended)})
