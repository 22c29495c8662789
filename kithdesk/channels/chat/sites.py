"""Sites: which pages may carry the widget. An empty list means any.

Listing limits nuisance: a copied snippet does not work elsewhere. It proves nothing: a program can claim any origin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from fastapi import Request

from kithdesk.access import WidgetSettings, find_widget, read_settings
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.desk import Desk
from kithdesk.core.work import Reads

_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?\Z")


def is_origin_allowed(reads: Reads, origin: str) -> bool:
    """Whether the organisation of whoever asks lets a page of this origin carry its widget."""
    return is_allowed(origin, read_settings(reads, WidgetSettings).allowed_domains)


def is_allowed(origin: str, domains: Sequence[str]) -> bool:
    """`shop.example` allows itself and what is under it, `*.shop.example` only what is under it; a port must agree."""
    if not domains:
        return True
    try:
        parts = urlsplit(origin)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.scheme not in ("http", "https"):
        return False
    return any(_covers(domain, host, port) for domain in domains)


async def frame_ancestors(desk: Desk, key: str) -> str:
    """The sources of the CSP directive for the panel's frame: who may show it. With an unknown key, nobody but us."""
    widget = (await desk.read(find_widget, key, by=INSTALLATION)).value
    if widget is None:
        return "'self'"
    settings = (await desk.read(read_settings, WidgetSettings, by=system(widget.organisation))).value
    return frame_ancestors_of(settings.allowed_domains)


def frame_ancestors_of(domains: Sequence[str]) -> str:
    """The same for a list of domains."""
    if not domains:
        return "*"
    sources = ["'self'"]
    for domain in domains:
        if _HOST.match(domain):  # nothing else may end up in a header
            place = (
                domain if ":" in domain else f"{domain}:*"
            )  # without a port a source means the usual one only
            sources += [place] if domain.startswith("*.") or _is_address(domain) else [place, f"*.{place}"]
    return " ".join(sources)


def own_origins(request: Request) -> set[str]:
    """What the panel's frame calls itself: it is served by us."""
    base = desk_base(request)
    host = request.headers.get("host", "")
    return {f"http://{host}", f"https://{host}", *([base] if base else [])}


def desk_base(request: Request) -> str | None:
    base: str | None = request.app.state.desk.settings.base_url
    return None if base is None else "{0.scheme}://{0.netloc}".format(urlsplit(base))


def _covers(domain: str, host: str, port: int | None) -> bool:
    name, _, wanted_port = domain.partition(":")
    if wanted_port and str(port) != wanted_port:
        return False
    if name.startswith("*."):
        return host.endswith(name[1:])
    return host == name or host.endswith(f".{name}")


def _is_address(domain: str) -> bool:
    """A host that has nothing under it."""
    name = domain.partition(":")[0]
    return "." not in name or name.replace(".", "").isdigit()
