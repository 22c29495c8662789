"""The import contract that keeps a slice's files to itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Two slices over the spine, under the contracts of this repository."""
    shutil.copy(ROOT / ".importlinter", tmp_path)
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in _names_in_order():
        _write(tmp_path, f"{name}/__init__.py")
    for name in ("conversations", "customers", "access", "core"):
        for file in ("__init__.py", "tables.py", "queries.py"):
            _write(tmp_path, f"{name}/{file}")
    _write(tmp_path, "core/journal_rows.py")
    _write(tmp_path, "__init__.py")
    return tmp_path


def test_a_slice_reads_its_own_rows_and_the_spine(house: Path) -> None:
    _write(
        house,
        "conversations/replying.py",
        "import kithdesk.conversations.tables\nimport kithdesk.core.tables\n",
    )

    assert _complaints(house) == ""


def test_a_slice_may_not_read_the_rows_below_it(house: Path) -> None:
    _write(house, "conversations/replying.py", "from kithdesk.customers import queries\n")

    assert "kithdesk.conversations.replying imports kithdesk.customers.queries" in _complaints(house)


def test_a_folder_of_queries_is_as_private_as_a_file(house: Path) -> None:
    _write(house, "channels/chat/queries/__init__.py")
    _write(house, "channels/chat/queries/sessions.py")
    _write(house, "channels/chat/__init__.py", "import kithdesk.channels.chat.queries.sessions\n")
    assert _complaints(house) == ""

    _write(house, "demo/__init__.py", "import kithdesk.channels.chat.queries.sessions\n")

    assert "kithdesk.demo imports kithdesk.channels.chat.queries.sessions" in _complaints(house)


@pytest.mark.parametrize(
    "file", ["schemas", "rendering", "projections", "entities", "replying", "routes.paths"]
)
def test_whatever_a_slice_has_is_behind_its_front_door(house: Path, file: str) -> None:
    _write(house, "customers/routes/__init__.py")
    _write(house, f"customers/{file.replace('.', '/')}.py")
    _write(house, "conversations/replying.py", "import kithdesk.customers\n")
    assert _complaints(house) == ""

    _write(house, "conversations/replying.py", f"import kithdesk.customers.{file}\n")

    assert f"kithdesk.conversations.replying imports kithdesk.customers.{file}" in _complaints(house)


@pytest.mark.parametrize("file", ["ids", "events", "errors"])
def test_what_travels_with_every_call_is_open(house: Path, file: str) -> None:
    _write(house, f"customers/{file}.py")
    _write(house, "conversations/replying.py", f"import kithdesk.customers.{file}\n")

    assert _complaints(house) == ""


def test_composition_takes_slices_apart_but_not_their_rows(house: Path) -> None:
    _write(house, "customers/projections.py")
    _write(house, "app/__init__.py", "import kithdesk.customers.projections\n")
    assert _complaints(house) == ""

    _write(house, "app/__init__.py", "import kithdesk.customers.tables\n")

    assert "kithdesk.app imports kithdesk.customers.tables" in _complaints(house)


def test_a_lower_slice_may_not_call_a_higher_one(house: Path) -> None:
    _write(house, "customers/merging.py", "import kithdesk.conversations\n")

    assert "kithdesk.customers.merging -> kithdesk.conversations" in _complaints(house)


def test_a_module_without_a_place_in_the_order_is_refused(house: Path) -> None:
    _write(house, "utils.py")

    assert "- kithdesk.utils" in _complaints(house)


def _names_in_order() -> list[str]:
    """Every slice that the contract lists, so that a new one does not break this test."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter")
    layers = contracts["importlinter:contract:order"]["layers"]
    return [name.strip(" ()") for line in layers.strip().splitlines() for name in line.split("|")]


def _write(house: Path, file: str, text: str = "") -> None:
    path = house / "kithdesk" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _complaints(house: Path) -> str:
    """What the linter prints when it refuses, or nothing."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache", "--no-logo"], cwd=house, capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode else ""
