"""Every store of files keeps one contract; none loses a blob that it has taken, nor takes an outage for an answer."""

from __future__ import annotations

import errno
import os
import re
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from kithdesk.core import metrics
from kithdesk.core.bus import InProcessBus
from kithdesk.core.files import Files, FilesUnavailable, FolderFiles, MemoryFiles
from kithdesk.core.nats import NatsBus
from kithdesk.core.objectstore import ObjectStoreFiles, StorageAddress, parse_storage_url
from kithdesk.core.outside import open_bus, open_files
from kithdesk.core.settings import Settings

pytestmark = pytest.mark.anyio

KEY = "a" * 24 + "/attachments/0f-1a/original"
BUCKET = "kithdesk-files"


def serve_s3() -> tuple[ThreadedMotoServer, str]:
    """A server that speaks S3 and has one bucket, and where it answers."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    httpx.put(f"{endpoint}/{BUCKET}", headers={"Host": "s3.us-east-1.amazonaws.com"}).raise_for_status()
    return server, endpoint


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server, endpoint = serve_s3()
    yield endpoint
    server.stop()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


def bucket(endpoint: str, name: str = BUCKET, prefix: str = "/files") -> StorageAddress:
    return parse_storage_url(f"s3://{name}{prefix}?region=us-east-1&endpoint={endpoint}")


@pytest.fixture(params=["folder", "memory", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "folder":
        return FolderFiles(tmp_path / "files")
    if request.param == "memory":
        return MemoryFiles()
    request.getfixturevalue("credentials")
    return ObjectStoreFiles(bucket(request.getfixturevalue("s3"), prefix=f"/{tmp_path.name}"))


@pytest.mark.parametrize(
    "content", [b"content", b"", os.urandom(6 * 1024 * 1024)], ids=["small", "empty", "large"]
)
async def test_a_store_keeps_blobs_until_deleted(files: Files, content: bytes) -> None:
    await files.put(KEY, content)
    await files.put(KEY + ".other", b"other")

    assert await files.get(KEY) == content
    await files.delete(KEY)
    await files.delete(KEY)
    with pytest.raises(FileNotFoundError):
        await files.get(KEY)
    assert await files.get(KEY + ".other") == b"other"


async def test_a_folder_that_is_made_for_files_is_the_servers_alone(tmp_path: Path) -> None:
    await FolderFiles(tmp_path / "files").put(KEY, b"content")

    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


async def test_putting_again_is_safe(files: Files) -> None:
    await files.put(KEY, b"content")
    await files.put(KEY, b"content")

    assert await files.get(KEY) == b"content"


@pytest.mark.parametrize(
    "key", ["../x", "a" * 24 + "/../x", "/etc/passwd", "a" * 24 + "/x\0", "a" * 24, "a" * 24 + "//x"]
)
async def test_T29_a_key_never_leaves_the_store(files: Files, key: str) -> None:
    with pytest.raises(ValueError, match="not a file key"):
        await files.put(key, b"")
    with pytest.raises(ValueError, match="not a file key"):
        await files.get(key)
    with pytest.raises(ValueError, match="not a file key"):
        await files.delete(key)


async def test_a_blob_and_the_way_to_it_are_flushed_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    fsync = os.fsync

    def noting(handle: int) -> None:
        flushed.append(_path_of(handle))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noting)

    await FolderFiles(tmp_path / "files").put(KEY, b"content")

    blob, *folders = flushed
    path = tmp_path / "files" / KEY
    assert blob.parent == path.parent
    assert folders == [*(tmp_path / "files" / folder for folder in Path(KEY).parents), tmp_path]


async def test_a_full_disk_refuses_for_now_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = FolderFiles(tmp_path)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        await _is_unavailable(files, "put")

    assert _files_in(tmp_path) == []
    await files.put(KEY, b"content")
    assert await files.get(KEY) == b"content"


async def test_what_a_kill_left_of_a_blob_goes_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = FolderFiles(tmp_path)

    class Killed(BaseException):
        pass

    def die(_handle: int) -> None:
        raise Killed

    with monkeypatch.context() as process:
        process.setattr(os, "fsync", die)
        with pytest.raises(Killed):
            await files.put(KEY, b"content")
    assert len(_files_in(tmp_path)) == 1

    await files.delete(KEY)

    assert _files_in(tmp_path) == []


@pytest.mark.usefixtures("credentials")
async def test_a_bucket_that_is_not_there_is_no_answer_about_its_blobs(s3: str) -> None:
    files = ObjectStoreFiles(bucket(s3, "not-there"))

    for call in ("put", "get", "delete"):
        await _is_unavailable(files, call)


@pytest.fixture
async def silent() -> AsyncIterator[str]:
    """Where connections are taken and nothing is ever said."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
async def closed() -> AsyncIterator[str]:
    """Where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@pytest.mark.usefixtures("credentials")
@pytest.mark.parametrize("where", ["silent", "closed"])
async def test_a_store_that_does_not_answer_is_unavailable_soon(where: str, silent: str, closed: str) -> None:
    files = ObjectStoreFiles(bucket(silent if where == "silent" else closed), patience=0.4)

    for call in ("put", "get", "delete"):
        await _is_unavailable(files, call)


@pytest.mark.usefixtures("credentials")
async def test_why_a_store_is_away_is_one_line_of_the_log() -> None:
    away, endpoint = serve_s3()
    away.stop()

    with capture_logs() as logged:
        await _is_unavailable(ObjectStoreFiles(bucket(endpoint), patience=2), "get")

    [words] = [line["error"] for line in logged if line["event"] == "files_unavailable"]
    assert "\n" not in words
    assert endpoint in words
    assert "Connection refused" in words
    assert "Error {" not in words


@pytest.mark.usefixtures("credentials")
async def test_a_store_that_was_away_has_everything_when_it_is_back() -> None:
    away, endpoint = serve_s3()
    files = ObjectStoreFiles(bucket(endpoint), patience=2)
    await files.put(KEY, b"content")

    away.stop()
    await _is_unavailable(files, "get")
    back = ThreadedMotoServer(*away.get_host_and_port(), verbose=False)
    back.start()

    assert await ObjectStoreFiles(bucket(endpoint), patience=20).get(KEY) == b"content"
    back.stop()


async def _is_unavailable(files: Files, call: str) -> None:
    calls = {"put": files.put(KEY, b"content"), "get": files.get(KEY), "delete": files.delete(KEY)}
    before = _failures(call)

    with pytest.raises(FilesUnavailable) as refused:
        await calls.pop(call)

    assert (refused.value.status, refused.value.code) == (503, "overloaded")
    assert refused.value.retry_after
    assert _failures(call) == before + 1
    for other in calls.values():
        other.close()


def _path_of(handle: int) -> Path:
    return Path(f"/proc/self/fd/{handle}").readlink()


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _failures(call: str) -> float:
    return metrics.REGISTRY.get_sample_value("kithdesk_files_failed_total", {"call": call}) or 0


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("s3://bucket", StorageAddress("s3://bucket", {})),
        (
            "s3://bucket/a/b?region=eu-central-1&endpoint=https://minio:9000",
            StorageAddress("s3://bucket/a/b", {"region": "eu-central-1", "endpoint": "https://minio:9000"}),
        ),
        ("gs://bucket/a", StorageAddress("gs://bucket/a", {})),
        ("az://container/a?account=acme", StorageAddress("az://container/a", {"account_name": "acme"})),
    ],
)
def test_an_address_names_a_place_in_a_store(url: str, address: StorageAddress) -> None:
    assert parse_storage_url(url) == address
    ObjectStoreFiles(address)


@pytest.mark.parametrize(
    "url",
    [
        "bucket",
        "s3://",
        "ftp://bucket",
        "s3://key:secret@bucket",
        "s3://bucket?secret_access_key=secret",
        "s3://bucket?endpoint=minio:9000",
        "gs://bucket?region=x",
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=re.compile(r"^(must|takes)")) as refused:
        parse_storage_url(url)

    assert "secret" not in str(refused.value)


def test_without_settings_the_outside_is_one_process_and_a_folder(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)

    assert type(open_bus(settings)) is InProcessBus
    assert isinstance(open_files(settings), FolderFiles)


@pytest.mark.usefixtures("credentials")
def test_two_settings_change_the_outside(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, bus_url=SecretStr("nats://bus"), storage_url="s3://bucket?region=x")

    assert isinstance(open_bus(settings), NatsBus)
    assert isinstance(open_files(settings), ObjectStoreFiles)


async def test_a_folder_elsewhere_may_be_shared(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", storage_url=f"file://{tmp_path}/shared")

    await open_files(settings).put(KEY, b"content")

    assert (tmp_path / "shared" / KEY).read_bytes() == b"content"


@pytest.mark.parametrize("setting", [{"bus_url": "redis://u:secret@bus"}, {"storage_url": "ftp://bucket"}])
def test_a_setting_that_names_nothing_we_know_stops_the_start(setting: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate(setting)

    assert "secret" not in str(refused.value)
