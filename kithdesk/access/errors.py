"""What this slice refuses, and how it says so."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Conflict, Forbidden, Unauthorized


class WrongPassword(Unauthorized):
    """The e-mail or the password is wrong. Never says which, and is the same for an unknown address."""

    def __init__(self) -> None:
        super().__init__("The e-mail or the password is wrong.")


class SeveralOrganisations(Conflict):
    """The address belongs to several organisations: say which one with `domain`. Told only after a right password."""

    code = "several_organisations"

    def __init__(self) -> None:
        super().__init__("This address is in several organisations. Name one of them.", parameter="domain")


class DeadLink(Unauthorized):
    """A sign-in or setup link that was used, is too old, was replaced by a newer one, or never was."""

    code = "dead_link"

    def __init__(self) -> None:
        super().__init__("This link was used already, or is too old. Ask for a new one.")


class WeakPassword(BadParameter):
    """A password that is too short, or that anyone would guess."""

    code = "weak_password"

    def __init__(self, why: str) -> None:
        super().__init__(why, parameter="password")


class ForeignOrigin(Forbidden):
    """A page of another origin tried to act with an agent's cookie."""

    code = "foreign_origin"

    def __init__(self) -> None:
        super().__init__("This was not sent from the console.")


class ConfirmationNeeded(Forbidden):
    """The password was given too long ago for this; `PUT /v1/auth/tokens/current` takes it again."""

    code = "confirmation_needed"

    def __init__(self) -> None:
        super().__init__("Confirm your password first.")


class NameTaken(Conflict):
    """Another organisation, team or user has it already."""

    def __init__(self, parameter: str, what: str) -> None:
        super().__init__(f"There is already {what}.", parameter=parameter)


class OtherRoles(Conflict):
    """There is an agent of this address already, and with other roles than were asked for."""

    def __init__(self, roles: str) -> None:
        super().__init__(
            f"There is an agent with this e-mail, as {roles}; `PUT /v1/users/ID` changes that.",
            parameter="role",
        )


class LastAdministrator(Conflict):
    """An organisation keeps at least one administrator who can sign in."""

    code = "last_administrator"

    def __init__(self) -> None:
        super().__init__("This is the last administrator.")


class AnotherAdministrator(Conflict):
    """The organisation was set up for another address."""

    def __init__(self) -> None:
        super().__init__("This organisation exists and was set up for another e-mail.", parameter="email")


class NewestSecret(Conflict):
    """The newest identity secret cannot be ended: another is made first."""

    code = "newest_secret"

    def __init__(self) -> None:
        super().__init__("Pages could sign with nothing then. Make a new secret first.")


class TooManySecrets(Conflict):
    """So many identity secrets sign at the same time that another would help nobody."""

    code = "too_many_secrets"

    def __init__(self) -> None:
        super().__init__("Older secrets still sign. End them first, or wait until they have ended.")
