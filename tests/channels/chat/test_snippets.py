"""The functions of docs/identity.md, run as they stand there: what they sign, the chat takes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jwt
import pytest

from kithdesk.core.clock import ManualClock
from tests.channels.chat.sites import Site

PAGE = (Path(__file__).parents[3] / "docs/identity.md").read_text()

PROGRAMS: dict[str, tuple[str, list[str], str]] = {
    "python": (
        "sign.py",
        [sys.executable],
        "{snippet}\nclass User:\n    id = 42\n    name = 'Ana Ümit'\nprint(kithdesk_token(User))\n",
    ),
    "js": ("sign.mjs", ["node"], "{snippet}\nconsole.log(kithdeskToken({{ id: 42, name: 'Ana Ümit' }}));\n"),
    "php": ("sign.php", ["php"], "<?php\n{snippet}\necho kithdesk_token('42', 'Ana Ümit');\n"),
    "ruby": (
        "sign.rb",
        ["ruby"],
        "{snippet}\nputs kithdesk_token(Struct.new(:id, :name).new(42, 'Ana Ümit'))\n",
    ),
}
ALWAYS = {"python", "js"}


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("language", PROGRAMS)
async def test_what_the_documented_function_signs_is_taken(
    site: Site, clock: ManualClock, tmp_path: Path, language: str
) -> None:
    name, command, program = PROGRAMS[language]
    if language not in ALWAYS and shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    [snippet] = [block for block in blocks if "HS256" in block]
    file = tmp_path / name
    file.write_text(program.format(snippet=snippet))
    environment = {**os.environ, "KITHDESK_IDENTITY_SECRET": site.secret}

    token = _printed([*command, str(file)], environment)
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
