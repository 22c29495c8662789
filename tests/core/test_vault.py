"""A sealed file gives out what was put in, or nothing."""

from __future__ import annotations

import io

import pytest

from kithdesk.core import vault
from kithdesk.core.vault import DoesNotOpen, VaultReader, VaultWriter

KEY = b"a key of some length"


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "_BLOCK", 64)


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    with VaultWriter(file, key) as writer:
        for start in range(0, len(content), 50):
            writer.write(content[start : start + 50])
    return file.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    return VaultReader(io.BytesIO(data), key).read()


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 128, 1_000])
def test_what_was_put_in_comes_out(length: int) -> None:
    content = bytes(range(256)) * 4
    data = sealed(content[:length])

    assert opened(data) == content[:length]
    reader = VaultReader(io.BytesIO(data), KEY)
    assert b"".join(iter(lambda: reader.read(7), b"")) == content[:length]


def test_two_files_of_the_same_are_not_the_same() -> None:
    assert sealed(b"x" * 100) != sealed(b"x" * 100)


@pytest.mark.parametrize("length", [1, 64, 65, 200])
def test_nothing_changed_cut_off_moved_or_added_opens(length: int) -> None:
    data = sealed(b"x" * length)
    head, block = len(vault.MAGIC) + 16, 64 + 16
    blocks = [data[at : at + block] for at in range(head, len(data), block)]
    wrong = {
        "changed": data[:-1] + bytes([data[-1] ^ 1]),
        "cut off": data[:-1],
        "without its last block": data[: head + block * (len(blocks) - 1)]
        if len(blocks) > 1
        else data[:head],
        "moved": data[:head] + b"".join(reversed(blocks)) if len(blocks) > 1 else b"",
        "added to": data + blocks[-1],
        "under another salt": data[: head - 1] + bytes([data[head - 1] ^ 1]) + data[head:],
    }

    for made in wrong.values():
        with pytest.raises(DoesNotOpen):
            opened(made)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(DoesNotOpen):
        opened(sealed(b"words"), b"another key of length")
