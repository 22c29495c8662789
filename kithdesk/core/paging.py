"""Lists by pages: `?page=…&pageSize=…`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator

from kithdesk.core.errors import BadParameter

DEFAULT_SIZE = 50
LAST_PAGE = 1_000_000
MAX_PAGES = 100
"""Of a list that is as long as the organisation is large: whatever is on the page, all before it is walked through."""
_DEEP = 1_000
_LONGEST = 9


class TooManyPages(BadParameter):
    """So deep into a list or a search nobody pages; criteria narrow it down."""

    code = "search_too_costly"

    def __init__(self) -> None:
        super().__init__(f"At most {MAX_PAGES} pages: narrow it down.", parameter="page")


@dataclass(frozen=True, slots=True)
class Page:
    """Which page, and of what size. Pages count from 1, as far as the list's `deepest`."""

    number: int
    size: int
    deepest: int = LAST_PAGE

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def is_deep(self) -> bool:
        """Whether walking to it takes more than a command may wait for."""
        return self.offset > _DEEP

    def of(self, everything: Sequence[Any]) -> Sequence[Any]:
        """This page of what is short enough to be read whole."""
        return everything[self.offset : self.offset + self.size]


def _digits(text: Any) -> Any:
    """Digits and nothing else: what reads as a number in other ways is none in a URL."""
    if isinstance(text, str) and not (text.isascii() and text.isdigit() and len(text) <= _LONGEST):
        raise ValueError("A whole number.")
    return text


_Number = Annotated[int, BeforeValidator(_digits), Query(ge=1, le=LAST_PAGE)]
StretchSize = Annotated[int, BeforeValidator(_digits), Query(alias="pageSize", ge=1, le=100)]
_LongSize = Annotated[int, BeforeValidator(_digits), Query(alias="pageSize", ge=1, le=500)]
_LongestSize = Annotated[int, BeforeValidator(_digits), Query(alias="pageSize", ge=1, le=1_000)]


async def _page(page: _Number = 1, page_size: StretchSize = DEFAULT_SIZE) -> Page:
    return Page(page, page_size)


def check_depth(page: int) -> None:
    """Raises `TooManyPages`."""
    if page > MAX_PAGES:
        raise TooManyPages


async def _near_page(page: _Number = 1, page_size: StretchSize = DEFAULT_SIZE) -> Page:
    check_depth(page)
    return Page(page, page_size, MAX_PAGES)


async def _long_page(page: _Number = 1, page_size: _LongSize = DEFAULT_SIZE) -> Page:
    return Page(page, page_size)


async def _longest_page(page: _Number = 1, page_size: _LongestSize = DEFAULT_SIZE) -> Page:
    return Page(page, page_size)


Paged = Annotated[Page, Depends(_page)]
"""The page that a request asks for."""
PagedNear = Annotated[Page, Depends(_near_page)]
"""The same, not too deep into a list that has no end."""
PagedLong = Annotated[Page, Depends(_long_page)]
"""The same for short records, of which 500 may come at once."""
PagedLongest = Annotated[Page, Depends(_longest_page)]
"""The same for times, of which Kustomer's clients ask for 1,000."""


def paged(request: Request, page: Page, total: int, data: Sequence[Any]) -> dict[str, Any]:
    """`{data, meta, links}` of one page of a list. `next` and `prev` are null at the ends."""
    last = min(max(1, math.ceil(total / page.size)), page.deepest)

    def link(number: int) -> str:
        parameters = {**request.query_params, "page": number, "pageSize": page.size}
        return f"{request.url.path}?{urlencode(parameters)}"

    return {
        "data": data,
        "meta": {"page": page.number, "pageSize": page.size, "total": total, "totalPages": last},
        "links": {
            "self": link(page.number),
            "first": link(1),
            "prev": link(page.number - 1) if page.number > 1 else None,
            "next": link(page.number + 1) if page.number < last else None,
            "last": link(last),
        },
    }
