"""E-mails that were written and sent elsewhere, and are recorded here: whom they went between, and about what.

Nothing here sends one. What a line of a header could be is kept as one line; an address is never mended.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kithdesk.conversations.live import Address, Channel, Email
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import MAX_NAME, clean_email, cleaned_or_none

MAX_SUBJECT = 998
"""What a line of a header may have (RFC 5322, 2.1.1)."""
MAX_ADDRESSES = 50
"""Of each of `to`, `cc` and `bcc`."""


class Mailed(msgspec.Struct, frozen=True, kw_only=True):
    """What a program says of an e-mail, as it said it."""

    subject: str | None = None
    sender: Address | None = None
    to: Sequence[Address] = ()
    cc: Sequence[Address] = ()
    bcc: Sequence[Address] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.subject or self.sender or self.to or self.cc or self.bcc)


def check_email(mailed: Mailed) -> Email:
    """What of it may be kept. Raises `BadParameter`."""
    subject = mailed.subject
    return Email(
        subject=None
        if subject is None
        else cleaned_or_none(subject, parameter="subject", maximum=MAX_SUBJECT),
        sender=None if mailed.sender is None else _address(mailed.sender, "meta.from"),
        to=_addresses(mailed.to, "meta.to"),
        cc=_addresses(mailed.cc, "meta.cc"),
        bcc=_addresses(mailed.bcc, "meta.bcc"),
    )


def check_fits(mailed: Mailed | None, channel: Channel) -> None:
    """Only an e-mail has a subject and addresses. Raises `BadParameter`."""
    if channel != "email" and mailed is not None and not mailed.is_empty:
        raise BadParameter(
            "Only an e-mail has this.", parameter="subject" if mailed.subject is not None else "meta"
        )


def _addresses(given: Sequence[Address], parameter: str) -> tuple[Address, ...]:
    if len(given) > MAX_ADDRESSES:
        raise BadParameter(f"At most {MAX_ADDRESSES} addresses.", parameter=parameter)
    return tuple(_address(one, parameter) for one in given)


def _address(given: Address, parameter: str) -> Address:
    name = given.name
    return Address(
        clean_email(given.email, parameter=parameter),
        None if name is None else cleaned_or_none(name, parameter=parameter, maximum=MAX_NAME),
    )
