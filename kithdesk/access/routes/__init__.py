"""Access over HTTP: signing in, agents, teams, API keys, and the organisation itself."""

from fastapi import APIRouter

from kithdesk.access.routes import api_keys, organisation, sessions, signing_in, teams, users

router = APIRouter()
for part in (signing_in, sessions, users, teams, api_keys, organisation):
    router.include_router(part.router)
