"""The pages of a list, as its `meta` and `links` tell of them."""

from __future__ import annotations

from fastapi import Request

from kithdesk.core.paging import MAX_PAGES, Page, paged


def _request() -> Request:
    return Request({"type": "http", "path": "/v1/things", "query_string": b"sort=name", "headers": []})


def test_the_links_of_a_list_without_end_lead_no_deeper_than_anybody_may_go() -> None:
    drawn = paged(_request(), Page(MAX_PAGES, 10, MAX_PAGES), 5_000, [])

    assert drawn["meta"] == {"page": 100, "pageSize": 10, "total": 5_000, "totalPages": 100}
    assert drawn["links"]["next"] is None
    assert drawn["links"]["last"] == "/v1/things?sort=name&page=100&pageSize=10"


def test_a_list_that_ends_is_read_to_its_end() -> None:
    drawn = paged(_request(), Page(MAX_PAGES, 10), 5_000, [])

    assert drawn["meta"]["totalPages"] == 500
    assert drawn["links"]["next"] == "/v1/things?sort=name&page=101&pageSize=10"
