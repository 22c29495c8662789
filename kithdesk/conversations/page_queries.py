"""What stands behind the `?` of a page's address: searches, names and keys, so it is dropped but for two things.

The campaign that brought somebody (`utm_…`) becomes facts of its own, and an organisation may list further names whose
values stay in the address.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from kithdesk.core.errors import BadParameter
from kithdesk.core.names import cleaned_or_none

UTM = ("source", "medium", "campaign", "term", "content")
MAX_VALUE = 255
_MOST = 100

EMAIL = re.compile(r"[^\s/@=&;]{1,64}(?:@|%(?:25){0,9}40)[^\s/@=&;]{1,255}")
"""However often redirects encoded it. Bounded, because without an end each letter of a long word would be tried as the
beginning of an address."""


def utm_of(url: str) -> dict[str, str]:
    """`utm_source=spring` as `{"source": "spring"}`; what is no text to read is left out."""
    asked = _asked(url)
    found = {name: _clean(asked.get(f"utm_{name}", "")) for name in UTM}
    return {name: value for name, value in found.items() if value}


def kept_query(query: str, names: Collection[str]) -> str:
    """The query with these names alone, in their order, without e-mail addresses."""
    if not query or not names:
        return ""
    asked = _parsed(query)
    kept = [(name, _clean(value)) for name, value in asked.items() if name in names]
    return urlencode([(name, value) for name, value in kept if value])


def _asked(url: str) -> Mapping[str, str]:
    try:
        return _parsed(urlsplit(url).query)
    except ValueError:
        return {}


def _parsed(query: str) -> dict[str, str]:
    """The first value of each name."""
    try:
        pairs = parse_qsl(query, max_num_fields=_MOST)
    except ValueError:
        return {}
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _clean(value: str) -> str:
    try:
        text = cleaned_or_none(value[:MAX_VALUE], parameter="url", maximum=MAX_VALUE)
    except BadParameter:
        return ""
    return EMAIL.sub("…", text or "")
