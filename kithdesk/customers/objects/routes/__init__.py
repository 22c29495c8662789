"""Custom objects over HTTP. In a path a segment of 24 hexadecimal characters is an id; anything else is a name."""

from fastapi import APIRouter

from kithdesk.core.strict import add_routes
from kithdesk.customers.objects.routes import bulk, klasses, of_companies, of_customers, records, tracking

# `klasses` comes before `records`, and both put their fixed words before what takes any.
router = APIRouter()
_PARTS = (klasses, bulk, records, of_customers, of_companies, tracking)
add_routes(router, *(part.router for part in _PARTS))
