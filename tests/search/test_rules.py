"""How words are cut, stemmed, asked for and shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.definitions.synonyms import synonyms_from
from sightline.search.rules.query import Expression, parse
from sightline.search.rules.snippets import Piece, marked, snippet
from sightline.search.rules.stems import stem
from sightline.search.rules.words import cut, kept_text
from sightline.search.tables import match, tsquery

pytestmark = pytest.mark.library
SAME = synonyms_from([["cse", "child sexual exploitation"], ["child", "children"]])


@pytest.mark.parametrize(
    "words",
    [
        "practitioner practitioners",
        "neglect neglected neglecting neglects",
        "safeguard safeguards safeguarding",
        "organise organised organising organisation organize organization",
        "assess assesses assessed assessing assessment",
        "policy policies",
        "agency agencies",
        "exploit exploited exploitation",
        "study studies studied studying",
        "hope hoped hoping",
        "hop hopped hopping",
        "agree agreed",
    ],
)
def test_words_of_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("police", "policy"), ("hope", "hop"), ("care", "car")])
def test_words_of_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_what_is_no_english_word_stays_as_it_is() -> None:
    assert [stem(word) for word in ("as", "żółty", "n1q1c")] == ["as", "żółty", "n1q1c"]


def test_cutting_a_text() -> None:
    text = "Action 1.1c: Zoë’s multi-agency audit by 31.3.2027, 2.11 & 3.2"
    assert [word.plain for word in cut(text)] == [
        "action", "1.1c", "zoe", "multi", "agency", "audit", "by", "31.3.2027", "2.11", "3.2",
    ]  # fmt: skip
    assert kept_text("1.1c and 106") == "n1q1c and n106"


@given(st.text())
def test_any_text_can_be_kept_and_asked_for(text: str) -> None:
    kept = kept_text(text)
    assert all(word.isalnum() for word in kept.split())
    query = parse(text, SAME)
    assert "".join(piece.text for piece in marked(text, query.expressions)) == text
    if query.needs:
        assert match(query)
        assert tsquery(query)


def test_all_words_phrases_and_what_is_left_out() -> None:
    query = parse('audits -police “strategy discussions” safeg* -"core group"', None)
    assert match(query) == '(("audit") AND ("strategi discuss") AND ("safeg" *)) NOT "polic" NOT "core group"'
    assert tsquery(query) == (
        "(('audit')) & (('strategi' <-> 'discuss')) & (('safeg':*)) & !('polic') & !('core' <-> 'group')"
    )


def test_a_word_with_a_hyphen_stands_together() -> None:
    assert parse("multi-agency", SAME).needs[0].ways == (Expression(("multi", "agenc")),)


def test_synonyms_widen_and_are_told() -> None:
    query = parse("CSE audit", SAME)
    assert query.needs[0].ways == (Expression(("cse",)), Expression(("child", "sexual", "exploit")))
    assert [(used.typed, used.others) for used in query.used] == [("cse", ("child sexual exploitation",))]
    assert parse("CSE audit", None).used == ()


def test_the_long_form_is_found_in_any_order_and_by_its_short_one() -> None:
    ways = parse("child sexual exploitation", SAME).needs[0].ways
    assert ways == (Expression(("child", "sexual", "exploit"), ordered=False), Expression(("cse",)))


def test_phrases_are_searched_as_they_stand() -> None:
    assert parse('"CSE"', SAME).used == ()


def test_words_that_say_nothing_count_only_alone_or_in_phrases() -> None:
    assert len(parse("the impact of it", None).needs) == 1
    assert len(parse("what we do", None).needs) == 3
    assert parse('"line of sight"', None).needs[0].ways[0].words == ("line", "of", "sight")


def test_nothing_to_look_for() -> None:
    assert parse("", SAME).needs == ()
    assert parse('-police "" * -', SAME).needs == ()
    assert len(parse("word " * 500, None).needs) <= 20


def test_a_snippet_shows_where_the_words_stand() -> None:
    text = "nothing here " * 60 + "the audits found drift " + "and more " * 60
    pieces = snippet(text, parse("audit drift", None).expressions)
    assert [piece.text for piece in pieces if piece.found] == ["audits", "drift"]
    assert pieces[0] == Piece("… ")
    assert pieces[-1] == Piece(" …")
    assert sum(len(piece.text.split()) for piece in pieces) < 50


def test_a_phrase_is_marked_where_it_stands_and_nowhere_else() -> None:
    found = marked("A core group, and a group", parse('"core group"', None).expressions)
    assert [piece.text for piece in found if piece.found] == ["core", "group"]


def test_a_text_without_what_was_found_shows_its_beginning() -> None:
    assert snippet("Only this", parse("zebra", None).expressions) == (Piece("Only this"),)
    assert snippet("", parse("zebra", None).expressions) == ()
