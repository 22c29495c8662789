"""What may be sent, and what only says that it may."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from kithdesk.conversations import filetypes, picturing
from kithdesk.conversations.errors import AttachmentRefused, AttachmentTooLarge
from kithdesk.conversations.filetypes import check_content, check_file_type, clean_file_name
from kithdesk.conversations.picturing import look_into
from kithdesk.core.errors import BadParameter
from tests.conversations import samples


@pytest.mark.parametrize(
    ("name", "content_type"), samples.GOOD, ids=lambda value: str(value).rpartition(".")[2]
)
def test_every_allowed_type_is_taken(name: str, content_type: str) -> None:
    kind = check_file_type(name, content_type)

    look_into(samples.GOOD[name, content_type], kind.content_type)


@pytest.mark.parametrize("lie", samples.LIES)
def test_T35_T44_content_that_is_something_else_is_refused(lie: str) -> None:
    name, content_type, content = samples.LIES[lie]
    kind = check_file_type(name, content_type)

    with pytest.raises(AttachmentRefused):
        look_into(content, kind.content_type)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.svg", "image/svg+xml"),
        ("a.html", "text/html"),
        ("a.exe", "application/octet-stream"),
        ("a.docm", "application/vnd.ms-word.document.macroEnabled.12"),
        ("a", "image/png"),
        ("a.png", "image/jpeg"),
        ("a.png", "text/html"),
        ("a.png.html", "image/png"),
        ("a.jpg", ""),
    ],
)
def test_T35_other_types_and_contradictions_are_refused(name: str, content_type: str) -> None:
    with pytest.raises(AttachmentRefused):
        check_file_type(name, content_type)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\me\\photo.png", "photo.png"),
        ("a\u202egnp.exe", "a gnp.exe"),
        ('a"b:c*.png', "a_b_c_.png"),
        (" .hidden. ", "hidden"),
        ("x" * 300 + ".png", "x" * 197 + ".png"),
        ("re\u0301sume\u0301.pdf", "résumé.pdf"),
        ("%2e%2e%2fa.txt", "%2e%2e%2fa.txt"),
    ],
)
def test_T29_T47_a_file_name_is_never_a_path_and_hides_nothing(sent: str, shown: str) -> None:
    assert clean_file_name(sent) == shown


@pytest.mark.parametrize("name", ["", "..", "/", "\u202e"])
def test_a_file_has_a_name(name: str) -> None:
    with pytest.raises(BadParameter):
        clean_file_name(name)


def test_T44_an_archive_may_unpack_to_so_much_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "SMALL_UNPACKED", 50_000)
    packed = len(samples.archive({"a": b"\0" * 50_000}))
    assert packed * filetypes.MAX_RATIO < 50_000

    check_content(samples.archive({"a": b"\0" * 50_000}), "application/zip")
    with pytest.raises(AttachmentTooLarge):
        check_content(samples.archive({"a": b"\0" * 50_001}), "application/zip")
    with pytest.raises(AttachmentTooLarge):
        check_content(samples.archive({"a.zip": samples.archive({"b": b"\0" * 50_000})}), "application/zip")


def test_T44_a_bomb_costs_little_time() -> None:
    bomb = samples.archive({"a": b"\0" * 60_000_000})
    started = time.process_time()

    with pytest.raises(AttachmentTooLarge):
        check_content(bomb, "application/zip")

    assert time.process_time() - started < 2


def test_T44_an_archive_has_at_most_10_000_entries() -> None:
    check_content(samples.archive({str(n): b"" for n in range(10_000)}), "application/zip")
    with pytest.raises(AttachmentTooLarge):
        check_content(samples.archive({str(n): b"" for n in range(10_001)}), "application/zip")


def test_T44_an_image_has_so_many_pixels_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for width, height in ((8_001, 5_000), (50_000, 50_000)):
        with pytest.raises(AttachmentTooLarge):
            look_into(samples.huge_png(width, height), "image/png")

    monkeypatch.setattr(picturing, "MAX_PIXELS", 400)
    look_into(samples.png(20, 20), "image/png")
    with pytest.raises(AttachmentTooLarge):
        look_into(samples.png(401, 1), "image/png")


def test_previews_are_upright_small_and_say_nothing_of_the_camera() -> None:
    looked = look_into(samples.jpeg(2_000, 1_000, orientation=6, note="SECRET PLACE"), "image/jpeg")

    assert (looked.width, looked.height) == (1_000, 2_000)
    for data, longest in ((looked.thumbnail, 480), (looked.preview, 1_600)):
        assert data is not None
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "WEBP"
            assert image.size == (longest // 2, longest)
            assert not image.getexif()
        assert b"SECRET" not in data
