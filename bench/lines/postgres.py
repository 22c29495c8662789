"""Durable messages on PostgreSQL: 16 organisations, on one node and on two that share nothing but the database."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import msgspec

from bench.floor_lanes import ORGANISATIONS
from bench.lines.durable import VISITORS, check
from bench.loads.messages import MessagesPlan, MessagesResult
from bench.results import LineResult, Row
from bench.run import Run, at_least, at_most, floor_tokens, median_of, ratio
from bench.target import Doors, Installation, Organisation
from parts.nats import NatsServer
from parts.postgres import PostgresServer

AGENTS_EACH = 2
RATE = 1_000


def measure(run: Run) -> LineResult:
    with _postgres(run) as postgres, NatsServer(run.new_folder()) as bus:
        floor_url = postgres.create_database()
        floors_only = run.command is None
        ours = None if floors_only else Ours(run, postgres.create_database(), bus.url)
        floors, ones, twos, one_at_rate, two_at_rate = run.in_turn(
            lambda: _floor(run, floor_url),
            (lambda: ours.play(1)) if ours else None,
            (lambda: ours.play(2)) if ours else None,
            (lambda: ours.play(1, RATE)) if ours else None,
            (lambda: ours.play(2, RATE)) if ours else None,
        )
    details = {
        "floor": floors,
        "oneNode": ones,
        "twoNodes": twos,
        "oneNodeAtRate": one_at_rate,
        "twoNodesAtRate": two_at_rate,
    }
    return LineResult("postgres", _rows(floors, ones, twos, one_at_rate, two_at_rate), details)


def _rows(
    floors: Sequence[MessagesResult],
    ones: Sequence[MessagesResult],
    twos: Sequence[MessagesResult],
    one_at_rate: Sequence[MessagesResult],
    two_at_rate: Sequence[MessagesResult],
) -> list[Row]:
    floor, one, two = (median_of(found, _rate) for found in (floors, ones, twos))
    share, second = ratio(one, floor), ratio(two, one)
    rows = [
        Row(
            "durable messages, PostgreSQL, 16 organisations, 200 visitors",
            "/s",
            floor,
            one,
            share,
            "≥ 0.5 and ≥ 1,000",
            None if one is None or share is None else share >= 0.5 and one >= RATE,
        ),
        Row("same on two nodes (floor: on one)", "/s", one, two, second, "≥ 0.8", at_least(second, 0.8)),
    ]
    for nodes, found in (("one node", one_at_rate), ("two nodes", two_at_rate)):
        slowest = median_of(found, _p99)
        what = f"ack at 1,000/s, PostgreSQL, {nodes}, p99"
        rows.append(Row(what, "ms", None, slowest, None, "≤ 100", at_most(slowest, 100)))
    return rows


@contextmanager
def _postgres(run: Run) -> Iterator[PostgresServer]:
    """On the disk that is measured. It runs as another user where we are root, who must get to its folder."""
    run.folder.chmod(0o711)
    with PostgresServer(run.new_folder()) as server:
        yield server


def _floor(run: Run, url: str) -> MessagesResult:
    with run.floor_lanes(url) as server:
        plan = MessagesPlan(
            [server.live_url],
            floor_tokens(VISITORS),
            floor_tokens(ORGANISATIONS * AGENTS_EACH),
            run.seconds,
            heard_by=AGENTS_EACH,
        )
        return check(run.load(plan, MessagesResult))


class Ours:
    """One database with all organisations, and as many nodes on it as are asked for."""

    def __init__(self, run: Run, database_url: str, bus_url: str) -> None:
        assert run.command is not None
        self._run = run
        environment = {
            "KITHDESK_DATABASE_URL": database_url,
            "KITHDESK_BUS_URL": bus_url,
            "KITHDESK_SECRET_KEY": secrets.token_hex(32),
        }
        self._installation = Installation(run.command, run.new_folder(), agents=0, environment=environment)
        self._organisations: list[Organisation] = [
            self._installation.found(f"Bench {number}", f"admin{number}@bench.test")
            for number in range(ORGANISATIONS)
        ]

    def play(self, nodes: int, per_second: float | None = None) -> MessagesResult:
        """Visitors and agents of every organisation are on every node: each message has a listener elsewhere."""
        with ExitStack() as stack:
            servers = [
                stack.enter_context(self._installation.serve(node=str(number))) for number in range(nodes)
            ]
            doors = Doors(servers[0].url)
            keys = [self._organisations[number // 2 % ORGANISATIONS].widget_key for number in range(VISITORS)]
            plan = MessagesPlan(
                [server.live_url for server in servers],
                [doors.visitor_tokens(key, 1)[0] for key in keys],
                [
                    token
                    for organisation in self._organisations
                    for token in [doors.sign_in(organisation.administrator)] * AGENTS_EACH
                ],
                self._run.seconds,
                per_second=per_second,
                heard_by=AGENTS_EACH,
            )
            return check(self._run.load(plan, MessagesResult))


def _rate(result: msgspec.Struct) -> float:
    assert isinstance(result, MessagesResult)
    return result.acked_per_second


def _p99(result: msgspec.Struct) -> float:
    assert isinstance(result, MessagesResult)
    return result.ack.p99
