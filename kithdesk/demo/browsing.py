"""Where the people of the stories were on the shop's site when they wrote, and on what."""

from __future__ import annotations

from kithdesk.conversations import Context, Page
from kithdesk.core.clock import SECOND, Instant
from kithdesk.demo.shop import NAME
from kithdesk.demo.story import Story


def context_of(story: Story, shop_url: str, now: Instant) -> Context:
    """What their browser would have told with the first message. `shop_url` ends with a slash."""
    began = now - story.ago
    browser, system_name, device, screen = (
        ("Mobile Safari 19", "iOS 19", "iPhone", (390, 844))
        if story.device == "phone"
        else ("Firefox 147", "Windows 11", "Computer", (1920, 1080))
    )
    pages = tuple(
        Page(
            f"{shop_url}{path}",
            title if title.startswith(NAME) else f"{title} · {NAME}",
            began - (len(story.pages) - number) * 50 * SECOND,
        )
        for number, (path, title) in enumerate(story.pages)
    )
    return Context(
        device=device,
        browser=browser,
        os=system_name,
        language="en-GB",
        languages=("en-GB", "en"),
        time_zone="Europe/London",
        screen=screen,
        landing=pages[0].url if pages else None,
        pages=pages,
    )
