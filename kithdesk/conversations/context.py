"""Where a visitor writes from: device, browser, language, and the pages they looked at.

Addresses of pages lose what comes after `?` and `#`, and e-mail addresses inside them: keys and names live there. What
of a query stays is in `page_queries.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec
from ua_parser import parse

from kithdesk.conversations.page_queries import EMAIL, kept_query, utm_of
from kithdesk.core.clock import DAY, Instant, iso, parse_iso
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import check_text, cleaned_or_none

MAX_PAGES = 20
MAX_PAGES_SENT = 50
MAX_URL = 2_048
MAX_USER_AGENT = 512

_VERSION = re.compile(r" \d[\d.]*\Z")
_SYSTEMS = {"Mac OS X": "macOS"}
_WORD = re.compile(r"[A-Za-z0-9_+\-/]{1,64}\Z")


class Page(msgspec.Struct, frozen=True):
    """A page of the site. `at`: when it was opened."""

    url: str
    title: str
    at: int

    def as_live(self) -> dict[str, Any]:
        return {"url": self.url, "title": self.title, "at": iso(Instant(self.at))}


class Context(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a visitor's browser. `pages`: the last 20, oldest first.

    `landing` is the page the visit began with, `referrer` where a link led to it, `utm` the campaign that link named.
    """

    device: str | None = None
    browser: str | None = None
    os: str | None = None
    language: str | None = None
    languages: tuple[str, ...] = ()
    referrer: str | None = None
    landing: str | None = None
    utm: dict[str, str] = {}
    time_zone: str | None = None
    screen: tuple[int, int] | None = None
    pages: tuple[Page, ...] = ()

    def seen(self, page: Page) -> Context:
        """With one more page."""
        return msgspec.structs.replace(self, pages=(*self.pages, page)[-MAX_PAGES:])

    def on(self, device: Device) -> Context:
        """The same on another device."""
        return msgspec.structs.replace(self, device=device.device, browser=device.browser, os=device.os)

    def moved_to(self, told: Device) -> Device | None:
        """What they look from now; None for what is known already.

        A page tells only the User-Agent, in which browsers froze the system's version: on the same system, what the
        first message's hints knew of it stays.
        """
        if told.browser is None and told.os is None:
            return None
        is_same = (_family(told.browser), _family(told.os)) == (_family(self.browser), _family(self.os))
        now = Device(self.device, told.browser, self.os) if is_same else told
        return None if now == Device(self.device, self.browser, self.os) else now

    def as_live(self, *, with_pages: bool = True) -> dict[str, Any]:
        return {
            "device": self.device,
            "browser": self.browser,
            "os": self.os,
            "language": self.language,
            "languages": list(self.languages),
            "referrer": self.referrer,
            "landing": self.landing,
            "utm": self.utm,
            "timeZone": self.time_zone,
            "screen": None if self.screen is None else {"width": self.screen[0], "height": self.screen[1]},
            "pages": [page.as_live() for page in self.pages] if with_pages else [],
            "currentPage": self.pages[-1].as_live() if self.pages else None,
        }


class Device(msgspec.Struct, frozen=True):
    """What a browser says it is, in words for people: `iPhone`, `Mobile Safari 17.5`, `iOS 17.5`."""

    device: str | None
    browser: str | None
    os: str | None


def context_of(
    sent: Mapping[str, Any], device: Device, *, now: Instant, kept: Collection[str] = ()
) -> Context:
    """The context of a first message: what the widget sent, checked, and what the browser is.

    `kept`: names that stay in addresses' queries. Raises `BadParameter`.
    """
    pages = sent.get("pages") or []
    if not isinstance(pages, Sequence) or isinstance(pages, str) or len(pages) > MAX_PAGES_SENT:
        raise BadParameter(f"A list of at most {MAX_PAGES_SENT}.", parameter="context.pages")
    languages = sent.get("languages") or []
    if not isinstance(languages, Sequence) or isinstance(languages, str):
        raise BadParameter("A list of language codes.", parameter="context.languages")
    referrer = _text(sent, "referrer", MAX_URL)
    told = [*(pages[:1] if len(pages) > MAX_PAGES else ()), *pages[-MAX_PAGES:]]
    found = [page_of(page, now=now, kept=kept) for page in told]
    known = [page for page in found if page is not None]
    return Context(
        device=device.device,
        browser=device.browser,
        os=device.os,
        language=_word(_text(sent, "language", 64)),
        languages=tuple(word for word in (_word(entry) for entry in languages[:10]) if word),
        referrer=clean_url(referrer) if referrer else None,
        landing=known[0].url if known else None,
        utm=_campaign_in(told),
        time_zone=_word(_text(sent, "timeZone", 64)),
        screen=_screen(sent.get("screen")),
        pages=tuple(known[-MAX_PAGES:]),
    )


def _campaign_in(pages: Sequence[Any]) -> dict[str, str]:
    """The first that a page's address names."""
    for page in pages:
        utm = utm_of(page.get("url") or "")
        if utm:
            return utm
    return {}


def page_of(sent: Any, *, now: Instant, kept: Collection[str] = ()) -> Page | None:
    """One page as the widget reports it, or None when its address is none. Raises `BadParameter` for a wrong shape.

    A time in the future, or older than a day, or missing, is now.
    """
    if not isinstance(sent, Mapping):
        raise BadParameter("A page is an object.", parameter="context.pages")
    url = clean_url(_text(sent, "url", None) or "", kept)
    if url is None:
        return None
    return Page(url, clean_title(_text(sent, "title", None) or ""), _moment(sent.get("at"), now))


def clean_url(url: str, kept: Collection[str] = ()) -> str | None:
    """Scheme, host, path, and of the query the names in `kept`; None for what is not a web address."""
    check_text(url, parameter="url")
    try:
        parts = urlsplit(url[:MAX_URL].strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or not host.isprintable():
        return None
    path = EMAIL.sub("…", "/".join(segment.partition(";")[0] for segment in parts.path.split("/")))
    place = f"[{host}]" if ":" in host else host
    shown = "".join(letter if letter.isprintable() else "" for letter in path)
    return urlunsplit(
        (parts.scheme, place if port is None else f"{place}:{port}", shown, kept_query(parts.query, kept), "")
    )


def clean_title(title: str) -> str:
    """A page's title as agents see it."""
    cleaned = cleaned_or_none(title[:1_000], parameter="title", maximum=1_000) or ""
    return EMAIL.sub("…", cleaned)[:255]


def parse_user_agent(text: str) -> Device:
    """Reads a User-Agent: about a millisecond, so whoever asks remembers the answer."""
    found = parse(text[:MAX_USER_AGENT])
    browser, system, device = found.user_agent, found.os, found.device
    return Device(
        device=_device_name(device.family if device else None, system.family if system else None),
        browser=None if browser is None else _with_version(browser.family, browser.major, browser.minor),
        os=None if system is None else _with_version(system.family, system.major, system.minor),
    )


def _device_name(family: str | None, system: str | None) -> str | None:
    if family in (None, "Other", "Mac"):
        return (
            "Computer"
            if system in ("Windows", "Mac OS X", "Linux", "Ubuntu", "Chrome OS", "Fedora")
            else None
        )
    return family


def _with_version(family: str, major: str | None, minor: str | None) -> str:
    if not major:
        return family
    return f"{family} {major}" if minor in (None, "0") else f"{family} {major}.{minor}"


def _family(name: str | None) -> str | None:
    """Without the version: a newer one is no other device."""
    found = None if name is None else _VERSION.sub("", name)
    return None if found is None else _SYSTEMS.get(found, found)


def with_hints(device: Device, hints: Mapping[str, Any]) -> Device:
    """Client hints know the true system version, which browsers froze in the User-Agent."""
    platform, version, model = (_hint(hints, name) for name in ("platform", "platformVersion", "model"))
    system = device.os
    if platform:
        system = _system_name(platform, version or "")
    return Device(model or device.device, device.browser, system)


@lru_cache(256)
def _system_name(platform: str, version: str) -> str:
    major = version.partition(".")[0]
    if platform == "Windows" and major.isascii() and major.isdigit():
        number = int(major)
        return "Windows 11" if number >= 13 else "Windows 10" if number > 0 else "Windows"
    return f"{platform} {major}" if major.isascii() and major.isdigit() and major != "0" else platform


def _hint(hints: Mapping[str, Any], name: str) -> str | None:
    value = hints.get(name)
    if not isinstance(value, str) or len(value) > 64:
        return None
    return cleaned_or_none(value, parameter="context.clientHints", maximum=64)


def _text(sent: Mapping[str, Any], name: str, maximum: int | None) -> str | None:
    value = sent.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadParameter("Text is expected.", parameter=f"context.{name}")
    return value if maximum is None else value[:maximum]


def _word(text: Any) -> str | None:
    return text if isinstance(text, str) and _WORD.match(text) else None


def _screen(sent: Any) -> tuple[int, int] | None:
    if not isinstance(sent, Mapping):
        return None
    width, height = sent.get("width"), sent.get("height")
    if not (isinstance(width, int) and isinstance(height, int)) or not (
        0 < width < 100_000 and 0 < height < 100_000
    ):
        return None
    return width, height


def _moment(at: Any, now: Instant) -> int:
    moment: int | None = None
    if isinstance(at, int) and not isinstance(at, bool):
        moment = at
    elif isinstance(at, str):
        try:
            moment = parse_iso(at)
        except (ValueError, OverflowError):
            moment = None
    return moment if moment is not None and now - DAY <= moment <= now else now
