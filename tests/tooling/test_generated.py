"""Generated files are what the declarations say, to the byte."""

from __future__ import annotations

from pathlib import Path

from scripts.generated import stale


def test_a_file_that_is_as_it_should_be_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "events.md").write_text("# Events\n")

    assert stale([("events.md", "# Events\n")], root=tmp_path) == {}


def test_a_changed_and_a_missing_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "events.md").write_text("# Events\n")

    outdated = stale([("events.md", "# Events of today\n"), ("errors.md", "# Errors\n")], root=tmp_path)

    assert set(outdated) == {"events.md", "errors.md"}
