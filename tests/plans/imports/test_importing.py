"""What a row of paper says to a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sightline.plans.choices import DeliveryRating, DeliveryState, ImpactRating
from sightline.plans.rules.importing import (
    SET_ASIDE,
    action_words,
    adds_up,
    cells_of,
    corrected,
    counts_after,
    impact_of,
    is_set_aside,
    paper_rows,
    parents,
    printed_cells,
    rating_of,
    split_owners,
    state_of,
    warnings_of,
    warnings_of_document,
)
from sightline.reading.blocks import At, Notice
from sightline.reading.names import KnownNames
from sightline.reading.schema import Counts, Reading, RowRead, TimescaleRead
from sightline.reading.warnings import SENTENCES

ROW = RowRead(
    priority="1",
    kind="numbered",
    number_raw="1.1",
    numbers=["1.1"],
    sources_raw="10, 20",
    sources=["10", "20"],
    outcome="Children are heard",
    owners_raw="Quality Group / Police",
    owners=["Quality Group", "Police"],
    action="Audit forty files",
    update="Scoped.",
    timescale_raw="By 30 September 2026",
    timescale=TimescaleRead("by_date", ["2026-09-30"]),
    rating_raw="Amber:",
    rating="amber",
    other={"Cost": "£200"},
    at=At(page=1, table=1, row=3),
)


class TestRating:
    @pytest.mark.parametrize(
        ("printed", "rating"),
        [
            ("green", DeliveryRating.GREEN),
            ("amber", DeliveryRating.AMBER),
            ("yellow", DeliveryRating.AMBER),
            ("red", DeliveryRating.RED),
            ("blue", DeliveryRating.NOT_RATED),
            ("complete", DeliveryRating.NOT_RATED),
            ("blank", DeliveryRating.NOT_RATED),
            ("other", DeliveryRating.NOT_RATED),
        ],
    )
    def test_a_papers_single_status_becomes_the_delivery_rating(
        self, printed: str, rating: DeliveryRating
    ) -> None:
        assert rating_of(replace(ROW, rating=printed)) is rating

    @pytest.mark.parametrize(
        ("printed", "rating"),
        [
            ("", ImpactRating.NOT_YET_KNOWN),
            ("Green", ImpactRating.GREEN),
            ("not  yet known", ImpactRating.NOT_YET_KNOWN),
            ("Purple", ImpactRating.NOT_YET_KNOWN),
        ],
    )
    def test_impact_stays_not_yet_known_unless_our_own_column_says_it(
        self, printed: str, rating: ImpactRating
    ) -> None:
        assert impact_of(replace(ROW, impact_rating=printed)) is rating


class TestState:
    @pytest.mark.parametrize(
        ("changes", "state"),
        [
            ({"rating": "complete"}, DeliveryState.COMPLETE),
            ({"rating": "blue"}, DeliveryState.COMPLETE),
            ({"rating": "green"}, DeliveryState.IN_PROGRESS),
            ({"rating": "blank", "update": ""}, DeliveryState.NOT_STARTED),
            ({"rating": "blank", "update": "Not yet started."}, DeliveryState.NOT_STARTED),
            ({"rating": "blank", "update": "Scoped."}, DeliveryState.IN_PROGRESS),
            ({"rating": "green", "state": "Complete"}, DeliveryState.COMPLETE),
            ({"rating": "complete", "state": "in  progress"}, DeliveryState.IN_PROGRESS),
            ({"rating": "complete", "state": "nobody knows"}, DeliveryState.COMPLETE),
            ({"rating": "green", "state": "Closed without completion"}, DeliveryState.CLOSED_OTHER),
        ],
    )
    def test_complete_and_blue_become_the_state_and_our_own_column_wins(
        self, changes: dict[str, str], state: DeliveryState
    ) -> None:
        assert state_of(replace(ROW, **changes)) is state  # type: ignore[arg-type]


class TestCells:
    def test_every_cell_is_there_as_text(self) -> None:
        assert cells_of(ROW) == {
            "priority": "1",
            "number": "1.1",
            "source": "10, 20",
            "outcome": "Children are heard",
            "owners": "Quality Group / Police",
            "action": "Audit forty files",
            "update": "Scoped.",
            "timescale": "By 30 September 2026",
            "rating": "Amber:",
            "impact": "Not yet known",
            "state": "In progress",
            "other:Cost": "£200",
        }

    def test_inherited_owners_are_filled_in(self) -> None:
        assert (
            cells_of(replace(ROW, owners_raw="", owners_inherited=True))["owners"] == "Quality Group; Police"
        )

    def test_a_list_in_the_cell_is_part_of_the_action_once(self) -> None:
        assert action_words(replace(ROW, items=["one", "two"])) == "Audit forty files\n• one\n• two"
        assert action_words(replace(ROW, action="Audit: one", items=["one"])) == "Audit: one"

    def test_columns_that_print_nothing_say_nothing(self) -> None:
        bare = RowRead(action="Audit", numbers=["1.1"], number_raw="1.1")
        assert printed_cells([bare]) == {"action", "number"}
        assert paper_rows({4: bare})[0].cells == {"action": "Audit", "number": "1.1"}
        assert printed_cells([]) == {"action"}

    def test_our_own_columns_count_only_where_printed(self) -> None:
        assert "state" not in printed_cells([ROW])
        assert {"state", "impact"} <= printed_cells([replace(ROW, state="Complete", impact_rating="Green")])

    def test_the_reference_goes_along(self) -> None:
        assert paper_rows({0: replace(ROW, reference="A-7")})[0].reference == "A-7"


class TestCorrections:
    def correct(self, **changes: str) -> RowRead:
        return corrected(ROW, changes, {"Blue": "complete"})

    def test_a_timescale_is_understood_anew(self) -> None:
        row = self.correct(timescale=" By January 2027 ")
        assert (row.timescale_raw, row.timescale.kind, row.timescale.dates) == (
            "By January 2027",
            "by_month",
            ["2027-01"],
        )

    def test_a_rating_follows_the_documents_own_key(self) -> None:
        row = self.correct(rating="Blue")
        assert (row.rating_raw, row.rating) == ("Blue", "complete")

    def test_owners_are_split_anew_and_no_longer_inherited(self) -> None:
        lines = split_owners("Police; Health", KnownNames())
        row = corrected(replace(ROW, owners_inherited=True), {"owners": lines}, {})
        assert (row.owners_raw, row.owners, row.owners_inherited) == (
            "Police; Health",
            ["Police", "Health"],
            False,
        )

    def test_a_number_is_text_and_makes_a_row_numbered(self) -> None:
        assert self.correct(number="2.11 & 3.2").numbers == ["2.11", "3.2"]
        assert self.correct(number="first").numbers == ["first"]
        assert self.correct(number="").numbers == ["1.1"]
        bare = corrected(replace(ROW, kind="unnumbered", numbers=[]), {"number": "4"}, {})
        assert (bare.kind, bare.numbers) == ("numbered", ["4"])

    def test_words(self) -> None:
        row = self.correct(
            priority="2",
            source="41, 42",
            outcome="Other",
            action="Audit\n• one\n• two",
            update="New",
            impact="Green",
            state="Complete",
            **{"other:Cost": "£300"},
        )
        assert (row.priority, row.sources, row.outcome, row.outcome_inherited) == (
            "2",
            ["41", "42"],
            "Other",
            False,
        )
        assert (row.action, row.items, row.update) == ("Audit", ["one", "two"], "New")
        assert (row.impact_rating, row.state, row.other) == ("Green", "Complete", {"Cost": "£300"})
        assert self.correct(priority="").priority is None

    def test_a_cell_that_is_none(self) -> None:
        with pytest.raises(ValueError, match="no cell “colour”"):
            self.correct(colour="x")

    def test_what_was_corrected_is_no_longer_warned_of(self) -> None:
        doubtful = replace(ROW, warnings=["inferred_year", "duplicate_number", "row_shifted"])
        row = corrected(doubtful, {"timescale": "By May 2026"}, {})
        assert row.warnings == ["duplicate_number", "row_shifted"]

    def test_setting_a_row_aside_changes_no_word(self) -> None:
        assert corrected(ROW, {SET_ASIDE: "yes"}, {}) == ROW
        assert (is_set_aside({SET_ASIDE: "yes"}), is_set_aside({SET_ASIDE: ""}), is_set_aside({})) == (
            True,
            False,
            False,
        )


class TestCounts:
    def test_rows_set_aside_move_from_one_heap_to_the_other(self) -> None:
        after = counts_after(Counts(10, 6, 2, 1, 1), 2)
        assert after == Counts(10, 4, 2, 1, 3)
        assert adds_up(after)

    def test_a_row_too_few_is_noticed(self) -> None:
        assert not adds_up(Counts(10, 6, 2, 1, 0))


class TestWarnings:
    READING = Reading(
        rows=[replace(ROW, warnings=["inferred_year", "row_shifted", "brand_new_code"])],
        warnings=[
            Notice(
                "inferred_year",
                "The year 2026 was taken from the row above.",
                At(page=1, table=1, row=3, column=7),
            ),
            Notice("inferred_year", "Another row.", At(page=1, table=1, row=4)),
            Notice("date_outside_period", "Dates lie outside the period."),
        ],
    )

    def test_each_stands_beside_its_cell_in_a_sentence(self) -> None:
        assert warnings_of(self.READING, self.READING.rows[0]) == {
            "timescale": ["The year 2026 was taken from the row above."],
            "": [SENTENCES["row_shifted"], "Brand new code."],
        }

    def test_the_others_stand_above_the_table(self) -> None:
        assert [n.message for n in warnings_of_document(self.READING)] == [
            "Another row.",
            "Dates lie outside the period.",
        ]


class TestParents:
    def test_bullets_hang_on_the_row_above_that_has_their_number(self) -> None:
        rows = {
            0: RowRead(kind="bullet", numbers=["9"]),
            1: RowRead(kind="stem", numbers=["2.11", "3.2"]),
            2: RowRead(kind="bullet", numbers=["2.11"]),
            3: RowRead(kind="bullet", numbers=[]),
            4: RowRead(kind="numbered", numbers=["4.7"]),
            5: RowRead(kind="continuation", numbers=["4.7"]),
            6: RowRead(kind="bullet", numbers=["5.1"]),
        }
        assert parents(rows) == {2: 1, 3: 1, 5: 4}
