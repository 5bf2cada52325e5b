# SPDX-License-Identifier: Apache-2.0
"""The arithmetic under every row, and what a row says of itself."""

import json
from pathlib import Path

import pytest

from bench.harness import Reference, Report, Row, median, percentile, rounded, share_above, table


def test_percentile_is_a_value_that_was_measured() -> None:
    values = [float(value) for value in range(1, 101)]
    assert percentile(values, 95) == 95
    assert percentile(values, 100) == 100
    assert percentile(values, 50) == 50
    assert percentile([7.0], 95) == 7
    assert percentile([3.0, 1.0, 2.0], 0) == 1


def test_one_slow_frame_in_twenty_one_is_above_the_95th_percentile() -> None:
    assert percentile([16.7] * 20 + [50.0], 95) == 16.7
    assert percentile([16.7] * 18 + [50.0] * 2, 95) == 50


def test_median_of_an_even_number_lies_between_the_middle_two() -> None:
    assert median([4.0, 1.0, 3.0, 2.0]) == 2.5
    assert median([5.0, 1.0, 3.0]) == 3


@pytest.mark.parametrize("statistic", [median, lambda values: percentile(values, 95)])
def test_nothing_has_no_median(statistic: object) -> None:
    with pytest.raises(ValueError, match="of nothing"):
        statistic([])  # type: ignore[operator]


def test_share_above_counts_in_percent_and_strictly() -> None:
    assert share_above([25.0, 25.1, 10.0, 30.0], 25) == 50
    assert share_above([], 25) == 0


def test_a_goal_is_met_at_its_limit() -> None:
    assert Row("x", "S", 60.0, "ms", goal=60).met is True
    assert Row("x", "S", 60.1, "ms", goal=60).met is False
    assert Row("x", "S", 60.1, "ms").met is None


def test_ratio_above_one_is_better_than_the_reference() -> None:
    peer = Reference("peer", 300, "a peer")
    assert Row("x", "S", 15, "ms", reference=peer).ratio == 20
    assert Row("x", "S", 600, "ms", reference=peer).ratio == 0.5
    assert Row("x", "S", 0, "ms", reference=peer).ratio is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.123456, 0.123), (12.3456, 12.3), (123.456, 123), (12_345.6, 12_346), (0, 0), (-0.98765, -0.988)],
)
def test_three_digits_are_kept(value: float, shown: float) -> None:
    assert rounded(value) == shown


def test_the_report_is_on_disk_after_each_part(tmp_path: Path) -> None:
    report = Report(tmp_path / "out" / "bench.json", {"cores": 2})
    report.add([Row("brush", "S", 16.7, "ms", 17.5, Reference("peer", 45, "a peer"))])
    report.fail("open M", "TimeoutError: late")
    kept = json.loads((tmp_path / "out" / "bench.json").read_text())
    assert kept["machine"] == {"cores": 2}
    assert kept["failures"] == [{"part": "open M", "message": "TimeoutError: late"}]
    assert kept["rows"] == [
        {
            "name": "brush", "scene": "S", "value": 16.7, "unit": "ms", "goal": 17.5, "met": True,
            "reference": {"kind": "peer", "value": 45, "what": "a peer"}, "ratio": 2.69, "note": "",
        }
    ]  # fmt: skip


def test_columns_of_the_table_are_aligned() -> None:
    lines = table([Row("short", "S", 1, "ms"), Row("a longer name", "S200", 1_234.5, "ms", 10)]).splitlines()
    assert len(lines) == 3
    assert len({line.index("ms") for line in lines[1:]}) == 1
    assert "NO" in lines[2]
