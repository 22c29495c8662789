"""Names and addresses as people type them, and the forms in which they are compared.

Unicode can make two different texts look the same (zero-width letters, directions that turn a name around) and one text
be written in two ways (composed and decomposed).

What a stranger calls themselves is mended (`clean_name`): nobody is there to ask again. What an administrator types is
refused (`strict_name`), for they can. An address is never mended: a silently mended one is somebody else's.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from kithdesk.core.errors import BadParameter
from kithdesk.core.folding import normalised

MAX_NAME = 255
MAX_EMAIL = 254
MAX_WEB_ADDRESS = 2_048

# Controls, direction marks and letters without width. Joiners (U+200C, U+200D) stay: Persian and emoji need them.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
)
_UNSEEN_IN_ADDRESS = re.compile(f"{UNSEEN.pattern[:-1]}\u200c\u200d\\s]")
_BLANK = re.compile(rf"{UNSEEN.pattern[:-1]}\s\xad\u034f\u200c\u200d\u2800\ufe00-\ufe0f]*\Z")
_NOT_IN_WEB_ADDRESS = re.compile(r"[\s\"'<>\\^`{|}]")
_INVISIBLE = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_EMAIL = re.compile(r"[^@<>()\[\],;:\\\"]{1,64}@[^@<>()\[\],;:\\\"_]+\Z")
_HAS_TOP_DOMAIN = re.compile(r"[^.]\.[^.]{2,}\Z")


def check_text(text: str, *, parameter: str) -> str:
    """Refuses what cannot be written as UTF-8, or what a database cannot keep. Raises `BadParameter`."""
    if "\0" in text or not _is_utf8(text):
        raise BadParameter("Text may not contain NUL or half a character.", parameter=parameter)
    return text


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in it."""
    return _BLANK.match(text) is not None


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
    seen = " ".join(UNSEEN.sub(" ", normalised("NFC", text)).split())
    seen = _MARKS.sub(r"\1", seen)
    if len(seen) > maximum:
        raise BadParameter(f"At most {maximum} characters.", parameter=parameter)
    return seen or None


def strict_name(text: str, *, parameter: str) -> str:
    """The name without outer space, composed. Raises `BadParameter` for none, too long, or unshowable."""
    name = normalised("NFC", text.strip())
    if not name:
        raise BadParameter(f"{parameter} is empty.", parameter=parameter)
    if len(name) > MAX_NAME:
        raise BadParameter(f"{parameter} has at most {MAX_NAME} characters.", parameter=parameter)
    if any(_steers(character) for character in name):
        raise BadParameter(f"{parameter} has characters that cannot be shown.", parameter=parameter)
    return name


def _steers(character: str) -> bool:
    category = unicodedata.category(character)
    return category in _INVISIBLE or (category == "Cf" and character not in _JOINERS)


def name_key(name: str) -> str:
    """What two names share when they are the same name, however wide, tall or spaced their letters are."""
    return " ".join(normalised("NFKC", name).casefold().split())


def clean_email(text: str, *, parameter: str = "email", may_be_local: bool = False) -> str:
    """An address as it may be kept, spelt as typed. Raises `BadParameter`.

    `may_be_local`: also `root@localhost`, which an operator has and no customer.
    """
    address = normalised("NFC", check_text(text.strip(), parameter=parameter))
    is_shaped = _EMAIL.match(address) and (may_be_local or _HAS_TOP_DOMAIN.search(address))
    is_long = len(text) > MAX_EMAIL * 4 or len(address) > MAX_EMAIL
    if is_long or _UNSEEN_IN_ADDRESS.search(address) or not is_shaped:
        raise BadParameter("This is not an e-mail address.", parameter=parameter)
    return address


def clean_web_address(text: str, *, parameter: str) -> str:
    """The address of a page or picture, without outer space. Raises `BadParameter`.

    `https://bank.example@evil.example` is evil's: nobody is named before the host.
    """
    address = check_text(text, parameter=parameter).strip()
    if len(address) > MAX_WEB_ADDRESS or not address.isprintable() or not _is_on_the_web(address):
        raise BadParameter(
            f"An address that begins with https:// or http://, of at most {MAX_WEB_ADDRESS} characters.",
            parameter=parameter,
        )
    return address


def _is_on_the_web(address: str) -> bool:
    if UNSEEN.search(address) or _NOT_IN_WEB_ADDRESS.search(address):
        return False
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and parts.port != 0
        )
    except ValueError:
        return False


def mailbox_key(address: str) -> str:
    """Whose mailbox it is. Case is lowered, the domain has one spelling, and nothing more is folded: `straße@` and
    `strasse@` are two mailboxes, and whether a provider passes over dots is the provider's affair."""
    folded = normalised("NFC", normalised("NFC", address.strip()).lower())
    local, at, domain = folded.rpartition("@")
    return f"{local}{at}{domain_key(domain)}"


def domain_key(domain: str) -> str:
    """The one spelling of a domain, as name servers know it: `münchen.example` is `xn--mnchen-3ya.example`.

    What is no domain stays as it is.
    """
    if domain.isascii() or len(domain) > MAX_NAME:
        return domain.lower()
    import idna  # its tables are large, and most addresses never need them

    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain.lower()


def sign_in_key(address: str) -> str:
    """Who signs in by it: look-alike spellings meet, so that nobody can be made who looks like somebody.

    Any text will do, also one that is no address.
    """
    return normalised("NFKC", normalised("NFKC", address.strip()).casefold())


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
