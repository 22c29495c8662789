"""Who does something, and in which organisation."""

from __future__ import annotations

from typing import Literal

import msgspec

from kithdesk.core.errors import Forbidden
from kithdesk.core.ids import OrganisationId

ActorType = Literal["customer", "user", "machine", "system"]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The one who acts or reads. Made at the edge from a credential, never from what a client says of itself.

    `id` is what others see (a customer, an agent, a machine user). `author` is who a client id belongs to: for a
    visitor the device, which stays the same when the customer becomes known; for others the same as `id`.
    `roles` are the permissions of an agent or a key, such as `org.admin`. `sees` is None for nearly everybody;
    otherwise it names the conversations that a visitor may see beside those they open. `is_proven`: a visitor whose
    last login proved that they are this customer, or one who is part of it since an agent merged the two.
    """

    organisation: OrganisationId
    type: ActorType
    id: str | None = None
    author: str | None = None
    display_name: str = ""
    roles: frozenset[str] = frozenset()
    sees: frozenset[str] | None = None
    is_proven: bool = False

    @property
    def is_visitor(self) -> bool:
        return self.type == "customer"

    @property
    def is_agent(self) -> bool:
        """An agent or a program with an API key: someone on the company's side."""
        return self.type in ("user", "machine")

    @property
    def is_admin(self) -> bool:
        return "org.admin" in self.roles

    @property
    def may_administer(self) -> bool:
        """Administrators, and the program itself."""
        return self.type == "system" or self.is_admin


SYSTEM_NAME = "Kithdesk"


def system(organisation: OrganisationId) -> Actor:
    """The program itself, acting for an organisation: timers, reactions, routing."""
    return Actor(organisation=organisation, type="system", display_name=SYSTEM_NAME)


INSTALLATION = system(OrganisationId(""))
"""The program acting for no organisation: finding whose a token is, claiming jobs."""


def check_admin(actor: Actor) -> None:
    """Administrators and the program itself. Raises `Forbidden`."""
    if not actor.may_administer:
        raise Forbidden("This takes an administrator.")
