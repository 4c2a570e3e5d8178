"""What one person reads of a report, what is issued, what became of former exceptions, and the charts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import ScopeKind
from sightline.access.scope import Held, Scope
from sightline.events.choices import StaleRecord, Tier
from sightline.plans import services
from sightline.plans.choices import DeliveryState, Embedding, ExceptionKind, PlanState, SourceKind
from sightline.plans.models import Action, ExceptionReport
from sightline.plans.reports.exception_figures import by_owner, by_reason, figures
from sightline.plans.reports.exceptions import exception_report_document
from sightline.plans.rules.became import became
from sightline.plans.rules.facts import ActionFacts, RatingFacts
from sightline.plans.selectors import ExceptionRow, read_report
from sightline.plans.services import OwnerGiven, SourceGiven
from sightline.plans.services.reports import DraftIsOld, fingerprint
from sightline.rendering.document import Figure, Table
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_plan, make_user
from tests.plans.viewing import many_actions, old_action, old_plan, signed_in, words

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}
UNIT = Scope(None, (Held("unit", ScopeKind.PARTNERSHIP),))
CHAIR = Scope(None, (Held("chair", ScopeKind.GROUP, "audit-panel"),))
LATE = "2026-06-10"


def draft(group: Any = None, **given: Any) -> ExceptionReport:
    return services.draft_exception_report(group, **{"as_at": TODAY, **WHO, **given})


def issued(group: Any = None) -> ExceptionReport:
    return services.issue_exception_report(draft(group), **WHO)


def written(content: bytes) -> str:
    """The words of a file, out of its parts where it is made of some."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode(errors="ignore") for name in parts.namelist())


class TestReaders:
    @pytest.fixture
    def report(self) -> ExceptionReport:
        plan = make_plan()
        review = services.create_source("An open review", SourceKind.REVIEW, **WHO)
        hidden = services.create_source("An unseen review", SourceKind.REVIEW, tier=Tier.T2, **WHO)
        asked = [SourceGiven("1", review), SourceGiven("2", hidden), SourceGiven("loose words")]
        make_action(plan, due=LATE, text="Open to all", sources=asked)
        panel = make_group("Audit panel")
        make_action(plan, panel, due=LATE, text="The panel’s own", tier=Tier.T2)
        gone = make_action(plan, due=LATE, text="An unseen matter resolved", tier=Tier.T2)
        make_action(plan, due=LATE, text="An unseen matter", tier=Tier.T2)
        issued()
        services.change_state(gone, DeliveryState.CLOSED_OTHER, as_at=TODAY, reason="x", **WHO)
        return draft()

    def test_whoever_serves_the_partnership_reads_it_as_it_was_made(self, report: ExceptionReport) -> None:
        read = read_report(UNIT, report)
        assert [row.as_json() for row in read.rows] == [
            ExceptionRow.from_json(r).as_json() for r in report.rows
        ]
        assert (len(read.rows), len(read.resolved), len(read.former), read.left_out) == (3, 1, 4, 0)
        assert (read.tier, report.tier) == (Tier.T2, Tier.T2)

    def test_others_read_their_rows_and_how_many_are_left_out(self, report: ExceptionReport) -> None:
        read = read_report(CHAIR, report)
        assert [row.text for row in read.rows] == ["Open to all", "The panel’s own"]
        assert (len(read.resolved), len(read.former), read.left_out) == (0, 2, 2)
        stranger = read_report(Scope(None, (Held("chair", ScopeKind.GROUP, "x"),)), report)
        assert ([row.text for row in stranger.rows], stranger.left_out, stranger.tier) == (
            ["Open to all"],
            3,
            "T1",
        )

    def test_a_source_they_may_not_read_is_not_named(self, report: ExceptionReport) -> None:
        named = [[link.text for link in read_report(who, report).rows[0].sources] for who in (UNIT, CHAIR)]
        assert named == [
            ["An open review, 1", "An unseen review, 2", "loose words"],
            ["An open review, 1", "loose words"],
        ]

    def test_nothing_of_what_is_left_out_is_on_any_page(self, report: ExceptionReport) -> None:
        client = signed_in(make_user("chair", "group", "audit-panel"))
        page = client.get(reverse("plans:report", args=[report.pk]))
        text = words(page)
        assert "2 lines are left out for you" in text
        assert "2 actions that you may read need the group’s eye" in text
        assert "2 still, 0 resolved" in text
        assert "unseen" not in text
        for format in ("html", "docx", "xlsx"):
            taken = client.get(reverse("plans:report_download", args=[report.pk, format]))
            assert "Open to all" in written(taken.content)
            assert "unseen" not in written(taken.content)
        listed = words(client.get(reverse("plans:reports")))
        assert "Shown in part" in listed

    def test_a_row_whose_action_became_restricted_since_is_left_out_too(self) -> None:
        action = make_action(due=LATE)
        report = issued()
        assert len(read_report(CHAIR, report).rows) == 1
        Action.objects.filter(pk=action.pk).update(tier=Tier.T2)
        assert (read_report(CHAIR, report).rows, read_report(CHAIR, report).left_out) == ((), 1)
        document = exception_report_document(read_report(CHAIR, report))
        assert document.blocks[0].content.startswith("There was no action that you may read")  # type: ignore[union-attr]
        assert document.marking == Tier.T1.marking

    def test_reports_issued_before_a_value_was_kept_are_still_read(self) -> None:
        make_action(due=LATE)
        report = draft()
        report.rows = [
            {k: v for k, v in row.items() if k not in ("gone_kinds", "became")} for row in report.rows
        ]
        assert read_report(UNIT, report).rows[0].gone_kinds == ()

    @pytest.mark.parametrize("role", [("unit", "partnership", ""), ("chair", "group", "audit-panel")])
    def test_queries_do_not_grow_with_the_rows(self, role: tuple[str, str, str]) -> None:
        client, group, counted = signed_in(make_user(*role)), make_group("Audit panel"), []
        for number in (1, 3, 300):
            plan = old_plan(group, name=f"Plan {number}")
            Action.objects.all().delete()
            many_actions(plan, number, group)
            report = draft(plan=plan, now=timezone.now(), as_at=timezone.localdate())
            assert report.counts["exceptions"] == number
            with CaptureQueriesContext(connection) as seen:
                assert client.get(reverse("plans:report", args=[report.pk])).status_code == 200
            counted.append(len(seen))
        assert len(set(counted)) == 1
        assert counted[0] <= 12


class TestIssuing:
    def test_what_was_looked_at_is_issued(self) -> None:
        make_action(due=LATE)
        looked_at = draft()
        done = services.issue_exception_report(looked_at, seen=fingerprint(looked_at), **WHO)
        assert done.rows == looked_at.rows

    def test_where_the_plan_moved_on_the_person_is_told_what_changed(self) -> None:
        plan = make_plan()
        changes, goes, _ = (make_action(plan, due=LATE, numbers=[str(n)]) for n in (1, 2, 3))
        looked_at = draft()
        services.block(changes, "No analyst", as_at=TODAY, **WHO)
        services.change_state(goes, DeliveryState.CLOSED_OTHER, as_at=TODAY, reason="x", **WHO)
        make_action(plan, due=LATE, numbers=["4"])
        with pytest.raises(DraftIsOld) as told:
            services.issue_exception_report(looked_at, seen=fingerprint(looked_at), **WHO)
        assert told.value.sentence == (
            "Since this draft was made, 1 line is new, 1 line is different and 1 line is gone. Nothing was issued."
        )
        assert {(line.label, line.what) for line in told.value.lines} == {
            ("1", "changed"),
            ("2", "gone"),
            ("4", "new"),
        }
        looked_at.refresh_from_db()
        assert looked_at.issued_at is None
        as_drafted = services.issue_exception_report(looked_at, as_drafted=True, **WHO)
        assert as_drafted.rows == looked_at.rows

    def test_a_change_that_no_line_shows_is_told_too(self) -> None:
        make_action()
        looked_at = draft()
        make_action()
        with pytest.raises(DraftIsOld, match="the figures are different"):
            services.issue_exception_report(looked_at, **WHO)

    def test_a_draft_made_anew_by_somebody_else_is_not_issued_unseen(self) -> None:
        make_action(due=LATE)
        seen = fingerprint(draft())
        make_action(due=LATE)
        with pytest.raises(StaleRecord, match="made this draft anew"):
            services.issue_exception_report(draft(), seen=seen, as_drafted=True, **WHO)

    def test_on_screen_one_looks_then_issues_it_as_drafted_or_anew(self) -> None:
        client, now = signed_in(make_user("unit")), timezone.now()
        group = make_group()
        plan = old_plan(group)
        old_action(plan, text="Was there", due="2020-06-10")
        report = draft(group, as_at=timezone.localdate(), now=now)
        old_action(plan, text="Came later", due="2020-06-10")
        page = client.get(reverse("plans:report", args=[report.pk])).context["page"]
        issue = reverse("plans:report_issue", args=[report.pk])
        told = client.post(issue, {"seen": page.seen})
        assert told.status_code == 422
        assert "1 line is new" in words(told)
        assert "Issue it as drafted" in words(told)
        assert client.post(issue, {"seen": page.seen, "as_drafted": "yes"}).status_code == 302
        report.refresh_from_db()
        assert (report.state, [row["text"] for row in report.rows]) == ("issued", ["Was there"])


class TestWhatBecame:
    def facts(self, **given: Any) -> ActionFacts:
        return ActionFacts(**{"opened_on": date(2026, 1, 1), **given})

    @pytest.mark.parametrize(
        ("given", "former", "sentence"),
        [
            (
                {"state": DeliveryState.COMPLETE, "state_since": TODAY, "embedding": Embedding.PASSED},
                {ExceptionKind.OVERDUE},
                "Complete on 15 June 2026, and embedded.",
            ),
            (
                {"state": DeliveryState.CLOSED_OTHER, "state_since": TODAY},
                {ExceptionKind.RED},
                "Closed without completion on 15 June 2026.",
            ),
            ({"state": DeliveryState.SUPERSEDED}, {ExceptionKind.RED}, "Superseded."),
            ({"due_on": TODAY}, {ExceptionKind.OVERDUE}, "Its date is now 15 June 2026."),
            ({}, {ExceptionKind.OVERDUE}, "It has no firm date any more."),
            (
                {"last_update_on": TODAY},
                {ExceptionKind.SILENT, ExceptionKind.REVIEW_MISSED},
                "An update came on 15 June 2026.",
            ),
            ({}, {ExceptionKind.BLOCKED}, "Nothing hinders it any more."),
            ({"delivery": RatingFacts("amber")}, {ExceptionKind.RED}, "Delivery is amber, impact not yet known."),
            ({"state_since": TODAY}, {ExceptionKind.NOT_EMBEDDED}, "It is open again since 15 June 2026."),
            ({}, {ExceptionKind.NOT_EMBEDDED}, "It is open again."),
            ({}, {ExceptionKind.SILENT}, "It is open, and no reason to look is left."),
            ({}, {ExceptionKind.SLIPPED_TWICE}, "It is open, and no reason to look is left."),
        ],
    )  # fmt: skip
    def test_it_is_told_by_what_it_was_an_exception_for(
        self, given: dict[str, Any], former: set[ExceptionKind], sentence: str
    ) -> None:
        assert became(self.facts(**given), former) == sentence

    def test_a_report_tells_it_of_every_line_that_is_gone(self) -> None:
        group, other = make_group("Business group"), make_group("Audit panel")
        plan, ends = make_plan(group), make_plan(group, "Ends", state=PlanState.IN_FORCE)
        handed_over = make_action(make_plan(other, "Other"), group, due=LATE)
        removed, closed = make_action(plan, due=LATE), make_action(plan, due=LATE)
        make_action(ends, due=LATE)
        first = issued(group)
        assert len(first.rows) == 4
        services.set_owners(handed_over, [OwnerGiven(party=other)], as_at=TODAY, **WHO)
        services.change_plan_state(ends, PlanState.CLOSED, as_at=TODAY, reason="x", **WHO)
        services.change_state(closed, DeliveryState.CLOSED_OTHER, as_at=TODAY, reason="x", **WHO)
        removed.delete()
        told = {row["became"] for row in draft(group).resolved}
        assert told == {
            "It is no longer among the actions this report looks at.",
            "Its plan has ended.",
            "Closed without completion on 15 June 2026.",
            "It is no longer in the system: the import that brought it was withdrawn.",
        }

    def test_a_line_that_stays_says_what_no_longer_holds(self) -> None:
        action = make_action(due=LATE)
        services.block(action, "No analyst", as_at=TODAY, **WHO)
        issued()
        services.unblock(action, as_at=TODAY, **WHO)
        (row,) = read_report(UNIT, draft()).rows
        assert (row.new_kinds, row.gone_kinds) == ((), (ExceptionKind.BLOCKED,))
        document = exception_report_document(read_report(UNIT, draft()))
        overdue = next(b for b in document.blocks if isinstance(b, Table))
        assert overdue.rows[1].cells[6].text.endswith("No longer: blocked.")


class TestCharts:
    def test_reasons_stand_against_the_last_report(self) -> None:
        plan = make_plan()
        stays, goes = make_action(plan, due=LATE), make_action(plan, due=LATE)
        first = by_reason(read_report(UNIT, draft()))
        assert isinstance(first, Figure)
        assert first.alt.startswith("Bar chart: Exceptions by reason")
        issued()
        services.change_state(goes, DeliveryState.CLOSED_OTHER, as_at=TODAY, reason="x", **WHO)
        services.block(stays, "No analyst", as_at=TODAY, **WHO)
        make_action(plan, due=LATE)
        chart = by_reason(read_report(UNIT, draft()))
        assert isinstance(chart, Figure)
        assert "Overdue: Last report, as at 15 June 2026 2, As at 15 June 2026 2. Blocked: " in chart.alt
        assert chart.table
        lines = {row.cells[0].text: [cell.text for cell in row.cells[1:6]] for row in chart.table.rows}
        assert lines["Overdue"] == ["2", "1", "1", "2", "1"]
        assert lines["Blocked"] == ["1", "1", "0", "0", "0"]

    def test_without_any_exception_and_any_earlier_report_there_are_no_figures(self) -> None:
        make_action()
        assert not list(figures(read_report(UNIT, draft())))

    def test_plans_priorities_and_owners_are_counted(self) -> None:
        plan, police = make_plan(None, "A"), make_agency("Police")
        priority = services.add_priority(plan, number="1", title="Early help", **WHO)
        make_action(plan, police, make_group("Audit panel"), due=LATE, priority=priority)
        make_action(plan, due=LATE)

        def captions() -> list[str]:
            return [
                block.caption for block in figures(read_report(UNIT, draft())) if isinstance(block, Figure)
            ]

        assert captions()[1] == "Exceptions by priority"
        make_action(make_plan(None, "B"), police, due=LATE)
        assert captions()[1] == "Exceptions by plan"
        assert by_owner(read_report(UNIT, draft()).rows) == {"Police": 2, "Audit panel": 1, "No owner": 1}

    def test_many_owners_end_in_one_bar(self) -> None:
        make_action(due=LATE)
        read = read_report(UNIT, draft())
        rows = tuple(replace(read.rows[0], owners=f"Owner {n:02}") for n in range(15))
        owners = [block for block in figures(replace(read, rows=rows)) if isinstance(block, Figure)][-1]
        assert owners.table
        assert [cell.text for cell in owners.table.rows[-1].cells] == ["Others (3)", "3"]
        assert len(owners.table.rows) == 13
