"""A new version of a document: what changed is proposed, what the plan changed is kept, nothing is lost."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from sightline.access.scope import COMMAND_LINE_SCOPE
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import DeliveryState, Dimension
from sightline.plans.models import Action, Import, Plan
from sightline.plans.reports.printed import export_plan
from sightline.plans.rules.merging import CellChange, Verdict
from sightline.plans.selectors.preview import preview
from sightline.plans.services import imports
from sightline.plans.services.imports.ordering import merged_order
from tests.plans.imports.papers import HEADINGS, cells, imported, paper, plan_of, uploaded
from tests.plans.making import BY, NOW, TODAY, make_action, make_plan

pytestmark = pytest.mark.django_db
JULY = datetime(2026, 7, 15, 9, 0, tzinfo=UTC)
IN_JULY = date(2026, 7, 1)
BAND = ("Priority 1: Neglect is seen early",)
ONE = ("1.1", "Children are heard", "Police", "Audit forty case files", "Scoped.", "By 30 May 2026", "Amber")
TWO = ("1.2", "", "", "Train every designated lead", "", "", "")
THREE = ("1.3", "Families are met", "Health", "Open the family hub", "", "By May 2027", "Green")


def first_plan() -> Plan:
    return plan_of(imported(paper(BAND, ONE, TWO, THREE)))


def version(plan: Plan, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Import:
    return uploaded(paper(BAND, *rows, headings=headings), plan=plan, as_at=IN_JULY, now=JULY)


def confirmed(plan: Plan, *rows: tuple[str, ...]) -> Import:
    return imports.confirm(version(plan, *rows), by=BY, now=JULY)


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    names = ("number", "outcome", "owners", "action", "update", "timescale", "rating")
    return tuple(cells.get(name, text) for name, text in zip(names, row, strict=True))


def action(plan: Plan, place: int = 0) -> Action:
    return list(plan.actions.order_by("pk"))[place]


def change_of(upload: Import, cell: str) -> CellChange:
    merge = preview(upload).merge
    assert merge is not None
    return next(c for pair in merge.pairs for c in pair.changes if c.cell == cell)


class TestProposals:
    def test_the_same_document_changes_nothing(self) -> None:
        plan = first_plan()
        shown = preview(version(plan, ONE, TWO, THREE))
        assert shown.merge is not None
        assert shown.merge.changes_nothing
        before = cells(plan), list(plan.actions.values_list("version", flat=True))
        made = confirmed(plan, ONE, TWO, THREE)
        assert (cells(plan), list(plan.actions.values_list("version", flat=True))) == before
        assert (made.follows, made.plan) == (Import.objects.order_by("pk").first(), plan)

    @pytest.mark.parametrize(
        ("cell", "words"),
        [
            ("number", "1.1a"),
            ("outcome", "Children say it helped"),
            ("owners", "Health; Police"),
            ("action", "Audit forty case files and ten more"),
            ("timescale", "By 30 June 2026"),
            ("rating", "Red"),
        ],
    )
    def test_what_only_the_paper_changed_is_taken(self, cell: str, words: str) -> None:
        plan = first_plan()
        upload = version(plan, changed(ONE, **{cell: words}), TWO, THREE)
        assert change_of(upload, cell).verdict is Verdict.PROPOSED
        imports.confirm(upload, by=BY, now=JULY)
        assert cells(plan)[0][cell] == words

    def test_priorities_and_columns_of_nobody_change_too(self) -> None:
        headings = (*HEADINGS, "Cost")
        made = imported(paper(BAND, (*ONE, "£1"), (*TWO, "£2"), headings=headings))
        plan = plan_of(made)
        new = paper(BAND, (*ONE, "£9"), ("Priority 2: Help",), (*TWO, ""), headings=headings)
        imports.confirm(uploaded(new, plan=plan, as_at=IN_JULY, now=JULY), by=BY, now=JULY)
        assert [(c["priority"], c["other:Cost"]) for c in cells(plan)] == [("1", "£9"), ("2", "")]
        assert [p.title for p in plan.priorities.all()] == ["Neglect is seen early", "Help"]

    def test_history_carries_the_day_of_the_new_document(self) -> None:
        plan = first_plan()
        confirmed(plan, changed(ONE, timescale="By 30 June 2026", rating="Red"), TWO, THREE)
        one = action(plan)
        assert [(t.raw, t.as_at) for t in one.timescales.all()] == [
            ("By 30 May 2026", date(2026, 6, 1)),
            ("By 30 June 2026", IN_JULY),
        ]
        assert (one.current_slips, one.current_due_on) == (1, date(2026, 6, 30))
        assert [(r.value, r.as_at) for r in one.ratings.all()] == [
            ("amber", date(2026, 6, 1)),
            ("red", IN_JULY),
        ]

    def test_a_rating_that_was_rubbed_out_is_no_rating(self) -> None:
        plan = first_plan()
        confirmed(plan, changed(ONE, rating=""), TWO, THREE)
        assert action(plan).current_delivery_rating == "not_rated"

    def test_sources_change(self) -> None:
        headings = ("Source", "No.", "Action", "Lead", "RAG")
        plan = plan_of(imported(paper(("10, 20", "1.1", "Audit", "Police", "Red"), headings=headings)))
        imports.confirm(
            uploaded(
                paper(("10, 30", "1.1", "Audit", "Police", "Red"), headings=headings),
                plan=plan,
                as_at=IN_JULY,
                now=JULY,
            ),
            by=BY,
            now=JULY,
        )
        assert [s.raw for s in plan.actions.get().sources.all()] == ["10", "30"]

    def test_a_column_the_new_document_lacks_changes_nothing_and_is_remembered(self) -> None:
        plan = first_plan()
        short = ("No.", "Action", "RAG")
        rows = [(row[0], row[3], row[6]) for row in (ONE, TWO, THREE)]
        upload = version(plan, *rows, headings=short)
        shown = preview(upload).merge
        assert shown is not None
        assert shown.changes_nothing
        imports.confirm(upload, by=BY, now=JULY)
        back = preview(version(plan, changed(ONE, timescale="By 1 June 2026"), TWO, THREE))
        assert back.merge is not None
        assert [c.verdict for p in back.merge.pairs for c in p.changes] == [Verdict.PROPOSED]


class TestUpdates:
    def test_only_the_added_words_become_an_update(self) -> None:
        plan = first_plan()
        confirmed(plan, changed(ONE, update="Scoped. Twelve files read."), TWO, THREE)
        said = [(u.text, u.as_at, u.received_how) for u in action(plan).updates.all()]
        assert said == [
            ("Scoped.", date(2026, 6, 1), "document"),
            ("Twelve files read.", IN_JULY, "document"),
        ]

    def test_updates_typed_meanwhile_stay(self) -> None:
        plan = first_plan()
        services.record_update(action(plan), "A call came.", as_at=TODAY, by=BY, now=NOW)
        confirmed(plan, changed(ONE, update="Scoped. Twelve files read."), TWO, THREE)
        assert [u.text for u in action(plan).updates.all()] == [
            "Scoped.",
            "A call came.",
            "Twelve files read.",
        ]

    def test_an_update_begins_the_work(self) -> None:
        plan = first_plan()
        assert action(plan, 1).state == "not_started"
        confirmed(plan, ONE, changed(TWO, update="Ten trained."), THREE)
        assert action(plan, 1).state == "in_progress"

    def test_not_yet_started_begins_nothing(self) -> None:
        plan = first_plan()
        confirmed(plan, ONE, changed(TWO, update="Not yet started"), THREE)
        assert action(plan, 1).state == "not_started"


class TestStates:
    def test_complete_on_paper_completes_the_action(self) -> None:
        plan = first_plan()
        confirmed(plan, changed(ONE, rating="Complete"), TWO, THREE)
        assert (action(plan).state, action(plan).state_changes.last().as_at) == ("complete", IN_JULY)  # type: ignore[union-attr]

    def test_a_colour_after_complete_reopens_it(self) -> None:
        plan = plan_of(imported(paper(BAND, changed(ONE, rating="Complete"), TWO)))
        confirmed(plan, changed(ONE, rating="Amber"), TWO)
        one = action(plan)
        assert (one.state, one.current_delivery_rating) == ("in_progress", "amber")
        assert one.state_changes.last().reason == "As printed in “paper.txt”"  # type: ignore[union-attr]

    def test_our_own_columns_come_back_with_what_was_written_in_them(self) -> None:
        plan = first_plan()
        sent = export_plan(plan, "csv", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY).decode("utf-8-sig")
        line = next(one for one in sent.splitlines() if one.startswith("1.3"))
        written = sent.replace(line, line.replace("Not yet known,In progress", "Amber,Complete"))
        upload = uploaded(written, "csv", plan=plan, as_at=IN_JULY, now=JULY)
        assert (change_of(upload, "impact").verdict, change_of(upload, "state").verdict) == (
            Verdict.PROPOSED,
        ) * 2
        imports.confirm(upload, by=BY, now=JULY)
        three = action(plan, 2)
        assert (three.current_impact_rating, three.state) == ("amber", "complete")

    def test_a_move_the_rules_forbid_refuses_the_whole_and_names_the_action(self) -> None:
        plan = first_plan()
        sent = export_plan(plan, "csv", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY).decode("utf-8-sig")
        done = sent.replace("In progress", "Complete", 1)
        imports.confirm(uploaded(done, "csv", plan=plan, as_at=IN_JULY, now=JULY), by=BY, now=JULY)
        undone = done.replace("Complete", "Not started", 1)
        upload = uploaded(undone, "csv", plan=plan, as_at=IN_JULY, now=JULY)
        with pytest.raises(
            imports.ImportRefused, match=f"{action(plan).reference}: .* Choose the plan’s words"
        ):
            imports.confirm(upload, by=BY, now=JULY)
        kept = imports.choose(upload, f"{action(plan).reference}/state", "live", by=BY, now=JULY)
        assert imports.confirm(kept, by=BY, now=JULY).state == "confirmed"


class TestBothChanged:
    def both(self) -> tuple[Plan, Import]:
        plan = first_plan()
        one = action(plan)
        services.edit_action(one, one.version, {"text": "Audit sixty case files"}, by=BY, now=NOW)
        services.rate(one, Dimension.DELIVERY, "red", as_at=TODAY, reason="Nobody came", by=BY, now=NOW)
        return plan, version(plan, changed(ONE, action="Audit fifty case files", rating="Green"), TWO, THREE)

    def test_both_are_shown_and_the_plan_is_kept(self) -> None:
        plan, upload = self.both()
        words, rating = change_of(upload, "action"), change_of(upload, "rating")
        assert (words.base, words.live, words.paper) == (
            "Audit forty case files",
            "Audit sixty case files",
            "Audit fifty case files",
        )
        assert (words.verdict, rating.verdict, rating.live) == (Verdict.BOTH, Verdict.BOTH, "Red")
        imports.confirm(upload, by=BY, now=JULY)
        assert (action(plan).text, action(plan).current_delivery_rating) == ("Audit sixty case files", "red")

    def test_unless_the_paper_is_chosen(self) -> None:
        plan, upload = self.both()
        for cell in ("action", "rating"):
            upload = imports.choose(upload, f"{action(plan).reference}/{cell}", "paper", by=BY, now=JULY)
        imports.confirm(upload, by=BY, now=JULY)
        assert (action(plan).text, action(plan).current_delivery_rating) == (
            "Audit fifty case files",
            "green",
        )

    def test_what_was_refused_once_is_not_proposed_again(self) -> None:
        plan, upload = self.both()
        imports.confirm(upload, by=BY, now=JULY)
        again = preview(
            version(plan, changed(ONE, action="Audit fifty case files", rating="Green"), TWO, THREE)
        ).merge
        assert again is not None
        assert again.changes_nothing
        assert {c.verdict for p in again.pairs for c in p.changes} == {Verdict.KEPT}

    def test_a_proposal_may_be_refused(self) -> None:
        plan = first_plan()
        upload = version(plan, changed(ONE, rating="Red"), TWO, THREE)
        upload = imports.choose(upload, f"{action(plan).reference}/rating", "live", by=BY, now=JULY)
        imports.confirm(upload, by=BY, now=JULY)
        assert action(plan).current_delivery_rating == "amber"


class TestRows:
    def test_new_actions_are_added_in_their_place(self) -> None:
        plan = first_plan()
        new = ("1.2a", "", "", "Write to every school", "", "", "")
        made = confirmed(plan, ONE, TWO, new, THREE)
        assert [c["number"] for c in cells(plan)] == ["1.1", "1.2", "1.2a", "1.3"]
        assert plan.actions.get(text="Write to every school").import_of == made

    def test_actions_that_disappear_are_marked_and_may_return(self) -> None:
        plan = first_plan()
        confirmed(plan, ONE, THREE)
        assert [a.gone_from_document_on for a in plan.actions.order_by("pk")] == [None, IN_JULY, None]
        assert "1.2" not in export_plan(plan, "csv", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY).decode()
        still = preview(version(plan, ONE, THREE)).merge
        assert still is not None
        assert still.changes_nothing
        confirmed(plan, ONE, TWO, THREE)
        assert [a.gone_from_document_on for a in plan.actions.order_by("pk")] == [None, None, None]

    def test_actions_added_on_screen_are_not_called_gone(self) -> None:
        plan = first_plan()
        own = make_action(plan, text="Ring the helpline every day", numbers=["9.9"])
        confirmed(plan, ONE, TWO, THREE)
        own.refresh_from_db()
        assert own.gone_from_document_on is None

    def test_a_row_that_could_be_two_actions_is_asked_about_first(self) -> None:
        rows = [
            ("1.1c", "", "Police", f"Publish the audit in {season}", "", "", "")
            for season in ("spring", "autumn")
        ]
        plan = plan_of(imported(paper(BAND, *rows)))
        upload = version(plan, ("1.1c", "", "Police", "Publish the audit", "", "", ""))
        shown = preview(upload)
        assert shown.merge is not None
        (question,) = shown.merge.asked
        assert "could be more than one action" in shown.obstacles[0]
        with pytest.raises(imports.ImportRefused, match="One row could be more than one action"):
            imports.confirm(upload, by=BY, now=JULY)
        upload = imports.choose(upload, f"row:{question.index}", action(plan, 1).reference, by=BY, now=JULY)
        imports.confirm(upload, by=BY, now=JULY)
        assert [a.text for a in plan.actions.order_by("pk")] == [
            "Publish the audit in spring",
            "Publish the audit",
        ]

    def test_an_action_that_becomes_a_point_of_a_list_changes_its_kind(self) -> None:
        plan = plan_of(imported(paper(BAND, ONE, ("", "", "", "Train every designated lead", "", "", ""))))
        assert action(plan, 1).kind == "continuation"
        confirmed(plan, ONE, changed(TWO))
        assert (action(plan, 1).kind, [n.text for n in action(plan, 1).numbers.all()]) == (
            "numbered",
            ["1.2"],
        )

    def test_a_plan_made_on_screen_takes_a_document_as_well(self) -> None:
        plan = make_plan()
        make_action(plan, text="Audit forty case files", numbers=["1.1"])
        upload = version(plan, ONE, TWO)
        assert {c.verdict for p in preview(upload).merge.pairs for c in p.changes} <= {
            Verdict.PROPOSED,
            Verdict.BOTH,
        }  # type: ignore[union-attr]
        imports.confirm(upload, by=BY, now=JULY)
        assert [c["number"] for c in cells(plan)] == ["1.1", "1.2"]
        assert cells(plan)[0]["outcome"] == "Children are heard"

    def test_the_journal_names_what_was_added_changed_and_gone(self) -> None:
        plan = first_plan()
        confirmed(
            plan, changed(ONE, rating="Red"), THREE, ("1.4", "", "", "Write to every school", "", "", "")
        )
        told = json.loads(Entry.objects.filter(type="plans.import_confirmed").latest("id").after)
        one, two, _, four = plan.actions.order_by("pk")
        assert (told["added"], told["changed"], told["gone"]) == (
            [four.reference],
            sorted([one.reference, two.reference]),
            [two.reference],
        )

    def test_an_export_finds_its_actions_whatever_became_of_number_and_words(self) -> None:
        plan = first_plan()
        sent = export_plan(plan, "csv", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY).decode("utf-8-sig")
        rewritten = sent.replace("1.3,", "7.7,").replace(
            "Open the family hub", "Quite other words stand here"
        )
        upload = uploaded(rewritten, "csv", plan=plan, as_at=IN_JULY, now=JULY)
        imports.confirm(upload, by=BY, now=JULY)
        assert plan.actions.count() == 3
        assert action(plan, 2).text == "Quite other words stand here"

    def test_an_export_into_an_empty_house_keeps_its_references(self) -> None:
        plan = first_plan()
        sent = export_plan(plan, "csv", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY).decode("utf-8-sig")
        wanted = [a.reference for a in plan.actions.order_by("order")]
        imports.withdraw(Import.objects.get(), by=BY, now=NOW)
        again = plan_of(imported(sent.replace(wanted[2], "X-12"), "csv"))
        assert [a.reference for a in again.actions.order_by("order")][:2] == wanted[:2]
        assert again.actions.last().reference not in ("X-12", *wanted)  # type: ignore[union-attr]

    def test_two_plans_never_share_a_reference(self) -> None:
        plan = first_plan()
        sent = export_plan(plan, "csv", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY).decode("utf-8-sig")
        other = plan_of(imported(sent, "csv", plan_name="Another plan"))
        assert not {a.reference for a in plan.actions.all()} & {a.reference for a in other.actions.all()}


class TestOrder:
    @pytest.mark.parametrize(
        ("standing", "printed", "merged"),
        [
            ([1, 2, 3], [1, 2, 3], [1, 2, 3]),
            ([1, 2, 3], [3, 1], [3, 1, 2]),
            ([9, 1, 8, 2], [2, 1], [9, 2, 1, 8]),
            ([], [1], [1]),
            ([5, 6], [], [5, 6]),
        ],
    )
    def test_what_is_not_on_paper_stays_behind_what_it_stood_behind(
        self, standing: list[int], printed: list[int], merged: list[int]
    ) -> None:
        assert merged_order(standing, printed) == merged

    def test_a_paper_in_another_order_is_printed_so(self) -> None:
        plan = first_plan()
        confirmed(plan, THREE, ONE, TWO)
        assert [c["number"] for c in cells(plan)] == ["1.3", "1.1", "1.2"]


def test_a_complete_action_is_still_complete_when_only_the_update_grew() -> None:
    plan = plan_of(imported(paper(BAND, changed(ONE, rating="Complete"))))
    confirmed(plan, changed(ONE, rating="Complete", update="Scoped. And shown to the board."))
    assert action(plan).state == DeliveryState.COMPLETE
