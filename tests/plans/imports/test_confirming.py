"""Confirming an import: all of it becomes a plan, or nothing does."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from sightline.events.choices import StaleRecord, Tier
from sightline.events.models import Entry
from sightline.partners.choices import PartyKind
from sightline.partners.models import Agency, Alias, Group, Person
from sightline.plans.choices import ImportState, PlanState
from sightline.plans.models import Action, Import, ImportedRow, Plan, Rating, Reference, Update
from sightline.plans.selectors.preview import preview
from sightline.plans.services import imports
from sightline.plans.services.imports import OwnerDecision
from tests.plans.imports.papers import AS_AT, TWINS, cells, imported, paper, plan_of, uploaded
from tests.plans.making import BY, NOW, make_action, make_agency, make_group, make_plan

pytestmark = pytest.mark.django_db
AMBER = "Amber: staff left"
PAPER = paper(
    ("Priority 1: Neglect is seen early",),
    ("1.1", "Children are heard", "Quality Group / Police", "Audit forty files", "Scoped.", "By 30 May 2026", AMBER),
    ("1.2", "", "", "Train every lead. See 1.1", "", "Review 31 December 2026", ""),
    ("Priority 2: Help comes early",),
    ("2.1 & 2.2", "Families are met", "Wardens Trust", "Open the hub", "Done in March", "Completed", "Complete"),
    ("", "", "", "• Find a house", "Not yet started", "", ""),
    title="Neglect action plan April 2026 to March 2027",
)  # fmt: skip


def action(plan: Plan, number: str) -> Action:
    return plan.actions.get(numbers__text=number, parent=None)


def journal(kind: str) -> dict[str, Any]:
    return dict(json.loads(Entry.objects.filter(type=kind).latest("id").after))


class TestANewPlan:
    def test_the_plan_is_in_force_with_its_columns_period_and_priorities(self) -> None:
        group = make_group()
        made = uploaded(PAPER)
        made = imports.set_plan(made, plan_name="Neglect plan", group=group, by=BY, now=NOW)
        plan = plan_of(imports.confirm(made, by=BY, now=NOW))
        assert (plan.name, plan.group, plan.state) == ("Neglect plan", group, PlanState.IN_FORCE)
        assert (plan.starts_on, plan.ends_on) == (date(2026, 4, 1), date(2027, 3, 31))
        assert [c["heading"] for c in plan.columns][:3] == ["No.", "What difference will this make?", "Lead"]
        assert [(p.number, p.title, p.import_of) for p in plan.priorities.all()] == [
            ("1", "Neglect is seen early", made),
            ("2", "Help comes early", made),
        ]
        assert list(plan.changes.values_list("to_state", "as_at")) == [("in_force", AS_AT)]

    def test_a_paper_that_nobody_has_approved_becomes_a_draft(self) -> None:
        made = imports.set_plan(
            uploaded(PAPER), plan_name="Next plan", plan_state=PlanState.DRAFT, by=BY, now=NOW
        )
        plan = plan_of(imports.confirm(made, by=BY, now=NOW))
        assert plan.state == PlanState.DRAFT
        assert list(plan.changes.values_list("to_state", "as_at")) == [("draft", AS_AT)]

    def test_every_action_has_its_words_owners_timescale_and_place(self) -> None:
        make_group("Quality Group")
        police = make_agency("Police")
        plan = plan_of(imported(PAPER))
        assert [a.text for a in plan.actions.all()] == [
            "Audit forty files",
            "Train every lead. See 1.1",
            "Open the hub",
            "Find a house",
        ]
        first = action(plan, "1.1")
        assert [(o.raw, str(o.party)) for o in first.owners.all()] == [
            ("Quality Group", "Quality Group"),
            ("Police", "Police"),
        ]
        assert first.owners.last().agency == police  # type: ignore[union-attr]
        assert (first.current_due_on, first.outcome.text if first.outcome else "") == (
            date(2026, 5, 30),
            "Children are heard",
        )
        second = action(plan, "1.2")
        assert (second.outcome, second.outcome_inherited, second.owners_inherited) == (
            first.outcome,
            True,
            True,
        )
        assert (second.current_due_on, second.current_review_on) == (None, date(2026, 12, 31))
        assert [n.text for n in action(plan, "2.1").numbers.all()] == ["2.1", "2.2"]

    def test_bullets_hang_on_their_stem(self) -> None:
        plan = plan_of(imported(PAPER))
        bullet = plan.actions.get(text="Find a house")
        assert (bullet.parent, bullet.kind) == (action(plan, "2.1"), "bullet")
        assert action(plan, "2.1").kind == "stem"

    def test_history_is_dated_as_at_the_document_and_points_at_the_import(self) -> None:
        made = imported(PAPER)
        first = action(plan_of(made), "1.1")
        update, rating = Update.objects.get(action=first), Rating.objects.get(action=first)
        assert (update.text, update.as_at, update.dated_on, update.import_of, update.received_how) == (
            "Scoped.",
            AS_AT,
            None,
            made,
            "document",
        )
        assert (rating.value, rating.raw, rating.reason, rating.as_at, rating.import_of) == (
            "amber",
            "Amber: staff left",
            "staff left",
            AS_AT,
            made,
        )

    def test_a_blank_is_no_rating_and_complete_is_a_state(self) -> None:
        plan = plan_of(imported(PAPER))
        blank, done, todo = action(plan, "1.2"), action(plan, "2.1"), plan.actions.get(text="Find a house")
        assert (blank.ratings.count(), blank.state) == (0, "not_started")
        assert (done.state, done.current_delivery_rating, done.ratings.get().raw) == (
            "complete",
            "not_rated",
            "Complete",
        )
        assert [c.to_state for c in done.state_changes.all()] == ["complete"]
        assert todo.state == "not_started"

    def test_an_imported_rating_owes_no_sentence(self) -> None:
        plan = plan_of(imported(paper(("1.1", "", "Police", "Audit", "", "By 1 January 2025", "Green"))))
        assert (action(plan, "1.1").current_delivery_rating, Rating.objects.get().reason) == ("green", "")

    def test_references_find_their_target_where_there_is_one(self) -> None:
        plan = plan_of(imported(PAPER))
        assert action(plan, "1.2").references.get().target == action(plan, "1.1")

    def test_references_to_other_plans_and_to_nothing_keep_their_words(self) -> None:
        other = make_plan(name="Voice action plan")
        target = make_action(other, numbers=["2.1"])
        make_action(other, numbers=["2.9"])
        make_action(other, numbers=["2.9"])
        rows = [
            (f"1.{n}", "", "Police", f"Ask. Cross reference {plan} {number}", "", "", "")
            for n, (plan, number) in enumerate(
                [("Voice action plan", "2.1"), ("Voice action plan", "2.9"), ("Lost action plan", "2.1")], 1
            )
        ]
        plan = plan_of(imported(paper(*rows)))
        found = Reference.objects.filter(action__plan=plan).order_by("action__order")
        assert [(r.plan_text, r.number, r.target) for r in found] == [
            ("Voice action plan", "2.1", target),
            ("Voice action plan", "2.9", None),
            ("Lost action plan", "2.1", None),
        ]

    def test_every_row_says_what_became_of_it(self) -> None:
        made = uploaded(PAPER + "\nA last word that stands under no column.\n")
        made = imports.correct_row(made, 1, {"set_aside": "yes"}, by=BY, now=NOW)
        made = imports.correct_row(made, 0, {"rating": "Red"}, by=BY, now=NOW)
        made = imports.confirm(made, by=BY, now=NOW)
        rows = list(ImportedRow.objects.filter(import_of=made))
        assert [row.fate for row in rows][:4] == ["imported", "set_aside", "imported", "imported"]
        assert (rows[0].read["rating_raw"], rows[0].confirmed["cells"]["rating"]) == (
            "Amber: staff left",
            "Red",
        )
        assert rows[0].action == action(plan_of(made), "1.1")
        assert (rows[1].action, rows[1].confirmed) == (None, {})
        assert [r.read["message"] for r in rows[4:]] == [
            n["message"] for n in (made.reading or {})["leftovers"]
        ]
        assert str(rows[0]) == "Row 0 of paper.txt"

    def test_the_journal_says_which_file_and_how_many(self) -> None:
        made = imported(PAPER)
        told = journal("plans.import_confirmed")
        assert (told["sha256"], told["as_at"], told["plan"]) == (made.sha256, str(AS_AT), plan_of(made).key)
        assert told["added"] == sorted(a.reference for a in plan_of(made).actions.all())
        counts = told["counts"]
        assert counts["rows_seen"] == sum(counts[k] for k in ("imported", "joined", "furniture", "set_aside"))

    def test_columns_nobody_knows_are_kept(self) -> None:
        headings = ("No.", "Action", "Lead", "By when", "RAG", "Cost")
        plan = plan_of(
            imported(paper(("1", "Audit", "Police", "May 2026", "Red", "£200"), headings=headings))
        )
        assert plan.actions.get().other == {"Cost": "£200"}
        assert plan.columns[-1] == {"heading": "Cost", "meaning": "other"}

    def test_a_row_without_words_or_priority_keeps_its_outcome(self) -> None:
        plan = plan_of(imported(paper(("1.1", "Children are heard", "", "", "", "By May 2026", ""))))
        shown = cells(plan)[0]
        assert (shown["outcome"], shown["action"], shown["timescale"]) == (
            "Children are heard",
            "",
            "By May 2026",
        )

    def test_a_period_that_ends_before_it_begins_is_no_period(self) -> None:
        plan = plan_of(
            imported(paper(("1.1", "", "Police", "Audit", "", "", ""), title="Plan April 2017 to March 2017"))
        )
        assert (plan.starts_on, plan.ends_on) == (None, None)

    def test_the_whole_twin_arrives_with_counts_that_add_up(self) -> None:
        made = imported((TWINS / "plan.txt").read_bytes())
        assert plan_of(made).actions.count() == len((made.reading or {})["rows"])


class TestOwners:
    def test_decided_owners_are_matched_made_and_remembered(self) -> None:
        known = make_agency("Wardens Hospital Trust")
        made = uploaded(
            paper(
                (
                    "1.1",
                    "",
                    "Wardens Trust / Quality Group / Ann Archer / Nobody Board / Youth Unit",
                    "Audit",
                    "",
                    "",
                    "",
                )
            )
        )
        raws = [o.raw for o in preview(made).unknown_owners]
        assert len(raws) == 5
        decisions = {
            "Wardens Trust": OwnerDecision(PartyKind.AGENCY, known.pk),
            "Quality Group": OwnerDecision(PartyKind.GROUP, name="Quality Group"),
            "Ann Archer": OwnerDecision(PartyKind.PERSON, name="Ann Archer"),
            "Nobody Board": OwnerDecision(),
            "Youth Unit": OwnerDecision(PartyKind.AGENCY, name="Youth Unit"),
        }
        for raw, decision in decisions.items():
            made = imports.match_owner(made, raw, decision, by=BY, now=NOW)
        plan = plan_of(imports.confirm(made, by=BY, now=NOW))
        owners = [(o.raw, o.party) for o in plan.actions.get().owners.all()]
        assert owners == [
            ("Wardens Trust", known),
            ("Quality Group", Group.objects.get()),
            ("Ann Archer", Person.objects.get()),
            ("Nobody Board", None),
            ("Youth Unit", Agency.objects.get(name="Youth Unit")),
        ]
        assert Alias.objects.get().text == "Wardens Trust"
        assert preview(uploaded(paper(("1", "", "Wardens Trust", "Audit", "", "", "")))).unknown_owners == ()

    def test_two_spellings_of_one_new_party_make_one(self) -> None:
        made = uploaded(
            paper(
                ("1.1", "", "QA Group", "Audit", "", "", ""), ("1.2", "", "Quality Group", "Ask", "", "", "")
            )
        )
        for raw in ("QA Group", "Quality Group"):
            made = imports.match_owner(
                made, raw, OwnerDecision(PartyKind.GROUP, name="Quality Group"), by=BY, now=NOW
            )
        imports.confirm(made, by=BY, now=NOW)
        assert [g.name for g in Group.objects.all()] == ["Quality Group"]

    def test_a_name_that_stands_for_another_refuses_the_whole(self) -> None:
        make_group("Quality Group")
        other = make_group("Audit Group")
        made = uploaded(paper(("1.1", "", "Quality Group", "Audit", "", "", "")))
        made = imports.match_owner(
            made, "Quality Group", OwnerDecision(PartyKind.GROUP, other.pk), by=BY, now=NOW
        )
        with pytest.raises(imports.ImportRefused, match="already stands for Quality Group"):
            imports.confirm(made, by=BY, now=NOW)
        assert not Plan.objects.exists()


class TestAllOrNothing:
    def test_what_is_missing_is_said(self) -> None:
        for made, sentence in (
            (uploaded(PAPER, as_at=None), "which day"),
            (uploaded(PAPER, plan_name=""), "which plan"),
            (uploaded("Minutes\n\nNothing was promised.\n"), ""),
        ):
            if sentence:
                with pytest.raises(imports.ImportRefused, match=sentence):
                    imports.confirm(made, by=BY, now=NOW)
        assert not Plan.objects.exists()

    def test_a_plan_all_of_whose_rows_are_set_aside_is_none(self) -> None:
        made = uploaded(paper(("1.1", "", "Police", "Audit", "", "", "")))
        made = imports.correct_row(made, 0, {"set_aside": "yes"}, by=BY, now=NOW)
        with pytest.raises(imports.ImportRefused, match="No action was understood"):
            imports.confirm(made, by=BY, now=NOW)

    def test_it_is_confirmed_once(self) -> None:
        made = imported(PAPER)
        with pytest.raises(imports.ImportRefused, match="confirmed already"):
            imports.confirm(made, by=BY, now=NOW)
        assert Plan.objects.count() == 1

    def test_what_somebody_looked_at_is_what_they_confirm(self) -> None:
        made = uploaded(PAPER)
        seen = preview(made).fingerprint
        imports.correct_row(made, 0, {"rating": "Red"}, by=BY, now=NOW)
        with pytest.raises(StaleRecord):
            imports.confirm(made, version=1, seen=seen, by=BY, now=NOW)
        plan = plan_of(imports.confirm(made, version=2, seen=seen, by=BY, now=NOW))
        again = uploaded(
            paper(("1.1", "", "Police", "Audit forty files", "", "By June 2026", "Red")), plan=plan
        )
        before = preview(again).fingerprint
        make_action(plan, text="A quite different promise")
        with pytest.raises(StaleRecord, match="The plan has changed"):
            imports.confirm(again, seen=before, by=BY, now=NOW)

    def test_a_fault_half_way_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = uploaded(PAPER)

        def failing(*args: object, **given: object) -> None:
            raise RuntimeError("the power went")

        monkeypatch.setattr("sightline.plans.services.imports.confirming.refresh_current", failing)
        before = Entry.objects.count()
        with pytest.raises(RuntimeError):
            imports.confirm(made, by=BY, now=NOW)
        made.refresh_from_db()
        assert (made.state, Plan.objects.count(), Action.objects.count()) == (ImportState.PREVIEW, 0, 0)
        assert Entry.objects.count() == before


class TestOtherDocuments:
    def test_recommendations_become_a_source(self) -> None:
        made = imported((TWINS / "addendum.txt").read_bytes(), plan_name="Review of Child R")
        reading = made.reading or {}
        assert made.source is not None
        assert made.source.title == "Review of Child R"
        found = list(made.source.recommendations.all())
        assert [r.number for r in found] == [r["number"] for r in reading["recommendations"]]
        assert [r.response for r in found] == [r["response"] for r in reading["recommendations"]]
        assert [r.import_of for r in found] == [made] * len(found)
        assert preview(made).what_it_becomes.startswith("The document becomes a source")

    def test_a_report_is_kept_with_its_import_and_changes_no_plan(self) -> None:
        made = uploaded((TWINS / "report.txt").read_bytes())
        shown = preview(made)
        assert shown.attendance or shown.members
        assert shown.what_it_becomes == (
            "What was understood is kept with the import and shown here. Nothing is added to a plan."
        )
        made = imports.confirm(made, by=BY, now=NOW)
        assert (made.state, made.plan, made.source, Plan.objects.count()) == (
            ImportState.CONFIRMED,
            None,
            None,
            0,
        )

    def test_a_strategy_becomes_actions_under_its_priorities(self) -> None:
        made = uploaded((TWINS / "strategy.html").read_bytes(), "html")
        assert preview(made).kind == "strategy"
        plan = plan_of(imports.confirm(made, by=BY, now=NOW))
        assert plan.actions.count() == len((made.reading or {})["rows"])
        assert plan.priorities.count() == len((made.reading or {})["priorities"])
        outcomes = [text for p in (made.reading or {})["priorities"] for text in p["outcomes"]]
        standing = {o.text for p in plan.priorities.all() for o in p.outcomes.all()}
        assert set(outcomes) <= standing


def test_an_import_is_known_by_its_file() -> None:
    assert str(Import(file_name="plan.docx")) == "plan.docx"


def test_what_is_imported_into_a_closer_plan_is_journalled_as_closely() -> None:
    plan = make_plan(make_group(), tier=Tier.T2)
    made = imports.correct_row(uploaded(PAPER, plan=plan), 0, {"rating": "Red"}, by=BY, now=NOW)
    imports.withdraw(imports.confirm(made, by=BY, now=NOW), by=BY, now=NOW)
    told = Entry.objects.filter(subject_model="import", subject_id=str(made.pk))
    assert set(told.values_list("type", flat=True)) == {
        "plans.document_uploaded",
        "plans.import_corrected",
        "plans.import_confirmed",
        "plans.import_withdrawn",
    }
    assert set(told.values_list("tier", flat=True)) == {"T2"}
