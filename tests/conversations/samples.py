"""Files of each allowed type, and files that lie."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def png(width: int = 800, height: int = 600, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 120, 40)).save(out, "PNG", **more)
    return out.getvalue()


def jpeg(width: int = 640, height: int = 480, *, orientation: int = 1, note: str = "") -> bytes:
    image = Image.new("RGB", (width, height), (10, 90, 160))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = note
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few hundred bytes that say they are that large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" * (width // 8 + 1)
    data = zlib.compress(row * min(height, 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def archive(entries: dict[str, bytes] | None = None, *, links: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (entries if entries is not None else {"a.txt": b"hello"}).items():
            made.writestr(name, content)
        for name in links:
            link = zipfile.ZipInfo(name)
            link.create_system = 3
            link.external_attr = 0o120777 << 16
            made.writestr(link, "/etc/passwd")
    return out.getvalue()


def office(folder: str, *, macros: bool = False) -> bytes:
    entries = {"[Content_Types].xml": b"<Types/>", f"{folder}document.xml": b"<document/>"}
    if macros:
        entries[f"{folder}vbaProject.bin"] = b"x"
    return archive(entries)


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def movie(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mp42isom" + b"\0" * 64


def overlapping() -> bytes:
    """Two entries of the directory that share their bytes."""
    content = bytearray(archive({"a.txt": b"x" * 10_000, "b.txt": b"x" * 10_000}))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = b"\0\0\0\0"
    return bytes(content)


def nested(levels: int) -> bytes:
    inner = archive()
    for _ in range(levels):
        inner = archive({"inner.zip": inner})
    return inner


GOOD = {
    ("photo.JPG", "image/jpeg"): jpeg(),
    ("photo.jpeg", "image/jpg"): jpeg(),
    ("shot.png", "image/png"): png(),
    ("bill.pdf", "application/pdf"): b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    ("old.doc", "application/msword"): old_office("WordDocument"),
    ("new.docx", DOCX): office("word/"),
    ("old.xls", "application/vnd.ms-excel"): old_office("Workbook"),
    ("new.xlsx", XLSX): office("xl/"),
    ("all.zip", "application/x-zip-compressed"): archive(),
    ("empty.zip", "application/zip"): archive({}),
    ("notes.txt", "text/plain; charset=utf-8"): "Grüße\r\n\tund mehr".encode(),
    ("notes16.txt", "text/plain"): "Grüße".encode("utf-16"),
    ("clip.mov", "video/quicktime"): movie(b"qt  "),
    ("clip.mp4", "video/mp4"): movie(b"isom"),
}

LIES = {
    "html as text": ("a.txt", "text/plain", b"<!DOCTYPE html><script>alert(1)</script>"),
    "svg as text": ("a.txt", "text/plain", b"  <svg onload=alert(1)>"),
    "xml as text": ("a.txt", "text/plain", b"\xef\xbb\xbf<?xml version='1.0'?>"),
    "script as text": ("a.txt", "text/plain", b"#!/bin/sh\nrm -rf /"),
    "binary as text": ("a.txt", "text/plain", b"MZ\x90\0\x03"),
    "svg as png": ("a.png", "image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "gif as jpeg": ("a.jpg", "image/jpeg", b"GIF89a/*" + b"\0" * 64 + b"*/=1;alert(1)"),
    "png as jpeg": ("a.jpg", "image/jpeg", png()),
    "broken jpeg": ("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0/*" + b"\0" * 64),
    "truncated png": ("a.png", "image/png", png()[:100]),
    "html as pdf": ("a.pdf", "application/pdf", b"<html>%PDF-1.7"),
    "zip as pdf": ("a.pdf", "application/pdf", archive()),
    "exe as zip": ("a.zip", "application/zip", b"MZ\x90\0" + archive()),
    "zip as docx": ("a.docx", DOCX, archive()),
    "xlsx as docx": ("a.docx", DOCX, office("xl/")),
    "macros": ("a.docx", DOCX, office("word/", macros=True)),
    "xls as doc": ("a.doc", "application/msword", old_office("Workbook")),
    "mov as mp4": ("a.mp4", "video/mp4", movie(b"qt  ")),
    "links in an archive": ("a.zip", "application/zip", archive(links=("way-out",))),
    "overlapping entries": ("a.zip", "application/zip", overlapping()),
    "nested too deep": ("a.zip", "application/zip", nested(4)),
}
