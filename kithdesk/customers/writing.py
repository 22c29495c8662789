"""Names and addresses as people type them, and the one form in which they are looked up.

Unicode can make two different texts look the same (zero-width letters, directions that turn a name around) and one text
be written in two ways (composed and decomposed). Names lose what cannot be seen; addresses that contain it are refused,
for a silently mended address is somebody else's.
"""

from __future__ import annotations

import re
import unicodedata

from kithdesk.core.errors import BadParameter

MAX_NAME = 255
MAX_EMAIL = 254
MAX_PHONE = 40
MAX_EXTERNAL_ID = 255

_ATTRIBUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,63}\Z")
# Controls, direction marks and letters without width. Joiners (U+200C, U+200D) stay: Persian and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
)
_UNSEEN_IN_ADDRESS = re.compile(f"{_UNSEEN.pattern[:-1]}\u200c\u200d\\s]")
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_EMAIL = re.compile(r"[^@<>()\[\],;:\\\"]{1,64}@[^@<>()\[\],;:\\\"_]+\.[^@<>()\[\],;:\\\"_.]{2,}\Z")
_NOT_DIALLED = re.compile(r"[\s().\-/]")
_PHONE = re.compile(r"\+?[0-9]{3,20}\Z")


def check_text(text: str, *, parameter: str) -> str:
    """Refuses what cannot be written as UTF-8, or what a database cannot keep. Raises `BadParameter`."""
    if "\0" in text or not _is_utf8(text):
        raise BadParameter("Text may not contain NUL or half a character.", parameter=parameter)
    return text


def clean_name(text: str, *, parameter: str, maximum: int = MAX_NAME) -> str:
    """A name to show: composed, without what cannot be seen, spaces single. Raises `BadParameter` for none."""
    cleaned = cleaned_or_none(text, parameter=parameter, maximum=maximum)
    if cleaned is None:
        raise BadParameter("There is nothing to read in it.", parameter=parameter)
    return cleaned


def cleaned_or_none(text: str, *, parameter: str, maximum: int = MAX_NAME) -> str | None:
    """The same, or None when nothing is left. Raises `BadParameter` for more than `maximum` characters."""
    if len(text) > maximum * 4:
        raise BadParameter(f"At most {maximum} characters.", parameter=parameter)
    check_text(text, parameter=parameter)
    seen = " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).split())
    seen = _MARKS.sub(r"\1", seen)
    if len(seen) > maximum:
        raise BadParameter(f"At most {maximum} characters.", parameter=parameter)
    return seen or None


def name_key(name: str) -> str:
    """The form in which names are compared: `Urgent`, `urgent` and a decomposed twin are the same name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def clean_email(text: str, *, parameter: str) -> str:
    """An address as it may be kept. Raises `BadParameter`."""
    address = unicodedata.normalize("NFC", check_text(text.strip(), parameter=parameter))
    if len(address) > MAX_EMAIL or _UNSEEN_IN_ADDRESS.search(address) or not _EMAIL.match(address):
        raise BadParameter("This is not an e-mail address.", parameter=parameter)
    return address


def email_key(address: str) -> str:
    """Its look-up form. Case is lowered and nothing more is folded: `straße@` and `strasse@` are two mailboxes."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address.strip()).lower())


def clean_phone(text: str, *, parameter: str) -> str:
    """A number without the signs people group it with. Raises `BadParameter`."""
    number = _NOT_DIALLED.sub(
        "", unicodedata.normalize("NFKC", check_text(text, parameter=parameter)[: MAX_PHONE * 2])
    )
    if not _PHONE.match(number):
        raise BadParameter("This is not a telephone number.", parameter=parameter)
    return number


def clean_external_id(text: str, *, parameter: str) -> str:
    """Another system's id: kept as it is, compared exactly. Raises `BadParameter`."""
    check_text(text, parameter=parameter)
    if not text.strip() or len(text) > MAX_EXTERNAL_ID or _UNSEEN.search(text):
        raise BadParameter("An external id has 1 to 255 visible characters.", parameter=parameter)
    return text


def check_attribute_name(name: str, *, parameter: str) -> str:
    """Names of custom attributes. Raises `BadParameter`."""
    if not _ATTRIBUTE.match(name):
        raise BadParameter(
            "Attribute names are a letter and up to 63 letters, digits and _.", parameter=parameter
        )
    return name


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
