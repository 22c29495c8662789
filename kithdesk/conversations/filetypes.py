"""Which files may be sent, and whether a file is what it says.

A name's ending, the declared type and the content must agree. What a browser could run (HTML, SVG, scripts) is none of
the types, and a text that begins like one is refused too. Archives are unpacked to nowhere, only to be measured.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable

import msgspec
import puremagic

from kithdesk.conversations.errors import AttachmentRefused, AttachmentTooLarge
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import cleaned_or_none

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 10
SMALL_UNPACKED = 20 * 1024 * 1024
"""An archive that unpacks to this or less is harmless, however well it was packed."""
MAX_ENTRIES = 10_000
MAX_NESTED = 2
_CHUNK = 256 * 1024

_SPACE = re.compile(r"\s+")
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_RUNS = re.compile(
    rb"\s*(<!doctype|<html|<head|<body|<script|<svg|<\?xml|<iframe|#!|<\?php|<%)", re.IGNORECASE
)
_RUNS_AS = {
    ".html",
    ".htm",
    ".svg",
    ".swf",
    ".exe",
    ".dll",
    ".elf",
    ".jar",
    ".class",
    ".sh",
    ".msi",
    ".lnk",
    ".hta",
}
_DOCUMENT = "application/vnd.openxmlformats-officedocument"


class FileType(msgspec.Struct, frozen=True):
    """One allowed type: the endings its names have, and what its content must look like."""

    content_type: str
    endings: tuple[str, ...]
    fits: Callable[[bytes], bool]
    also: tuple[str, ...] = ()
    """Other names that browsers give the type."""


def _starts(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(magic)


def _is_old_office(stream: str) -> Callable[[bytes], bool]:
    name = stream.encode("utf-16-le")
    return lambda content: content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") and name in content


def _is_new_office(folder: str) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return (
            "[Content_Types].xml" in names
            and any(name.startswith(folder) for name in names)
            and not has_macros
        )

    return lambda content: content.startswith(b"PK\x03\x04") and fits(content)


def _is_movie(content: bytes, *, quicktime: bool) -> bool:
    if content[4:8] == b"ftyp":
        return (content[8:12] == b"qt  ") == quicktime
    return quicktime and content[4:8] in (b"moov", b"mdat", b"wide", b"free")


def _is_text(content: bytes) -> bool:
    if _RUNS.match(content[:1_024].removeprefix(b"\xef\xbb\xbf")):
        return False
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return not any(letter < " " and letter not in "\t\n\r\f" for letter in text)


TYPES = (
    FileType("image/jpeg", (".jpg", ".jpeg"), _starts(b"\xff\xd8\xff"), ("image/jpg", "image/pjpeg")),
    FileType("image/png", (".png",), _starts(b"\x89PNG\r\n\x1a\n"), ("image/x-png",)),
    FileType("application/pdf", (".pdf",), _starts(b"%PDF-"), ("application/x-pdf",)),
    FileType("application/msword", (".doc",), _is_old_office("WordDocument")),
    FileType(f"{_DOCUMENT}.wordprocessingml.document", (".docx",), _is_new_office("word/")),
    FileType(
        "application/vnd.ms-excel",
        (".xls",),
        lambda content: _is_old_office("Workbook")(content) or _is_old_office("Book")(content),
    ),
    FileType(f"{_DOCUMENT}.spreadsheetml.sheet", (".xlsx",), _is_new_office("xl/")),
    FileType(
        "application/zip",
        (".zip",),
        _starts(b"PK\x03\x04", b"PK\x05\x06"),
        ("application/x-zip-compressed", "application/x-zip"),
    ),
    FileType("text/plain", (".txt",), _is_text),
    FileType("video/quicktime", (".mov",), lambda content: _is_movie(content, quicktime=True)),
    FileType("video/mp4", (".mp4",), lambda content: _is_movie(content, quicktime=False)),
)
IMAGES = ("image/jpeg", "image/png")
ALLOWED_TYPES = [kind.content_type for kind in TYPES]
ALLOWED_ENDINGS = [ending for kind in TYPES for ending in kind.endings]
_ARCHIVES = ("application/zip", f"{_DOCUMENT}.wordprocessingml.document", f"{_DOCUMENT}.spreadsheetml.sheet")


def clean_file_name(name: str) -> str:
    """A name to show: never a path, without what hides its ending. Raises `BadParameter`."""
    composed = unicodedata.normalize("NFC", name[:1_000])
    last = composed.replace("\\", "/").rpartition("/")[2]
    shown = cleaned_or_none(_NOT_IN_NAMES.sub("_", last), parameter="name", maximum=1_000)
    shown = _SPACE.sub(" ", shown or "").strip(". ")
    if not shown:
        raise BadParameter("A file has a name.", parameter="name")
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: 200 - len(ending)]}{dot}{ending}" if dot and len(ending) < 20 else shown[:200]


def check_file_type(name: str, content_type: str) -> FileType:
    """The type that name and declaration agree on. Raises `AttachmentRefused`."""
    declared = content_type.partition(";")[0].strip().lower()
    for kind in TYPES:
        if name.lower().endswith(kind.endings):
            if declared in (kind.content_type, *kind.also):
                return kind
            raise AttachmentRefused("The name's ending and the type do not agree.", parameter="contentType")
    raise AttachmentRefused(f"Allowed are {', '.join(ALLOWED_ENDINGS)}.", parameter="name")


def check_content(content: bytes, content_type: str) -> None:
    """Raises `AttachmentRefused` for another content, `AttachmentTooLarge` for a bomb. Not on the loop."""
    kind = next(kind for kind in TYPES if kind.content_type == content_type)
    if not kind.fits(content) or _looks_runnable(content):
        raise AttachmentRefused("The file is not what its name says.", parameter="file")
    if content_type in _ARCHIVES:
        budget = min(MAX_UNPACKED, max(SMALL_UNPACKED, len(content) * MAX_RATIO))
        _measure(content, budget, MAX_NESTED)


def _looks_runnable(content: bytes) -> bool:
    """A second opinion, from the signatures that others have collected."""
    try:
        best = puremagic.magic_string(content[:4_096])
    except (puremagic.PureError, ValueError):
        return False
    return bool(best) and best[0].extension in _RUNS_AS and best[0].confidence >= 0.8


def _measure(content: bytes, budget: int, nested: int) -> int:
    """How many bytes of the budget are left after unpacking the archive, and archives in it, to nowhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            for entry in entries:
                budget = _measure_entry(archive, entry, budget, nested)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        raise AttachmentRefused("The archive cannot be read.", parameter="file") from None
    return budget


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise AttachmentTooLarge("Too many files in the archive.", parameter="file")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        # Entries that share their bytes are how a small archive unpacks to petabytes.
        if entry.header_offset < end or stat.S_ISLNK(entry.external_attr >> 16):
            raise AttachmentRefused("The archive is made to mislead.", parameter="file")
        end = entry.header_offset + entry.compress_size


def _measure_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int, nested: int) -> int:
    if entry.flag_bits & 0x1:  # encrypted: nobody without the password can unpack it either
        return _spend(budget, entry.file_size)
    inner = entry.filename.lower().endswith((".zip", ".jar", ".docx", ".xlsx"))
    kept = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            budget = _spend(budget, len(chunk))
            if inner:
                kept += chunk
    if inner and kept.startswith(b"PK\x03\x04"):
        if nested == 0:
            raise AttachmentRefused("Archives in archives in archives.", parameter="file")
        budget = _measure(bytes(kept), budget, nested - 1)
    return budget


def _spend(budget: int, size: int) -> int:
    if size > budget:
        raise AttachmentTooLarge("The archive unpacks to too much.", parameter="file")
    return budget - size
