"""Telephone numbers and other systems' ids, as they are kept and looked up. E-mail is in `core.names`."""

from __future__ import annotations

import re
import unicodedata

from kithdesk.core.errors import BadParameter
from kithdesk.core.names import UNSEEN, check_text

MAX_PHONE = 40
MAX_EXTERNAL_ID = 255

_NOT_DIALLED = re.compile(r"[\s().\-/]")
_PHONE = re.compile(r"\+?[0-9]{3,20}\Z")


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
    if not text.strip() or len(text) > MAX_EXTERNAL_ID or UNSEEN.search(text):
        raise BadParameter("An external id has 1 to 255 visible characters.", parameter=parameter)
    return text
