"""The labelled sentences of the measure: patterns that get worse are noticed at once."""

from __future__ import annotations

from benchmarks.identifying import asked, labelled, lines, qualities


def test_the_set_is_whole() -> None:
    texts = [text for text, _ in labelled()]
    assert len(set(texts)) == len(texts) == 500


def test_nine_of_ten_are_found_and_hardly_anybody_is_asked_needlessly() -> None:
    assert all(min(each.precision, each.recall) >= 0.9 for each in qualities()), list(lines())
    assert asked()[False, True] <= 5
