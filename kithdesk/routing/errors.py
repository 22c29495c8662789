"""What routing refuses, and how it says so."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Forbidden, NotFound


class UnknownQueue(BadParameter):
    """A conversation is sent to a queue that the organisation does not have."""

    def __init__(self) -> None:
        super().__init__("There is no such queue.", parameter="queue")


class UnknownAssignee(BadParameter):
    """A conversation is given to somebody who is not an active agent, or to a team that is not there."""

    def __init__(self, parameter: str) -> None:
        super().__init__("There is nobody by this id to give it to.", parameter=parameter)


class UnknownStatus(BadParameter):
    """Not one of available, busy, unavailable, offline."""

    def __init__(self) -> None:
        super().__init__("A status is available, busy, unavailable or offline.", parameter="status")


class UnknownTeam(NotFound):
    """Settings of a team that is not there."""


class NotAnAgent(Forbidden):
    """A program has no presence: nothing is routed to it."""

    def __init__(self) -> None:
        super().__init__("A program has no status.")


class SomeoneElsesStatus(Forbidden):
    """An agent sets their own status; only an administrator sets another's."""

    def __init__(self) -> None:
        super().__init__("Only an administrator sets the status of another agent.")
