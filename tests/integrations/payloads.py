"""Bodies as the two shops send them, with the fields that matter here and some that do not."""

from __future__ import annotations

from typing import Any


def shopify_order(**changes: Any) -> dict[str, Any]:
    """`Order` of Shopify's Admin REST API, as `orders/…` posts it."""
    return {
        "id": 5123456789012,
        "admin_graphql_api_id": "gid://shopify/Order/5123456789012",
        "name": "#1042",
        "order_number": 1042,
        "email": "maya@example.test",
        "contact_email": "maya@example.test",
        "phone": None,
        "created_at": "2026-05-20T09:15:00+02:00",
        "updated_at": "2026-05-20T09:16:30+02:00",
        "processed_at": "2026-05-20T09:15:00+02:00",
        "cancelled_at": None,
        "financial_status": "paid",
        "fulfillment_status": None,
        "currency": "GBP",
        "total_price": "148.50",
        "test": False,
        "line_items": [
            {"id": 1, "name": "Fell boot - 38", "title": "Fell boot", "quantity": 1, "price": "120.00"},
            {"id": 2, "name": "Trail mug", "title": "Trail mug", "quantity": 2, "price": "14.25"},
        ],
        "fulfillments": [],
        "customer": {
            "id": 706405506930,
            "email": "maya@example.test",
            "first_name": "Maya",
            "last_name": "Lind",
            "phone": "+447700900123",
            "state": "enabled",
        },
        **changes,
    }


def woocommerce_order(**changes: Any) -> dict[str, Any]:
    """`Order` of WooCommerce's REST API, as `order.…` posts it."""
    return {
        "id": 727,
        "number": "727",
        "status": "processing",
        "currency": "EUR",
        "total": "29.35",
        "date_created": "2026-05-20T10:00:00",
        "date_created_gmt": "2026-05-20T09:00:00",
        "date_modified_gmt": "2026-05-20T09:01:00",
        "date_completed_gmt": None,
        "customer_id": 25,
        "billing": {
            "first_name": "Tom",
            "last_name": "Berg",
            "email": "tom@example.test",
            "phone": "22 12 34 56",
            "country": "NO",
        },
        "line_items": [{"id": 315, "name": "Burrow 30", "quantity": 1, "total": "29.35"}],
        **changes,
    }
