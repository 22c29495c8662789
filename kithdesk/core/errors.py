"""One way to refuse.

    Refusal
    ├── BadParameter 400 badparam      ├── Conflict 409 conflict       ├── Overloaded 503 overloaded
    ├── Unauthorized 401 unauthorized  ├── TooLarge 413 toolarge       └── OutcomeUnknown 503 outcome_unknown
    ├── Forbidden    403 forbidden     ├── Unsupported 415 unsupported
    └── NotFound     404 notfound      └── RateLimited 429 ratelimited

A slice's `errors.py` subclasses one of these, with a code of its own where a client could act on it.
Every class appears in the generated `docs/errors.md`; a code never changes its meaning.
"""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):
    """An expected no. Rendered as one entry of `errors` over HTTP, or as `error` in a `refused` frame."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(
        self,
        detail: str | None = None,
        *,
        parameter: str | None = None,
        retry_after: float | None = None,
        meta: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.parameter = parameter
        self.retry_after = retry_after
        self.meta = meta

    def as_error(self) -> dict[str, Any]:
        """`{"status", "code", "title", "detail"?, "source"?, "retryAfter"?, "meta"?}`."""
        error: dict[str, Any] = {"status": self.status, "code": self.code, "title": self.title}
        if self.detail is not None:
            error["detail"] = self.detail
        if self.parameter is not None:
            error["source"] = {"parameter": self.parameter}
        if self.retry_after is not None:
            error["retryAfter"] = self.retry_after
        if self.meta is not None:
            error["meta"] = self.meta
        return error


class BadParameter(Refusal):
    """A value has the wrong shape, or names something that does not exist."""

    status, code, title = 400, "badparam", "Bad parameter"


class BadOrder(BadParameter):
    """An order that leaves something out, has something twice, or names what there is not."""

    code = "bad_order"

    def __init__(self, of: str, *, parameter: str) -> None:
        super().__init__(f"All {of}, each once.", parameter=parameter)


class UnknownOperation(Refusal):
    """A live frame whose `op` is not in the table."""

    status, code, title = 400, "unknown_op", "Unknown operation"


class Unauthorized(Refusal):
    """No credential, or a dead one."""

    status, code, title = 401, "unauthorized", "Unauthorized"


class Forbidden(Refusal):
    """You may see it, but not do this to it."""

    status, code, title = 403, "forbidden", "Forbidden"


class NotFound(Refusal):
    """It does not exist, or you may not know that it does. Never says which."""

    status, code, title = 404, "notfound", "Not Found"


class NotAllowedMethod(Refusal):
    """The path exists, the method does not."""

    status, code, title = 405, "methodnotallowed", "Method Not Allowed"


class Conflict(Refusal):
    """It contradicts what is already there."""

    status, code, title = 409, "conflict", "Conflict"


class ChangedMeanwhile(Conflict):
    """`rev` is not that of what is to be changed any more: somebody was faster. Read it again."""

    def __init__(self, what: str, *, parameter: str = "rev") -> None:
        super().__init__(f"{what} changed meanwhile.", parameter=parameter)


class TooLarge(Refusal):
    """More bytes than this door takes."""

    status, code, title = 413, "toolarge", "Payload Too Large"


class HeadTooSlow(Refusal):
    """The request's head did not arrive in time; the connection is closed."""

    status, code, title = 408, "headtooslow", "Request Timeout"


class HeadTooLarge(Refusal):
    """Request line and headers are longer than any request of ours; the connection is closed."""

    status, code, title = 431, "headtoolarge", "Request Header Fields Too Large"


class Unsupported(Refusal):
    """A content type that this door does not take."""

    status, code, title = 415, "unsupported", "Unsupported Media Type"


class RateLimited(Refusal):
    """Too often. `retryAfter` says when to come back."""

    status, code, title = 429, "ratelimited", "Too Many Requests"


class InternalError(Refusal):
    """Something broke on our side. The request id finds it in the log."""

    status, code, title = 500, "internal", "Internal Server Error"


class Overloaded(Refusal):
    """Full or not writable just now; nothing was changed."""

    status, code, title = 503, "overloaded", "Service Unavailable"


class OutcomeUnknown(Refusal):
    """The commit was sent and its answer never came. Retry with the same id to find out."""

    status, code, title = 503, "outcome_unknown", "Outcome Unknown"


def all_refusals() -> list[type[Refusal]]:
    """Every refusal class that has been imported, for the generated page."""
    found: dict[str, type[Refusal]] = {}

    def walk(parent: type[Refusal]) -> None:
        for child in parent.__subclasses__():
            found[f"{child.__module__}.{child.__qualname__}"] = child
            walk(child)

    walk(Refusal)
    return list(found.values())
