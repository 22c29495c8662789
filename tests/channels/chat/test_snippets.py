"""The functions of docs/identity.md and of the settings page, run as they stand: what they sign, the chat takes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import jwt
import pytest

from kithdesk.core.clock import ManualClock
from tests.channels.chat.sites import Site

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/identity.md").read_text()
SETTINGS = (ROOT / "web/console/src/settings/identity/snippets.ts").read_text()

CLASS = "class User:\n    id = 42\n    name = 'Ana Ümit'\n"
GO_IMPORTS = '"crypto/hmac"; "crypto/sha256"; "encoding/base64"; "encoding/json"; "fmt"; "os"; "time"'
GO_MAIN = "func main() {{ token, _ := {name}(`42`, `Ana Ümit`); fmt.Println(token) }}\n"


class Program(NamedTuple):
    """How a function is called: `SNIPPET` stands for it."""

    file: str
    command: tuple[str, ...]
    text: str


IN_DOCS = {
    "python": Program("sign.py", (sys.executable,), f"SNIPPET\n{CLASS}print(kithdesk_token(User))\n"),
    "js": Program(
        "sign.mjs", ("node",), "SNIPPET\nconsole.log(kithdeskToken({ id: 42, name: 'Ana Ümit' }));\n"
    ),
    "php": Program("sign.php", ("php",), "<?php\nSNIPPET\necho kithdesk_token('42', 'Ana Ümit');\n"),
    "ruby": Program(
        "sign.rb", ("ruby",), "SNIPPET\nputs kithdesk_token(Struct.new(:id, :name).new(42, 'Ana Ümit'))\n"
    ),
    "go": Program(
        "sign.go",
        ("go", "run"),
        f"package main\nimport ({GO_IMPORTS})\nSNIPPET\n{GO_MAIN.format(name='kithdeskToken')}",
    ),
}
IN_SETTINGS = {
    "python": Program("sign.py", (sys.executable,), f"SNIPPET\n{CLASS}print(identity_token(User))\n"),
    "node": Program(
        "sign.mjs", ("node",), "SNIPPET\nconsole.log(identityToken({ id: 42, name: 'Ana Ümit' }));\n"
    ),
    "php": Program(
        "sign.php", ("php",), "SNIPPET\necho identity_token((object) ['id' => 42, 'name' => 'Ana Ümit']);\n"
    ),
    "ruby": Program(
        "sign.rb", ("ruby",), "SNIPPET\nputs identity_token(Struct.new(:id, :name).new(42, 'Ana Ümit'))\n"
    ),
    "go": Program("sign.go", ("go", "run"), f"SNIPPET\n{GO_MAIN.format(name='IdentityToken')}"),
}
ALWAYS = {"python", "js", "node"}


def _cases(programs: dict[str, Program]) -> list[object]:
    """A cold compiler takes longer than all the others together."""
    return [
        pytest.param(language, marks=[pytest.mark.long] if language == "go" else []) for language in programs
    ]


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("language", _cases(IN_DOCS))
async def test_what_the_documented_function_signs_is_taken(
    site: Site, clock: ManualClock, tmp_path: Path, language: str
) -> None:
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    [snippet] = [block for block in blocks if "HS256" in block]

    await _check(site, clock, tmp_path, language, IN_DOCS[language], snippet)


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("language", _cases(IN_SETTINGS))
async def test_what_the_function_of_the_settings_page_signs_is_taken(
    site: Site, clock: ManualClock, tmp_path: Path, language: str
) -> None:
    [written] = re.findall(rf"^  {language}: `((?:[^`\\]|\\.)*)`,$", SETTINGS, re.MULTILINE)
    snippet = re.sub(r"\\([`$\\])", r"\1", written)
    if language == "go":
        snippet = snippet.replace("package shop", "package main").replace("import (", 'import (\n\t"fmt"')

    await _check(site, clock, tmp_path, language, IN_SETTINGS[language], snippet)


async def _check(
    site: Site, clock: ManualClock, folder: Path, language: str, program: Program, snippet: str
) -> None:
    if language not in ALWAYS and shutil.which(program.command[0]) is None:
        pytest.skip(f"{program.command[0]} is not installed")
    file = folder / program.file
    file.write_text(program.text.replace("SNIPPET", snippet))
    environment = {**os.environ, "KITHDESK_IDENTITY_SECRET": site.secret}

    token = _printed([*program.command, str(file)], environment)
    clock.advance(seconds=_issued_at(token) - clock.now() / 1000)
    answer = await (await site.visitor()).post("/c/v1/identity", json={"externalToken": token})

    assert answer.status_code == 200, answer.text
    assert answer.json()["data"]["attributes"]["externalId"] == "42"
    assert "Ana Ümit" in str(await site.customers())


def _printed(command: list[str], environment: dict[str, str]) -> str:
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def _issued_at(token: str) -> int:
    issued: int = jwt.decode(token, options={"verify_signature": False})["iat"]
    return issued
