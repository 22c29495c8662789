"""What happens to a disk and to a clock: full, deaf, torn, wrong."""

from __future__ import annotations

import asyncio

from proofs import wal
from proofs.faults.scene import Inflict, Scene
from proofs.history import Fault
from proofs.rules.running import LIVED_ON


async def power_cut(scene: Scene) -> None:
    """SIGKILL, and what was written but perhaps not synced is damaged."""
    await scene.talk(0.2, 1.2)
    await scene.node.kill()
    # What the dead server had sent is still on its way to the clients, and they were told it.
    await asyncio.sleep(0.3)
    scene.history.note(Fault("power cut", _tear(scene)))


async def write_fails(scene: Scene) -> None:
    """No file can grow for a while: every commit fails. Then it can again."""
    await scene.talk(0.2, 0.6)
    log = scene.log
    scene.node.limit_file_size(log.stat().st_size + scene.random.randint(0, 40_000))
    await scene.talk(0.5, 1.5)
    if scene.node.is_alive:
        scene.node.limit_file_size(-1)
    scene.history.note(Fault("writes fail", "" if scene.node.is_alive else "the server ended"))
    await scene.talk(0.3, 0.6)


async def disk_full(scene: Scene) -> None:
    """The disk fills up under the server, and somebody makes room again. Only where the data is on a small disk."""
    await scene.talk(0.2, 0.6)
    ballast = scene.alone.data.parent / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65536))
        except OSError:
            pass
    await scene.talk(0.5, 1.5)
    ballast.unlink()
    scene.history.note(Fault("disk full", "" if scene.node.is_alive else "the server ended"))
    await scene.talk(0.3, 0.6)


async def flush_fails(scene: Scene) -> None:
    """The disk says no to a flush. The process must end, for it cannot know what the disk holds."""
    await scene.talk(0.2, 0.8)
    scene.orders.give("fail_flushes", 1)
    ended = await scene.node.wait(timeout=10) is not None
    await scene.node.kill()
    scene.orders.clear()
    # What was not flushed may be lost, as after a power cut.
    await asyncio.sleep(0.3)
    scene.history.note(Fault("flush fails", _tear(scene) if ended else LIVED_ON))


async def write_torn(scene: Scene) -> None:
    """The power goes in the middle of a write: a part of it has arrived."""
    await scene.talk(0.2, 0.8)
    scene.orders.give("tear", scene.random.randint(1, 999))
    if await scene.node.wait(timeout=10) is None:
        scene.history.note(Fault("write torn", "nothing was written"))
        await scene.node.kill()
    else:
        scene.history.note(Fault("write torn"))
    scene.orders.clear()


async def no_space(scene: Scene) -> None:
    """The disk takes nothing more for a while; then somebody has made room."""
    await scene.talk(0.2, 0.6)
    scene.orders.give("disk_full", 1)
    await scene.talk(0.5, 1.5)
    scene.orders.clear()
    scene.history.note(Fault("no space", "" if scene.node.is_alive else "the server ended"))
    await scene.talk(0.3, 0.6)


async def clock_jumps(scene: Scene) -> None:
    """The wall clock is an hour wrong, either way, and then right again."""
    await scene.talk(0.2, 0.6)
    hours = scene.random.choice((-1, 1))
    scene.orders.give("clock_seconds", hours * 3600)
    await scene.talk(0.5, 2)
    scene.orders.clear()
    scene.history.note(Fault("clock jumps", f"{hours} h"))
    await scene.talk(0.3, 0.6)


def _tear(scene: Scene) -> str:
    return wal.tear(scene.alone.database, scene.random, told=scene.highest_position_told())


OF_A_FILE: dict[str, Inflict] = {
    "power_cut": power_cut,
    "write_fails": write_fails,
    "disk_full": disk_full,
    "flush_fails": flush_fails,
    "write_torn": write_torn,
    "no_space": no_space,
}
OF_ANY: dict[str, Inflict] = {"clock_jumps": clock_jumps}
