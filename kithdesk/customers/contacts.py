"""The lists of a record that lead to a person or place without finding one: social accounts, pages, locations.

Companies have them as customers do.
"""

from __future__ import annotations

from typing import Any

import msgspec


class _Entry(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel", kw_only=True):
    """One of a list."""


class Social(_Entry, frozen=True, kw_only=True):
    """An account elsewhere. `userid` is that place's own id, which stays when the name changes."""

    type: str
    username: str | None = None
    userid: str | None = None
    url: str | None = None
    verified: bool = False


class FacebookId(_Entry, frozen=True, kw_only=True):
    """Who somebody is to one page of the company's."""

    facebook_id: str
    page_id: str | None = None
    username: str | None = None


class InstagramId(_Entry, frozen=True, kw_only=True):
    instagram_id: str
    page_id: str | None = None
    username: str | None = None
    thread_id: str | None = None


class WebAddress(_Entry, frozen=True, kw_only=True):
    url: str
    type: str | None = None


class Location(_Entry, frozen=True, kw_only=True):
    """A place, as far as it is known."""

    type: str | None = None
    name: str | None = None
    address: str | None = None
    address2: str | None = None
    address3: str | None = None
    city_name: str | None = None
    region_name: str | None = None
    region_code: str | None = None
    zip_code: str | None = None
    area_code: str | None = None
    country_name: str | None = None
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def render_entry(entry: msgspec.Struct) -> dict[str, Any]:
    """As the API shows it: what is not known is left out, what is no or empty is not."""
    names = zip(entry.__struct_encode_fields__, entry.__struct_fields__, strict=True)
    shown = {name: getattr(entry, field) for name, field in names}
    return {name: value for name, value in shown.items() if value is not None}
