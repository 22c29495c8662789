"""Writes what is generated from the Python declarations; with `--check`, only says what would change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Each of these modules has `generated() -> dict[str, str]`: path in the repository → whole text of that file.
# It must say the same on every run: no dates, no sets in their own order.
GENERATORS: tuple[str, ...] = ("scripts.reference.pages", "scripts.reference.typescript")


def stale(files: Iterable[tuple[str, str]], *, root: Path = ROOT) -> dict[str, str]:
    """Those files that are not on disk exactly as they should be."""
    return {path: text for path, text in files if _on_disk(root / path) != text}


def _on_disk(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _expected() -> Iterable[tuple[str, str]]:
    for name in GENERATORS:
        generated: Callable[[], dict[str, str]] = import_module(name).generated
        yield from generated().items()


def main() -> int:
    """Write or check; 1 when something was out of date and only looked at."""
    outdated = stale(_expected())
    if "--check" in sys.argv[1:]:
        for path in outdated:
            print(f"{path} is out of date: make generate")
        return 1 if outdated else 0
    for path, text in outdated.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
