"""Words that mean the same: what the file holds, and how a text is cut into expressions of one meaning."""

import json
from importlib.resources import files

import pytest
import yaml

from sightline.definitions import InvalidDefinition, checked, load
from sightline.definitions.synonyms import Span, standard, synonyms_from, words_of


def test_words_are_compared_without_capitals_hyphens_and_possessives() -> None:
    assert words_of("The Child’s front-door; 'multi-agency' & S.11") == [
        "the", "child", "front", "door", "multi", "agency", "s", "11",
    ]  # fmt: skip


def test_a_words_others_are_found_whichever_of_them_is_asked() -> None:
    known = synonyms_from([["mash", "front door"], ["child", "children", "children's"]])
    assert known.alternatives("Front-Door") == ("mash",)
    assert known.alternatives("Children’s") == ("child",)
    assert known.alternatives("door") == ()


def test_the_longest_expression_counts() -> None:
    known = synonyms_from([["child", "children"], ["cse", "child sexual exploitation"]])
    child, cse = known.meanings
    assert known.spans(words_of("Child sexual exploitation of a child")) == [
        Span(0, 3, "child sexual exploitation", cse),
        Span(3, 4, "of"),
        Span(4, 5, "a"),
        Span(5, 6, "child", child),
    ]
    assert known.spans([]) == []


def test_an_expression_stands_in_one_group_only() -> None:
    with pytest.raises(ValueError, match="'child' stands in two groups"):
        synonyms_from([["child", "children"], ["infant", "child"]])


def test_no_synonyms_leave_words_as_they_are() -> None:
    assert synonyms_from([]).spans(["a", "b"]) == [Span(0, 1, "a"), Span(1, 2, "b")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("children", "child"), ("CSE", "child sexual exploitation"), ("MASH", "front door"), ("dad", "father"),
     ("CCG", "integrated care board"), ("SCR", "local child safeguarding practice review")],
)  # fmt: skip
def test_the_words_that_ship_hold_what_people_look_for(one: str, other: str) -> None:
    assert other in standard().alternatives(one)


def test_a_group_of_one_is_no_group() -> None:
    schema = json.loads((files("sightline.definitions") / "synonyms.schema.json").read_text())
    alone = yaml.safe_dump({**load("synonyms"), "groups": [["alone"]]})
    with pytest.raises(InvalidDefinition, match=r"synonyms\.yaml"):
        checked("synonyms", alone, schema)
