"""Settings that are valid, and still not what one wants."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from urllib.parse import urlsplit

from kithdesk.core.doctor.finding import Finding
from kithdesk.core.peers import is_loopback
from kithdesk.core.settings import Settings


def check_settings(settings: Settings) -> Iterator[Finding]:
    yield _base_url(settings)
    yield _proxies(settings)
    yield from _switches(settings)
    if settings.database_url is not None:
        yield from _shared_parts(settings)


def _base_url(settings: Settings) -> Finding:
    url = settings.base_url
    if url is None:
        words = "KITHDESK_BASE_URL is not set: links begin with the address that a server listens on"
        return Finding("address", "warning" if settings.database_url else "ok", words)
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_this_machine(parts.hostname or ""):
        words = f"{url} is plain HTTP: signing in, and sockets from other machines, need https://"
        return Finding("address", "problem", words)
    return Finding("address", "ok", url)


def _proxies(settings: Settings) -> Finding:
    networks = [
        ip_network(part.strip(), strict=False) for part in settings.trusted_proxies.split(",") if part.strip()
    ]
    if any(network.prefixlen == 0 for network in networks):
        words = (
            "KITHDESK_TRUSTED_PROXIES believes everyone: name the proxy's address, or anybody forges theirs"
        )
        return Finding("proxies", "warning", words)
    if not networks and (settings.base_url or "").startswith("https://"):
        words = "KITHDESK_TRUSTED_PROXIES is not set: behind a proxy, all visitors share one address and its limits"
        return Finding("proxies", "warning", words)
    return Finding("proxies", "ok", settings.trusted_proxies or "none")


def _switches(settings: Settings) -> Iterator[Finding]:
    if settings.limits == "off":
        yield Finding("limits", "warning", "KITHDESK_LIMITS=off is for benchmarks and tests only")
    if settings.test:
        yield Finding(
            "test mode", "warning", "KITHDESK_TEST lets anybody move the clock; never in production"
        )


def _shared_parts(settings: Settings) -> Iterator[Finding]:
    """What several servers need beside a database they share."""
    if settings.bus_url is None:
        words = (
            "KITHDESK_BUS_URL is not set: with several servers, news comes up to 2 s late,"
            " and who types is seen only on the same server"
        )
        yield Finding("bus", "warning", words)
    if settings.storage_url is None:
        words = "KITHDESK_STORAGE_URL is not set: with several servers, each has only the files sent to it"
        yield Finding("files", "warning", words)


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost") or is_loopback(host)
