"""Adds up the test reports of `make test`: one line, for people and for build machines."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET


def tally(reports: Path) -> Counter[str]:
    """Cases in every report by what became of them."""
    counts: Counter[str] = Counter()
    for report in sorted(reports.glob("*.xml")):
        counts.update(_outcome(case) for case in ET.parse(report).iter("testcase"))
    return counts


def _outcome(case: ET.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if case.find("skipped") is None else "skipped"


def main() -> None:
    """Print the line."""
    counts = tally(Path(sys.argv[1] if len(sys.argv) > 1 else ".reports"))
    print(f"{counts['passed']} passed, {counts['failed']} failed")


if __name__ == "__main__":
    main()
