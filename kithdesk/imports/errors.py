"""What imports refuse.

BadParameter 400     Conflict 409             TooLarge 413
├── NotCsv           ├── ImportNotReady       └── FileTooLarge
└── WrongMapping     ├── ImportBegun
                     ├── ImportForgotten
                     ├── CannotUndoImport
                     └── TooManyImports
"""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Conflict, TooLarge


class NotCsv(BadParameter):
    """The file cannot be read as rows of text, or has more of them than an import takes."""

    code = "not_csv"


class WrongMapping(BadParameter):
    """A column or attribute that there is not, or two columns for what a customer has one of."""

    code = "wrong_mapping"


class FileTooLarge(TooLarge):
    """A file has at most 20 MB."""

    def __init__(self) -> None:
        super().__init__("A file has at most 20 MB. Import it in parts.")


class ImportNotReady(Conflict):
    """Nothing says yet which column is what."""

    code = "import_not_ready"

    def __init__(self) -> None:
        super().__init__("Say first which column is what.", parameter="mapping")


class ImportBegun(Conflict):
    """It has begun, is being taken back, or is over: this can be done no more."""

    code = "import_begun"

    def __init__(self, status: str) -> None:
        super().__init__(f"The import is {status.replace('_', ' ')}.")


class ImportForgotten(Conflict):
    """What is stopped can go on for thirty days. Then the file is not kept any more."""

    code = "import_forgotten"

    def __init__(self) -> None:
        super().__init__("The file is not kept any more. Import it again.")


class CannotUndoImport(Conflict):
    """Only what has stopped or is done can be taken back, within thirty days."""

    code = "cannot_undo_import"


class TooManyImports(Conflict):
    """There are as many drafts as an organisation may have. They go by themselves after a week."""

    code = "too_many_imports"

    def __init__(self) -> None:
        super().__init__("Begin or wait out some of the drafts first.")
