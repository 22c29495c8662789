"""Letting players in: what `kithdesk seed traffic` needs to be visitors and agents of a running server like any other.

Only whoever owns the data folder can ask for it, as for the API key of an administrator.
"""

from __future__ import annotations

from typing import Any

from kithdesk.access import (
    User,
    get_organisation,
    list_agents,
    list_identity_secrets,
    list_widgets,
)
from kithdesk.access.provisioning import (
    DEFAULT_BASE_URL,
    create_api_key,
    find_organisation,
    sign_in_link,
)
from kithdesk.core.actors import system
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.work import Reads
from kithdesk.demo.errors import NobodyPlays, NotTheDemo
from kithdesk.demo.staff import COLLEAGUES, ROBIN, find_colleagues, is_demo


async def let_in(desk: Desk, agents: int, org: str | None = None, is_meant: bool = False) -> dict[str, Any]:
    """`{"organisation", "url", "widgetKey", "identitySecret", "apiKey", "agents": [{"id", "name", "link"}]}`.

    Of the demo it is everybody but the one whose console is open. Raises `NotTheDemo` for another organisation unless
    that `is_meant`, `NobodyPlays`, `NotFound`, `BadParameter`.
    """
    organisation = await find_organisation(desk, org)
    program = system(organisation.id)
    is_ours = (await desk.read(is_demo, by=program)).value
    if not (is_ours or is_meant):
        raise NotTheDemo(organisation.name)
    players = (await desk.read(_players_of_demo if is_ours else _agents, by=program)).value[:agents]
    if not players:
        raise NobodyPlays
    a_day_on = Instant(desk.clock.now() + DAY)
    key = await create_api_key(desk, "Traffic", "agent", org, expires_at=a_day_on)
    links = [await sign_in_link(desk, organisation.id, one.id) for one in players]
    return {
        "organisation": organisation.name,
        "url": desk.settings.base_url or DEFAULT_BASE_URL,
        "widgetKey": (await desk.read(list_widgets, by=program)).value[0].key,
        "identitySecret": (await list_identity_secrets(desk, organisation.id))[0].secret,
        "apiKey": key["apiKey"],
        "agents": [
            {"id": one.id, "name": one.display_name, "link": link.rpartition("/")[2]}
            for one, link in zip(players, links, strict=True)
        ],
    }


def _players_of_demo(reads: Reads) -> list[User]:
    found = find_colleagues(reads)
    return [found[one.key] for one in COLLEAGUES if one is not ROBIN and one.key in found]


def _agents(reads: Reads) -> list[User]:
    """Not the one who founded it: somebody has to look on."""
    founder = get_organisation(reads).founder
    return [one for one in list_agents(reads) if one.id != founder and one.type == "user"]
