"""Who acts, in which organisation, with which rights.

Organisations, their settings and brands, agents, teams, sessions, API keys, sign-in links, the widgets' public keys.
Others ask here who somebody is (`resolve_agent`, `get_user`, `find_widget`); their routes take an `AgentCaller`.
Nothing here knows a customer or a conversation.
"""

from kithdesk.access.api_keys import create_api_key, revoke_api_key
from kithdesk.access.audit import note as note_audit
from kithdesk.access.cookies import check_same_origin, session_cookie
from kithdesk.access.credentials import new_identity_secret
from kithdesk.access.doors import (
    AdminCaller,
    AgentCaller,
    AnyCaller,
    ConfirmedAdminCaller,
    SessionCaller,
    TrackingCaller,
    recheck,
    resolve_agent,
)
from kithdesk.access.entities import ApiKey, Brand, Organisation, Team, User, Widget
from kithdesk.access.identity_secrets import IdentitySecret, list_identity_secrets, seal_identity_secret
from kithdesk.access.ids import ApiKeyId, BrandId, SessionId, TeamId, UserId, WidgetId
from kithdesk.access.organisations import Founded, create_organisation
from kithdesk.access.queries.agents import (
    find_team,
    find_teams,
    find_user,
    find_user_names,
    find_users,
    get_team,
    get_user,
    list_agents,
    list_teams,
    list_teams_of,
)
from kithdesk.access.queries.organisation import (
    find_widget,
    get_default_brand,
    get_organisation,
    list_organisations,
    list_widgets,
)
from kithdesk.access.settings import (
    OrganisationSettings,
    Section,
    WidgetSettings,
    change_settings,
    read_settings,
)
from kithdesk.access.teams import change_members, create_team, delete_team, rename_team
from kithdesk.access.users import change_user, create_user, deactivate_user, reactivate_user, set_password
from kithdesk.access.widgets import create_widget

__all__ = [
    "AdminCaller",
    "AgentCaller",
    "AnyCaller",
    "ApiKey",
    "ApiKeyId",
    "Brand",
    "BrandId",
    "ConfirmedAdminCaller",
    "Founded",
    "IdentitySecret",
    "Organisation",
    "OrganisationSettings",
    "Section",
    "SessionCaller",
    "SessionId",
    "Team",
    "TeamId",
    "TrackingCaller",
    "User",
    "UserId",
    "Widget",
    "WidgetId",
    "WidgetSettings",
    "change_members",
    "change_settings",
    "change_user",
    "check_same_origin",
    "create_api_key",
    "create_organisation",
    "create_team",
    "create_user",
    "create_widget",
    "deactivate_user",
    "delete_team",
    "find_team",
    "find_teams",
    "find_user",
    "find_user_names",
    "find_users",
    "find_widget",
    "get_default_brand",
    "get_organisation",
    "get_team",
    "get_user",
    "list_agents",
    "list_identity_secrets",
    "list_organisations",
    "list_teams",
    "list_teams_of",
    "list_widgets",
    "new_identity_secret",
    "note_audit",
    "reactivate_user",
    "read_settings",
    "recheck",
    "rename_team",
    "resolve_agent",
    "revoke_api_key",
    "seal_identity_secret",
    "session_cookie",
    "set_password",
]
