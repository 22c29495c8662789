"""How the shop is served: its hours, who can what, what waits where, which words and pages lead there, and what is
promised.

Robin serves every queue and has every skill, so that whoever tries the demo alone is given whatever they write.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk import sla
from kithdesk.access import User, change_settings, list_teams, read_settings
from kithdesk.calendar import Draft, OwnDate, PublicHolidays, create_schedule
from kithdesk.core.work import Work
from kithdesk.customers import change_customer_settings
from kithdesk.demo.people import keep_old_list
from kithdesk.demo.staff import (
    CAPACITY,
    FRONT_DESK,
    INES,
    JONAH,
    KARIM,
    MILA,
    OWEN,
    ROBIN,
    SANNA,
    WORKSHOP,
    DemoSettings,
    find_colleagues,
)
from kithdesk.routing import (
    SettingsChange,
    change_queue,
    create_queue,
    create_rule,
    declare_skill,
    find_default_queue,
    set_skills,
)
from kithdesk.routing import change_settings as change_routing

ADVICE, ORDERS, RETURNS = "Advice", "Orders", "Returns and mending"
AT_THE_BENCH = 6
"""Room of whoever mends; what comes back takes two."""
SECONDS_TO_ACCEPT = 45
GOOD_CUSTOMER = 300
"""Pounds spent, from which on the quicker promise holds."""

SKILLS = {
    "shelter": "Tents and sleeping bags",
    "mending": "Mending",
    "lang:de": "German",
    "lang:fr": "French",
}
LEVELS = {
    ROBIN: {"shelter": 3, "mending": 2, "lang:de": 1, "lang:fr": 1},
    INES: {"shelter": 4, "lang:fr": 3},
    MILA: {"shelter": 2, "lang:de": 5},
    OWEN: {"shelter": 1},
    JONAH: {"shelter": 3, "mending": 5, "lang:de": 2},
    SANNA: {"mending": 4},
    KARIM: {"shelter": 2, "mending": 3, "lang:fr": 5},
}

Criteria = dict[str, Any]


def arrange(work: Work) -> None:
    """All of it, once: afterwards it is for whoever tries the demo to change."""
    if read_settings(work, DemoSettings).is_arranged:
        return
    change_customer_settings(work, {"phoneRegion": "GB"})
    keep_old_list(work)
    queues = _queues(work)
    _teams(work, queues)
    _skills(work, find_colleagues(work))
    _rules(work, queues)
    _promises(work, _hours(work))
    change_settings(work, DemoSettings, {"isArranged": True})


def _hours(work: Work) -> str:
    """For what is promised. The queues have none: whoever tries the demo at night is served too."""
    weekday, saturday = [(9 * 60, 18 * 60)], [(10 * 60, 16 * 60)]
    return create_schedule(
        work,
        Draft(
            name="The shop",
            timezone="Europe/London",
            hours={**dict.fromkeys("12345", weekday), "6": saturday},
            holidays=PublicHolidays(country="GB", subdivision="ENG"),
            dates=(
                OwnDate(date="2026-12-24", name="Christmas Eve", hours=((9 * 60, 13 * 60),)),
                OwnDate(date="2027-01-15", name="Stocktaking"),
            ),
        ),
    ).id


def _queues(work: Work) -> dict[str, str]:
    """By their names. What no rule takes elsewhere is advice."""
    advice = find_default_queue(work)
    assert advice is not None
    change_queue(work, advice, {"name": ADVICE})
    orders = create_queue(
        work,
        ORDERS,
        "ORDERS",
        {"priority": 30, "overflow": {"to_queue": advice, "after_seconds": 300, "over_waiting": 20}},
    )
    returns = create_queue(
        work,
        RETURNS,
        "RETURNS",
        {
            "weight": 2,
            "acceptance": "manual",
            "overflow": {"to_queue": advice, "after_seconds": 900},
        },
    )
    return {ADVICE: advice, ORDERS: orders, RETURNS: returns}


def _teams(work: Work, queues: Mapping[str, str]) -> None:
    change_routing(
        work,
        SettingsChange(
            capacity_per_agent=CAPACITY,
            accept_timeout_seconds=SECONDS_TO_ACCEPT,
            unavailable_reasons=("Lunch", "Break", "Meeting"),
        ),
    )
    teams = {team.name: team.id for team in list_teams(work, limit=100)[0]}
    desk = SettingsChange(enabled=True, queues=tuple(queues.values()))
    bench = SettingsChange(
        enabled=True, queues=(queues[RETURNS], queues[ADVICE]), capacity_per_agent=AT_THE_BENCH
    )
    change_routing(work, desk, team=teams[FRONT_DESK])
    change_routing(work, bench, team=teams[WORKSHOP])


def _skills(work: Work, colleagues: Mapping[str, User]) -> None:
    for key, name in SKILLS.items():
        declare_skill(work, name, key)
    for colleague, levels in LEVELS.items():
        set_skills(work, colleagues[colleague.key].id, levels)


def _rules(work: Work, queues: Mapping[str, str]) -> None:
    """Each has its reason: words, an order, a page, a language."""
    on_its_way: Criteria = {
        "and": [
            {"kobject_custom_order_statusStr": {"in": ["Being packed", "Sent"]}},
            {"page_url": {"contains": "/account"}},
        ]
    }
    for name, queue, criteria, skills, priority in (
        (
            "Something to mend",
            RETURNS,
            _says("mend", "repair", "broken", "zip", "kaputt"),
            {"mending": 2},
            None,
        ),
        (
            "Sending it back",
            RETURNS,
            _says("send it back", "refund", "return it", "zurückschicken"),
            {},
            None,
        ),
        ("Waits for a parcel", ORDERS, on_its_way, {}, 20),
        ("About an order", ORDERS, _says("my order", "parcel", "invoice", "Bestellung", "Paket"), {}, None),
        ("Looks at tents", ADVICE, _is_at("/p/alder", "/p/hollow", "/p/dormouse"), {"shelter": 1}, None),
        ("Reads in German", ADVICE, {"and": [{"page_language": {"prefix": "de"}}]}, {"lang:de": 1}, None),
    ):
        create_rule(
            work,
            {
                "name": name,
                "queue": queues[queue],
                "criteria": criteria,
                "skills": skills,
                "priority": priority,
            },
        )


def _says(*words: str) -> Criteria:
    return {"or": [{"message_body": {"contains": one}} for one in words]}


def _is_at(*pages: str) -> Criteria:
    return {"or": [{"page_url": {"contains": one}} for one in pages]}


def _promises(work: Work, schedule: str) -> None:
    sla.create_policy(
        work,
        sla.Wish(
            name="Good customers",
            description="They hear from us at once, whenever it is.",
            criteria={"and": [{"customer_custom_spentNum": {"gte": GOOD_CUSTOMER}}]},
            metrics={"firstResponse": sla.Target(seconds=120), "nextReply": sla.Target(seconds=600)},
            warn_before=60,
        ),
    )
    sla.create_policy(
        work,
        sla.Wish(
            name="Everybody",
            metrics={"firstResponse": sla.Target(seconds=900), "nextReply": sla.Target(seconds=3_600)},
            schedule=schedule,
            warn_before=300,
        ),
    )
