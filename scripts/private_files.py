"""An import contract: a slice is entered by its front door, and its rows by nobody.

The contracts that come with import-linter name each module, so a new slice would be unguarded until somebody
remembered it. This one reads the names from the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateFilesContract(Contract):
    """From outside a slice only the package itself is imported, and its `open_files`.

    Every package right under `package` is a slice, or, under one of `groups`, every package in that; `open_packages`
    are none. `composers` may take a slice apart, down to its `row_files`, which are for the slice alone.
    """

    type_name = "private_files"

    package = fields.StringField()
    groups = fields.SetField(subfield=fields.StringField())
    open_packages = fields.SetField(subfield=fields.StringField())
    open_files = fields.SetField(subfield=fields.StringField())
    row_files = fields.SetField(subfield=fields.StringField())
    composers = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every import of a private file from outside its slice is a break."""
        broken = [
            f"{importer} imports {module}"
            for owner in self._slices(graph)
            for module in sorted(graph.find_descendants(owner))
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if not _is_inside(importer, owner) and not self._may(importer, module, owner)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each break."""
        for line in cast(list[str], check.metadata["broken"]):
            output.print_error(f"- {line}", bold=False)
        output.print("Call what that slice exports in its `__init__`, or let it export what you need.")

    def _slices(self, graph: ImportGraph) -> Iterator[str]:
        options = cast(Any, self)
        for package in (options.package, *options.groups):
            for child in sorted(graph.find_children(package)):
                is_slice = child not in options.groups and child not in options.open_packages
                if is_slice and graph.find_children(child):
                    yield child

    def _may(self, importer: str, module: str, owner: str) -> bool:
        options = cast(Any, self)
        parts = module.removeprefix(f"{owner}.").split(".")
        if importer in options.composers:
            return not options.row_files.intersection(parts)
        return bool(
            options.open_files.intersection((parts[0], parts[-1]))
        )  # a room of a slice has its own `events`


def _is_inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
