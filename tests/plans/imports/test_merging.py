"""The three-way merge: last import, plan as it lives, new document."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.plans.rules.matching import Asked, LiveRow, PaperRow, likeness, pair_rows, plain
from sightline.plans.rules.merging import (
    CellChange,
    Side,
    Verdict,
    added_words,
    merge,
    merge_cell,
    update_verdict,
    verdict_of,
)

TRAIN = "Train every designated lead in the neglect toolkit"
AUDIT = "Audit forty case files for the voice of the child"
LEAFLET = "Print a leaflet for parents of teenagers"


def live(
    key: str,
    words: str,
    number: str = "",
    base: dict[str, str] | None = None,
    base_words: str = "",
    gone: bool = False,
    **cells: str,
) -> LiveRow:
    numbers = frozenset({number}) if number else frozenset()
    return LiveRow(
        key,
        {"action": words, **cells},
        numbers,
        words,
        base,
        numbers if base is not None else frozenset(),
        base_words,
        gone,
    )


def paper(index: int, words: str, number: str = "", reference: str = "", **cells: str) -> PaperRow:
    return PaperRow(
        index, {"action": words, **cells}, frozenset({number}) if number else frozenset(), words, reference
    )


def as_imported(key: str, row: PaperRow) -> LiveRow:
    return LiveRow(key, row.cells, row.numbers, row.words, row.cells, row.numbers, row.words)


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "compared"),
        [
            ("  two\n lines ", "two lines"),
            ("“said” – it’s", '"said" - it\'s'),
            ("• one\n• two", "one two"),
            ("a•b", "a•b"),
            ("", ""),
        ],
    )
    def test_shape_does_not_count_but_words_do(self, text: str, compared: str) -> None:
        assert plain(text) == compared


class TestVerdict:
    @pytest.mark.parametrize(
        ("base", "now", "printed", "verdict"),
        [
            ("Green", "Green", "Green", Verdict.SAME),
            ("Green", "Amber", "Amber", Verdict.SAME),
            ("Green", "Green", "Amber", Verdict.PROPOSED),
            ("Green", "Amber", "Green", Verdict.KEPT),
            ("Green", "Amber", "Red", Verdict.BOTH),
            ("Green", "Green", "", Verdict.PROPOSED),
            (None, "Amber", "Red", Verdict.BOTH),
            (None, "", "Red", Verdict.PROPOSED),
            (None, "Red", "Red", Verdict.SAME),
        ],
    )
    def test_who_moved(self, base: str | None, now: str, printed: str, verdict: Verdict) -> None:
        assert verdict_of(base, now, printed) is verdict

    def test_a_proposal_is_taken_and_a_clash_keeps_the_plan(self) -> None:
        proposed = merge_cell("rating", "Green", "Green", "Amber")
        clash = merge_cell("rating", "Green", "Amber", "Red")
        assert (proposed.chosen, clash.chosen) == (Side.PAPER, Side.LIVE)

    def test_a_choice_stands_over_either(self) -> None:
        refused = merge_cell("rating", "Green", "Green", "Amber", Side.LIVE)
        taken = merge_cell("rating", "Green", "Amber", "Red", Side.PAPER)
        assert (refused.chosen, taken.chosen) == (Side.LIVE, Side.PAPER)


class TestAddedWords:
    @pytest.mark.parametrize(
        ("old", "new", "added"),
        [
            ("Scoped.", "Scoped. Tool drafted.", "Tool drafted."),
            ("Scoped.", "June: agreed. Scoped.", "June: agreed."),
            ("Scoped.", "June. Scoped. July.", "June.\nJuly."),
            ("It’s  scoped", "It's scoped\nand drafted", "and drafted"),
            ("Scoped.", "Scoped.", ""),
            ("", "All new", "All new"),
            ("Scoped twice", "Scoped once", None),
            ("Longer than the new", "Longer", None),
            ("full stop", "full stopped", None),
        ],
    )
    def test_only_the_added_words(self, old: str, new: str, added: str | None) -> None:
        assert added_words(old, new) == added

    @given(st.text(), st.text(), st.text())
    def test_a_text_is_always_found_inside_a_longer_one(self, before: str, old: str, after: str) -> None:
        assert added_words(old, f"{before}\n{old}\n{after}") is not None

    @given(
        st.lists(st.sampled_from(["one", "two", "three"]), min_size=1), st.sampled_from(["four", "four five"])
    )
    def test_words_put_after_a_text_are_what_was_added(self, old: list[str], more: str) -> None:
        assert added_words(" ".join(old), " ".join([*old, more])) == more


class TestUpdateCell:
    @pytest.mark.parametrize(
        ("base", "now", "printed", "verdict", "added"),
        [
            ("Scoped.", "Scoped.", "Scoped.", Verdict.SAME, ""),
            ("Scoped.", "Scoped.", "Scoped. Drafted.", Verdict.PROPOSED, "Drafted."),
            # the plan has an update of its own: the paper's addition joins it, nobody has to choose
            ("Scoped.", "Scoped.\nTyped here.", "Scoped. Drafted.", Verdict.PROPOSED, "Drafted."),
            # an export with words written under it
            ("Scoped.", "Scoped.\nTyped here.", "Scoped. Typed here. Drafted.", Verdict.PROPOSED, "Drafted."),
            # the same words reached the plan and the paper
            ("Scoped.", "Scoped.\nDrafted.\nMore.", "Scoped. Drafted.", Verdict.KEPT, ""),
            ("Scoped.", "Scoped.\nFirst.\nDrafted.", "Scoped. Drafted.", Verdict.KEPT, ""),
            ("Scoped.", "Scoped.\nTyped here.", "Scoped.", Verdict.KEPT, ""),
            # words taken off the paper stay in the history
            ("Scoped.", "Scoped.", "", Verdict.KEPT, ""),
            ("Scoped.", "Scoped.", "Written anew.", Verdict.PROPOSED, "Written anew."),
            ("Scoped.", "Other words.", "Written anew.", Verdict.BOTH, "Written anew."),
            ("", "", "First words.", Verdict.PROPOSED, "First words."),
            ("", "Typed here.", "First words.", Verdict.PROPOSED, "First words."),
            (None, "", "First words.", Verdict.PROPOSED, "First words."),
        ],
    )
    def test_what_an_update_cell_gains(
        self, base: str | None, now: str, printed: str, verdict: Verdict, added: str
    ) -> None:
        assert update_verdict(base, now, printed) == (verdict, added)

    def test_the_change_carries_the_added_words(self) -> None:
        assert merge_cell("update", "Scoped.", "Scoped.", "Scoped. Drafted.") == CellChange(
            "update", "Scoped.", "Scoped.", "Scoped. Drafted.", Verdict.PROPOSED, Side.PAPER, "Drafted."
        )


class TestPairing:
    def pairs(self, living: list[LiveRow], printed: list[PaperRow]) -> dict[int, str]:
        return pair_rows(living, printed, {}).pairs

    def test_our_own_reference_beats_number_and_words(self) -> None:
        living = [live("A-1", TRAIN, "1.1"), live("A-2", AUDIT, "1.2")]
        printed = [paper(0, TRAIN, "1.1", reference="A-2"), paper(1, AUDIT, "1.2", reference="A-1")]
        assert self.pairs(living, printed) == {0: "A-2", 1: "A-1"}

    def test_a_reference_that_nobody_has_falls_back_to_number_and_words(self) -> None:
        assert self.pairs([live("A-1", TRAIN, "1.1")], [paper(0, TRAIN, "1.1", reference="A-9")]) == {
            0: "A-1"
        }

    def test_a_reference_printed_twice_is_taken_once(self) -> None:
        printed = [paper(0, TRAIN, "1.1", reference="A-1"), paper(1, AUDIT, "1.2", reference="A-1")]
        pairing = pair_rows([live("A-1", TRAIN, "1.1")], printed, {})
        assert (pairing.pairs, pairing.new) == ({0: "A-1"}, (1,))

    def test_renumbered_actions_are_known_by_their_words(self) -> None:
        living = [live("A-1", TRAIN, "1.1"), live("A-2", AUDIT, "1.2")]
        printed = [paper(0, LEAFLET, "1.1"), paper(1, TRAIN + " by May", "1.2"), paper(2, AUDIT + ".", "1.3")]
        pairing = pair_rows(living, printed, {})
        assert (pairing.pairs, pairing.new, pairing.asked) == ({1: "A-1", 2: "A-2"}, (0,), ())

    def test_reworded_actions_are_known_by_their_number(self) -> None:
        assert self.pairs(
            [live("A-1", TRAIN, "1.1"), live("A-2", AUDIT, "1.2")],
            [
                paper(0, TRAIN.replace("every designated lead", "all school leads"), "1.1"),
                paper(1, AUDIT, "1.2"),
            ],
        ) == {0: "A-1", 1: "A-2"}

    def test_a_number_given_to_quite_another_action_is_asked_about(self) -> None:
        pairing = pair_rows([live("A-1", TRAIN, "1.1")], [paper(0, LEAFLET, "1.1")], {})
        assert (pairing.pairs, pairing.new, pairing.asked) == ({}, (), (Asked(0, ("A-1",)),))

    def test_bullets_share_a_number_and_are_told_apart_by_words(self) -> None:
        living = [live("A-1", TRAIN, "2.11"), live("A-2", AUDIT, "2.11"), live("A-3", LEAFLET, "2.11")]
        printed = [
            paper(0, LEAFLET + " and carers", "2.11"),
            paper(1, TRAIN + " twice", "2.11"),
            paper(2, "Something nobody promised before", "2.11"),
        ]
        pairing = pair_rows(living, printed, {})
        assert (pairing.pairs, pairing.new) == ({0: "A-3", 1: "A-1"}, (2,))

    def test_two_actions_as_like_are_asked_about(self) -> None:
        living = [live("A-1", TRAIN + " in spring", "1.1c"), live("A-2", TRAIN + " in autumn", "1.1c")]
        pairing = pair_rows(living, [paper(0, TRAIN, "1.1c")], {})
        assert pairing.pairs == {}
        assert [(a.index, set(a.candidates)) for a in pairing.asked] == [(0, {"A-1", "A-2"})]

    def test_two_rows_as_like_one_action_are_asked_about(self) -> None:
        printed = [paper(0, TRAIN + " in spring", "1.1"), paper(1, TRAIN + " in winter", "1.1")]
        pairing = pair_rows([live("A-1", TRAIN, "1.1")], printed, {})
        assert [a.index for a in pairing.asked] == [0, 1]

    def test_an_answer_settles_it(self) -> None:
        living = [live("A-1", TRAIN + " in spring", "1.1c"), live("A-2", TRAIN + " in autumn", "1.1c")]
        pairing = pair_rows(living, [paper(0, TRAIN, "1.1c"), paper(1, LEAFLET, "1.1c")], {0: "A-2", 1: ""})
        assert (pairing.pairs, pairing.new, pairing.asked) == ({0: "A-2"}, (1,), ())

    def test_an_answer_for_what_is_no_longer_there_is_ignored(self) -> None:
        pairing = pair_rows(
            [live("A-1", TRAIN, "1.1")], [paper(0, TRAIN, "1.1")], {0: "A-9", 7: "A-1", 8: ""}
        )
        assert pairing.pairs == {0: "A-1"}

    def test_twice_the_same_row_pairs_in_order(self) -> None:
        living = [live("A-1", TRAIN, "1.1c"), live("A-2", TRAIN, "1.1c")]
        assert self.pairs(living, [paper(4, TRAIN, "1.1c"), paper(5, TRAIN, "1.1c")]) == {4: "A-1", 5: "A-2"}

    def test_words_changed_in_the_plan_are_still_known_by_the_words_of_the_last_paper(self) -> None:
        living = [live("A-1", LEAFLET, "1.1", {"action": TRAIN}, TRAIN), live("A-2", TRAIN, "9.9")]
        question = pair_rows(living, [paper(0, TRAIN + "s", "3.1")], {}).asked
        assert [(q.index, set(q.candidates)) for q in question] == [(0, {"A-1", "A-2"})]
        assert self.pairs(living, [paper(0, TRAIN, "1.1")]) == {0: "A-1"}

    def test_rows_without_words_are_no_likeness(self) -> None:
        assert likeness(paper(0, ""), live("A-1", "")) == 0.0
        pairing = pair_rows([live("A-1", "", "1.1"), live("A-2", "", "")], [paper(0, "", "")], {})
        assert (pairing.pairs, pairing.new) == ({}, (0,))


class TestMerge:
    def test_disappeared_actions_are_named_and_new_ones_proposed(self) -> None:
        first = [paper(0, TRAIN, "1.1"), paper(1, AUDIT, "1.2")]
        living = [as_imported("A-1", first[0]), as_imported("A-2", first[1]), live("A-3", LEAFLET, "1.9")]
        found = merge(
            living, [paper(0, TRAIN, "1.1"), paper(1, "Ask forty children what changed for them", "1.3")]
        )
        assert (found.added, found.gone, found.stays, found.asked) == ((1,), ("A-2",), ("A-3",), ())
        assert not found.changes_nothing

    def test_an_action_already_gone_stays_gone_and_may_return(self) -> None:
        row = paper(0, TRAIN, "1.1")
        was_gone = LiveRow(
            "A-1", row.cells, row.numbers, row.words, row.cells, row.numbers, row.words, gone=True
        )
        assert merge([was_gone], []).gone == ()
        assert merge([was_gone], []).changes_nothing
        back = merge([was_gone], [row])
        assert back.pairs[0].returned
        assert not back.changes_nothing

    def test_an_action_in_question_is_not_called_gone(self) -> None:
        first = paper(0, TRAIN, "1.1")
        found = merge([as_imported("A-1", first)], [paper(0, LEAFLET, "1.1")])
        assert (found.gone, found.asked) == ((), (Asked(0, ("A-1",)),))

    def test_a_column_the_document_lacks_says_nothing(self) -> None:
        old = as_imported("A-1", paper(0, TRAIN, "1.1", timescale="By May 2026"))
        assert merge([old], [paper(0, TRAIN, "1.1")]).changes_nothing

    def test_choices_are_by_action_and_cell(self) -> None:
        old = as_imported("A-1", paper(0, TRAIN, "1.1", rating="Green"))
        found = merge([old], [paper(0, TRAIN, "1.1", rating="Red")], choices={("A-1", "rating"): Side.LIVE})
        assert found.pairs[0].changes[0].chosen is Side.LIVE
        assert found.changes_nothing


WORDS = st.sampled_from([TRAIN, AUDIT, LEAFLET, TRAIN + " again", "", "Short", "Shorter"])
ROW = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["", "1.1", "1.2", "2.11"]),
        "action": WORDS,
        "rating": st.sampled_from(["", "Green", "Amber", "Red?"]),
        "timescale": st.sampled_from(["", "By May 2026", "Ongoing"]),
        "update": st.sampled_from(["", "Scoped.", "Scoped. Drafted.", "Written anew."]),
    }
)
TABLE = st.lists(ROW, max_size=7)


def printed(table: list[dict[str, str]]) -> list[PaperRow]:
    return [
        PaperRow(i, cells, frozenset({cells["number"]}) - {""}, cells["action"])
        for i, cells in enumerate(table)
    ]


def imported(table: list[dict[str, str]]) -> list[LiveRow]:
    return [as_imported(f"A-{row.index}", row) for row in printed(table)]


class TestLaws:
    @given(TABLE, st.data())
    def test_the_old_document_again_changes_nothing(
        self, table: list[dict[str, str]], data: st.DataObject
    ) -> None:
        living = [
            LiveRow(row.key, cells, row.numbers, cells["action"], row.base, row.base_numbers, row.base_words)
            for row, cells in ((row, {**row.cells, **data.draw(ROW)}) for row in imported(table))
        ]
        assert merge(living, printed(table)).changes_nothing

    @given(TABLE, TABLE)
    def test_an_untouched_plan_takes_the_new_document_whole(
        self, old: list[dict[str, str]], new: list[dict[str, str]]
    ) -> None:
        living = imported(old)
        answers: dict[int, str] = {}
        while (found := merge(living, printed(new), answers)).asked:
            answers |= {question.index: "" for question in found.asked}
        cells = {row.key: dict(row.cells) for row in living}
        for pair in found.pairs:
            for change in pair.changes:
                if change.chosen is Side.PAPER:
                    cells[pair.key][change.cell] = change.added or change.paper
        result = [cells[pair.key] for pair in found.pairs] + [new[index] for index in found.added]
        assert Counter(_without_update(row) for row in result) == Counter(_without_update(row) for row in new)

    @given(TABLE, TABLE)
    def test_every_row_and_every_action_is_accounted_for_once(
        self, old: list[dict[str, str]], new: list[dict[str, str]]
    ) -> None:
        found = merge(imported(old), printed(new))
        rows = [pair.index for pair in found.pairs] + [*found.added] + [q.index for q in found.asked]
        assert sorted(rows) == list(range(len(new)))
        keys = [pair.key for pair in found.pairs] + [*found.gone]
        open_keys = {key for q in found.asked for key in q.candidates}
        assert sorted([*keys, *open_keys]) == sorted(f"A-{i}" for i in range(len(old)))

    @given(TABLE)
    def test_no_words_of_an_update_are_lost(self, table: list[dict[str, str]]) -> None:
        living = imported(table)
        emptied = [{**row, "update": ""} for row in table]
        changes = [
            c for pair in merge(living, printed(emptied)).pairs for c in pair.changes if c.cell == "update"
        ]
        assert {c.verdict for c in changes} <= {Verdict.KEPT}


def _without_update(row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((cell, plain(text)) for cell, text in row.items() if cell != "update"))
