"""The totals at the end are those of the reports."""

from pathlib import Path

from tools.run_tests import Totals


def test_counts_of_several_reports_are_added(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xml", tmp_path / "two.xml"
    one.write_text('<testsuites><testsuite tests="10" failures="1" errors="1" skipped="2"/></testsuites>')
    two.write_text('<testsuites><testsuite tests="5" failures="0" errors="0" skipped="0"/></testsuites>')
    totals = Totals()
    totals.add(one)
    totals.add(two)
    assert totals == Totals(passed=11, failed=2, skipped=2)


def test_a_stage_without_a_report_has_failed(tmp_path: Path) -> None:
    totals = Totals()
    totals.add(tmp_path / "none.xml")
    assert totals == Totals(passed=0, failed=1, skipped=0)
