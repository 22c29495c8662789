"""Access over HTTP: signing in, agents, teams, API keys, and the organisation itself."""

from fastapi import APIRouter

from kithdesk.access.routes import api_keys, identity, organisation, sessions, signing_in, teams, users
from kithdesk.core.strict import add_routes

router = APIRouter()
_PARTS = (signing_in, sessions, users, teams, api_keys, organisation, identity)
add_routes(router, *(part.router for part in _PARTS))
