"""Login: the shop signs who its customer is, and the browser's visitor becomes that customer.

A login replaces the visitor's token, so that whoever planted or copied the old one is left outside.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from kithdesk import conversations
from kithdesk.channels.chat.proving import Proof
from kithdesk.channels.chat.queries import find_login
from kithdesk.channels.chat.sending import Telling, read_telling
from kithdesk.channels.chat.signing import fit_attributes
from kithdesk.channels.chat.tokens import end_tokens, get_token, issue_token, new_token
from kithdesk.conversations import Context
from kithdesk.core.desk import Desk
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, VisitorId, find_visitor, get_customer, update_customer

_SEALED_FOR = "visitor login"


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser logs in with: its old token's hash, or None; and the new token, plain and sealed.

    `fingerprint` is the same when the same login is repeated, because its answer was lost: it gives the same token
    then. Otherwise the browser would have to begin as somebody new, and what waits in its outbox would come twice.
    """

    hash: str | None
    fingerprint: str | None
    token: str
    sealed: str


class LoggedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is now, and by which new token, sealed. `is_another`: the browser was somebody else's before, whose words
    must not be left in it.
    """

    sealed: str
    customer: CustomerId
    visitor: VisitorId
    email: str | None
    external_id: str | None
    is_another: bool


def new_login(desk: Desk, hash: str | None, external_token: str) -> Login:
    """A login with the visitor's token, or with none."""
    token = new_token()
    return Login(
        hash=hash,
        fingerprint=None if hash is None else fingerprint_of(hash, external_token),
        token=token,
        sealed=desk.sealer.seal(token.encode(), _SEALED_FOR),
    )


def fingerprint_of(hash: str, external_token: str) -> str:
    return hashlib.sha256(f"{hash} {external_token}".encode()).hexdigest()


def token_of(desk: Desk, logged_in: LoggedIn) -> str:
    return desk.sealer.unseal(logged_in.sealed, _SEALED_FOR).decode()


def log_in(work: Work, proof: Proof, login: Login, telling: Telling | None = None) -> LoggedIn:
    """Joins the visitor to the customer and gives them a new token; the same one again when the login is repeated.

    The old token is looked up again here, so that of two different logins with it one wins. `telling`: what the browser
    says of itself. Raises `DeadVisitorToken`.
    """
    answered = None if login.fingerprint is None else find_login(work, login.fingerprint)
    if answered is not None:
        visitor: VisitorId | None = answered.visitor
    else:
        visitor = None if login.hash is None else get_token(work, login.hash).visitor
    before = None if visitor is None else find_visitor(work, visitor)
    identified = conversations.identify(work, visitor, proof.identity)
    work.actor = msgspec.structs.replace(
        work.actor, id=identified.customer, author=identified.visitor, display_name=identified.display_name
    )
    is_another = visitor is not None and visitor != identified.visitor
    if answered is None:
        _take_attributes(work, identified.customer, proof)
        if before is None or before.customer != identified.customer:
            device = read_telling(work, telling) or Context()
            conversations.begin_visit(work, identified.customer, identified.visitor, device)
        if visitor is not None:
            end_tokens(work, visitor)
        issue_token(
            work,
            login.token,
            identified.visitor,
            login=login.fingerprint,
            sealed=login.sealed,
            is_another=is_another,
        )
    return LoggedIn(
        sealed=login.sealed if answered is None else answered.sealed,
        customer=identified.customer,
        visitor=identified.visitor,
        email=identified.email,
        external_id=identified.external_id,
        is_another=is_another if answered is None else answered.is_another,
    )


def _take_attributes(work: Work, customer: CustomerId, proof: Proof) -> None:
    """What the company signed is its own word, so it goes on record."""
    changes: dict[str, Any] = {} if proof.name is None else {"name": proof.name}
    if proof.attributes:
        before = get_customer(work, customer).profile.custom
        taken, _ = fit_attributes(work, proof.attributes, before=before)
        if taken:
            changes["custom"] = taken
    if changes:
        update_customer(work, customer, changes)
