"""Commands that make organisations, keys and agents, in the folder or through the server that owns it."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from kithdesk.cli.options import (
    Data,
    Json,
    Organisation,
    Password,
    folder_of,
    installation_of,
    room_on_disk,
    text_in,
)
from kithdesk.cli.output import fail, show

if TYPE_CHECKING:
    from kithdesk.core.settings import Settings


def init(
    *,
    org: str,
    email: str,
    name: Annotated[str | None, Parameter(help="What the administrator is called.")] = None,
    data: Data = None,
    password_file: Password = None,
    rotate: Annotated[bool, Parameter(negative="", help="Make a new API key.")] = False,
    json: Json = False,
) -> None:
    """Make an organisation with its first administrator, an API key and a widget; or show it again."""
    settings = folder_of(data)
    made = _command(
        "init",
        settings,
        org=org,
        email=email,
        name=name,
        password=_password(password_file),
        rotate=rotate,
    )
    show(made, json, lambda made: describe_init(made, settings, data))


def create_api_key(
    *, name: str, role: str = "admin", data: Data = None, org: Organisation = None, json: Json = False
) -> None:
    """Make an API key. It is shown once."""
    made = _command("api-key create", installation_of(data), name=name, role=role, org=org)
    show(made, json, lambda key: str(key["apiKey"]))


def create_agent(
    *,
    email: str,
    name: str,
    password_file: Password = None,
    role: Annotated[str | None, Parameter(help="agent or admin; a new agent is an agent.")] = None,
    data: Data = None,
    org: Organisation = None,
    json: Json = False,
) -> None:
    """Make an agent, or find the one with this address."""
    made = _command(
        "agent create",
        installation_of(data),
        email=email,
        name=name,
        password=_password(password_file),
        role=role,
        org=org,
    )
    show(made, json, describe_agent)


def describe_init(made: dict[str, Any], settings: Settings, data: Path | None) -> str:
    """For a person: what there is, and what to do next."""
    from kithdesk.access.provisioning import DEFAULT_BASE_URL

    address, key = settings.base_url or DEFAULT_BASE_URL, made["widget"]["key"]
    lines = [
        f"organisation   {made['org']['name']} ({made['org']['id']})",
        f"administrator  {made['admin']['email']}",
        f"widget key     {key}",
        f"API key        {made['apiKey'] or 'made earlier; --rotate makes a new one'}",
        "",
        _who_serves(settings),
        f"  kithdesk serve{'' if data is None else f' --data {quote(str(data))}'}",
    ]
    if "setupUrl" in made:
        lines += [
            f"Choose your password (works once, until {made['setupUrlExpiresAt']}):",
            f"  {made['setupUrl']}",
        ]
    lines += [
        "Put the chat on your pages:",
        f'  <script src="{address}/widget.js" data-kithdesk-key="{key}" async></script>',
    ]
    return "\n".join(lines)


def _who_serves(settings: Settings) -> str:
    if settings.database_url is None:
        return "Start the server, unless it runs already:"
    return "Servers that run with these settings know it already. Where none does, start one:"


def describe_agent(made: dict[str, Any]) -> str:
    if "setupUrl" not in made:
        return f"{made['email']} ({made['id']})"
    return (
        f"{made['setupUrl']}\nA password is chosen there: it works once, until {made['setupUrlExpiresAt']}."
    )


def _command(command: str, settings: Settings, **arguments: Any) -> dict[str, Any]:
    import asyncio

    from kithdesk import control
    from kithdesk.core import logs
    from kithdesk.core.errors import Overloaded
    from kithdesk.core.migrate import UnfitDatabase, Unreachable
    from kithdesk.core.sealing import NoKey

    logs.configure("error")
    try:
        with room_on_disk():
            return asyncio.run(control.run(settings, command, **arguments))
    except (control.CommandFailed, UnfitDatabase, Unreachable, NoKey, Overloaded) as problem:
        fail(str(problem))


def _password(file: Path | None) -> str | None:
    return None if file is None else text_in(file, "password file")
