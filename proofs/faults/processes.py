"""What happens to a process: it is killed, kills itself, stands still, or is asked to stop."""

from __future__ import annotations

import asyncio
import signal
import time

from proofs.faults.scene import Inflict, Scene
from proofs.history import Fault, Stopped

CRASH_POINTS = range(1, 7)
"""Numbered places on the server's commit path: 1 before BEGIN, 2 after the verbs, 3 before COMMIT, 4 after it,
5 when half of the senders were told, 6 when everybody was."""


async def kill(scene: Scene) -> None:
    """SIGKILL at a random moment."""
    await scene.talk(0.2, 1.2)
    await scene.node.kill()
    scene.history.note(Fault("kill"))


async def crash(scene: Scene) -> None:
    """The server kills itself at a numbered point of its commit path."""
    if scene.crash_at is None:  # It did so already, while starting.
        return
    if await scene.node.wait(timeout=20) is None:
        scene.history.note(Fault("crash", f"{scene.crash_at} was never reached"))
        await scene.node.kill()
        return
    scene.history.note(Fault("crash", scene.crash_at))


async def pause(scene: Scene) -> None:
    """The process stands still for a while, and goes on as if nothing had been."""
    await _stand_still(scene, "pause", (0.3, 3))


async def drain(scene: Scene) -> None:
    """A planned stop: everything taken is finished, exit 0."""
    await scene.talk(0.2, 0.8)
    begin = time.monotonic()
    scene.node.signal(signal.SIGTERM)
    code = await scene.node.wait(timeout=40)
    await scene.node.kill()
    scene.history.note(Fault("drain"))
    scene.history.note(Stopped(-1 if code is None else code, round(time.monotonic() - begin, 2)))


async def freeze(scene: Scene) -> None:
    """A node stands still for so long that everybody goes on without it, and then believes that nothing has been."""
    await _stand_still(scene, "freeze", (6, 9) if scene.is_short else (20, 90))


async def roll(scene: Scene) -> None:
    """Every node is restarted, one after another, as for an upgrade."""
    for node in scene.cluster.nodes:
        scene.node = node
        await drain(scene)
        await scene.start()
    await scene.talk(0.2, 0.5)


async def worker_killed(scene: Scene) -> None:
    """What a worker had claimed has to be done by somebody else."""
    await scene.talk(0.2, 0.8)
    for worker in scene.cluster.workers:
        await asyncio.to_thread(worker.kill)
        worker.launch()
    scene.history.note(Fault("worker killed"))


async def _stand_still(scene: Scene, name: str, seconds: tuple[float, float]) -> None:
    await scene.talk(0.2, 0.8)
    scene.node.signal(signal.SIGSTOP)
    await scene.talk(*seconds)
    scene.node.signal(signal.SIGCONT)
    scene.history.note(Fault(name))
    await scene.talk(0.2, 0.5)


OF_ANY: dict[str, Inflict] = {
    "kill": kill,
    **{f"crash_{point}": crash for point in CRASH_POINTS},
    "pause": pause,
    "drain": drain,
}
OF_SEVERAL: dict[str, Inflict] = {"freeze": freeze, "roll": roll, "worker_killed": worker_killed}
