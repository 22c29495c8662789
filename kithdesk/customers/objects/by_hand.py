"""What people who are signed in may write by hand.

Two that write the same record would overwrite each other for ever: what a shop keeps is changed in the shop. Of what
programs keep, the klass says it, by the mixins that Kustomer's clients know.
"""

from __future__ import annotations

from typing import Literal

from kithdesk.core.actors import Actor
from kithdesk.customers.objects.entities import Klass, KObject
from kithdesk.customers.objects.errors import KeptElsewhere

CREATABLE = "creatable"
"""The mixin of a klass whose records people add by hand."""
EDITABLE = "editable"
"""The mixin of a klass whose records people change by hand."""

Keeper = Literal["shop", "program"]


def keeper_of(klass: Klass, known: KObject) -> Keeper | None:
    """Who alone changes this record; None where people do it as well."""
    if known.created_by.type == "system":  # deliveries of a connected shop are taken in by the program itself
        return "shop"
    return None if EDITABLE in klass.mixins else "program"


def check_may_add(actor: Actor, klass: Klass) -> None:
    """Programs add what they like. Raises `KeptElsewhere`."""
    if actor.type == "user" and CREATABLE not in klass.mixins:
        raise KeptElsewhere("program")


def check_may_change(actor: Actor, klass: Klass, known: KObject) -> None:
    """The same of a record that there is. Raises `KeptElsewhere`."""
    keeper = keeper_of(klass, known)
    if actor.type == "user" and keeper is not None:
        raise KeptElsewhere(keeper)
