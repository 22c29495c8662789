"""Customers over HTTP. What was said with them is in the routes of conversations and timeline."""

from fastapi import APIRouter

from kithdesk.core.strict import add_routes
from kithdesk.customers.companies import routes as companies
from kithdesk.customers.duplicates import routes as duplicates
from kithdesk.customers.merging import routes as merging
from kithdesk.customers.routes import metadata, records

# `records` comes last: its `/v1/customers/{ids}` takes every word that nobody before it took.
router = APIRouter()
_PARTS = (companies, merging, duplicates, metadata, records)
add_routes(router, *(part.router for part in _PARTS))
