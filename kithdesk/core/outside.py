"""The outside parts that the settings name: which bus, which store of files."""

from __future__ import annotations

from pathlib import Path

from kithdesk.core.bus import Bus, InProcessBus
from kithdesk.core.files import Files, FolderFiles
from kithdesk.core.nats import NatsBus, parse_bus_url
from kithdesk.core.objectstore import ObjectStoreFiles, parse_storage_url
from kithdesk.core.settings import Settings


def open_bus(settings: Settings) -> Bus:
    """Not started yet."""
    if settings.bus_url is None:
        return InProcessBus()
    return NatsBus(parse_bus_url(settings.bus_url.get_secret_value()))


def open_files(settings: Settings) -> Files:
    """Asks nothing of the store yet."""
    url = settings.storage_url
    if url is None:
        return FolderFiles(settings.data / "files")
    if url.startswith("file:///"):
        return FolderFiles(Path(url.removeprefix("file://")))
    return ObjectStoreFiles(parse_storage_url(url))
