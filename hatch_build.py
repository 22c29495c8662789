"""Puts the built web assets into the wheel, building them first when they are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLES = ("widget", "console", "docs")


class WebAssets(BuildHookInterface[Any]):
    """`hatchling` calls this before it packs an archive."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing. An editable install serves from the tree, where the Makefile keeps it fresh."""
        if version == "editable" or not self.missing():
            return
        self.build()
        if still := self.missing():
            raise RuntimeError(f"`npm run build` left no kithdesk/web_assets/{still[0]}.")

    def missing(self) -> list[str]:
        assets = Path(self.root, "kithdesk", "web_assets")
        return [name for name in BUNDLES if not any(assets.joinpath(name).glob("**/*.js"))]

    def build(self) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("Building Kithdesk from source needs Node 20.19 or later with npm.")
        root = Path(self.root)
        quiet = {**os.environ, "NO_COLOR": "1"}
        if not root.joinpath("node_modules").is_dir():
            subprocess.run([npm, "ci"], cwd=root, env=quiet, check=True)
        subprocess.run([npm, "run", "build"], cwd=root, env=quiet, check=True)
