"""Customers: the person served, by whatever we know of them, from a nameless visitor to a proven identity.

One record per person, found by e-mail, telephone or external id; what a page merely claims is kept apart and finds
nobody. `customer_of_visitor` makes the record at the first message, `identify` (through `conversations.identify`, so
that conversations follow) joins a browser to a known customer, `describe` keeps claims, `create_customer` and
`update_customer` are the company's own word.
"""

from kithdesk.customers.activity import Said, Waiting, count_conversation, note_message, note_seen, retell
from kithdesk.customers.addresses import clean_external_id, clean_phone, is_region
from kithdesk.customers.companies.creating import create_company, take_back_company
from kithdesk.customers.companies.ids import CompanyId
from kithdesk.customers.companies.profile import CompanyProfile
from kithdesk.customers.companies.queries import Company, find_companies
from kithdesk.customers.companies.queries import count_members as count_company_members
from kithdesk.customers.companies.queries import find_by_key as find_company_by_key
from kithdesk.customers.companies.queries import list_members_after as list_company_members
from kithdesk.customers.companies.queries import list_named as list_companies_named
from kithdesk.customers.creating import check_addresses, create_customer, update_customer
from kithdesk.customers.dating import check_may_date
from kithdesk.customers.given import read_attributes
from kithdesk.customers.identifying import Identified, Identity, identify
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.live import live_customer
from kithdesk.customers.merging.entities import Merge, Moved
from kithdesk.customers.merging.joining import Preview, merge_customers, preview_merge
from kithdesk.customers.merging.queries import find_moved, get_merge, list_undone
from kithdesk.customers.merging.rendering import merge_resource, preview_document
from kithdesk.customers.merging.rules import identity_of
from kithdesk.customers.merging.undoing import undo_merge
from kithdesk.customers.naming import find_name, find_names, find_steady_name
from kithdesk.customers.narrowing import Departure, depart, shared_with_unproven, unproven_browsers_in
from kithdesk.customers.objects.entities import KObject
from kithdesk.customers.objects.ids import KlassId, ObjectId
from kithdesk.customers.objects.keeping import remove_object, upsert_object
from kithdesk.customers.objects.klasses import KlassWish, declare_klass
from kithdesk.customers.objects.linking import link_object, unlink_object
from kithdesk.customers.objects.orders import ORDER_STATUSES, declare_order_klass
from kithdesk.customers.objects.queries import find_by_external_id as find_object
from kithdesk.customers.objects.queries import find_objects, object_ids_of
from kithdesk.customers.objects.queries import list_of_conversation as list_objects_of_conversation
from kithdesk.customers.objects.queries import list_of_customer as list_objects_of_customer
from kithdesk.customers.objects.queries import list_of_klass as list_objects_of_klass
from kithdesk.customers.objects.rendering import draw_objects
from kithdesk.customers.objects.tracking import track, track_visitor
from kithdesk.customers.profile import (
    Claims,
    Email,
    ExternalId,
    Phone,
    Profile,
    Reference,
    claimed_after,
    display_name_of,
    nameless,
)
from kithdesk.customers.queries import (
    Customer,
    Visitor,
    customer_ids,
    find_by_email,
    find_by_external_id,
    find_by_phone,
    find_customer,
    find_customers,
    find_last_conversation,
    find_survivor,
    find_visitor,
    get_customer,
    list_visitors,
    past_ids,
)
from kithdesk.customers.removing import remove_customer
from kithdesk.customers.rendering import card_of, draw_customers
from kithdesk.customers.settings import change_customer_settings, phone_region
from kithdesk.customers.visiting import check_custom, claims_of, customer_of_visitor, describe

__all__ = [
    "ORDER_STATUSES",
    "Claims",
    "Company",
    "CompanyId",
    "CompanyProfile",
    "Customer",
    "CustomerId",
    "Departure",
    "Email",
    "ExternalId",
    "Identified",
    "Identity",
    "KObject",
    "KlassId",
    "KlassWish",
    "Merge",
    "Moved",
    "ObjectId",
    "Phone",
    "Preview",
    "Profile",
    "Reference",
    "Said",
    "Visitor",
    "VisitorId",
    "Waiting",
    "card_of",
    "change_customer_settings",
    "check_addresses",
    "check_custom",
    "check_may_date",
    "claimed_after",
    "claims_of",
    "clean_external_id",
    "clean_phone",
    "count_company_members",
    "count_conversation",
    "create_company",
    "create_customer",
    "customer_ids",
    "customer_of_visitor",
    "declare_klass",
    "declare_order_klass",
    "depart",
    "describe",
    "display_name_of",
    "draw_customers",
    "draw_objects",
    "find_by_email",
    "find_by_external_id",
    "find_by_phone",
    "find_companies",
    "find_company_by_key",
    "find_customer",
    "find_customers",
    "find_last_conversation",
    "find_moved",
    "find_name",
    "find_names",
    "find_object",
    "find_objects",
    "find_steady_name",
    "find_survivor",
    "find_visitor",
    "get_customer",
    "get_merge",
    "identify",
    "identity_of",
    "is_region",
    "link_object",
    "list_companies_named",
    "list_company_members",
    "list_objects_of_conversation",
    "list_objects_of_customer",
    "list_objects_of_klass",
    "list_undone",
    "list_visitors",
    "live_customer",
    "merge_customers",
    "merge_resource",
    "nameless",
    "note_message",
    "note_seen",
    "object_ids_of",
    "past_ids",
    "phone_region",
    "preview_document",
    "preview_merge",
    "read_attributes",
    "remove_customer",
    "remove_object",
    "retell",
    "shared_with_unproven",
    "take_back_company",
    "track",
    "track_visitor",
    "undo_merge",
    "unlink_object",
    "unproven_browsers_in",
    "update_customer",
    "upsert_object",
]
