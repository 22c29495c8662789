"""What a page may know of the widget before anybody has said a word: how it looks and what it offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kithdesk.access import Widget, WidgetSettings, change_settings, get_organisation, read_settings
from kithdesk.calendar import Schedule, default_schedule, find_schedule
from kithdesk.calendar.errors import UnknownSchedule
from kithdesk.conversations import ALLOWED_TYPES, MAX_FILE, MAX_MESSAGE, UTM
from kithdesk.core.clock import SECOND, Instant, iso_or_none
from kithdesk.core.documents import document, resource
from kithdesk.core.work import Reads, Work

CACHED_SECONDS = 60


class Drawn(NamedTuple):
    """A document, and for how many seconds it stays true."""

    document: dict[str, Any]
    seconds: int


def change_appearance(work: Work, changes: Mapping[str, Any]) -> None:
    """Sets the settings named and keeps the others. Raises `BadParameter`, `UnknownSchedule`."""
    before = read_settings(work, WidgetSettings).business_schedule_id
    wanted = change_settings(work, WidgetSettings, changes).business_schedule_id
    if wanted not in ("", before) and find_schedule(work, wanted) is None:
        raise UnknownSchedule("businessScheduleId")


def draw_settings(reads: Reads, widget: Widget) -> Drawn:
    """The `chat_settings` document of a widget. Public: nothing in it is about a person."""
    settings = read_settings(reads, WidgetSettings)
    schedule = _schedule_of(reads, settings)
    attributes = {
        "enabled": settings.enabled,
        "brandId": widget.brand,
        "teamName": settings.team_name or get_organisation(reads).name,
        "teamIconUrl": settings.team_icon_url or None,
        "greeting": settings.greeting,
        "waitMessage": settings.wait_message,
        "colors": {"accent": settings.accent},
        "showTypingIndicatorWeb": settings.show_typing_indicator_web,
        "showTypingIndicatorCustomerWeb": settings.show_typing_indicator_customer_web,
        "closableChat": settings.closable_chat,
        "noHistory": settings.no_history,
        "singleSessionChat": settings.single_session_chat,
        "offhoursDisplay": settings.offhours_display,
        "offhoursMessage": settings.offhours_message,
        "businessHours": None if schedule is None else _draw_hours(schedule, reads.now),
        "widgetType": "chat",
        "locale": None,
        "attachments": {
            "enabled": True,
            "maxBytes": MAX_FILE,
            "maxTotalBytes": MAX_MESSAGE,
            "types": ALLOWED_TYPES,
        },
        "allowedDomains": list(settings.allowed_domains),
        "keptQuery": [*(f"utm_{name}" for name in UTM), *settings.kept_query],
    }
    drawn = document(resource("chat_settings", reads.organisation, attributes))
    return Drawn(drawn, CACHED_SECONDS if schedule is None else _seconds_true(schedule, reads.now))


def _schedule_of(reads: Reads, settings: WidgetSettings) -> Schedule | None:
    """Whose hours the widget tells. One that was deleted leaves it to the default."""
    if settings.offhours_display == "none":
        return None
    chosen = settings.business_schedule_id
    return (find_schedule(reads, chosen) if chosen else None) or default_schedule(reads)


def _draw_hours(schedule: Schedule, now: Instant) -> dict[str, Any]:
    return {
        "open": schedule.is_open(now),
        "nextOpeningAt": iso_or_none(schedule.next_opening(now)),
        "nextClosingAt": iso_or_none(schedule.next_closing(now)),
    }


def _seconds_true(schedule: Schedule, now: Instant) -> int:
    """A cache may not say that it is open when it no longer is."""
    change = schedule.next_closing(now) if schedule.is_open(now) else schedule.next_opening(now)
    return CACHED_SECONDS if change is None else min(CACHED_SECONDS, (change - now) // SECOND)
