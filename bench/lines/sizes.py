"""What a browser fetches, compressed: the loader on a page, the panel when it opens, the console's first load."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin

from bench.results import LineResult, Row
from bench.run import Run, at_most
from bench.target import Doors

LINKED = re.compile(
    rb"""<script[^>]+src=["']([^"']+)|<link[^>]+rel=["'](?:stylesheet|modulepreload)["'][^>]*href=["']([^"']+)"""
)
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
        found = (
            [one or other for one, other in LINKED.findall(content)]
            if b"<html" in content[:2000].lower()
            else []
        )
        found += IMPORTED.findall(content) if this.endswith(".js") else []
        wanted += [urljoin(this, name.decode()) for name in found]
    return sizes
