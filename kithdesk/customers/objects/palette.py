"""How a klass may look: icons by their names in Lucide, and colours by name or number."""

from __future__ import annotations

import re

from kithdesk.core.errors import BadParameter
from kithdesk.customers.objects.errors import UnknownIcon

DEFAULT_ICON = "box"
DEFAULT_COLOR = "grey"

ICONS: tuple[str, ...] = (
    "alarm-clock",
    "badge-check",
    "bike",
    "book",
    "box",
    "briefcase",
    "building",
    "calendar",
    "car",
    "clipboard-list",
    "cpu",
    "credit-card",
    "file-text",
    "flag",
    "gift",
    "globe",
    "graduation-cap",
    "hammer",
    "heart",
    "home",
    "hotel",
    "key",
    "laptop",
    "layers",
    "map-pin",
    "package",
    "phone",
    "plane",
    "plug",
    "receipt",
    "repeat",
    "rocket",
    "shield",
    "shopping-bag",
    "shopping-cart",
    "star",
    "tag",
    "ticket",
    "truck",
    "user",
    "utensils",
    "wallet",
    "wrench",
)

COLORS: dict[str, str] = {
    "grey": "#6b7280",
    "red": "#c2413b",
    "orange": "#c2630c",
    "yellow": "#a16f07",
    "green": "#1f6f5c",
    "teal": "#0f766e",
    "blue": "#2563ab",
    "indigo": "#4f52b8",
    "violet": "#7c4bb5",
    "pink": "#b83a74",
}

_NUMBER = re.compile(r"#[0-9a-f]{6}\Z")


def check_icon(name: str, *, parameter: str = "icon") -> str:
    """Raises `UnknownIcon`."""
    if name not in ICONS:
        raise UnknownIcon(parameter)
    return name


def color_of(text: str) -> str:
    """The colour as `#rrggbb`, from that or a name. Raises `BadParameter`."""
    word = text.strip().lower()
    found = COLORS.get(word, word)
    if not _NUMBER.match(found):
        names = ", ".join(COLORS)
        raise BadParameter(f"A colour is #rrggbb or one of {names}.", parameter="color")
    return found
