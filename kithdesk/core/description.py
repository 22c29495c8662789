"""`/openapi.json` says of every route how it may refuse: the framework would tell of answers that nobody gets from us.

That is told by what a route takes. Which of it a verb raises in the end stands in its docstring.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from kithdesk.core import idempotency

_WHY = {
    "400": "A parameter or field is not there, or not of the form that is due; `source.parameter` names it.",
    "401": "No credential, or a dead one.",
    "403": "Not with these roles, from this network or site, or not before the password was given again.",
    "404": "It does not exist, or the caller may not know that it does. Never says which.",
    "409": "It would contradict what is already there; `code` says how.",
    "413": "More than this door takes.",
    "415": "The body is not of a type that this door takes.",
    "429": "Too often; `Retry-After` says when to come back.",
    "503": "Full, not writable, or `outcome_unknown`: send it again with the same ids.",
}
_WRITES = frozenset({"post", "put", "patch", "delete"})
_NOT_KEPT = "x-not-kept"
NOT_KEPT = {_NOT_KEPT: True}
"""The `openapi_extra` of a write whose answer no `Idempotency-Key` keeps."""
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A repeat within 24 hours gets the first answer, and changes nothing.",
    "schema": {"type": "string", "minLength": 1, "maxLength": idempotency.MAX_KEY},
}
_REFUSALS: dict[str, Any] = {
    "title": "Refusals",
    "description": "Why not. `code` is from a closed list; `retryAfter` is in seconds, `meta` what one can go on with.",
    "type": "object",
    "required": ["errors", "meta"],
    "properties": {
        "errors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["status", "code", "title"],
                "properties": {
                    "status": {"type": "integer"},
                    "code": {"type": "string"},
                    "title": {"type": "string"},
                    "detail": {"type": "string"},
                    "source": {"type": "object", "properties": {"parameter": {"type": "string"}}},
                    "retryAfter": {"type": "number"},
                    "meta": {"type": "object"},
                },
            },
        },
        "meta": {
            "type": "object",
            "required": ["requestId"],
            "properties": {"requestId": {"type": "string"}},
        },
    },
    "example": {
        "errors": [
            {
                "status": 400,
                "code": "badparam",
                "title": "Bad parameter",
                "detail": "There is no such parameter.",
                "source": {"parameter": "colour"},
            }
        ],
        "meta": {"requestId": "3f6626dc267e1d1bc1fcc4ed"},
    },
}


class DescribedApi(FastAPI):
    """An application that is described with our refusals in place of the framework's."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            _tell(super().openapi())
        return super().openapi()


def _tell(schema: dict[str, Any]) -> None:
    components = schema.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Refusals"] = _REFUSALS
    components["responses"] = {f"Refused{status}": _response(status) for status in _WHY}
    components.setdefault("parameters", {})["IdempotencyKey"] = _KEY
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            operation["responses"].pop("422", None)
            for status in _refused(path, method, operation):
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Refused{status}"})
            is_kept = path.startswith("/v1/") and not operation.pop(_NOT_KEPT, False)
            if method in _WRITES and operation.get("security") and is_kept:
                operation.setdefault("parameters", []).append(
                    {"$ref": "#/components/parameters/IdempotencyKey"}
                )


def _response(status: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusals"}}}
    return {"description": _WHY[status], "content": content}


def _refused(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    """Which of them this route may have."""
    has_body = "requestBody" in operation
    if has_body or operation.get("parameters") or operation.get("security"):
        yield "400"
    if operation.get("security"):
        yield from ("401", "403")
    if operation.get("security") or method in _WRITES:
        yield from ("429", "503")
    if "{" in path or has_body:
        yield "404"
    if method in _WRITES:
        yield "409"
    if has_body:
        yield from ("413", "415")
