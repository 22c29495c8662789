"""The line that sums up a test run."""

from __future__ import annotations

from pathlib import Path

from scripts.tally import tally

MIXED = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><failure>no</failure></testcase>
<testcase name="c"><error>no</error></testcase><testcase name="d"><skipped/></testcase>
</testsuite></testsuites>"""


def test_cases_of_all_reports_are_added_up(tmp_path: Path) -> None:
    (tmp_path / "python.xml").write_text(MIXED)
    (tmp_path / "web.xml").write_text("<testsuite><testcase name='e'/></testsuite>")

    assert tally(tmp_path) == {"passed": 2, "failed": 2, "skipped": 1}


def test_no_report_is_no_case(tmp_path: Path) -> None:
    assert tally(tmp_path).total() == 0
