"""Whether `deploy/` is true: it names settings and metrics that exist, this version, and containers that may do little.

Whether the files are well formed is asked of their schemas; see `make check-deploy`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from kithdesk import __version__
from kithdesk.core.metrics import REGISTRY
from kithdesk.core.settings import Settings

DEPLOY = Path(__file__).parents[1] / "deploy"

_SETTING = re.compile(r"\bKITHDESK_[A-Z_]+\b")
_METRIC = re.compile(r"\bkithdesk_[a-z_]+\b")
_WITH_PASSWORD = re.compile(r"://[^/$]*@")


def main() -> int:
    """Prints what is wrong; 1 when something is."""
    problems = list(found_in(DEPLOY))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def found_in(folder: Path) -> Iterator[str]:
    """Every problem, with the file it is in."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        for problem in _problems_of(file):
            yield f"{file.relative_to(folder.parent)}: {problem}"


def _problems_of(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    yield from unknown_settings(text)
    if file.parent.name == "monitoring":
        yield from unknown_metrics(text)
    if file.suffix == ".json":
        yield from _unreadable_json(text)
    if file.suffix == ".yaml":
        for document in yaml.safe_load_all(text):
            yield from unpinned_images(document)
            yield from unguarded_pods(document)
            yield from another_version(document)


def unknown_settings(text: str) -> Iterator[str]:
    """`KITHDESK_…` that the server does not read."""
    known = {f"KITHDESK_{name.upper()}" for name in Settings.model_fields}
    for name in sorted(set(_SETTING.findall(text)) - known):
        yield f"{name} is no setting"


def unknown_metrics(text: str) -> Iterator[str]:
    """`kithdesk_…` that the server does not count. A histogram's and a counter's samples have names of their own."""
    known = set(_sample_names())
    for name in sorted(set(_METRIC.findall(text)) - known):
        yield f"{name} is no metric"


def _sample_names() -> Iterator[str]:
    suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"]}
    for metric in REGISTRY.collect():
        for suffix in suffixes.get(metric.type, [""]):
            yield metric.name + suffix


def unpinned_images(document: Any) -> Iterator[str]:
    """Images of others without a version."""
    for image in _values_of("image", document):
        name, _, version = str(image).partition(":")
        if name != "kithdesk" and version in ("", "latest"):
            yield f"{name} has no version"


def another_version(document: Any) -> Iterator[str]:
    """A tag of our own image that is not this version."""
    for tag in _values_of("newTag", document):
        if tag != __version__:
            yield f"the image is of {tag}, this is {__version__}"


def unguarded_pods(document: Any) -> Iterator[str]:
    """Pods of Kubernetes that may do more than they must, or hold a secret in plain text."""
    if _WITH_PASSWORD.search(json.dumps(document, default=str)) and "kind" in document:
        yield "holds a password"
    for pod in (template["spec"] for template in _values_of("template", document)):
        if not pod.get("securityContext", {}).get("runAsNonRoot"):
            yield "a pod may run as root"
        if pod.get("automountServiceAccountToken") is not False:
            yield "a pod holds a token of the cluster"
        for container in pod["containers"]:
            yield from _unguarded(container)


def _unguarded(container: Any) -> Iterator[str]:
    context, name = container.get("securityContext", {}), container["name"]
    if not context.get("readOnlyRootFilesystem"):
        yield f"{name} may write to its image"
    if context.get("allowPrivilegeEscalation") is not False:
        yield f"{name} may gain rights"
    if context.get("capabilities", {}).get("drop") != ["ALL"]:
        yield f"{name} keeps capabilities"
    if "memory" not in container.get("resources", {}).get("limits", {}):
        yield f"{name} may take all memory"
    if "ports" in container and "KITHDESK_METRICS_TOKEN" not in _values_of("name", container):
        yield f"{name} tells its metrics to nobody"
    if "ports" in container and not {"livenessProbe", "readinessProbe"} <= container.keys():
        yield f"nobody asks {name} how it is"


def _values_of(key: str, document: Any) -> Iterator[Any]:
    """The values under `key`, however deep."""
    if isinstance(document, dict):
        if key in document:
            yield document[key]
        yield from _in_each(key, document.values())
    elif isinstance(document, list):
        yield from _in_each(key, document)


def _in_each(key: str, documents: Iterable[Any]) -> Iterator[Any]:
    for document in documents:
        yield from _values_of(key, document)


def _unreadable_json(text: str) -> Iterator[str]:
    try:
        json.loads(text)
    except ValueError as problem:
        yield f"is no JSON: {problem}"


if __name__ == "__main__":
    sys.exit(main())
