"""Both buses keep one contract; the one between nodes keeps it whatever its server does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from nats.aio.client import Client
from prometheus_client import Counter

from kithdesk.core import json, metrics
from kithdesk.core.bus import Bus, InProcessBus
from kithdesk.core.nats import MAX_MESSAGE, BusAddress, NatsBus, parse_bus_url
from parts.nats import NatsServer

pytestmark = pytest.mark.anyio

ORGANISATION = "a" * 24
PATIENCE = 2.0
SHORT = 0.3
"""For nodes that shall not find anybody."""


async def eventually(check: Callable[[], bool], again: Callable[[], None] = lambda: None) -> None:
    """Does `again` until `check` holds."""
    async with asyncio.timeout(10):
        while not check():
            again()
            await asyncio.sleep(0.02)


Serve = Callable[..., NatsServer]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """`serve(*flags)`: one more server, until the end of the test."""
    servers: list[NatsServer] = []

    def start(*flags: str) -> NatsServer:
        servers.append(NatsServer(tmp_path / "nats.log", *flags).start())
        return servers[-1]

    yield start
    for server in servers:
        server.kill()


@pytest.fixture
def server(serve: Serve) -> NatsServer:
    return serve()


@pytest.fixture
async def nodes(server: NatsServer) -> AsyncIterator[tuple[NatsBus, NatsBus]]:
    here, there = (NatsBus(parse_bus_url(server.url), patience=PATIENCE) for _ in range(2))
    await here.start()
    await there.start()
    yield here, there
    server.kill()
    await here.stop()
    await there.stop()


@pytest.fixture(params=["in process", "nats"])
def bus(request: pytest.FixtureRequest) -> Bus:
    if request.param == "in process":
        return InProcessBus()
    node: NatsBus = request.getfixturevalue("nodes")[0]
    return node


def message(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"organisation": ORGANISATION, "number": number, **more}


def count(counter: Counter, reason: str) -> float:
    return metrics.REGISTRY.get_sample_value(f"{counter._name}_total", {"reason": reason}) or 0


async def test_listeners_of_a_subject_here_hear_at_once_and_once(bus: Bus) -> None:
    heard: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    bus.subscribe("x", heard.append)
    bus.subscribe("y", others.append)

    bus.publish("x", message(1))
    bus.publish("nobody", message(2))

    assert heard == [message(1)]
    assert others == []


async def test_a_listener_that_breaks_stops_neither_the_publisher_nor_the_next(bus: Bus) -> None:
    heard: list[dict[str, Any]] = []
    bus.subscribe("x", lambda message: message["missing"])
    bus.subscribe("x", heard.append)

    bus.publish("x", message())

    assert heard == [message()]


async def test_the_other_node_hears_each_once_and_the_own_node_no_echo(
    nodes: tuple[NatsBus, NatsBus],
) -> None:
    here, there = nodes
    mine: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    here.subscribe("x", mine.append)
    there.subscribe("x", theirs.append)

    for number in range(1_000):
        here.publish("x", message(number))
    await eventually(lambda: len(theirs) >= 1_000)
    there.publish(
        "x", message(-1)
    )  # what comes after it would have come before: nothing of `mine` is on its way
    await eventually(lambda: mine[-1] == message(-1))

    assert mine == [*map(message, range(1_000)), message(-1)]
    assert theirs == mine


async def test_two_installations_on_one_server_never_meet(
    server: NatsServer, nodes: tuple[NatsBus, NatsBus]
) -> None:
    stranger = NatsBus(parse_bus_url(f"{server.url}?prefix=other"), patience=PATIENCE)
    await stranger.start()
    here, there = nodes
    heard: list[dict[str, Any]] = []
    there.subscribe("x", heard.append)

    stranger.publish("x", message(1))
    await stranger.stop()
    here.publish("x", message(2))
    await eventually(lambda: heard != [])

    assert heard == [message(2)]


async def test_T94_after_the_server_was_away_nodes_hear_each_other_again(
    server: NatsServer, nodes: tuple[NatsBus, NatsBus]
) -> None:
    here, there = nodes
    mine: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    here.subscribe("x", mine.append)
    there.subscribe("x", theirs.append)

    server.kill()
    dropped = count(metrics.BUS_DROPPED, "disconnected")
    await eventually(
        lambda: count(metrics.BUS_DROPPED, "disconnected") > dropped, lambda: here.publish("x", message(1))
    )
    assert mine != []
    server.start()
    await eventually(lambda: theirs != [], lambda: here.publish("x", message(2)))

    assert message(1) not in theirs  # it would be stale
    assert metrics.REGISTRY.get_sample_value("kithdesk_bus_connected") == 1


async def test_T94_a_server_that_hangs_delays_no_publisher_and_is_left(
    server: NatsServer, nodes: tuple[NatsBus, NatsBus]
) -> None:
    here, there = nodes
    theirs: list[dict[str, Any]] = []
    there.subscribe("x", theirs.append)
    server.freeze()
    loop = asyncio.get_running_loop()
    took: list[float] = []

    def publish_much() -> None:
        for number in range(20):
            started = loop.time()
            here.publish("x", message(number, pad="x" * 60_000))
            took.append(loop.time() - started)

    dropped = count(metrics.BUS_DROPPED, "disconnected")
    await eventually(lambda: count(metrics.BUS_DROPPED, "disconnected") > dropped, publish_much)
    assert quantiles(took, n=20)[-1] < 0.1, "nearly all of them: a busy machine may hold up one"
    server.thaw()
    await eventually(lambda: message(-1) in theirs, lambda: here.publish("x", message(-1)))


async def test_a_node_starts_and_works_alone_without_a_server(server: NatsServer) -> None:
    server.kill()
    bus = NatsBus(parse_bus_url(server.url), patience=SHORT)
    heard: list[dict[str, Any]] = []
    bus.subscribe("x", heard.append)

    await bus.start()
    bus.publish("x", message())

    assert heard == [message()]
    await bus.stop()


async def test_T94_what_is_no_message_is_counted_and_changes_nothing(
    server: NatsServer, nodes: tuple[NatsBus, NatsBus]
) -> None:
    here, there = nodes
    heard: list[dict[str, Any]] = []
    here.subscribe("x", heard.append)
    there.subscribe("x", heard.append)
    there.subscribe("broken", lambda message: message["missing"])
    malformed = count(metrics.BUS_IGNORED, "malformed")
    large = count(metrics.BUS_IGNORED, "large")
    liar = Client()
    await liar.connect(server.url)

    async def say(payload: bytes, subject: str = "x") -> None:
        await liar.publish(f"kithdesk.{subject}", payload)

    nonsense = [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'"x"',
        b"[" * 50_000,
        b'{"organisation":1}',
        b'{"organisation":"x"}',
    ]
    for payload in nonsense:
        await say(payload)
    await say(json.encode(message(pad="x" * MAX_MESSAGE)))
    await say(json.encode(message(1)), subject="broken")
    await say(json.encode(message(2)), subject="unknown")
    for _ in range(2):
        await say(json.encode(message(3)))
    await liar.close()
    await eventually(lambda: len(heard) >= 4)

    assert heard == [message(3)] * 4
    # Both nodes heard it all; the counters are the process's.
    assert count(metrics.BUS_IGNORED, "malformed") == malformed + 2 * len(nonsense)
    assert count(metrics.BUS_IGNORED, "large") == large + 2


async def test_a_message_too_large_for_others_is_still_heard_here(nodes: tuple[NatsBus, NatsBus]) -> None:
    here, there = nodes
    mine: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    here.subscribe("x", mine.append)
    there.subscribe("x", theirs.append)

    here.publish("x", message(1, pad="x" * MAX_MESSAGE))
    here.publish("x", message(2))
    await eventually(lambda: theirs != [])

    assert [one["number"] for one in mine] == [1, 2]
    assert theirs == [message(2)]


async def test_credentials_open_the_bus_and_wrong_ones_do_not(serve: Serve) -> None:
    server = serve("--user", "node", "--pass", "p@ss:word")
    right, same, wrong = (
        NatsBus(parse_bus_url(f"nats://node:{password}@127.0.0.1:{server.port}"), patience=patience)
        for password, patience in (("p%40ss%3Aword", PATIENCE), ("p%40ss%3Aword", PATIENCE), ("guess", SHORT))
    )
    heard: list[dict[str, Any]] = []
    same.subscribe("x", heard.append)
    for bus in (wrong, right, same):
        await bus.start()

    def both_say() -> None:
        wrong.publish("x", message(1))
        right.publish("x", message(2))

    await eventually(lambda: heard != [], both_say)

    assert message(1) not in heard
    for bus in (wrong, right, same):
        await bus.stop()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PEM file with key and certificate for 127.0.0.1, which this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bus")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = tmp_path / "bus.pem"
    file.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


async def test_tls_is_spoken_from_the_first_byte(serve: Serve, tmp_path: Path, certificate: Path) -> None:
    config = tmp_path / "bus.conf"
    config.write_text(
        f'tls {{ cert_file: "{certificate}", key_file: "{certificate}", handshake_first: true }}\n'
    )
    server = serve("-c", str(config))
    here, there = (
        NatsBus(parse_bus_url(server.url.replace("nats:", "tls:")), patience=PATIENCE) for _ in "12"
    )
    heard: list[dict[str, Any]] = []
    there.subscribe("x", heard.append)
    for bus in (here, there):
        await bus.start()

    await eventually(lambda: heard != [], lambda: here.publish("x", message()))

    for bus in (here, there):
        await bus.stop()


async def test_nobody_in_between_can_talk_us_out_of_tls(certificate: Path) -> None:
    said = bytearray()

    async def offer_plain_text(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'INFO {"server_id":"x","version":"2.0.0","max_payload":1048576}\r\n')
        said.extend(await reader.read(4_096))
        writer.write(b"PONG\r\n")
        writer.close()

    async with await asyncio.start_server(offer_plain_text, "127.0.0.1", 0) as impostor:
        port = impostor.sockets[0].getsockname()[1]
        bus = NatsBus(parse_bus_url(f"tls://node:secret@127.0.0.1:{port}"), patience=PATIENCE)
        await bus.start()
        await bus.stop()

    assert said[:1] == b"\x16"  # a handshake
    assert b"secret" not in said


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("nats://bus", BusAddress(("nats://bus",))),
        ("nats://[::1]:4222/", BusAddress(("nats://[::1]:4222",))),
        ("tls://u%40x:p@bus:1", BusAddress(("tls://bus:1",), user="u@x", password="p")),
        ("nats://t@bus?prefix=acme", BusAddress(("nats://bus",), token="t", prefix="acme")),
        (
            "nats://u:p@one:1,nats://two:2",
            BusAddress(("nats://one:1", "nats://two:2"), user="u", password="p"),
        ),
    ],
)
def test_an_address_says_where_and_as_whom(url: str, address: BusAddress) -> None:
    assert parse_bus_url(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "bus:4222",
        "redis://bus",
        "nats://",
        "nats://bus:port",
        "nats://bus/path",
        "nats://a,tls://b",
        "nats://u:p@a,nats://v:p@b",
        "nats://bus?prefix=a.b",
        "nats://bus?prefix=",
        "nats://bus?tls=no",
        "nats://u:secret@",
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_its_secret(url: str) -> None:
    with pytest.raises(ValueError, match=r"^(must|takes)") as refused:
        parse_bus_url(url)

    assert "secret" not in str(refused.value)
