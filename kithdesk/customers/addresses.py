"""Telephone numbers and other systems' ids, as they are kept and looked up. E-mail is in `core.names`.

A number is kept as E.164: `+`, the country's code, the rest. One that is written without its country is read only where
the country is known; a number that was guessed is somebody else's.
"""

from __future__ import annotations

import re
import unicodedata

from kithdesk.core.errors import BadParameter
from kithdesk.core.names import UNSEEN, check_text

MAX_PHONE = 40
MAX_EXTERNAL_ID = 255
_LEAST_DIGITS = 3

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_WRITTEN = re.compile(r"\+?[\d\s().\-/]+\Z")
_EXTENSION = re.compile(r"\d\s*(?:[;,#]|e?xt|x|anexo)", re.IGNORECASE)
_REGION = re.compile(r"[_-]([a-z]{2})(?![a-z0-9])", re.IGNORECASE)


def clean_phone(text: str, *, parameter: str, region: str | None = None) -> str:
    """The number as E.164. `region`: the country (ISO 3166) in which one without `+` is read.

    Raises `BadParameter` for what is no number, for extensions, and for a number whose country nobody knows.
    """
    written = _spelt(check_text(text, parameter=parameter))
    if written is None:
        wrong = "Write numbers without an extension." if _EXTENSION.search(text[:MAX_PHONE]) else None
        raise BadParameter(wrong or "This is not a telephone number.", parameter=parameter)
    if region is None and not written.startswith("+"):
        raise BadParameter(
            "Begin with + and the country's code, as in +44 20 7946 0958.", parameter=parameter
        )
    number = _e164(written, region)
    if number is None:
        raise BadParameter("There is no such telephone number.", parameter=parameter)
    return number


def claimed_phone(text: str, *, parameter: str, region: str | None = None) -> str:
    """A number somebody claims: only shown, so one without its country is kept by its digits. Raises `BadParameter`."""
    try:
        return clean_phone(text, parameter=parameter, region=region)
    except BadParameter:
        digits = _digits(_spelt(text) or "")
        if not _LEAST_DIGITS <= len(digits) <= MAX_PHONE:
            raise
        return digits


def region_of(locale: str | None) -> str | None:
    """The country of a locale: `GB` of `en_GB`, None of `en`."""
    found = _REGION.search(locale or "")
    return found.group(1).upper() if found else None


def is_region(text: str) -> bool:
    """Whether telephone numbers of this country (ISO 3166) can be read."""
    from phonenumbers import SUPPORTED_REGIONS

    return text in SUPPORTED_REGIONS


def _spelt(text: str) -> str | None:
    """The text in plain signs, or None when it has other signs than numbers are written with."""
    if len(text) > MAX_PHONE * 2:
        return None
    # Address books copy numbers with direction marks around them; beside digits they hide nothing.
    plain = _DASHES.sub("-", UNSEEN.sub("", unicodedata.normalize("NFKC", text))).strip()
    return plain if len(plain) <= MAX_PHONE and _WRITTEN.match(plain) else None


def _e164(written: str, region: str | None) -> str | None:
    import phonenumbers  # its tables take a moment to load, and many processes never read a number

    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    # Whoever writes the country's code knows the number better than a table that is a month old.
    says_country = written.startswith("+")
    is_one = phonenumbers.is_possible_number if says_country else phonenumbers.is_valid_number
    if not is_one(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def clean_external_id(text: str, *, parameter: str) -> str:
    """Another system's id: kept as it is, compared exactly. Raises `BadParameter`."""
    check_text(text, parameter=parameter)
    if not text.strip() or len(text) > MAX_EXTERNAL_ID or UNSEEN.search(text):
        raise BadParameter("An external id has 1 to 255 visible characters.", parameter=parameter)
    return text
