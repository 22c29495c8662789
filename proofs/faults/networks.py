"""What happens between clients and nodes: cut, deaf, slow."""

from __future__ import annotations

from proofs.faults.scene import Inflict, Scene
from proofs.history import Fault


async def cut_sockets(scene: Scene) -> None:
    """All clients lose the network at once and come back."""
    await scene.talk(0.2, 0.8)
    for client in scene.clients:
        client.drop()
    scene.history.note(Fault("sockets cut"))
    await scene.talk(0.3, 0.8)


async def answers_lost(scene: Scene) -> None:
    """For a while nothing the server says arrives, though it hears everything; then all connections are gone."""
    await scene.talk(0.2, 0.8)
    for network in scene.deployment.networks:
        network.to_client.flows.clear()
    await scene.talk(0.2, 1)
    _reset_networks(scene)
    scene.history.note(Fault("answers lost"))
    await scene.talk(0.3, 0.6)


async def network_crawls(scene: Scene) -> None:
    """Everything takes its time on the way, and then the line is cut."""
    await scene.talk(0.2, 0.6)
    for network in scene.deployment.networks:
        network.to_server.delay = network.to_client.delay = (0.01, 0.2)
    await scene.talk(1, 3)
    _reset_networks(scene)
    scene.history.note(Fault("network crawls"))
    await scene.talk(0.3, 0.6)


def _reset_networks(scene: Scene) -> None:
    for network in scene.deployment.networks:
        network.reset()
        network.clear_up()


OF_ANY: dict[str, Inflict] = {
    "cut_sockets": cut_sockets,
    "answers_lost": answers_lost,
    "network_crawls": network_crawls,
}
