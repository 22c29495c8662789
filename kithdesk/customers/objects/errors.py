"""What custom objects refuse, and how they say so."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Conflict


class KlassTaken(Conflict):
    """A klass has this name already; letters of either case are the same."""

    code = "klass_taken"

    def __init__(self) -> None:
        super().__init__("There is a klass of this name already.", parameter="name")


class KlassInUse(Conflict):
    """A klass with records stays: they would be of no kind. Its status puts it away."""

    code = "klass_in_use"

    def __init__(self, records: int) -> None:
        super().__init__(
            f"Records of this klass: {records}. Delete them first, or set its status to disabled."
        )


class KlassClosed(Conflict):
    """The klass takes no new records, or no changes at all."""

    code = "klass_closed"

    def __init__(self, status: str) -> None:
        what = "no new records" if status == "existing_only" else "no changes"
        super().__init__(f"The status of this klass is {status}: it takes {what}.", parameter="klass")


class KeptElsewhere(Conflict):
    """Another system keeps the record: what a person wrote into it by hand would be written over."""

    code = "kept_elsewhere"

    def __init__(self, keeper: str) -> None:
        where = "A connected shop" if keeper == "shop" else "Another system"
        super().__init__(f"{where} keeps these records: change them there.", parameter="klass")


class ExternalIdTaken(Conflict):
    """Another record of the klass has this external id."""

    code = "external_id_taken"

    def __init__(self) -> None:
        super().__init__("Another record of this klass has it already.", parameter="externalId")


class OfAnotherCustomer(Conflict):
    """A record and the conversation it is put to are of two customers."""

    code = "of_another_customer"

    def __init__(self) -> None:
        super().__init__("The record is another customer's.", parameter="conversation")


class NoCustomerYet(Conflict):
    """Of a visitor who has neither written nor logged in nothing is kept."""

    code = "no_customer_yet"

    def __init__(self) -> None:
        super().__init__("This visitor has neither written nor logged in: nothing is kept of them.")


class UnknownIcon(BadParameter):
    """Icons are of a fixed list, which the console draws."""

    def __init__(self, parameter: str) -> None:
        super().__init__("There is no such icon. docs/objects.md lists them.", parameter=parameter)
