"""The shop's own backend: it knows who is signed in, and vouches for them with the organisation's secret."""

from __future__ import annotations

import jwt

from kithdesk.access import list_identity_secrets
from kithdesk.core.clock import SECOND
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.demo.shop.shoppers import Shopper


async def vouch_for(desk: Desk, organisation: OrganisationId, shopper: Shopper) -> str:
    """A signed token that says who this is; the chat takes it for fifteen minutes."""
    newest = (await list_identity_secrets(desk, organisation))[0]
    claims = {
        "externalId": shopper.external_id,
        "email": shopper.email,
        "name": shopper.name,
        "iat": desk.clock.now() // SECOND,
    }
    return jwt.encode(claims, newest.secret, algorithm="HS256")
