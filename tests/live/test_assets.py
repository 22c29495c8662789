"""The built pages over a real socket, from a server that stands alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kithdesk import assets
from kithdesk.core.static import file_response
from tests.live.conftest import World

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not (assets.FOLDER / "console").is_dir(), reason="the pages are not built"),
]


def linked(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css))"', page)


@pytest.mark.parametrize(
    ("accepted", "coding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0", None)]
)
async def test_what_a_page_loads_comes_in_the_form_that_is_taken(
    world: World, accepted: str, coding: str | None
) -> None:
    headers = {"Accept-Encoding": accepted}
    page = await world.http.get("/", headers=headers)
    for path in [*linked(page.text), "/widget.js", "/docs/assets/swagger-ui-bundle.js"]:
        plain = await world.http.get(path, headers={"Accept-Encoding": "identity"})
        async with world.http.stream("GET", path, headers=headers) as answer:
            sent = b"".join([part async for part in answer.aiter_raw()])

        assert answer.headers.get("content-encoding") == coding
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["content-type"] == plain.headers["content-type"]
        if coding is None:
            assert sent == plain.content
        else:
            assert len(plain.content) < 1_000 or len(sent) < len(plain.content) / 2
            assert answer.headers["etag"] != plain.headers["etag"]


async def test_what_the_browser_has_already_is_not_sent_again(world: World) -> None:
    first = await world.http.get("/widget.js", headers={"Accept-Encoding": "br"})
    again = await world.http.get(
        "/widget.js", headers={"Accept-Encoding": "br", "If-None-Match": first.headers["etag"]}
    )

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "public, max-age=300"


async def test_a_site_may_add_parameters_of_its_own(world: World) -> None:
    for path in ("/widget.js?v=3", "/?utm_source=mail"):
        assert (await world.http.get(path)).status_code == 200


async def test_the_console_over_the_wire_keeps_its_promise(world: World) -> None:
    headers = {"Accept-Encoding": "gzip"}
    size = 0
    for path in ["/", *linked((await world.http.get("/")).text)]:
        async with world.http.stream("GET", path, headers=headers) as answer:
            size += sum([len(part) async for part in answer.aiter_raw()])

    assert size < 250_000


@pytest.mark.parametrize("path", ["/favicon.ico", "/docs/assets/icon.svg"])
async def test_every_page_has_an_icon(world: World, path: str) -> None:
    answer = await world.http.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")


def test_a_form_of_an_earlier_build_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "x.js.gz").write_bytes(b"old")
    (tmp_path / "x.js").write_text("new")

    answer = file_response(tmp_path / "x.js", {"accept-encoding": "gzip"}, {})

    assert "content-encoding" not in answer.headers
