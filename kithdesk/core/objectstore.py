"""Blobs in a bucket: S3 and what speaks like it, Google Cloud Storage, Azure.

Every byte goes through us, both ways. No message may name a file before we have looked into it, and whoever fetches
one is asked at that moment whether they may: an address of the store's own would answer for as long as it lives.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import msgspec

from kithdesk.core.files import check_key, unavailable

if TYPE_CHECKING:
    from obstore.store import ObjectStore

T = TypeVar("T")

_OPTIONS = {"s3": {"region", "endpoint"}, "gs": set[str](), "az": {"account"}}
_NAMES = {"account": "account_name"}
_NO_BUCKET = re.compile("NoSuchBucket|ContainerNotFound|bucket does not exist", re.IGNORECASE)


class StorageAddress(msgspec.Struct, frozen=True):
    """`place`: `s3://bucket/prefix`, as obstore takes it. `options`: its own names and our values."""

    place: str
    options: dict[str, str]


def parse_storage_url(url: str) -> StorageAddress:
    """`s3://bucket/prefix?region=R&endpoint=URL`, `gs://bucket/prefix`, `az://container/prefix?account=A`.

    Raises `ValueError` in words.
    """
    parts = urlsplit(url)
    allowed = _OPTIONS.get(parts.scheme)
    if allowed is None or not parts.netloc:
        raise ValueError("must be s3://bucket, gs://bucket or az://container, with a /prefix if you like")
    if "@" in parts.netloc or parts.fragment:
        raise ValueError("must hold no credentials; they are read from the provider's own variables")
    given = parse_qs(parts.query, keep_blank_values=True)
    if not given.keys() <= allowed:
        raise ValueError(f"takes only {' and '.join(sorted(allowed)) or 'no options'} after the ?")
    options = {_NAMES.get(name, name): values[-1] for name, values in given.items()}
    if not options.get("endpoint", "https://").startswith(("https://", "http://")):
        raise ValueError("must have an endpoint that starts with https:// or http://")
    return StorageAddress(f"{parts.scheme}://{parts.netloc}{parts.path}", options)


class ObjectStoreFiles:
    """`patience`: seconds within which a call has worked, tries again included, or has failed."""

    def __init__(self, address: StorageAddress, *, patience: float = 20) -> None:
        self._store = _open(address, patience)
        self._patience = patience

    async def put(self, key: str, content: bytes) -> None:
        from obstore import put_async

        # In one request: of an upload in parts that breaks off, hidden and paid for parts would stay.
        upload = put_async(self._store, check_key(key), content, use_multipart=False)
        try:
            await self._within_patience("put", upload)
        except FileNotFoundError as problem:
            raise unavailable("put", problem) from None

    async def get(self, key: str) -> bytes:
        return await self._within_patience("get", self._download(check_key(key)))

    async def delete(self, key: str) -> None:
        from obstore import delete_async

        try:
            await self._within_patience("delete", delete_async(self._store, check_key(key)))
        except FileNotFoundError:
            return

    async def _download(self, key: str) -> bytes:
        from obstore import get_async

        found = await get_async(self._store, key)
        return bytes(await found.bytes_async())

    async def _within_patience(self, call: str, work: Awaitable[T]) -> T:
        from obstore.exceptions import BaseError

        try:
            async with asyncio.timeout(self._patience):
                return await work
        except FileNotFoundError as problem:
            if _NO_BUCKET.search(str(problem)):  # which says nothing about the blob
                raise unavailable(call, problem) from None
            raise
        except (BaseError, TimeoutError) as problem:
            raise unavailable(call, problem) from None


def _open(address: StorageAddress, patience: float) -> ObjectStore:
    """Credentials come from where the provider's own tools look: `AWS_…`, `GOOGLE_…`, `AZURE_…`, the machine's role."""
    from obstore.store import from_url

    config: Any = address.options
    return from_url(
        address.place,
        config=config,
        client_options={
            "allow_http": address.options.get("endpoint", "").startswith("http://"),
            "connect_timeout": timedelta(seconds=patience / 4),
            "timeout": timedelta(seconds=patience / 2),
        },
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=patience / 2)},
    )
