"""What a page learns of the company's business hours."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import access
from kithdesk.access import WidgetSettings
from kithdesk.calendar import Change, Draft, Schedule, change_schedule, create_schedule, delete_schedule
from kithdesk.channels.chat.settings import change_appearance
from kithdesk.core.clock import HOUR, ManualClock, iso
from kithdesk.core.errors import BadParameter
from tests.channels.chat.sites import Site

pytestmark = pytest.mark.anyio

EVERY_DAY = {str(day): [(540, 1_020)] for day in range(7)}


async def test_nothing_is_said_of_hours_until_it_is_wished(site: Site) -> None:
    await _schedule(site)

    assert (await _shown(site))["businessHours"] is None


async def test_the_widget_says_whether_it_is_open_and_what_comes_next(site: Site, clock: ManualClock) -> None:
    await _schedule(site)
    await _set(site, offhoursDisplay="offline", offhoursMessage="We sleep.")
    nine = _midnight(clock) + 9 * HOUR
    clock.advance(hours=(nine + HOUR - clock.now()) / HOUR)

    seen = await _shown(site)

    assert seen["businessHours"] == {
        "open": True,
        "nextOpeningAt": iso(nine + 24 * HOUR),  # type: ignore[arg-type]
        "nextClosingAt": iso(nine + 8 * HOUR),  # type: ignore[arg-type]
    }
    assert (seen["offhoursDisplay"], seen["offhoursMessage"]) == ("offline", "We sleep.")


async def test_no_cache_says_that_it_is_open_when_it_no_longer_is(site: Site, clock: ManualClock) -> None:
    await _schedule(site)
    await _set(site, offhoursDisplay="online")
    closing = _midnight(clock) + 17 * HOUR

    seen = []
    for before in (3_600, 20, 0.5, -1):
        clock.advance(hours=(closing - before * 1_000 - clock.now()) / HOUR)
        answer = await _asked(site)
        hours = answer.json()["data"]["attributes"]["businessHours"]
        seen.append((answer.headers["Cache-Control"], hours["open"]))

    assert seen == [
        ("public, max-age=60", True),
        ("public, max-age=20", True),
        ("public, max-age=0", True),
        ("public, max-age=60", False),
    ]


async def test_the_widget_has_the_schedule_it_was_given_and_the_default_when_that_is_gone(site: Site) -> None:
    default = await _schedule(site)
    night = await _schedule(site, "Night", hours={str(day): [(0, 1_440)] for day in range(7)})
    await _set(site, offhoursDisplay="online", businessScheduleId=night.id)

    assert (await _shown(site))["businessHours"] == {
        "open": True,
        "nextOpeningAt": None,
        "nextClosingAt": None,
    }
    await site.desk.run(delete_schedule, night.id, by=site.by)
    assert (await _shown(site))["businessHours"]["nextClosingAt"] is not None
    await site.desk.run(delete_schedule, default.id, by=site.by)
    assert (await _shown(site))["businessHours"] is None


async def test_a_changed_schedule_is_told_at_once(site: Site) -> None:
    schedule = await _schedule(site)
    await _set(site, offhoursDisplay="online")

    await site.desk.run(change_schedule, schedule.id, Change(hours={}), by=site.by)

    assert (await _shown(site))["businessHours"] == {
        "open": False,
        "nextOpeningAt": None,
        "nextClosingAt": None,
    }


async def test_T23_another_organisations_schedule_cannot_be_chosen(site: Site, other_site: Site) -> None:
    await _schedule(site)
    theirs = await _schedule(other_site)

    for id in (theirs.id, "f" * 24, "nonsense"):
        with pytest.raises(BadParameter) as refused:
            await _set(site, businessScheduleId=id, teamName="Changed")
        assert (refused.value.code, refused.value.parameter) == ("unknown_schedule", "businessScheduleId")
    settings: Any = (await site.desk.read(access.read_settings, WidgetSettings, by=site.by)).value
    assert (settings.business_schedule_id, settings.team_name) == ("", "")


async def _schedule(
    site: Site, name: str = "Office", hours: dict[str, list[tuple[int, int]]] | None = None
) -> Schedule:
    draft = Draft(name=name, timezone="UTC", hours=EVERY_DAY if hours is None else hours)
    made: Schedule = (await site.desk.run(create_schedule, draft, by=site.by)).value
    return made


async def _set(site: Site, **changes: Any) -> None:
    await site.desk.run(change_appearance, changes, by=site.by)


async def _asked(site: Site) -> httpx.Response:
    answer = await site.browser().get(f"/c/v1/chat/settings?key={site.key}")
    assert answer.status_code == 200, answer.text
    return answer


async def _shown(site: Site) -> dict[str, Any]:
    attributes: dict[str, Any] = (await _asked(site)).json()["data"]["attributes"]
    return attributes


def _midnight(clock: ManualClock) -> int:
    """The midnight that comes, in UTC."""
    return (clock.now() // (24 * HOUR) + 1) * 24 * HOUR
