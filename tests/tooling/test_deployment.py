"""The check of `deploy/` finds what it is there to find, and finds nothing now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.deployment import (
    DEPLOY,
    another_version,
    found_in,
    unguarded_pods,
    unknown_metrics,
    unknown_settings,
    unpinned_images,
)


def test_nothing_is_wrong_with_what_is_there() -> None:
    assert list(found_in(DEPLOY)) == []


def test_each_alert_and_each_graph_asks_for_a_metric_that_exists() -> None:
    known = "kithdesk_sockets kithdesk_commit_seconds_bucket kithdesk_jobs_dead_total"

    assert list(unknown_metrics(known)) == []
    assert list(unknown_metrics("rate(kithdesk_jobs_dead[1h])")) == ["kithdesk_jobs_dead is no metric"]
    assert list(unknown_metrics("kithdesk_sockets_open > 1")) == ["kithdesk_sockets_open is no metric"]


def test_a_setting_that_nobody_reads_is_named() -> None:
    assert list(unknown_settings("KITHDESK_BUS_URL: nats://bus")) == []
    assert list(unknown_settings("KITHDESK_NATS_URL: nats://bus")) == ["KITHDESK_NATS_URL is no setting"]


def test_an_image_of_another_has_a_version() -> None:
    assert (
        list(unpinned_images({"services": {"bus": {"image": "nats:2"}, "node": {"image": "kithdesk"}}})) == []
    )
    assert list(unpinned_images({"services": {"bus": {"image": "nats"}}})) == ["nats has no version"]
    assert list(unpinned_images([{"image": "nats:latest"}])) == ["nats has no version"]


def test_our_own_image_is_of_this_version() -> None:
    problem = next(another_version({"images": [{"newTag": "0.0.0"}]}))

    assert problem.startswith("the image is of 0.0.0")


@pytest.fixture
def server() -> Any:
    documents = yaml.safe_load_all((DEPLOY / "kubernetes/server.yaml").read_text())
    return next(document for document in documents if document["kind"] == "Deployment")


def _container(server: Any) -> Any:
    return server["spec"]["template"]["spec"]["containers"][0]


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("readOnlyRootFilesystem", "server may write to its image"),
        ("allowPrivilegeEscalation", "server may gain rights"),
        ("capabilities", "server keeps capabilities"),
    ],
)
def test_a_container_that_may_do_more_is_named(server: Any, setting: str, problem: str) -> None:
    assert list(unguarded_pods(server)) == []

    del _container(server)["securityContext"][setting]

    assert list(unguarded_pods(server)) == [problem]


@pytest.mark.parametrize(
    ("key", "problem"),
    [("readinessProbe", "nobody asks server how it is"), ("resources", "server may take all memory")],
)
def test_a_container_that_nobody_watches_or_bounds_is_named(server: Any, key: str, problem: str) -> None:
    del _container(server)[key]

    assert list(unguarded_pods(server)) == [problem]


def test_a_container_whose_metrics_nobody_may_read_is_named(server: Any) -> None:
    container = _container(server)
    container["env"] = [one for one in container["env"] if one["name"] != "KITHDESK_METRICS_TOKEN"]

    assert list(unguarded_pods(server)) == ["server tells its metrics to nobody"]


def test_a_pod_of_root_or_with_the_clusters_token_is_named(server: Any) -> None:
    pod = server["spec"]["template"]["spec"]
    pod["securityContext"]["runAsNonRoot"] = False
    del pod["automountServiceAccountToken"]

    assert list(unguarded_pods(server)) == ["a pod may run as root", "a pod holds a token of the cluster"]


def test_a_secret_in_plain_text_is_named(server: Any) -> None:
    _container(server)["env"].append({"name": "URL", "value": "postgresql://kithdesk:hunter2@db/kithdesk"})

    assert list(unguarded_pods(server)) == ["holds a password"]


def test_the_file_is_named_with_the_problem(tmp_path: Path) -> None:
    folder = tmp_path / "deploy/monitoring"
    folder.mkdir(parents=True)
    (folder / "dashboard.json").write_text('{"expr": "kithdesk_nothing",}')

    found = list(found_in(tmp_path / "deploy"))

    assert found[0] == "deploy/monitoring/dashboard.json: kithdesk_nothing is no metric"
    assert found[1].startswith("deploy/monitoring/dashboard.json: is no JSON")
