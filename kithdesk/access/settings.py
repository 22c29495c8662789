"""Settings of an organisation: small values in sections, each with a type and a default.

A section is a frozen struct. What was never set reads as its default, so that a new setting needs no migration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar

import msgspec
from msgspec import Meta

from kithdesk.access.events import SettingsChanged
from kithdesk.access.queries.organisation import find_settings
from kithdesk.core.errors import BadParameter
from kithdesk.core.misfits import misfit_of
from kithdesk.core.work import Reads, Work

ShortText = Annotated[str, Meta(max_length=255)]
LongText = Annotated[str, Meta(max_length=2_000)]
Url = Annotated[str, Meta(max_length=2_000, pattern=r"^(https?://[^\s\"'<>\\]+)?\Z")]
Domain = Annotated[str, Meta(max_length=255, pattern=r"^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?\Z")]
QueryName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,64}\Z")]
Colour = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}\Z")]


class Section(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """The base of a section. Fields have defaults; their names in the database and in the API are camelCase."""

    section: ClassVar[str]


S = TypeVar("S", bound=Section)


class WidgetSettings(Section, frozen=True, kw_only=True):
    """How the chat widget looks and behaves. No allowed domain means every site may embed it."""

    section: ClassVar[str] = "widget"

    enabled: bool = True
    team_name: ShortText = ""
    team_icon_url: Url = ""
    greeting: LongText = ""
    wait_message: LongText = ""
    accent: Colour = "#1f6f5c"
    show_typing_indicator_web: bool = True
    show_typing_indicator_customer_web: bool = True
    closable_chat: bool = True
    no_history: bool = False
    single_session_chat: bool = False
    offhours_display: Literal["none", "online", "offline"] = "none"
    """Whether the widget tells its hours: not at all, beside everything else, or with a message of their own."""
    offhours_message: LongText = ""
    business_schedule_id: ShortText = ""
    """Whose hours; the default schedule's without one."""
    allowed_domains: Annotated[tuple[Domain, ...], Meta(max_length=100)] = ()
    kept_query: Annotated[tuple[QueryName, ...], Meta(max_length=20)] = ()
    """Names whose values stay in the addresses of visited pages; all else behind the `?` never leaves the browser."""


class OrganisationSettings(Section, frozen=True, kw_only=True):
    """What the console shows about the organisation. `demo_shop_url` is set in the demo only."""

    section: ClassVar[str] = "organisation"

    demo_shop_url: Url = ""


def read_settings(reads: Reads, section: type[S]) -> S:
    """The section as it is now. A value whose setting no longer exists is passed over."""
    known = section.__struct_encode_fields__
    stored = find_settings(reads, section.section)
    return _convert({key: value for key, value in stored.items() if key in known}, section)


def change_settings(work: Work, section: type[S], changes: Mapping[str, Any]) -> S:
    """Sets the values named, by their camelCase names, and keeps the others.

    Setting what is already so states nothing. Raises `BadParameter` with the name of the wrong one.
    """
    before = read_settings(work, section)
    values = msgspec.to_builtins(before)
    after = _convert({**values, **_clean(changes)}, section)
    changed = {key: value for key, value in msgspec.to_builtins(after).items() if value != values[key]}
    if changed:
        old = {key: values[key] for key in changed}
        work.publish(SettingsChanged(section=section.section, values=changed, before=old))
    return after


def _clean(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _lower(value) if key in _LOWER else value for key, value in changes.items()}


_LOWER = {"accent", "allowedDomains"}


def _lower(value: Any) -> Any:
    """Domains and colours are written in any case and compared in one."""
    if isinstance(value, str):
        return value.strip().lower()
    if isinstance(value, list | tuple):
        return [_lower(entry) for entry in value]
    return value


def _convert(values: Mapping[str, Any], section: type[S]) -> S:
    try:
        return msgspec.convert(values, section)
    except msgspec.ValidationError as problem:
        misfit = misfit_of(problem)
        raise BadParameter(misfit.words, parameter=misfit.field) from None
