"""The command line. Each command imports what it needs, so that `--help` is quick."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

from cyclopts import App, Parameter

from kithdesk import __version__

Data = Annotated[
    Path | None,
    Parameter("--data", help="Folder of the database and the files. [KITHDESK_DATA, ./kithdesk-data]"),
]
Organisation = Annotated[str | None, Parameter("--org", help="Which organisation, where there are several.")]
Json = Annotated[bool, Parameter("--json", negative="", help="Print one JSON object and nothing else.")]
Password = Annotated[Path | None, Parameter("--password-file", help="A file with the password.")]

app = App(
    name="kithdesk", version=__version__, help="Customer service in one program: chat, inboxes, one timeline."
)
api_key = App(name="api-key", help="Keys for programs.")
agent = App(name="agent", help="People who answer.")
app.command(api_key)
app.command(agent)


def main() -> None:
    """The `kithdesk` program."""
    app()


@app.command
def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    data: Data = None,
    no_jobs: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Migrate, then serve. SIGTERM drains and exits with 0.

    Parameters
    ----------
    host: Address to listen on.
    port: Port to listen on.
    no_jobs: Leave jobs that reach outside to workers; timers and routing still run.
    """
    from kithdesk import server

    settings = _settings(data)
    _run(lambda: server.serve(settings, host, port, effects=not no_jobs))


@app.command
def demo(*, host: str = "127.0.0.1", port: int = 8080, data: Data = None) -> None:
    """Serve with a demo shop, data to look at and one-click sign-in. Only for a folder of its own."""
    from kithdesk import demo_server
    from kithdesk.demo import NotADemoFolder

    settings = _settings(data, default=Path("./kithdesk-demo"))
    try:
        _run(lambda: demo_server.serve(settings, host, port))
    except NotADemoFolder as problem:
        _fail(str(problem))


@app.command
def init(
    *,
    org: str,
    email: str,
    data: Data = None,
    password_file: Password = None,
    rotate: Annotated[bool, Parameter(negative="", help="Make a new API key.")] = False,
    json: Json = False,
) -> None:
    """Make an organisation with its first administrator, an API key and a widget; or show it again."""
    result = _command("init", data, org=org, email=email, password=_password(password_file), rotate=rotate)
    _show(result, json, _describe_init)


@api_key.command(name="create")
def api_key_create(
    *, name: str, role: str = "admin", data: Data = None, org: Organisation = None, json: Json = False
) -> None:
    """Make an API key. It is shown once."""
    _show(_command("api-key create", data, name=name, role=role, org=org), json, lambda key: key["apiKey"])


@agent.command(name="create")
def agent_create(
    *,
    email: str,
    name: str,
    password_file: Password = None,
    role: str = "agent",
    data: Data = None,
    org: Organisation = None,
    json: Json = False,
) -> None:
    """Make an agent, or find the one with this address."""
    result = _command(
        "agent create", data, email=email, name=name, password=_password(password_file), role=role, org=org
    )
    _show(result, json, lambda made: made.get("setupUrl") or f"{made['email']} ({made['id']})")


@app.command
def worker() -> None:
    """Run jobs beside other servers. Needs PostgreSQL: on SQLite the server runs its own."""
    _fail("a worker needs PostgreSQL; on SQLite `kithdesk serve` runs the jobs itself", code=2)


@app.command
def migrate(*, data: Data = None) -> None:
    """Bring the database to this version's schema."""
    from kithdesk.core import desk, migrate
    from kithdesk.core.sqlite import database_path

    settings = _settings(data)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with desk.lock_data(settings.data):
            migrate.upgrade(database_path(settings.data))
    except (desk.DataInUse, migrate.SchemaIsNewer) as problem:
        _fail(str(problem))
    print(f"schema {migrate.HEAD}")


@app.command
def doctor(*, data: Data = None, json: Json = False) -> None:
    """Look for what could go wrong, and say what to do."""
    from kithdesk.core import doctor

    findings = list(doctor.examine(_settings(data)))
    problems = sum(finding.level == "problem" for finding in findings)
    if json:
        _print_json({"findings": [{"check": f.check, "level": f.level, "words": f.words} for f in findings]})
    else:
        for finding in findings:
            print(f"{finding.level:8} {finding.check:11} {finding.words}")
    sys.exit(1 if problems else 0)


@app.command
def replay(
    *, repair: Annotated[bool, Parameter(negative="")] = False, data: Data = None, json: Json = False
) -> None:
    """Rebuild every projection from the journal and compare; exits with 1 on a difference.

    Parameters
    ----------
    repair: Put the rebuilt rows in place. Only with the server stopped.
    """
    from contextlib import nullcontext

    from kithdesk.app import WIRING
    from kithdesk.core import desk, replay
    from kithdesk.core.sqlite import database_path

    settings = _settings(data)
    path = database_path(settings.data)
    if not path.exists():
        _fail(f"there is no database in {settings.data}")
    try:
        with desk.lock_data(settings.data) if repair else nullcontext():
            report = replay.replay(path, WIRING, repair=repair, progress=_progress(json))
    except desk.DataInUse as problem:
        _fail(f"{problem}; stop the server before repairing")
    if json:
        _print_json(
            {
                "events": report.events,
                "rows": report.rows,
                "differingRows": report.differing_rows,
                "differences": report.differences,
                "repaired": repair and not report.agrees,
            }
        )
    else:
        print(f"{report.events} events, {sum(report.rows.values())} rows, {report.differing_rows} differ")
        for difference in report.differences:
            place = f"{difference['table']} {difference['key']}"
            print(f"  {place}: is {difference['is']}, should be {difference['should_be']}")
    sys.exit(0 if report.agrees else 1)


@app.command
def backup(file: Path, /, *, data: Data = None, json: Json = False) -> None:
    """Write everything but the secret key into one file, beside a running server or not."""
    from kithdesk.core import backup
    from kithdesk.core.sqlite import database_path

    settings = _settings(data)
    if not database_path(settings.data).exists():
        _fail(f"there is no database in {settings.data}")
    try:
        result = backup.backup(settings.data, file, _say)
    except OSError as problem:
        _fail(f"the backup cannot be written: {problem}")
    _show(result, json, lambda done: f"{done['file']}: {done['bytes']} bytes, {done['files']} files")


@app.command
def restore(file: Path, /, *, data: Data = None, json: Json = False) -> None:
    """Unpack a backup into an empty folder."""
    from kithdesk.core import backup, desk

    settings = _settings(data)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with desk.lock_data(settings.data):
            result = backup.restore(settings.data, file, _say)
    except (desk.DataInUse, backup.NotABackup, backup.FolderNotEmpty) as problem:
        _fail(str(problem))
    _show(result, json, lambda done: f"restored, schema {done['schema']}; the secret key is not in a backup")


def _settings(data: Path | None, default: Path | None = None) -> Any:
    from pydantic import ValidationError

    from kithdesk.core.settings import Settings

    for later in ("DATABASE_URL", "BUS_URL", "STORAGE_URL"):
        if os.environ.get(f"KITHDESK_{later}"):
            _fail(f"KITHDESK_{later} is set, and this version knows only SQLite and one process", code=2)
    try:
        settings = Settings()
    except ValidationError as problem:
        _fail("; ".join(f"KITHDESK_{str(e['loc'][0]).upper()}: {e['msg']}" for e in problem.errors()))
    if data is not None:
        settings.data = data
    elif default is not None and "data" not in settings.model_fields_set:
        settings.data = default
    return settings


def _run(serve: Callable[[], Any]) -> None:
    import uvloop

    from kithdesk.core import logs
    from kithdesk.core.desk import DataInUse
    from kithdesk.core.migrate import SchemaIsNewer

    logs.configure(_settings(None).log_level)
    try:
        uvloop.run(serve())
    except (DataInUse, SchemaIsNewer, ValueError) as problem:
        _fail(str(problem))


def _command(command: str, data: Path | None, **arguments: Any) -> dict[str, Any]:
    import asyncio

    from kithdesk import control
    from kithdesk.core import logs
    from kithdesk.core.migrate import SchemaIsNewer

    logs.configure("error")
    try:
        return asyncio.run(control.run(_settings(data), command, **arguments))
    except (control.CommandFailed, SchemaIsNewer) as problem:
        _fail(str(problem))


def _password(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as problem:
        _fail(f"the password file cannot be read: {problem}")


def _describe_init(result: dict[str, Any]) -> str:
    lines = [
        f"organisation  {result['org']['name']} ({result['org']['id']})",
        f"administrator {result['admin']['email']}",
        f"widget key    {result['widget']['key']}",
        f"API key       {result['apiKey'] or 'made earlier; --rotate makes a new one'}",
    ]
    if result.get("setupUrl"):
        lines.append(f"set a password at {result['setupUrl']}")
    return "\n".join(lines)


def _show(result: dict[str, Any], as_json: bool, describe: Callable[[dict[str, Any]], str]) -> None:
    if as_json:
        _print_json(result)
    else:
        print(describe(result))


def _print_json(result: dict[str, Any]) -> None:
    print(json.dumps(result, ensure_ascii=False))


def _progress(quiet: bool) -> Callable[[int, int], None] | None:
    if quiet or not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        print(f"\r{done}/{total} events", end="" if done < total else "\n", file=sys.stderr)

    return show


def _say(words: str) -> None:
    if sys.stderr.isatty():
        print(words, file=sys.stderr)


def _fail(words: str, code: int = 1) -> NoReturn:
    print(f"kithdesk: {words}", file=sys.stderr)
    sys.exit(code)
