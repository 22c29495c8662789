"""An import contract: in every slice, files of these names are for that slice alone.

The contracts that come with import-linter name each module, so a new slice would be unguarded until somebody
remembered it. This one reads the names from the tree.
"""

from __future__ import annotations

from typing import Any, cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateFilesContract(Contract):
    """`files`, or folders of that name, are imported only from inside the package that holds them.

    Looked for under `package`, except in `open_packages`.
    """

    type_name = "private_files"

    package = fields.StringField()
    files = fields.SetField(subfield=fields.StringField())
    open_packages = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every import from outside the holder is a break."""
        broken = [
            f"{importer} imports {module}"
            for module in sorted(graph.modules)
            if (holder := self._holder(module)) is not None
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if not _is_inside(importer, holder)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each break."""
        for line in cast(list[str], check.metadata["broken"]):
            output.print_error(f"- {line}", bold=False)
        output.print("Call a verb of that slice, or ask for one.")

    def _holder(self, module: str) -> str | None:
        """The package for whose eyes a module is, or None when it is for all. `queries/` may be a folder."""
        options = cast(Any, self)
        parts = module.split(".")
        private = [index for index, part in enumerate(parts) if part in options.files]
        if not private or not _is_inside(module, options.package):
            return None
        if any(_is_inside(module, package) for package in options.open_packages):
            return None
        return ".".join(parts[: private[0]])


def _is_inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
