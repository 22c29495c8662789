"""Widgets. Their key is public: it names the organisation and proves nothing."""

from __future__ import annotations

from kithdesk.access.credentials import new_public_key
from kithdesk.access.entities import Widget
from kithdesk.access.events import WidgetCreated
from kithdesk.access.ids import WidgetId
from kithdesk.access.queries.organisation import get_default_brand
from kithdesk.core.actors import check_admin
from kithdesk.core.names import strict_name
from kithdesk.core.work import Work


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
