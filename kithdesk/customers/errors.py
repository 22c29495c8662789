"""What this slice refuses, and how it says so."""

from __future__ import annotations

from typing import Any

from kithdesk.core.errors import BadParameter, Conflict, Forbidden, Unauthorized


class AddressTaken(Conflict):
    """An e-mail, telephone number or external id belongs to another customer. Agents are told whose: `meta.customer`
    has `id` and `displayName`."""

    code = "address_taken"

    def __init__(self, parameter: str, owner: dict[str, Any] | None = None) -> None:
        meta = None if owner is None else {"customer": owner}
        super().__init__("Another customer has it already.", parameter=parameter, meta=meta)


class CustomerHasPast(Conflict):
    """There is a conversation, a custom object, a browser, a merge or a tracked event of this customer, so the record
    stays."""

    code = "customer_has_past"

    def __init__(self) -> None:
        super().__init__("Only a customer without a past of their own can be removed.")


class NotYoursToDate(Forbidden):
    """Only administrators may say when a record was made, or by whom."""

    def __init__(self, parameter: str) -> None:
        super().__init__("Only administrators may set it.", parameter=parameter)


class TooManyAttributes(BadParameter):
    """What a page says of somebody or something is bounded: at once, and all of it together."""

    def __init__(self, parameter: str) -> None:
        super().__init__("Too many attributes, or too much in them.", parameter=parameter)


class IdentityMoved(Unauthorized):
    """The visitor logged in meanwhile: the old token's customer was merged away. Come back with the new token."""

    code = "identity_moved"

    def __init__(self) -> None:
        super().__init__("This visitor has logged in meanwhile.")
