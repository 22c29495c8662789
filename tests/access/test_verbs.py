"""The front door as other slices use it: organisations, agents, teams, settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kithdesk.access import (
    Founded,
    Section,
    WidgetSettings,
    change_members,
    change_settings,
    change_user,
    create_organisation,
    create_team,
    create_user,
    deactivate_user,
    delete_team,
    find_team,
    find_teams,
    find_user_names,
    find_users,
    get_default_brand,
    get_user,
    list_agents,
    list_teams_of,
    list_widgets,
    reactivate_user,
    read_settings,
    rename_team,
)
from kithdesk.access.errors import LastAdministrator, NameTaken
from kithdesk.access.events import (
    SettingsChanged,
    TeamMembersChanged,
    UserChanged,
    UserCreated,
    UserDeactivated,
)
from kithdesk.access.queries.credentials import list_sessions_of
from kithdesk.access.sessions import MOST_PER_USER, open_session
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import BadParameter, Forbidden, NotFound
from kithdesk.core.events import decode, encode
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from tests.conftest import WorkAs

ACME = OrganisationId("a" * 24)
GLOBEX = OrganisationId("b" * 24)


@pytest.fixture
def w(work: WorkAs) -> Iterator[Work]:
    """The program's own work for Acme, founded."""
    with work(system(ACME)) as acting:
        create_organisation(acting, "Acme", email="admin@acme.test", display_name="Ada")
        acting.published.clear()
        yield acting


def by(w: Work, user: str, *roles: str) -> Work:
    """The same work, done by an agent."""
    return Work(w._connection, w._wiring, w._ids, _actor(user, *roles), lambda: w.now)


def _actor(user: str, *roles: str) -> Actor:
    return Actor(organisation=ACME, type="user", id=user, author=user, roles=frozenset(roles))


def kinds(w: Work) -> list[str]:
    return [recorded.event.kind for recorded in w.published]


@contextmanager
def nothing_happens(w: Work) -> Iterator[None]:
    before = len(w.published)
    yield
    assert len(w.published) == before


def test_an_organisation_begins_with_an_administrator_a_brand_and_a_widget(work: WorkAs) -> None:
    with work(system(ACME)) as w:
        founded = create_organisation(w, " Acme ", email="admin@acme.test")

    assert isinstance(founded, Founded)
    assert founded.organisation.name == "Acme"
    assert founded.admin.roles == {"org.admin", "org.user"}
    assert founded.admin.display_name == "admin"
    assert list_widgets(w) == [founded.widget]
    assert get_default_brand(w).id == founded.widget.brand
    assert kinds(w) == ["organisation.created", "brand.created", "user.created", "widget.created"]


def test_organisations_have_names_of_their_own(work: WorkAs) -> None:
    with work(system(ACME)) as w:
        create_organisation(w, "Acme", email="a@acme.test")
    with work(system(GLOBEX)) as w, pytest.raises(NameTaken), nothing_happens(w):
        create_organisation(w, "ACME", email="a@globex.test")


def test_an_agent_is_created_with_a_clean_name_and_address(w: Work) -> None:
    user = create_user(w, email=" Bo@Acme.test ", display_name=" Bo ")

    assert (user.email, user.display_name, user.role_groups) == ("Bo@Acme.test", "Bo", ("agent",))
    assert get_user(w, user.id) == user
    assert kinds(w) == ["user.created"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "ADMIN@acme.test"},
        {"email": "nonsense"},
        {"display_name": " "},
        {"role_groups": ["emperor"]},
    ],
)
def test_a_refused_agent_leaves_no_trace(w: Work, wrong: dict[str, Any]) -> None:
    with pytest.raises((BadParameter, NameTaken)), nothing_happens(w):
        create_user(w, **{"email": "bo@acme.test", "display_name": "Bo", **wrong})


def test_what_is_said_of_a_person_is_kept_apart(w: Work) -> None:
    event = UserCreated(user="1", type="user", role_groups=["agent"], email="bo@acme.test", display_name="Bo")

    facts, personal = encode(event)

    assert "bo@acme.test" not in facts
    assert personal is not None
    assert decode(event.kind, facts, personal) == event
    erased = decode(event.kind, facts, None)
    assert isinstance(erased, UserCreated)
    assert (erased.email, erased.display_name) == ("", "")


def test_two_erased_agents_do_not_collide(w: Work) -> None:
    for number in ("1", "2"):
        w.publish(UserCreated(user=number * 24, type="user", role_groups=[]))

    assert {user.id for user in list_agents(w)} >= {"1" * 24, "2" * 24}


def test_agents_change_their_name_and_nothing_else(w: Work) -> None:
    user = create_user(w, email="bo@acme.test", display_name="Bo")
    acting = by(w, user.id, "org.user")

    assert change_user(acting, user.id, display_name="Bo B.").display_name == "Bo B."
    for forbidden in ({"email": "x@acme.test"}, {"role_groups": ["admin"]}):
        with pytest.raises(Forbidden), nothing_happens(acting):
            change_user(acting, user.id, **forbidden)
    with pytest.raises(Forbidden), nothing_happens(acting):
        change_user(acting, list_agents(w)[0].id, display_name="Mine")
    with pytest.raises(NotFound):
        change_user(acting, "0" * 24, display_name="Nobody")


def test_changing_to_what_is_already_so_states_nothing(w: Work) -> None:
    user = create_user(w, email="bo@acme.test", display_name="Bo")
    with nothing_happens(w):
        change_user(w, user.id, display_name="Bo", email="bo@acme.test", role_groups=["agent"])
        reactivate_user(w, user.id)


def test_one_who_left_is_not_listed_and_keeps_the_name(w: Work) -> None:
    user = create_user(w, email="bo@acme.test", display_name="Bo")

    deactivate_user(w, user.id)
    deactivate_user(w, user.id)

    assert kinds(w).count("user.deactivated") == 1
    assert user.id not in {agent.id for agent in list_agents(w)}
    assert find_user_names(w, [user.id, "0" * 24]) == {user.id: "Bo"}
    assert not find_users(w, [user.id])[0].is_active
    with pytest.raises(NameTaken):
        create_user(w, email="bo@acme.test", display_name="Another")
    reactivate_user(w, user.id)
    assert get_user(w, user.id).is_active


def test_T32_the_last_administrator_cannot_go(w: Work) -> None:
    admin = list_agents(w)[0]
    for leave in (
        lambda: deactivate_user(w, admin.id),
        lambda: change_user(w, admin.id, role_groups=["agent"]),
    ):
        with pytest.raises(LastAdministrator), nothing_happens(w):
            leave()

    second = create_user(w, email="bo@acme.test", display_name="Bo", role_groups=["admin"])
    deactivate_user(w, admin.id)
    with pytest.raises(LastAdministrator):
        deactivate_user(w, second.id)


def test_a_team_has_exactly_the_members_it_was_given(w: Work) -> None:
    ana, bo = (create_user(w, email=f"{name}@acme.test", display_name=name).id for name in ("ana", "bo"))

    team = create_team(w, "Support", members=[ana])
    changed = change_members(w, team.id, [bo, bo])

    assert team.members == (ana,)
    assert changed.members == (bo,)
    last = w.published[-1].event
    assert isinstance(last, TeamMembersChanged)
    assert (last.added, last.removed) == ([bo], [ana])
    assert [one.id for one in list_teams_of(w, bo, offset=0, limit=10)[0]] == [team.id]
    with nothing_happens(w):
        change_members(w, team.id, [bo])


def test_only_active_agents_of_the_organisation_are_members(w: Work) -> None:
    team = create_team(w, "Support")
    gone = create_user(w, email="bo@acme.test", display_name="Bo").id
    deactivate_user(w, gone)
    for stranger in (gone, "0" * 24, "nonsense"):
        with pytest.raises(BadParameter), nothing_happens(w):
            change_members(w, team.id, [stranger])


def test_a_deleted_teams_name_is_free_again(w: Work) -> None:
    team = create_team(w, "Support")
    with pytest.raises(NameTaken):
        create_team(w, " SUPPORT ")
    rename_team(w, team.id, "support")

    delete_team(w, team.id)

    again = create_team(w, "Support")
    assert find_team(w, team.id) is not None
    assert [one.id for one in find_teams(w, [team.id, again.id, "x"])] == [team.id, again.id]
    with pytest.raises(NotFound):
        rename_team(w, team.id, "Ghost")


def test_settings_have_defaults_and_keep_what_was_not_named(w: Work) -> None:
    assert read_settings(w, WidgetSettings) == WidgetSettings()

    change_settings(
        w, WidgetSettings, {"teamName": "Acme help", "allowedDomains": ["Shop.Acme.test", "localhost:3000"]}
    )
    changed = change_settings(w, WidgetSettings, {"accent": "#FF0000"})

    assert changed == read_settings(w, WidgetSettings)
    assert changed.team_name == "Acme help"
    assert changed.allowed_domains == ("shop.acme.test", "localhost:3000")
    assert changed.accent == "#ff0000"
    last = w.published[-1].event
    assert isinstance(last, SettingsChanged)
    assert (last.values, last.before) == ({"accent": "#ff0000"}, {"accent": WidgetSettings().accent})
    with nothing_happens(w):
        change_settings(w, WidgetSettings, {"accent": "#ff0000"})


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"accent": "red"}, "accent"),
        ({"accent": "#ff0000\n;}"}, None),
        ({"teamName": "x" * 256}, "teamName"),
        ({"enabled": "yes"}, "enabled"),
        ({"allowedDomains": ["https://shop.test"]}, "allowedDomains"),
        ({"allowedDomains": ["a.test; script-src *"]}, "allowedDomains"),
        ({"teamIconUrl": "javascript:alert(1)"}, "teamIconUrl"),
        ({"colour": "#ff0000"}, "colour"),
        ({"offhoursDisplay": "maybe"}, "offhoursDisplay"),
    ],
)
def test_wrong_settings_are_refused_by_name(w: Work, changes: dict[str, Any], parameter: str | None) -> None:
    with pytest.raises(BadParameter) as refusal, nothing_happens(w):
        change_settings(w, WidgetSettings, changes)
    if parameter is not None:
        assert refusal.value.parameter == parameter


def test_a_value_whose_setting_is_gone_is_passed_over(w: Work) -> None:
    class Before(Section, frozen=True, kw_only=True):
        section = "changing"
        old: str = ""

    class After(Section, frozen=True, kw_only=True):
        section = "changing"
        new: int = 7

    change_settings(w, Before, {"old": "x"})

    assert read_settings(w, After) == After()


def test_sessions_of_one_agent_are_not_without_end(w: Work, clock: ManualClock) -> None:
    user = create_user(w, email="bo@acme.test", display_name="Bo")

    for number in range(MOST_PER_USER + 2):
        open_session(w, user.id, token_hash=f"hash {number}", method="password")

    kept = list_sessions_of(w, user.id)
    assert len(kept) == MOST_PER_USER
    assert kinds(w).count("user.sessions_ended") == 2


def test_tenants_have_people_of_their_own(work: WorkAs) -> None:
    with work(system(ACME)) as w:
        mine = create_organisation(w, "Acme", email="same@person.test").admin
    with work(system(GLOBEX)) as w:
        theirs = create_organisation(w, "Globex", email="same@person.test").admin
        assert find_user_names(w, [mine.id]) == {}
        with pytest.raises(NotFound), nothing_happens(w):
            get_user(w, mine.id)
        with pytest.raises(NotFound), nothing_happens(w):
            deactivate_user(w, mine.id)
        assert [agent.id for agent in list_agents(w)] == [theirs.id]


def test_events_say_who_left_and_what_changed(w: Work) -> None:
    user = create_user(w, email="bo@acme.test", display_name="Bo")
    change_user(w, user.id, email="bo.b@acme.test")
    deactivate_user(w, user.id)

    changed, left = (recorded.event for recorded in w.published[-2:])
    assert isinstance(changed, UserChanged)
    assert (changed.email, changed.display_name) == ("bo.b@acme.test", None)
    assert left == UserDeactivated(user=user.id)
