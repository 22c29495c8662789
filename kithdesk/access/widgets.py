"""Widgets and the secret behind them. The key is public; the identity secret proves who a shop's customer is."""

from __future__ import annotations

from sqlalchemy import insert

from kithdesk.access.credentials import new_public_key
from kithdesk.access.entities import Widget
from kithdesk.access.events import IdentitySecretChanged, WidgetCreated
from kithdesk.access.ids import SecretId, WidgetId
from kithdesk.access.queries.organisation import get_default_brand
from kithdesk.access.rights import check_admin
from kithdesk.access.tables import identity_secrets
from kithdesk.core.names import strict_name
from kithdesk.core.work import Work

_KEEP = insert(identity_secrets)

SEALED_FOR = "identity secret"
"""What the secret is sealed for, so that no other sealed text passes for it."""


def create_widget(work: Work, name: str, *, key: str | None = None) -> Widget:
    """A widget of the default brand, with a new key unless one is given. Raises `Forbidden`, `BadParameter`."""
    check_admin(work.actor)
    widget = Widget(
        organisation=work.organisation,
        id=WidgetId(work.new_id()),
        brand=get_default_brand(work).id,
        name=strict_name(name, parameter="name"),
        key=key or new_public_key(),
    )
    work.publish(WidgetCreated(widget=widget.id, brand=widget.brand, name=widget.name, key=widget.key))
    return widget


def keep_identity_secret(work: Work, sealed: str) -> None:
    """The organisation's secret, sealed at the edge. Raises `Forbidden`."""
    check_admin(work.actor)
    secret = SecretId(work.new_id())
    row = {"organisation": work.organisation, "id": secret, "sealed": sealed, "created_at": work.now}
    work.execute(_KEEP, row)
    work.publish(IdentitySecretChanged(secret=secret))
