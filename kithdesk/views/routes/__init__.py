"""Searches and saved views over HTTP."""

from fastapi import APIRouter

from kithdesk.core.strict import add_routes
from kithdesk.views.routes import saved, search

router = APIRouter()
_PARTS = (search, saved)
add_routes(router, *(part.router for part in _PARTS))
