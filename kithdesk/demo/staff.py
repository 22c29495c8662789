"""The company behind the shop: its organisation, agents, two teams, and how the chat looks on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kithdesk.access import (
    OrganisationSettings,
    Section,
    User,
    WidgetSettings,
    change_settings,
    create_organisation,
    create_team,
    create_user,
    get_organisation,
    get_user,
    list_agents,
    list_organisations,
    list_teams,
    list_widgets,
    new_identity_secret,
    read_settings,
    seal_identity_secret,
)
from kithdesk.attributes import declare
from kithdesk.core.actors import INSTALLATION, Actor, system
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.core.names import sign_in_key
from kithdesk.core.work import Reads, Work
from kithdesk.demo.errors import NotADemoFolder
from kithdesk.demo.shop import NAME

ATTRIBUTES = {
    "ordersNum": {"type": "Num", "displayName": "Orders"},
    "lastOrderStr": {"type": "Str", "displayName": "Last order"},
    "lastOrderStatusStr": {"type": "Str", "displayName": "Last order is"},
    "spentNum": {"type": "Num", "displayName": "Spent", "description": "In pounds, over all orders."},
}
"""What the shop's own systems keep on a customer, by Kustomer's naming: the type ends the name."""

CAPACITY = 8
"""Room for whoever tries the demo in many windows at once."""


@dataclass(frozen=True, slots=True)
class Colleague:
    key: str
    name: str
    email: str
    role: str


ROBIN = Colleague("robin", "Robin Hale", "robin@birchandburrow.example", "admin")
"""Who the console is signed in as. Nobody can have such an address: it marks the organisation as the demo's."""
INES = Colleague("ines", "Ines Duarte", "ines@birchandburrow.example", "agent")
JONAH = Colleague("jonah", "Jonah Weiss", "jonah@birchandburrow.example", "agent")
MILA = Colleague("mila", "Mila Brandt", "mila@birchandburrow.example", "agent")
OWEN = Colleague("owen", "Owen Price", "owen@birchandburrow.example", "agent")
SANNA = Colleague("sanna", "Sanna Virtanen", "sanna@birchandburrow.example", "agent")
KARIM = Colleague("karim", "Karim Benali", "karim@birchandburrow.example", "agent")
COLLEAGUES = (ROBIN, INES, JONAH, MILA, OWEN, SANNA, KARIM)

FRONT_DESK, WORKSHOP = "Front desk", "Workshop"
TEAMS = {FRONT_DESK: (ROBIN, INES, MILA, OWEN), WORKSHOP: (JONAH, SANNA, KARIM, ROBIN)}
"""Who is in both works as the first by name, unless they say otherwise."""


class DemoSettings(Section, frozen=True, kw_only=True):
    """`is_arranged`: queues, rules and the rest are there. `is_told`: the history has been told to its end, and
    whatever changed since is the visitor's doing."""

    section: ClassVar[str] = "demo"

    is_arranged: bool = False
    is_told: bool = False


async def find_demo(desk: Desk) -> OrganisationId | None:
    """The demo's organisation, if this folder has it already. Raises `NotADemoFolder` when it has any other."""
    found = None
    for organisation in (await desk.read(list_organisations, by=INSTALLATION)).value:
        if not (await desk.read(is_demo, by=system(organisation.id))).value:
            raise NotADemoFolder(organisation.name)
        found = organisation.id
    return found


async def found_demo(desk: Desk) -> OrganisationId:
    """Makes it, in one command."""
    organisation = OrganisationId(desk.ids.new(desk.clock.now()))
    sealed = seal_identity_secret(desk, new_identity_secret())
    await desk.run(
        create_organisation,
        NAME,
        email=ROBIN.email,
        display_name=ROBIN.name,
        sealed_secret=sealed,
        by=system(organisation),
    )
    return organisation


def settle(work: Work, shop_url: str) -> None:
    """Agents, teams and settings as the demo needs them. Doing it again changes nothing."""
    agents = {sign_in_key(user.email): user for user in list_agents(work)}
    for colleague in COLLEAGUES:
        if sign_in_key(colleague.email) not in agents:
            user = create_user(
                work, email=colleague.email, display_name=colleague.name, role_groups=[colleague.role]
            )
            agents[sign_in_key(user.email)] = user
    teams = {team.name for team in list_teams(work, limit=100)[0]}
    for name, members in TEAMS.items():
        if name not in teams:
            create_team(work, name, members=[agents[sign_in_key(member.email)].id for member in members])
    change_settings(work, OrganisationSettings, {"demoShopUrl": shop_url})
    if read_settings(work, DemoSettings).is_told:  # the rest is whoever tries the demo's to change
        return
    declare(work, "customer", ATTRIBUTES)
    change_settings(
        work,
        WidgetSettings,
        {
            "teamName": NAME,
            "greeting": "Hello. Ask us about a product, an order, or a tent that needs mending.",
            "accent": "#2a5546",
        },
    )


def find_colleagues(reads: Reads) -> dict[str, User]:
    """The agents by their keys."""
    agents = {sign_in_key(user.email): user for user in list_agents(reads)}
    return {one.key: agents[sign_in_key(one.email)] for one in COLLEAGUES if sign_in_key(one.email) in agents}


def find_widget_key(reads: Reads) -> str:
    return list_widgets(reads)[0].key


def acting(organisation: OrganisationId, user: User) -> Actor:
    """The agent as an actor."""
    return Actor(
        organisation=organisation,
        type="user",
        id=user.id,
        author=user.id,
        display_name=user.display_name,
        roles=user.roles,
    )


def is_demo(reads: Reads) -> bool:
    """Whether the demo made this organisation."""
    founder = get_user(reads, get_organisation(reads).founder)
    return sign_in_key(founder.email) == sign_in_key(ROBIN.email)
