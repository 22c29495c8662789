"""What routing refuses, and how it says so."""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.core.errors import BadParameter, Conflict, Forbidden, NotFound

MOST_NAMED = 5
"""Of what uses something."""


class UnknownQueue(BadParameter):
    """A conversation is sent to a queue that the organisation does not have."""

    def __init__(self, parameter: str = "queue") -> None:
        super().__init__("There is no such queue.", parameter=parameter)


class UnknownAssignee(BadParameter):
    """A conversation is given to somebody who is not an active agent, or to a team that is not there."""

    def __init__(self, parameter: str) -> None:
        super().__init__("There is nobody by this id to give it to.", parameter=parameter)


class UnknownStatus(BadParameter):
    """Not one of available, busy, unavailable, offline."""

    def __init__(self) -> None:
        super().__init__("A status is available, busy, unavailable or offline.", parameter="status")


class UndeclaredReason(BadParameter):
    """The organisation has declared for what agents may be unavailable, and this is not among it."""

    def __init__(self) -> None:
        super().__init__("This is not among the declared reasons.", parameter="reason")


class NotTheirTeam(BadParameter):
    """An agent says they work as a team that they are not in, or that is not routed to."""

    def __init__(self) -> None:
        super().__init__("The agent is in no such team that is routed to.", parameter="team")


class UnknownSkill(BadParameter):
    """A skill that was not declared."""

    def __init__(self, parameter: str = "skills") -> None:
        super().__init__("There is no such skill.", parameter=parameter)


class UnknownTeam(NotFound):
    """Settings of a team that is not there."""


class KeyTaken(Conflict):
    """Another record has this key."""

    code = "key_taken"


class QueueInUse(Conflict):
    """Something still sends work into this queue. The detail names it."""

    code = "queue_in_use"

    def __init__(self, *, rules: Sequence[str], overflows: Sequence[str]) -> None:
        by = (("queue rules", rules), ("the overflow of queues", overflows))
        said = " and ".join(f"{what} {_named(names)}" for what, names in by if names)
        super().__init__(f"Used by {said}.")


class SkillInUse(Conflict):
    """A rule still requires this skill. The detail names it."""

    code = "skill_in_use"

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__(f"Used by queue rules {_named(rules)}.")


class TooManyQueues(Conflict):
    """There are as many queues as there may be."""

    code = "too_many_queues"

    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} queues already; delete one first.")


class TooManyRules(Conflict):
    """There are as many queue rules as there may be."""

    code = "too_many_rules"

    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} queue rules already; delete one first.")


class TooManySkills(Conflict):
    """There are as many skills as there may be."""

    code = "too_many_skills"

    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} skills already; delete one first.")


class DefaultQueueStays(Conflict):
    """Work enters the default queue when nothing says otherwise: it cannot be deleted."""

    code = "default_queue_stays"


class OfferGone(Conflict):
    """The agent is not, or no longer, asked to take this item."""

    code = "offer_gone"


class NotWrappingUp(Conflict):
    """The item is not being wrapped up by the agent."""

    code = "not_wrapping_up"


class TeamNotRouted(Conflict):
    """The team serves no queue: nobody of it would ever be asked. The detail names it."""

    code = "team_not_routed"

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” serves no queue: nobody of it would be asked.")


class TransferRestricted(Forbidden):
    """The agent's team may not give work there."""

    code = "transfer_restricted"


def _named(names: Sequence[str]) -> str:
    listed = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    return listed if len(names) <= MOST_NAMED else f"{listed} and {len(names) - MOST_NAMED} more"


class NotAnAgent(Forbidden):
    """A program has no presence: nothing is routed to it."""

    def __init__(self) -> None:
        super().__init__("A program has no status.")


class SomeoneElsesStatus(Forbidden):
    """An agent sets their own status; only an administrator sets another's."""

    def __init__(self) -> None:
        super().__init__("Only an administrator sets the status of another agent.")


class SomeoneElsesWork(Forbidden):
    """Agents read what they have in hand themselves; only an administrator reads another's."""

    def __init__(self) -> None:
        super().__init__("Only an administrator reads what another agent has in hand.")


class UnknownState(BadParameter):
    """Not a state in which work is in somebody's hands."""

    def __init__(self) -> None:
        super().__init__("States are offered, assigned and wrap_up, with commas.", parameter="status")
