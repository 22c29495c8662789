"""What a browser fetches, compressed: the loader on a page, the panel when it opens, the console's first load."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin

from bench.results import LineResult, Row
from bench.run import Run, at_most
from bench.target import Doors

LINK = re.compile(rb"<(?:link|script)\b[^>]*>")
LOADED = re.compile(rb"""\brel=["'](?:stylesheet|modulepreload)["']""")
NAMED = re.compile(rb"""\b(?:src|href)=["']([^"']+)""")
IMPORTED = re.compile(rb"""(?:\bimport|\bfrom)\s*["'](\.{1,2}/[^"']+)["']""")


def measure(run: Run) -> LineResult:
    if run.command is None:
        return LineResult("sizes", [], {})
    installation = run.installation(agents=0)
    with installation.serve() as server:
        doors = Doors(server.url)
        loads = {
            "loader": _first_load(doors, "/widget.js"),
            "panel": _first_load(doors, f"/widget/panel.html?key={installation.widget_key}"),
            "console": _first_load(doors, "/"),
        }
    rows = []
    for name, most in (("loader", 5), ("panel", 35), ("console", 250)):
        size = round(sum(loads[name].values()) / 1000, 2)
        rows.append(Row(f"{name}, gzip", "kB", None, size, None, f"≤ {most} kB", at_most(size, most)))
    return LineResult("sizes", rows, {"bytes": loads})


def _first_load(doors: Doors, path: str) -> dict[str, int]:
    """The gzipped size of `path` and of all that it loads before anybody does anything; lazy imports stay out."""
    sizes: dict[str, int] = {}
    wanted = [path]
    while wanted:
        this = wanted.pop()
        if this in sizes:
            continue
        status, content = doors.ask("GET", this)
        if status != 200:
            raise RuntimeError(f"{this}: {status}")
        sizes[this] = len(gzip.compress(content, 9))
        wanted += first_loaded(this, content)
    return sizes


def first_loaded(path: str, content: bytes) -> set[str]:
    """What the file at `path` makes a browser load at once: linked from a page, or imported by a module."""
    if path.partition("?")[0].endswith(".js"):
        names = IMPORTED.findall(content)
    else:
        tags = [tag for tag in LINK.findall(content) if tag.startswith(b"<script") or LOADED.search(tag)]
        names = [name for tag in tags for name in NAMED.findall(tag)]
    return {urljoin(path, name.decode()) for name in names}
