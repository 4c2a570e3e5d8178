import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sightline.rendering.charts import Series, bar_chart, grouped_bar_chart, line_chart, stacked_bar_chart
from sightline.rendering.charts.drawing import wrapped
from sightline.rendering.charts.series import printed, ticks
from sightline.rendering.document import Figure
from sightline.rendering.svg import checked

SVG = "{http://www.w3.org/2000/svg}"
RATINGS = (Series("Green", (5, 0), "00703C"), Series("Amber", (2, None)), Series("Red", (1, 3), "D4351C"))


def drawn(figure: Figure) -> ET.Element:
    return ET.fromstring(checked(figure.svg))  # noqa: S314


def words(figure: Figure) -> list[str]:
    return [element.text or "" for element in drawn(figure).iter(f"{SVG}text")]


def parts(figure: Figure, kind: str) -> Iterator[ET.Element]:
    return (e for e in drawn(figure).iter() if kind in (e.get("class") or "").split())


def numbers(figure: Figure) -> list[list[str]]:
    assert figure.table
    return [[cell.text for cell in row.cells] for row in figure.table.rows]


def test_bars_are_as_long_as_their_values() -> None:
    figure = bar_chart("Actions", [("A", 10), ("B", 5)], heading="Group", measure="Open")
    assert [float(bar.get("width") or 0) for bar in parts(figure, "chart-bar")] == [370, 185]
    assert numbers(figure) == [["A", "10"], ["B", "5"]]
    assert figure.alt == "Bar chart: Actions. Most: A, 10. Least: B, 5."


def test_a_missing_figure_is_said_not_drawn_as_nought() -> None:
    figure = bar_chart("Actions", [("A", None)], heading="Group", measure="Open")
    assert list(parts(figure, "chart-bar")) == []
    assert "no figure" in words(figure)
    assert numbers(figure) == [["A", "no figure"]]


def test_a_chart_of_one_bar_names_no_least() -> None:
    figure = bar_chart("Actions", [("A", 0)], heading="Group", measure="Open")
    assert figure.alt == "Bar chart: Actions. Most: A, 0."
    assert "0" in words(figure)


def test_stacked_bars_follow_one_another_and_end_in_their_total() -> None:
    figure = stacked_bar_chart("Ratings", ["Priority 1", "Priority 2"], RATINGS, heading="Priority")
    bars = [(float(b.get("x") or 0), float(b.get("width") or 0)) for b in parts(figure, "chart-bar")]
    assert bars == [(210, 231.25), (441.25, 92.5), (533.75, 46.25), (210, 138.75)]
    assert [t for t in words(figure) if t in ("8", "3")] == ["8", "8", "3"]
    assert numbers(figure) == [["Priority 1", "5", "2", "1"], ["Priority 2", "0", "no figure", "3"]]
    assert figure.alt.startswith("Stacked bar chart of Green, Amber, Red: Ratings. Most: Priority 1, 8.")


def test_series_differ_by_pattern_not_by_colour_alone() -> None:
    six = [Series(str(n), (1,)) for n in range(6)]
    figure = stacked_bar_chart("X", ["a"], six, heading="h")
    patterns = [
        "".join(ET.tostring(child, "unicode") for child in list(pattern)[1:])
        for pattern in drawn(figure).iter(f"{SVG}pattern")
    ]
    assert len(set(patterns)) == 6


def test_a_line_breaks_where_a_figure_is_missing() -> None:
    series = [Series("Us", (1, 2, None, 4, None, 6, 7)), Series("England", (3,) * 7)]
    figure = line_chart("Rate", list("abcdefg"), series, heading="Quarter")
    runs = [len((e.get("points") or "").split()) for e in parts(figure, "chart-line")]
    # Two marks of the legend, two runs of two points (a single point has no line), one whole line.
    assert runs == [2, 2, 2, 2, 7]
    assert figure.alt == "Line chart: Rate. Us: 1 in a, 7 in g. England: 3 in a, 3 in g."
    assert numbers(figure)[2] == ["c", "no figure", "3"]


def test_lines_differ_by_dashes_and_markers() -> None:
    six = [Series(str(n), (1, 2)) for n in range(6)]
    figure = line_chart("X", ["a", "b"], six, heading="h")
    strokes = list(parts(figure, "chart-line"))[:6]
    assert len({stroke.get("stroke-dasharray") for stroke in strokes}) == 6


def test_a_series_without_figures_says_so() -> None:
    figure = line_chart("X", ["a"], [Series("S", (None,))], heading="h")
    assert figure.alt == "Line chart: X. S: no figure."


def test_a_line_may_fall_below_nought() -> None:
    figure = line_chart("Change", ["a", "b"], [Series("S", (-4, 3))], heading="h")
    assert [w for w in words(figure) if w.startswith("-")] == ["-4", "-2"]


def test_many_periods_name_only_some() -> None:
    periods = [f"Q{n}" for n in range(30)]
    figure = line_chart("X", periods, [Series("S", tuple(range(30)))], heading="h")
    assert [w for w in words(figure) if w.startswith("Q")] == [f"Q{n}" for n in range(0, 30, 3)]


def test_a_long_legend_wraps() -> None:
    long = [Series(f"A rather long name of a group, number {n}", (1,)) for n in range(3)]
    figure = stacked_bar_chart("X", ["a"], long, heading="h")
    groups = [g.get("transform") for g in drawn(figure).iter(f"{SVG}g")]
    assert groups == ["translate(0 0)", "translate(0 22)", "translate(0 44)"]


@pytest.mark.parametrize(
    ("series", "sentence"),
    [
        ([], "A chart needs at least one label and one series."),
        ([Series("S", (1, 2))], "The series “S” has 2 values for 1 labels."),
        ([Series("S", (float("nan"),))], "The series “S” holds a value that is not a number."),
        ([Series("S", (-1,))], "The series “S” holds a negative value."),
    ],
)
def test_what_would_mislead_is_refused(series: list[Series], sentence: str) -> None:
    with pytest.raises(ValueError, match=r"chart|series") as refusal:
        stacked_bar_chart("X", ["a"], series, heading="h")
    assert str(refusal.value) == sentence


def test_the_drawing_is_an_image_with_title_and_description() -> None:
    figure = bar_chart("A & <b>", [("x", 1)], heading="h", measure="m")
    root = drawn(figure)
    assert root.get("role") == "img"
    names = (root.get("aria-labelledby") or "").split()
    assert [e.get("id") for e in list(root)[:2]] == names
    assert [e.text for e in list(root)[:2]] == ["A & <b>", figure.alt]
    assert not re.search(r"\sstyle=", figure.svg)


def test_the_same_chart_is_drawn_the_same_and_another_has_other_ids() -> None:
    charts = [bar_chart("A", [("x", n)], heading="h", measure="m") for n in (1, 1, 2)]
    assert charts[0] == charts[1]
    assert charts[0].svg.split("aria-labelledby")[1][:30] != charts[2].svg.split("aria-labelledby")[1][:30]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "no figure"), (0, "0"), (-0.001, "0"), (12, "12"), (1234.5, "1,234.5"), (0.126, "0.13")],
)
def test_values_are_printed_as_people_write_them(value: float | None, text: str) -> None:
    assert printed(value) == text


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
@example(0.0, 5e-324)
def test_the_scale_holds_every_value_and_nought(one: float, other: float) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high)
    assert marks[0] <= min(low, 0) + 1e-6
    assert marks[-1] >= max(high, 0) - 1e-6
    assert marks[-1] > marks[0]
    assert 0 in marks
    assert len(marks) <= 8


def test_long_names_wrap_and_end_in_an_ellipsis() -> None:
    assert wrapped("one two", 7) == ["one two"]
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("one two three four", 7) == ["one two", "three …"]
    assert wrapped("abcdefghij", 5) == ["abcd…"]
    assert wrapped("", 5) == [""]


@given(st.lists(st.tuples(st.text(max_size=40), st.none() | st.floats(0, 1e12)), min_size=1, max_size=8))
def test_any_words_make_a_drawing(bars: list[tuple[str, float | None]]) -> None:
    figure = bar_chart("Any", bars, heading="h", measure="m")
    assert drawn(figure).tag == f"{SVG}svg"


def test_grouped_bars_stand_under_one_another_with_their_values() -> None:
    then, now = Series("Then", (2, 0)), Series("Now", (4, None))
    figure = grouped_bar_chart("Exceptions", ["Overdue", "Silent"], [then, now], heading="Reason")
    bars = list(parts(figure, "chart-bar"))
    assert [float(bar.get("width") or 0) for bar in bars] == [185, 370]
    first, second = (float(bar.get("y") or 0) for bar in bars)
    assert second > first
    assert [w for w in words(figure) if w == "no figure"] == ["no figure"]
    assert numbers(figure) == [["Overdue", "2", "4"], ["Silent", "0", "no figure"]]
    assert figure.alt == (
        "Grouped bar chart: Exceptions. Overdue: Then 2, Now 4. Silent: Then 0, Now no figure."
    )


def test_grouped_bars_refuse_what_would_mislead() -> None:
    with pytest.raises(ValueError, match="negative"):
        grouped_bar_chart("X", ["A"], [Series("B", (-1,))], heading="C")
