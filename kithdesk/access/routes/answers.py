"""Answers that carry a secret: built outside the transaction, and so never among the stored answers of
`Idempotency-Key`."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from kithdesk.core import json
from kithdesk.core.web import POSITION


def answer(document: dict[str, Any] | None, position: int, status: int = 200) -> Response:
    """The document, or nothing, with the position that covers it; nobody may keep a copy."""
    headers = {POSITION: str(position), "Cache-Control": "no-store"}
    if document is None:
        return Response(status_code=204, headers=headers)
    return Response(json.encode(document), status, headers, "application/json")
