"""Previews of images: small, upright, of one harmless format, without what the camera wrote into them.

Top-level functions on plain data: they run in the process pool.
"""

from __future__ import annotations

import io
import warnings

import msgspec
from PIL import Image, ImageOps, UnidentifiedImageError

from kithdesk.conversations.errors import AttachmentRefused, AttachmentTooLarge
from kithdesk.conversations.filetypes import IMAGES, check_content

MAX_PIXELS = 40_000_000
THUMBNAIL = (480, 480)
PREVIEW = (1_600, 1_600)
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


class Looked(msgspec.Struct, frozen=True):
    """What was found in a file. Previews are WebP; of what is no image there are none."""

    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None
    preview: bytes | None = None


def look_into(content: bytes, content_type: str) -> Looked:
    """Checks the content and draws the previews. Raises `AttachmentRefused`, `AttachmentTooLarge`."""
    check_content(content, content_type)
    if content_type not in IMAGES:
        return Looked()
    return _draw(content, _FORMATS[content_type])


def _draw(content: bytes, codec: str) -> Looked:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=(codec,)) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise AttachmentTooLarge("An image has at most 40 million pixels.", parameter="file")
                image.draft("RGB", PREVIEW)
                upright = ImageOps.exif_transpose(image)
                turned = (image.getexif().get(0x0112) or 1) >= 5
                plain = upright.convert("RGBA" if _is_see_through(upright) else "RGB")
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise AttachmentTooLarge("An image has at most 40 million pixels.", parameter="file") from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError):
            raise AttachmentRefused("The image cannot be read.", parameter="file") from None
    return Looked(
        width=height if turned else width,
        height=width if turned else height,
        thumbnail=_webp(plain, THUMBNAIL),
        preview=_webp(plain, PREVIEW),
    )


def _is_see_through(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or (image.mode == "P" and "transparency" in image.info)


def _webp(image: Image.Image, box: tuple[int, int]) -> bytes:
    smaller = image.copy()
    smaller.thumbnail(box)
    smaller.info.clear()
    out = io.BytesIO()
    smaller.save(out, "WEBP", quality=80, method=3)
    return out.getvalue()
