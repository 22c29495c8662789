"""`python -m proofs`: breaks a real server again and again, and judges what its clients saw.

    python -m proofs --minutes 15            # long tests, mutants, then histories until the time is over
    python -m proofs --minutes 60 --resume   # go on where the run before was: what had passed is not run again
    python -m proofs --only long             # tests whose short form is in `make test`
    python -m proofs --only faults --seed 7 --count 1    # one history, as often as you like
    python -m proofs --only mutants          # each broken promise must be noticed
    python -m proofs --nodes 2,3 --minutes 60           # on PostgreSQL only; 1 is SQLite
    python -m proofs --histories 1000 --operations 100000 --seed 5000    # long ones; run again, it goes on
    python -m proofs --judge proofs/histories/7.jsonl    # the rules again, on a history already recorded

Ctrl-C ends it after telling how far it came. Histories are kept in `proofs/histories/`, those with findings for ever;
what came of a run of `--histories` is a small file in `proofs/results/`.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import uvloop

from proofs import mutants
from proofs.attack import Attack
from proofs.faults import FAULTS, left_out
from proofs.history import Acked, Fault, History, Sent
from proofs.mutants import Mutant
from proofs.outcome import Result, Run
from proofs.playing import run
from proofs.rules import judge

HISTORIES = Path(__file__).parent / "histories"
STATE = HISTORIES / "state.json"
KEPT = 20
SHOWN = 20
"""Findings of one history that are told at the end, where whoever reads the last lines of a build sees them."""
LONGEST = 600
"""Seconds after which a history counts as stuck; each operation asked for adds to it."""
SECONDS_FOR_OPERATION = 0.02
PARTS = ("long", "mutants", "faults")
LONG_TESTS = ("-m", "pytest", "tests", "-q", "-m", "long", "-n", "2", "--junitxml=.reports/long.xml")


class State(msgspec.Struct):
    """Where to go on."""

    next_seed: int | None = None
    passed: list[str] = msgspec.field(default_factory=list)
    """The long tests, and mutants by name."""


@dataclass
class Progress:
    """Says every few seconds that something is going on, and what came of it."""

    minutes: float
    begun: float = field(default_factory=time.monotonic)
    histories: int = 0
    others: int = 0
    """What was run beside histories."""
    acked: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return time.monotonic() - self.begun > self.minutes * 60

    def line(self, doing: str) -> str:
        elapsed = time.monotonic() - self.begun
        found = f", {len(self.bad)} BAD" if self.bad else ""
        of = "" if math.isinf(self.minutes) else f" of {self.minutes:g}"
        return (
            f"{elapsed / 60:5.1f}{of} min · {self.histories} histories, {self.acked:,} acked,"
            f" {self.faults.total()} faults{found} · {doing}"
        )

    def say(self, doing: str) -> None:
        print(self.line(doing), flush=True)

    async def keep_saying(self, doing: str) -> None:
        while True:
            await asyncio.sleep(5)
            self.say(doing)

    def add(self, history: History) -> None:
        self.histories += 1
        self.acked += len({record.id for record in history if isinstance(record, Acked)})
        self.faults.update(record.kind for record in history if isinstance(record, Fault))


def main() -> int:
    options = _options()
    if options.judge is not None:
        findings = judge(History.load(options.judge))
        print("\n".join(findings) or "nothing found")
        return 1 if findings else 0
    # Whoever ends it ends the servers too, which have sessions of their own; a shell has its jobs ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    for fault, why in left_out().items():
        print(f"left out: {fault}, because {why}")
    progress = Progress(math.inf if options.histories else options.minutes)
    try:
        uvloop.run(_prove(options, progress))
    except KeyboardInterrupt:
        print("\nstopped; --resume goes on from here")
    passed = progress.histories + progress.others - len(progress.bad)
    print(f"faults: {dict(progress.faults)}")
    print("\n".join(progress.bad))
    print(f"{max(passed, 0)} passed, {len(progress.bad)} failed")
    return 1 if progress.bad else 0


async def _prove(options: argparse.Namespace, progress: Progress) -> None:
    if options.histories:
        await _make_histories(options, progress)
        return
    state = _load_state() if options.resume else State()
    if "long" in options.only and options.mutant is None:
        await _run_long_tests(progress, state)
    if "mutants" in options.only:
        await _catch_mutants(progress, options.mutant, state)
    if "faults" in options.only:
        await _inflict_faults(options, progress, state)


async def _run_long_tests(progress: Progress, state: State) -> None:
    if "long" in state.passed:
        return
    saying = asyncio.create_task(progress.keep_saying("long tests"))
    try:
        process = await asyncio.create_subprocess_exec(sys.executable, *LONG_TESTS)
        code = await process.wait()
    finally:
        saying.cancel()
    progress.others += 1
    if code != 0:
        progress.bad.append(f"the long tests ended with {code}")
    else:
        _note_passed(state, "long")


async def _inflict_faults(options: argparse.Namespace, progress: Progress, state: State) -> None:
    seed = _first_seed(options, state)
    while not progress.is_over and (options.count is None or progress.histories < options.count):
        await _one_history(Attack.of_seed(seed, options.faults, nodes=options.nodes), progress)
        seed += 1
        state.next_seed = seed
        _keep_state(state)
        if options.stop_at_first and progress.bad:
            return


async def _make_histories(options: argparse.Namespace, progress: Progress) -> None:
    """So many, each of so many operations, each noted in the run's results as soon as it is judged."""
    first = _first_seed(options, _load_state() if options.resume else State())
    plan = Run.load(first) or Run(first, options.histories, options.operations, options.nodes)
    plan.histories = max(plan.histories, options.histories)
    while not plan.is_over:
        attack = Attack.of_seed(plan.next_seed, options.faults, plan.operations, plan.nodes)
        begun = time.monotonic()
        findings, history = await _one_history(attack, progress)
        plan.add(Result.of(attack, history, time.monotonic() - begun, findings))
        if options.stop_at_first and progress.bad:
            return


async def _one_history(attack: Attack, progress: Progress) -> tuple[list[str], History]:
    doing = f"seed {attack.seed}, {attack.nodes} nodes: {' '.join(attack.faults)}"
    logs = HISTORIES / f"logs-{attack.seed}"
    findings, history = await _played(attack, progress, doing, logs)
    progress.add(history)
    _keep(history, HISTORIES / f"{attack.seed}.jsonl", is_bad=bool(findings))
    if not findings:
        shutil.rmtree(logs, ignore_errors=True)
    sent = len({record.id for record in history if isinstance(record, Sent)})
    progress.say(f"{doing}: {sent:,} sent, {len(findings)} findings")
    if findings:
        progress.bad.append("\n    ".join([f"{doing}:", *findings[:SHOWN]]))
    return findings, history


async def _catch_mutants(progress: Progress, only: str | None, state: State) -> None:
    for mutant in mutants.ALL:
        if only not in (None, mutant.name) or mutant.name in state.passed:
            continue
        if await _is_caught(mutant, progress):
            _note_passed(state, mutant.name)


async def _is_caught(mutant: Mutant, progress: Progress) -> bool:
    doing, findings = f"mutant {mutant.name}", list[str]()
    for seed in range(1, mutants.TRIES + 1):
        findings, history = await _played(mutant.attack(seed), progress, doing)
        progress.add(history)
        _keep(history, HISTORIES / f"mutant-{mutant.name}.jsonl", is_bad=True)
        caught = sorted({finding.partition(":")[0] for finding in findings} & mutant.caught_by)
        if caught:
            progress.say(f"{doing}: caught by {', '.join(caught)}")
            return True
        progress.say(f"{doing}: not caught with seed {seed}")
    progress.bad.append(f"mutant {mutant.name} was not caught; the last findings were {findings[:3]}")
    return False


async def _played(
    attack: Attack, progress: Progress, doing: str, logs: Path | None = None
) -> tuple[list[str], History]:
    saying = asyncio.create_task(progress.keep_saying(doing))
    history = History()
    try:
        async with asyncio.timeout(LONGEST + attack.operations * SECONDS_FOR_OPERATION):
            await run(attack, history, logs)
        return judge(history), history
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is a finding
        # What was not read at the end looks lost, so the rules have nothing to say.
        return [f"the_attack_ran_through: {problem!r}"], history
    finally:
        saying.cancel()


def _keep(history: History, path: Path, *, is_bad: bool) -> None:
    """Every bad history stays; of the good ones the newest."""
    target = path.with_name(f"bad-{path.name}") if is_bad and path.name[0].isdigit() else path
    history.write(target)
    good = sorted(HISTORIES.glob("[0-9]*.jsonl"), key=lambda one: one.stat().st_mtime)
    for old in good[:-KEPT]:
        old.unlink()


def _load_state() -> State:
    return msgspec.json.decode(STATE.read_bytes(), type=State) if STATE.exists() else State()


def _note_passed(state: State, what: str) -> None:
    state.passed.append(what)
    _keep_state(state)


def _keep_state(state: State) -> None:
    HISTORIES.mkdir(exist_ok=True)
    STATE.write_bytes(msgspec.json.encode(state))


def _first_seed(options: argparse.Namespace, state: State) -> int:
    if state.next_seed is not None:
        return state.next_seed
    return options.seed if options.seed is not None else random.randrange(1_000_000)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m proofs", description="Attacks a real server from outside."
    )
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, help="the first history's seed; by chance if missing")
    parser.add_argument("--count", type=int, help="this many histories at most")
    parser.add_argument("--histories", type=int, help="so many, however long it takes, with their results")
    parser.add_argument("--operations", type=int, default=0, help="answered sends in each of --histories")
    parser.add_argument("--only", type=lambda text: _some_of(PARTS, text), default=list(PARTS))
    parser.add_argument(
        "--nodes",
        type=lambda text: [int(one) for one in text.split(",")],
        default=[1, 2, 1, 3],
        help="how many, one of these by the seed: 1 is on SQLite, more are on PostgreSQL",
    )
    parser.add_argument("--faults", type=lambda text: _some_of(tuple(FAULTS), text), help="only these faults")
    parser.add_argument("--mutant", help="only this mutant")
    parser.add_argument("--resume", action="store_true", help="go on where the run before was")
    parser.add_argument(
        "--stop-at-first", action="store_true", help="stop at the first history with findings"
    )
    parser.add_argument("--judge", type=Path, help="judge a recorded history and do nothing else")
    return parser.parse_args()


def _some_of(known: tuple[str, ...], text: str) -> list[str]:
    chosen = text.split(",")
    if unknown := [one for one in chosen if one not in known]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(known)}")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
