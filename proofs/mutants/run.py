"""`python -m proofs.mutants.run NAME serve …`: the product's command with one promise broken in memory."""

from __future__ import annotations

import importlib
import sys


def main() -> None:
    name = sys.argv.pop(1)
    importlib.import_module(f"proofs.mutants.{name}").break_it()
    from kithdesk.cli import main as run  # After the break, so that nothing has taken the whole parts yet.

    run()


if __name__ == "__main__":
    main()
