"""What a page may know of the widget before anybody has said a word: how it looks and what it offers."""

from __future__ import annotations

from typing import Any

from kithdesk.access import Widget, WidgetSettings, get_organisation, read_settings
from kithdesk.conversations import ALLOWED_TYPES, MAX_FILE, MAX_MESSAGE, UTM
from kithdesk.core.documents import document, resource
from kithdesk.core.work import Reads

CACHED_SECONDS = 60


def draw_settings(reads: Reads, widget: Widget) -> dict[str, Any]:
    """The `chat_settings` document of a widget. Public: nothing in it is about a person."""
    settings = read_settings(reads, WidgetSettings)
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
    return document(resource("chat_settings", reads.organisation, attributes))
