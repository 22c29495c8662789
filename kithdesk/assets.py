"""The built web assets, from inside the package: the loader a site embeds, the chat panel, the console."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.staticfiles import StaticFiles

from kithdesk.channels import chat
from kithdesk.core.errors import NotFound
from kithdesk.core.web import StrictRoute, desk_of

FOLDER = Path(__file__).parent / "web_assets"
router = APIRouter(route_class=StrictRoute, include_in_schema=False)

_HASHED = {"Cache-Control": "public, max-age=31536000, immutable"}
_SCRIPT_HEADERS = {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",  # so that sites may use subresource integrity
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
}
_CONSOLE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'; require-trusted-types-for 'script'; trusted-types default"
)
_PANEL_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data: https:; "
    "media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)

_DOCS_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_DOCS_PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Kithdesk API</title>
    <link rel="stylesheet" href="/docs/assets/swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <script src="/docs/assets/swagger-ui-bundle.js"></script>
    <script src="/docs/assets/start.js"></script>
  </body>
</html>
"""


class HashedFiles(StaticFiles):
    """Files whose names change with their content."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response: Response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers.update(_HASHED)
        return response


def _read(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def _script(name: str) -> Response:
    try:
        return Response(
            _read(f"widget/{name}"), headers=_SCRIPT_HEADERS, media_type="text/javascript; charset=utf-8"
        )
    except FileNotFoundError:
        raise NotFound("The web assets are not built.") from None


@router.api_route("/widget.js", methods=["GET", "HEAD"])
@router.api_route("/chat-web/widget.js", methods=["GET", "HEAD"])
async def read_widget() -> Response:
    """What a site embeds."""
    return _script("widget.js")


@router.api_route("/core.js", methods=["GET", "HEAD"])
@router.api_route("/chat-web/core.js", methods=["GET", "HEAD"])
async def read_core() -> Response:
    """The headless build."""
    return _script("core.js")


@router.api_route("/widget/panel.html", methods=["GET", "HEAD"])
async def read_panel(request: Request, key: str = "") -> Response:
    """The chat panel's page; only the organisation's sites may frame it."""
    ancestors = await chat.frame_ancestors(desk_of(request), key)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": _PANEL_CSP.format(ancestors=ancestors)}
    return Response(_read("widget/panel.html"), headers=headers, media_type="text/html; charset=utf-8")


@router.api_route("/docs", methods=["GET", "HEAD"])
async def read_api_docs() -> Response:
    """The API, browsable; `/openapi.json` is what it shows."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": _DOCS_CSP}
    return Response(_DOCS_PAGE, headers=headers, media_type="text/html; charset=utf-8")


@router.api_route("/", methods=["GET", "HEAD"])
async def read_console() -> Response:
    """The agents' console."""
    try:
        page = _read("console/index.html")
    except FileNotFoundError:
        raise NotFound("The web assets are not built.") from None
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": _CONSOLE_CSP}
    return Response(page, headers=headers, media_type="text/html; charset=utf-8")


def mount(api: FastAPI) -> None:
    api.include_router(router)
    for path, folder in (("/widget/assets", "widget/assets"), ("/assets", "console/assets")):
        if (FOLDER / folder).is_dir():
            api.mount(path, HashedFiles(directory=FOLDER / folder))
    if (FOLDER / "docs").is_dir():
        api.mount("/docs/assets", StaticFiles(directory=FOLDER / "docs"))
