"""What is refused about attributes and their values.

BadParameter 400                 Conflict 409               Forbidden 403            NotFound 404
├── UndeclaredAttribute          └── AttributeIsFixed       └── SensitiveAttribute   └── UnknownOwner
├── WrongValue
└── MissingAttribute
"""

from __future__ import annotations

from typing import ClassVar

from kithdesk.core.errors import BadParameter, Conflict, Forbidden, NotFound

_MAX_SHOWN = 200


class UnknownOwner(NotFound):
    """There is no such kind of record."""


class UndeclaredAttribute(BadParameter):
    """`custom` names an attribute that the organisation has not declared."""

    title: ClassVar[str] = "Additional properties not allowed"

    def __init__(self, name: str, parameter: str = "custom") -> None:
        super().__init__(f"/properties/{parameter}/additionalProperties", parameter=name[:_MAX_SHOWN])


class WrongValue(BadParameter):
    """A value is not of its attribute's type."""

    def __init__(self, name: str, wish: str, parameter: str = "custom") -> None:
        super().__init__(f"{name}: {wish}", parameter=f"{parameter}.{name}"[:_MAX_SHOWN])


class MissingAttribute(BadParameter):
    """An attribute that every record must have is missing, or was to be cleared."""

    title: ClassVar[str] = "Required attribute"

    def __init__(self, name: str, parameter: str = "custom") -> None:
        super().__init__(f"{name} is required.", parameter=f"{parameter}.{name}"[:_MAX_SHOWN])


class SensitiveAttribute(Forbidden):
    """Only administrators read and write it."""

    code: ClassVar[str] = "sensitive_attribute"

    def __init__(self, name: str, parameter: str = "custom") -> None:
        super().__init__(
            f"{name} is sensitive: only administrators change it.",
            parameter=f"{parameter}.{name}"[:_MAX_SHOWN],
        )


class AttributeIsFixed(Conflict):
    """An attribute's type, whether it is a list, and what it was readable for do not change."""

    code: ClassVar[str] = "attribute_is_fixed"
    title: ClassVar[str] = "This does not change once declared"
