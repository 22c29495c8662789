"""Organisations: the tenants of an installation. One begins with an administrator, a brand and a widget."""

from __future__ import annotations

import msgspec

from kithdesk.access.entities import Organisation, User, Widget
from kithdesk.access.errors import NameTaken
from kithdesk.access.events import BrandCreated, OrganisationCreated
from kithdesk.access.identity_secrets import keep_identity_secret
from kithdesk.access.ids import BrandId, UserId
from kithdesk.access.queries.organisation import find_organisation_by_key, get_organisation
from kithdesk.access.users import create_user
from kithdesk.access.widgets import create_widget
from kithdesk.core.actors import check_admin
from kithdesk.core.names import name_key, strict_name
from kithdesk.core.work import Work


class Founded(msgspec.Struct, frozen=True, kw_only=True):
    organisation: Organisation
    admin: User
    widget: Widget


def create_organisation(
    work: Work,
    name: str,
    *,
    email: str,
    display_name: str | None = None,
    sealed_secret: str | None = None,
    widget_key: str | None = None,
) -> Founded:
    """Founds the organisation that `work` acts for; names are unique in an installation.

    `sealed_secret` is the identity secret, as `seal_identity_secret` makes it. The administrator is called by the front
    of their address until they say otherwise. Raises `Forbidden`, `BadParameter`, `NameTaken`.
    """
    check_admin(work.actor)
    cleaned = strict_name(name, parameter="org")
    if find_organisation_by_key(work, name_key(cleaned)) is not None:
        raise NameTaken("org", "an organisation of this name")

    founder = UserId(work.new_id())
    work.publish(OrganisationCreated(name=cleaned, founder=founder))
    work.publish(BrandCreated(brand=BrandId(work.new_id()), name=cleaned, is_default=True))
    called = display_name or email.strip().partition("@")[0]
    admin = create_user(work, email=email, display_name=called, role_groups=["admin"], user_id=founder)
    widget = create_widget(work, "Web chat", key=widget_key)
    if sealed_secret is not None:
        keep_identity_secret(work, sealed_secret)
    return Founded(organisation=get_organisation(work), admin=admin, widget=widget)
