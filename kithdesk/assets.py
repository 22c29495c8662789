"""The built web assets, from inside the package: the loader a site embeds, the chat panel, the console."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response

from kithdesk.channels import chat
from kithdesk.core.errors import NotFound
from kithdesk.core.static import CompressedFiles, answer_file
from kithdesk.core.strict import add_routes
from kithdesk.core.web import desk_of

FOLDER = Path(__file__).parent / "web_assets"
router = APIRouter(include_in_schema=False)
"""Pages and scripts are asked for with whatever parameters a site or a campaign adds."""

_HASHED = {"Cache-Control": "public, max-age=31536000, immutable"}  # their names change with their content
_FOLDERS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("/widget/assets", "widget/assets", _HASHED),
    ("/assets", "console/assets", _HASHED),
    ("/docs/assets", "docs", {}),
)
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
    <link rel="icon" href="/docs/assets/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/docs/assets/swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <script src="/docs/assets/swagger-ui-bundle.js"></script>
    <script src="/docs/assets/start.js"></script>
  </body>
</html>
"""


def _file(request: Request, name: str, headers: Mapping[str, str]) -> Response:
    try:
        return answer_file(FOLDER / name, request, headers)
    except FileNotFoundError:
        raise NotFound("The web assets are not built.") from None


@router.api_route("/widget.js", methods=["GET", "HEAD"])
@router.api_route("/chat-web/widget.js", methods=["GET", "HEAD"])
async def read_widget(request: Request) -> Response:
    """What a site embeds."""
    return _file(request, "widget/widget.js", _SCRIPT_HEADERS)


@router.api_route("/core.js", methods=["GET", "HEAD"])
@router.api_route("/chat-web/core.js", methods=["GET", "HEAD"])
async def read_core(request: Request) -> Response:
    """The headless build."""
    return _file(request, "widget/core.js", _SCRIPT_HEADERS)


@router.api_route("/widget/panel.html", methods=["GET", "HEAD"])
async def read_panel(request: Request, key: str = "") -> Response:
    """The chat panel's page; only the organisation's sites may frame it."""
    ancestors = await chat.frame_ancestors(desk_of(request), key)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": _PANEL_CSP.format(ancestors=ancestors)}
    return _file(request, "widget/panel.html", headers)


@router.api_route("/docs", methods=["GET", "HEAD"])
async def read_api_docs() -> Response:
    """The API, browsable; `/openapi.json` is what it shows."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": _DOCS_CSP}
    return Response(_DOCS_PAGE, headers=headers, media_type="text/html; charset=utf-8")


@router.api_route("/favicon.ico", methods=["GET", "HEAD"])
async def read_icon(request: Request) -> Response:
    """For pages that name no icon, such as an answer of the API looked at in a browser."""
    return _file(request, "docs/icon.svg", {"Cache-Control": "public, max-age=86400"})


@router.api_route("/", methods=["GET", "HEAD"])
async def read_console(request: Request) -> Response:
    """The agents' console."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": _CONSOLE_CSP}
    return _file(request, "console/index.html", headers)


def mount(api: FastAPI) -> None:
    add_routes(api.router, router)
    for path, folder, headers in _FOLDERS:
        if (FOLDER / folder).is_dir():
            api.mount(path, CompressedFiles(FOLDER / folder, headers))
