"""Everybody who has written to the shop before you came, and everything that was said."""

from __future__ import annotations

from kithdesk.demo import past, today
from kithdesk.demo.shop.shoppers import SHOPPERS
from kithdesk.demo.story import Person

PEOPLE = (
    *(Person(one.key, one.name, one.email, one.external_id, one.phone) for one in SHOPPERS),
    Person("eleri", "Eleri Pugh", "eleri.pugh@example.com", "BB-1177", "+442079460177"),
    Person("ross", "Ross Mackie", "ross.mackie@example.org", "BB-0861"),
    Person("ingrid", "Ingrid Solberg", "ingrid.solberg@example.com", "BB-2904", "+442079460290"),
    Person("femi", "Femi Adeyemi", "femi.adeyemi@example.net", "BB-1530"),
    Person("someone"),
)

STORIES = (*past.STORIES, *today.STORIES)
