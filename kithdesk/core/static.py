"""Files from a folder, in the smallest form that the client takes.

The build leaves `x.js.br` and `x.js.gz` beside `x.js`, so that a server without a proxy sends few bytes and spends no
time on it. Each form has an ETag of its own.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Mapping
from pathlib import Path

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

_CODINGS = (("br", ".br"), ("gzip", ".gz"))
"""What HTTP calls it, and how its files end; the smaller first."""
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
"""Of which machines have their own opinions."""


class CompressedFiles(StaticFiles):
    """A folder of them, all with `headers`."""

    def __init__(self, directory: Path, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(directory=directory)
        self._headers = dict(headers or {})

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        return file_response(Path(full_path), Headers(scope=scope), self._headers)


def answer_file(path: Path, request: Request, headers: Mapping[str, str] | None = None) -> Response:
    """One file. Raises `FileNotFoundError`."""
    return file_response(path, request.headers, headers or {})


def file_response(path: Path, asked: Mapping[str, str], headers: Mapping[str, str]) -> Response:
    """200 with the file, or 304 when the client has it already."""
    original = path.stat()
    coding, form = _form_of(path, original, asked.get("accept-encoding", ""))
    sent = {**headers, "Vary": "Accept-Encoding"}
    if coding is not None:
        sent["Content-Encoding"] = coding
    response = FileResponse(form, headers=sent, stat_result=form.stat(), media_type=_type_of(path))
    etag = response.headers["etag"]
    known = [tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")]
    return NotModifiedResponse(response.headers) if etag in known else response


def _form_of(path: Path, original: os.stat_result, accepted: str) -> tuple[str | None, Path]:
    taken = _codings_in(accepted)
    for coding, suffix in _CODINGS:
        form = path.with_name(path.name + suffix)
        # While pages are being worked on, a form may be left from an earlier build.
        if coding in taken and form.is_file() and form.stat().st_mtime_ns >= original.st_mtime_ns:
            return coding, form
    return None, path


def _codings_in(accepted: str) -> set[str]:
    """The codings of an `Accept-Encoding` that are not ruled out with `q=0`."""
    taken = set()
    for part in accepted.lower().split(","):
        coding, _, parameter = part.partition(";")
        weight = parameter.strip().removeprefix("q=")
        if not parameter or weight.strip("0.") != "":
            taken.add(coding.strip())
    return taken


def _type_of(path: Path) -> str:
    return _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
