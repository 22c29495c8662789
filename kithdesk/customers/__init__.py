"""Customers: the person served, by whatever we know of them, from a nameless visitor to a proven identity.

One record per person, found by e-mail, telephone or external id; what a page merely claims is kept apart and finds
nobody. `customer_of_visitor` makes the record at the first message, `identify` (through `conversations.identify`, so
that conversations follow) joins a browser to a known customer, `describe` keeps claims, `create_customer` and
`update_customer` are the company's own word.
"""

from kithdesk.customers.activity import count_conversation, note_message, note_seen
from kithdesk.customers.addresses import clean_external_id
from kithdesk.customers.creating import create_customer, update_customer
from kithdesk.customers.identifying import Identified, Identity, identify
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.live import live_customer
from kithdesk.customers.profile import Claims, Email, ExternalId, Phone, Profile, Reference, display_name_of
from kithdesk.customers.queries import (
    Customer,
    Visitor,
    card_of,
    customer_ids,
    find_by_email,
    find_by_external_id,
    find_customer,
    find_last_conversation,
    find_name,
    find_names,
    find_survivor,
    find_visitor,
    get_customer,
    list_visitors,
)
from kithdesk.customers.visiting import check_custom, claims_of, customer_of_visitor, describe

__all__ = [
    "Claims",
    "Customer",
    "CustomerId",
    "Email",
    "ExternalId",
    "Identified",
    "Identity",
    "Phone",
    "Profile",
    "Reference",
    "Visitor",
    "VisitorId",
    "card_of",
    "check_custom",
    "claims_of",
    "clean_external_id",
    "count_conversation",
    "create_customer",
    "customer_ids",
    "customer_of_visitor",
    "describe",
    "display_name_of",
    "find_by_email",
    "find_by_external_id",
    "find_customer",
    "find_last_conversation",
    "find_name",
    "find_names",
    "find_survivor",
    "find_visitor",
    "get_customer",
    "identify",
    "list_visitors",
    "live_customer",
    "note_message",
    "note_seen",
    "update_customer",
]
