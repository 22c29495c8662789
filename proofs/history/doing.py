"""What clients did and looked up over HTTP."""

from __future__ import annotations

from proofs.history.record import Record


class Changing(Record, tag="changing", frozen=True):
    """A client asks over HTTP for a change of a conversation, or asks again with the same key: then `again`."""

    client: str
    key: str
    deed: str
    """`assign`, `queue`, `snooze`, `done`, `open` or `end`."""
    conversation: str
    value: tuple[str, ...] = ()
    """The agents, the queue, or until when."""
    again: bool = False


class Changed(Record, tag="changed", frozen=True):
    """The change was made; the answer covers `position`."""

    client: str
    key: str
    position: int


class ChangeRefused(Record, tag="change_refused", frozen=True):
    """A change, a merge or its undoing was refused."""

    client: str
    key: str
    code: str


class Merging(Record, tag="merging", frozen=True):
    """An agent asks for two records to become one, or asks again with the same key: then `again`."""

    client: str
    key: str
    source: str
    target: str
    again: bool = False


class Merged(Record, tag="merged", frozen=True):
    """They are one: by this merge, or by one that the answer to a repeat names."""

    client: str
    key: str
    merge: str
    position: int


class Undoing(Record, tag="undoing", frozen=True):
    """An agent asks for a merge to be taken back, or asks again: then `again`."""

    client: str
    key: str
    merge: str
    again: bool = False


class Undone(Record, tag="undone", frozen=True):
    client: str
    key: str
    merge: str
    position: int


class Looking(Record, tag="looking", frozen=True):
    """A client asks over HTTP how a conversation stands."""

    client: str
    key: str
    conversation: str


class Saw(Record, tag="saw", frozen=True):
    """How it stands, the answer says, as of `position`."""

    client: str
    key: str
    assigned: tuple[str, ...]
    status: str
    position: int


class LoggedIn(Record, tag="logged_in", frozen=True):
    """From here on the visitor is this customer."""

    client: str
    customer: str
    position: int
    identity: str = ""
    """The company's id of them."""


class LoginRefused(Record, tag="login_refused", frozen=True):
    """The visitor tries again. `code` is empty where no answer came."""

    client: str
    code: str


class GaveUp(Record, tag="gave_up", frozen=True):
    """A login's answer was lost with the old token. What had no answer yet cannot be repeated by the same author."""

    client: str
    ids: tuple[str, ...]
