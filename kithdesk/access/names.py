"""Text that people give us for names and addresses, made comparable and safe to show.

A name may hold any script, but nothing that steers how the text around it is drawn. An address is shown as it was typed
and compared by its key, one normal form, so that look-alike spellings of the same characters meet.
"""

from __future__ import annotations

import unicodedata

from kithdesk.core.errors import BadParameter

MAX_NAME = 255
MAX_EMAIL = 254
MAX_LOCAL_PART = 64

_INVISIBLE = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}  # scripts and emoji need them


def clean_name(text: str, parameter: str, *, maximum: int = MAX_NAME) -> str:
    """The name without outer space, in one normal form. Raises `BadParameter` for none, too long, or unshowable."""
    name = unicodedata.normalize("NFC", text.strip())
    if not name:
        raise BadParameter(f"{parameter} is empty.", parameter=parameter)
    if len(name) > maximum:
        raise BadParameter(f"{parameter} has at most {maximum} characters.", parameter=parameter)
    if any(_steers(character) for character in name):
        raise BadParameter(f"{parameter} has characters that cannot be shown.", parameter=parameter)
    return name


def _steers(character: str) -> bool:
    category = unicodedata.category(character)
    return category in _INVISIBLE or (category == "Cf" and character not in _JOINERS)


def name_key(name: str) -> str:
    """What two names share when they are the same name."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def clean_email(text: str, parameter: str = "email") -> str:
    """The address as typed, checked only so far that nothing else hides in it. Raises `BadParameter`."""
    email = unicodedata.normalize("NFC", text.strip())
    local, at, domain = email.rpartition("@")
    is_shaped = bool(at) and 0 < len(local) <= MAX_LOCAL_PART and bool(domain) and len(email) <= MAX_EMAIL
    if not is_shaped or "@" in local or any(_is_foreign(character) for character in email):
        raise BadParameter("This is not an e-mail address.", parameter=parameter)
    return email


def _is_foreign(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "CZ" or character in '"(),:;<>[\\]'


def email_key(email: str) -> str:
    """What two spellings of one address share. Any text will do, also one that is no address."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email.strip()).casefold())
