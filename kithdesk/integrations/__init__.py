"""Integrations: shops that tell us of their orders and customers, so that purchase history appears by itself.

A shop posts to `/hooks/{provider}/{key}` and signs every body with a secret of its own. `shopify` and `woocommerce`
turn their words into an `Order` or a `Shopper`, `keeping` and `shoppers` put those on the record through the verbs of
`customers`, and `delivering` sees to it that nothing is taken twice.
"""

from kithdesk.integrations.connecting import Connection, change, connect, disconnect
from kithdesk.integrations.delivering import deliver
from kithdesk.integrations.ids import IntegrationId

__all__ = ["Connection", "IntegrationId", "change", "connect", "deliver", "disconnect"]
