"""What the doors for shops refuse."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Conflict, Unauthorized


class NotSigned(Unauthorized):
    """The body is not signed with this integration's secret, or there is no such integration: the same answer."""

    code = "hook_not_signed"


class NotUnderstood(BadParameter):
    """A genuine delivery whose body is not what this provider sends for its topic."""

    code = "hook_not_understood"


class IntegrationDisabled(Conflict):
    """An administrator has switched this integration off: nothing is taken until it is on again."""

    code = "integration_disabled"


class UnknownHandle(BadParameter):
    """No shop of this provider had that handle and was let go."""

    code = "unknown_handle"

    def __init__(self) -> None:
        super().__init__("No shop of this provider had this handle and was let go.", parameter="continues")


class TooManyIntegrations(Conflict):
    """An organisation has up to fifty."""

    code = "too_many_integrations"

    def __init__(self) -> None:
        super().__init__("There are fifty integrations already.")
