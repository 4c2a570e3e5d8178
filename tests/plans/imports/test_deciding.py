"""What a person decides in the preview."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sightline.events.choices import StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.partners.choices import PartyKind
from sightline.plans.choices import ImportState
from sightline.plans.models import Import
from sightline.plans.selectors.preview import CellShown, preview, unknown_owners
from sightline.plans.services import imports
from sightline.plans.services.imports import OwnerDecision
from tests.plans.imports.papers import imported, kept_bytes, paper, plan_of, uploaded
from tests.plans.making import BY, NOW, TODAY, make_agency, make_group, make_person, make_plan

pytestmark = pytest.mark.django_db
PAPER = paper(
    ("Priority 1: Neglect",),
    (
        "1.1",
        "Children are heard",
        "Quality Group; Wardens Trust",
        "Audit forty files",
        "Scoped",
        "By May",
        "Amber?",
    ),
    ("1.2", "", "", "Train every lead", "", "", ""),
)


def cell(upload: Import, row: int, name: str) -> CellShown:
    return next(c for c in preview(upload).rows[row].cells if c.name == name)


class TestCorrections:
    def test_a_corrected_cell_shows_what_the_paper_said(self) -> None:
        made = imports.correct_row(
            uploaded(PAPER), 0, {"timescale": "By 31 May 2026"}, version=1, by=BY, now=NOW
        )
        shown = cell(made, 0, "timescale")
        assert (shown.text, shown.was, shown.is_corrected, shown.warnings) == (
            "By 31 May 2026",
            "By May",
            True,
            (),
        )
        assert not cell(made, 1, "timescale").is_corrected
        entry = Entry.objects.get(type="plans.import_corrected")
        assert (entry.before, entry.after) == (
            '{"row":0,"timescale":"By May"}',
            '{"row":0,"timescale":"By 31 May 2026"}',
        )

    def test_a_cell_given_back_its_words_is_no_correction(self) -> None:
        made = imports.correct_row(uploaded(PAPER), 0, {"timescale": "By 31 May 2026"}, by=BY, now=NOW)
        made = imports.correct_row(made, 0, {"timescale": "By May"}, by=BY, now=NOW)
        assert made.corrections == {}

    def test_corrections_of_one_row_add_up(self) -> None:
        made = imports.correct_row(uploaded(PAPER), 0, {"timescale": "By 31 May 2026"}, by=BY, now=NOW)
        made = imports.correct_row(made, 0, {"rating": "Red"}, by=BY, now=NOW)
        assert made.corrections == {"0": {"timescale": "By 31 May 2026", "rating": "Red"}}
        assert imports.correct_row(made, 1, {"rating": "Red"}, by=BY, now=NOW).corrections["1"] == {
            "rating": "Red"
        }

    def test_owners_are_split_by_the_names_we_know(self) -> None:
        make_agency("Kent, Wealdshire & Sussex Trust")
        made = imports.correct_row(
            uploaded(PAPER), 0, {"owners": "Kent, Wealdshire & Sussex Trust; Police"}, by=BY, now=NOW
        )
        assert made.corrections["0"]["owners"] == "Kent, Wealdshire & Sussex Trust\nPolice"

    def test_a_row_set_aside_moves_in_the_counts(self) -> None:
        made = uploaded(PAPER)
        before = preview(made).counts
        made = imports.correct_row(made, 1, {"set_aside": "yes"}, by=BY, now=NOW)
        after = preview(made)
        assert (after.counts.imported, after.counts.set_aside) == (before.imported - 1, before.set_aside + 1)
        assert after.adds_up
        assert [row.is_set_aside for row in after.rows] == [False, True]
        assert imports.correct_row(made, 1, {"set_aside": ""}, by=BY, now=NOW).corrections == {}

    def test_what_is_not_there_cannot_be_corrected(self) -> None:
        made = uploaded(PAPER)
        with pytest.raises(imports.ImportRefused, match="no such row"):
            imports.correct_row(made, 9, {"rating": "Red"}, by=BY, now=NOW)
        with pytest.raises(imports.ImportRefused, match="no cell “colour”"):
            imports.correct_row(made, 0, {"colour": "Red"}, by=BY, now=NOW)

    def test_somebody_else_was_first(self) -> None:
        made = uploaded(PAPER)
        imports.correct_row(made, 0, {"rating": "Red"}, version=1, by=BY, now=NOW)
        with pytest.raises(StaleRecord):
            imports.correct_row(made, 0, {"rating": "Green"}, version=1, by=BY, now=NOW)

    @pytest.mark.parametrize("state", [s for s in ImportState if s != ImportState.PREVIEW])
    def test_only_a_preview_is_corrected(self, state: ImportState) -> None:
        made = uploaded(PAPER)
        moments = {"confirmed_at": NOW, "withdrawn_at": NOW if state == ImportState.WITHDRAWN else None}
        Import.objects.filter(pk=made.pk).update(state=state, **moments)
        with pytest.raises(imports.ImportRefused):
            imports.correct_row(made, 0, {"rating": "Red"}, by=BY, now=NOW)


class TestOwners:
    def test_known_owners_are_not_asked_about_and_unknown_ones_come_with_suggestions(self) -> None:
        make_group("Quality Group")
        trust = make_agency("Wardens Hospital Trust")
        shown = preview(uploaded(PAPER))
        assert [(o.raw, o.rows, o.decided) for o in shown.unknown_owners] == [
            ("Wardens Trust", (0, 1), "Kept as text unless you say who this is")
        ]
        assert shown.unknown_owners[0].suggestions[0].id == trust.pk
        assert shown.known_owners == 1

    def test_initials_suggest_on_the_page_of_owners(self) -> None:
        person = make_person()
        person.initials = "AQ"
        person.save()
        made = uploaded(paper(("1.1", "", "AQ", "Audit", "", "", "")))
        assert [s.id for o in unknown_owners(made) for s in o.suggestions] == [person.pk]

    @pytest.mark.parametrize(
        ("decision", "words"),
        [
            (OwnerDecision(), "Kept as text"),
            (OwnerDecision(PartyKind.AGENCY, name=" Wardens Trust "), "New agency: Wardens Trust"),
        ],
    )
    def test_what_was_decided_is_shown(self, decision: OwnerDecision, words: str) -> None:
        made = imports.match_owner(uploaded(PAPER), "Wardens Trust", decision, version=1, by=BY, now=NOW)
        assert [o.decided for o in preview(made).unknown_owners if o.raw == "Wardens Trust"] == [words]

    def test_a_match_is_shown_by_name(self) -> None:
        agency = make_agency("The Wardens")
        decision = OwnerDecision(PartyKind.AGENCY, agency.pk)
        made = imports.match_owner(uploaded(PAPER), "Wardens Trust", decision, by=BY, now=NOW)
        assert [o.decided for o in preview(made).unknown_owners if o.raw == "Wardens Trust"] == [
            "The Wardens (agency)"
        ]

    def test_what_cannot_be_matched(self) -> None:
        made = uploaded(PAPER)
        with pytest.raises(imports.ImportRefused, match="No row of the document names “Nobody”"):
            imports.match_owner(made, "Nobody", OwnerDecision(), by=BY, now=NOW)
        with pytest.raises(Unacceptable, match="Choose an owner from the list"):
            imports.match_owner(made, "Wardens Trust", OwnerDecision(PartyKind.GROUP, 999), by=BY, now=NOW)
        with pytest.raises(Unacceptable, match="Give the new owner a name"):
            imports.match_owner(made, "Wardens Trust", OwnerDecision(PartyKind.GROUP), by=BY, now=NOW)


class TestTheDayAndThePlan:
    def test_the_day_must_be_given(self) -> None:
        made = uploaded(PAPER, as_at=None)
        assert "Say which day" in preview(made).obstacles[0]
        assert not preview(made).can_be_confirmed
        made = imports.set_as_at(made, TODAY, version=1, by=BY, now=NOW)
        assert preview(made).obstacles == ()
        assert preview(made).can_be_confirmed
        with pytest.raises(Unacceptable):
            imports.set_as_at(made, TODAY + timedelta(days=1), by=BY, now=NOW)

    def test_the_day_is_proposed_from_the_text(self) -> None:
        made = uploaded(
            paper(("1.1", "", "Police", "Audit", "", "", ""), title="Action plan as at 31 March 2026"),
            as_at=None,
        )
        assert str(preview(made).as_at_proposed) == "2026-03-31"

    def test_a_plan_must_be_named(self) -> None:
        made = uploaded(PAPER, plan_name="")
        assert any("Say which plan" in sentence for sentence in preview(made).obstacles)
        with pytest.raises(Unacceptable):
            imports.set_plan(made, plan_name=" ", by=BY, now=NOW)
        group = make_group()
        made = imports.set_plan(made, plan_name="New plan", group=group, version=1, by=BY, now=NOW)
        assert (made.plan, made.plan_name, made.group) == (None, "New plan", group)
        plan = make_plan()
        made = imports.set_plan(made, plan=plan, by=BY, now=NOW)
        assert (made.plan, made.plan_name) == (plan, "")
        assert preview(made).plan == plan

    def test_choosing_another_plan_forgets_what_was_chosen_against_the_first(self) -> None:
        plan = plan_of(imported(PAPER))
        made = imports.choose(uploaded(PAPER, plan=plan), "row:0", "", by=BY, now=NOW)
        assert imports.set_plan(made, plan_name="Other", by=BY, now=NOW).choices == {}


class TestChoices:
    def test_a_side_or_an_action(self) -> None:
        plan = plan_of(imported(PAPER))
        reference = plan.actions.first().reference  # type: ignore[union-attr]
        made = uploaded(PAPER, plan=plan)
        made = imports.choose(made, f"{reference}/rating", "live", version=1, by=BY, now=NOW)
        made = imports.choose(made, "row:1", reference, by=BY, now=NOW)
        assert made.choices == {f"{reference}/rating": "live", "row:1": reference}

    @pytest.mark.parametrize(
        ("key", "side", "sentence"),
        [
            ("SL-00001/rating", "sideways", "the plan’s words or the document’s"),
            ("rating", "live", "the plan’s words or the document’s"),
            ("row:99", "", "no such row"),
            ("row:x", "", "no such row"),
            ("row:0", "SL-99999", "no such action"),
        ],
    )
    def test_what_cannot_be_chosen(self, key: str, side: str, sentence: str) -> None:
        made = uploaded(PAPER, plan=plan_of(imported(PAPER)))
        with pytest.raises(imports.ImportRefused, match=sentence):
            imports.choose(made, key, side, by=BY, now=NOW)

    def test_a_new_plan_has_no_actions_to_choose(self) -> None:
        with pytest.raises(imports.ImportRefused, match="no such action"):
            imports.choose(uploaded(PAPER), "row:0", "SL-00001", by=BY, now=NOW)


def test_an_import_can_be_given_up() -> None:
    made = imports.discard(uploaded(PAPER), version=1, by=BY, now=NOW)
    assert (made.state, kept_bytes(made)) == (ImportState.DISCARDED, PAPER.encode())
    with pytest.raises(imports.ImportRefused, match="has been discarded"):
        imports.confirm(made, by=BY, now=NOW)


class TestSeveralAtOnce:
    def test_owners_are_matched_all_or_none(self) -> None:
        made = uploaded(PAPER)
        group = OwnerDecision(PartyKind.GROUP, name="Quality Group")
        with pytest.raises(imports.ImportRefused):
            imports.match_owners(made, {"Quality Group": group, "Nobody": group}, by=BY, now=NOW)
        made.refresh_from_db()
        assert made.matches == {}
        made = imports.match_owners(
            made, {"Quality Group": group, "Wardens Trust": OwnerDecision()}, version=1, by=BY, now=NOW
        )
        assert made.matches == {"Quality Group": {"as": "group", "name": "Quality Group"}}
        told = Entry.objects.filter(type="plans.owner_matched").count()
        imports.match_owners(made, {"Quality Group": group}, by=BY, now=NOW)
        assert Entry.objects.filter(type="plans.owner_matched").count() == told == 1

    def test_questions_of_the_merge_are_decided_all_or_none(self) -> None:
        plan = plan_of(imported(PAPER))
        one, two = plan.actions.order_by("pk")
        made = uploaded(PAPER, plan=plan)
        wanted = {f"{one.reference}/rating": "live", "row:1": two.reference}
        with pytest.raises(imports.ImportRefused):
            imports.choose_all(made, wanted | {"row:99": ""}, by=BY, now=NOW)
        made.refresh_from_db()
        assert made.choices == {}
        made = imports.choose_all(made, wanted, version=1, by=BY, now=NOW)
        assert made.choices == wanted
        assert imports.choose_all(made, wanted, by=BY, now=NOW).version == made.version
