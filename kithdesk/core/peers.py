"""Who is at the other end of a request: its address, its network, and whether its way here was safe."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def address_of(scope: Mapping[str, Any], trusted: str) -> str:
    """The client's address, as far as proxies may be believed."""
    return client_address(peer_of(scope), headers_of(scope).get("x-forwarded-for"), trusted)


def peer_of(scope: Mapping[str, Any]) -> str:
    """The address at the other end of an ASGI scope's connection; empty for a local socket."""
    client = scope.get("client")
    return "" if client is None else str(client[0])


def client_address(peer: str, forwarded: str | None, trusted: str) -> str:
    """The client's address: the peer's, or, when the peer is a trusted proxy, the nearest untrusted one it names."""
    networks = [
        ipaddress.ip_network(part.strip(), strict=False) for part in trusted.split(",") if part.strip()
    ]

    def is_trusted(address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in networks)

    if not networks or forwarded is None or not is_trusted(peer):
        return peer
    for hop in reversed([part.strip() for part in forwarded.split(",")]):
        try:
            ipaddress.ip_address(hop)
        except ValueError:
            return peer
        if not is_trusted(hop):
            return hop
    return peer


def is_loopback(address: str) -> bool:
    """Whether the peer is on this machine (a peer without an address is a local socket)."""
    try:
        return address == "" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def is_secure(scope: Mapping[str, Any], headers: Mapping[str, str], peer: str, trusted: str) -> bool:
    """Whether the client's bytes were encrypted on the way: by us, or by a trusted proxy that says so."""
    if scope["scheme"] in ("https", "wss"):
        return True
    networks = [
        ipaddress.ip_network(part.strip(), strict=False) for part in trusted.split(",") if part.strip()
    ]
    try:
        is_trusted = any(ipaddress.ip_address(peer) in network for network in networks)
    except ValueError:
        return False
    return is_trusted and headers.get("x-forwarded-proto") == "https"


def netloc_of(address: str) -> str:
    """Host and port of a URL from a stranger; empty when it is none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """The host name of a URL from a stranger, lower case; empty when it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def network_of(address: str) -> str:
    """The /24 or /48 an address belongs to: what one office or one line has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/{24 if parsed.version == 4 else 48}", strict=False))


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """An ASGI scope's headers, lower case; the last of a repeated one wins."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
