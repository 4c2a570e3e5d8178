"""The exception report as a document, and printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sightline.access.choices import ScopeKind
from sightline.access.permissions import Refused
from sightline.access.scope import Held, Scope
from sightline.events.choices import Tier, Unacceptable
from sightline.plans import services
from sightline.plans.choices import (
    DeliveryState,
    Dimension,
    ReportState,
    SourceKind,
)
from sightline.plans.models import Action, ExceptionReport
from sightline.plans.reports import exception_report_document, print_exception_report
from sightline.plans.reports.paper import report_name
from sightline.plans.selectors import ExceptionRow, read_report
from sightline.plans.services import SourceGiven
from sightline.rendering.document import Document, Figure, Heading, Paragraph, Table
from tests.plans.making import BY, NOW, TODAY, complete, make_action, make_agency, make_group, make_plan

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}
UNIT = Scope(None, (Held("unit", ScopeKind.PARTNERSHIP),))
LATE = "2026-06-10"


def references(rows: list[ExceptionRow]) -> list[str]:
    return [row.reference for row in rows]


def printed(report: ExceptionReport, user: Any = UNIT, **more: Any) -> Document:
    return exception_report_document(read_report(user, report), **more)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def charts(document: Document) -> list[Figure]:
    return [block for block in document.blocks if isinstance(block, Figure)]


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


class TestDocument:
    def report(self) -> ExceptionReport:
        group = make_group("Business group")
        source = services.create_source("A review", SourceKind.REVIEW, **WHO)
        make_action(
            make_plan(group, "First"), make_agency("Police"), due=LATE, sources=[SourceGiven("4", source)]
        )
        second = make_action(make_plan(group, "Second"), due=LATE, numbers=[], sources=[SourceGiven("106")])
        services.rate(second, Dimension.DELIVERY, "red", as_at=TODAY, **WHO)
        return services.draft_exception_report(group, as_at=TODAY, **WHO)

    def test_a_draft_says_that_it_is_one(self) -> None:
        document = printed(self.report())
        assert (document.title, document.subtitle, document.marking) == (
            "Exception report",
            "Business group",
            "OFFICIAL",
        )
        assert document.facts == (
            ("As at", "15 June 2026"),
            ("State", "Draft"),
            ("Last report", "none issued yet"),
        )
        assert document.blocks[0] == Paragraph(
            "2 of 2 actions need the group’s eye as at 15 June 2026.", style="lead"
        )
        warning = document.blocks[1]
        assert isinstance(warning, Paragraph)
        assert (warning.style, warning.content) == (
            "warning",
            "This is a draft. It is not a record until it is issued.",
        )

    def test_there_is_a_table_for_each_reason_that_has_rows(self) -> None:
        document = printed(self.report())
        assert headings(document) == ["Figures", "Overdue (2)", "Rated red (1)"]
        overdue, _ = tables(document)
        figures = charts(document)[0].table
        assert figures
        assert [column.heading for column in figures.columns] == ["Reason", "Actions", "Meaning"]
        rows = [[cell.text for cell in row.cells[:2]] for row in figures.rows]
        assert rows == [["Overdue", "2"], ["Rated red", "1"]]
        assert [row.band for row in overdue.rows] == [True, False, True, False]
        assert all(len(row.cells) == len(overdue.columns) for row in overdue.rows if not row.band)

    def test_every_line_can_be_followed_back(self) -> None:
        document = printed(self.report(), site_address="https://example.org")
        first, second = [row.cells for row in tables(document)[0].rows if not row.band]
        assert (first[0].text, first[0].href) == ("1.1", "https://example.org/actions/SL-00001/")
        assert (first[2].text, first[6].text) == (
            "Police",
            "It was due on 10 June 2026 and is 5 days overdue.",
        )
        assert (first[7].text, first[7].href) == ("A review, 4", "https://example.org/sources/a-review/")
        assert (second[0].text, second[2].text) == ("SL-00002", "No owner")
        assert (second[4].text, second[4].fill) == ("Red", "F8D7DA")
        assert (second[7].text, second[7].href) == ("106", "")

    def test_an_issued_report_says_who_and_when_and_what_changed(self) -> None:
        report = services.issue_exception_report(self.report(), **WHO)
        assert printed(report).facts[1] == ("State", "Issued on 15 June 2026 by A test")
        complete(Action.objects.get(reference="SL-00001"), TODAY)
        services.change_state(
            Action.objects.get(reference="SL-00002"),
            DeliveryState.CLOSED_OTHER,
            as_at=TODAY,
            reason="x",
            **WHO,
        )
        later = services.draft_exception_report(report.group, as_at=TODAY, **WHO)
        document = printed(later)
        assert document.facts[2] == ("Last report", "as at 15 June 2026")
        assert document.blocks[0] == Paragraph(
            "1 of 2 actions needs the group’s eye as at 15 June 2026. "
            "Since the last report: 0 new, 1 still (1 of them for a new reason too), 1 resolved.",
            style="lead",
        )
        assert headings(document) == ["Figures", "Complete but not embedded (1)", "No longer exceptions (1)"]
        finished, resolved = tables(document)
        assert finished.rows[1].cells[4].text == "Complete. Not rated"
        assert finished.rows[1].cells[6].text.startswith("New. Complete since 15 June 2026")
        assert resolved.rows[0].cells[3].text.startswith("It was due on 10 June 2026")
        assert resolved.rows[0].cells[4].text == "Closed without completion on 15 June 2026."

    def test_no_exceptions_is_said_in_words(self) -> None:
        empty = printed(services.draft_exception_report(None, as_at=TODAY, **WHO))
        assert empty.blocks[0] == Paragraph(
            "There was no action to look at as at 15 June 2026.", style="lead"
        )
        make_action()
        well = printed(services.draft_exception_report(None, as_at=TODAY, **WHO))
        assert well.blocks[0] == Paragraph(
            "None of 1 action needs the group’s eye as at 15 June 2026.", style="lead"
        )
        assert (well.subtitle, headings(well)) == ("The whole partnership", [])

    def test_a_report_of_one_plan_says_so(self) -> None:
        plan = make_plan(None, "First")
        make_action(plan, due=LATE)
        report = services.draft_exception_report(None, as_at=TODAY, plan=plan, **WHO)
        assert printed(report).subtitle == "First"

    def test_a_row_without_words_for_its_date_prints_the_day(self) -> None:
        report = self.report()
        row = ExceptionRow.from_json(report.rows[0])
        report.rows = [
            replace(row, timescale="").as_json(),
            replace(row, timescale="", due_on=None, sources=()).as_json(),
        ]
        first, second = [line.cells for line in tables(printed(report))[0].rows if not line.band]
        assert (first[3].text, second[3].text, second[7].text) == (
            "10 June 2026",
            "No date",
            "No source given",
        )


class TestPrinting:
    def test_a_report_is_drafted_and_written(self) -> None:
        group = make_group("Business group")
        make_action(make_plan(group), due=LATE)
        said = {"as_at": TODAY, "format": "html", "user": UNIT, **WHO}
        page = print_exception_report("business-group", site_address="https://example.org", **said).decode()
        assert "It was due on 10 June 2026 and is 5 days overdue." in page
        assert 'href="https://example.org/actions/SL-00001/"' in page
        assert ExceptionReport.objects.get().state == ReportState.DRAFT
        print_exception_report("business-group", issue=True, **said)
        assert ExceptionReport.objects.get().state == ReportState.ISSUED

    def test_who_may_not_issue_issues_nothing(self) -> None:
        chair = Scope(None, (Held("chair", ScopeKind.GROUP, "x"),))
        with pytest.raises(Refused):
            print_exception_report(None, as_at=TODAY, format="html", issue=True, user=chair, **WHO)
        assert not ExceptionReport.objects.exists()
        assert print_exception_report(None, as_at=TODAY, format="html", user=chair, **WHO)

    def test_somebody_reads_on_paper_what_they_may_and_how_many_lines_are_left_out(self) -> None:
        make_action(make_plan(name="Open plan"), due=LATE, text="Open to all")
        make_action(due=LATE, tier=Tier.T2, text="An unseen matter")
        chair = Scope(None, (Held("chair", ScopeKind.GROUP, "x"),))
        said = {"as_at": TODAY, "format": "html", **WHO}
        page = print_exception_report(None, user=chair, **said).decode()
        assert "Open to all" in page
        assert "unseen" not in page
        assert "1 line is left out for you" in page
        assert "1 action that you may read needs the group’s eye" in page
        whole = print_exception_report(None, user=UNIT, **said).decode()
        assert "An unseen matter" in whole
        assert "left out" not in whole

    def test_a_plan_may_be_named_by_its_key(self) -> None:
        make_action(make_plan(name="First"), due=LATE, text="In the first")
        make_action(make_plan(name="Second"), due=LATE, text="In the second")
        said = {"as_at": TODAY, "format": "html", "user": UNIT, **WHO}
        page = print_exception_report(None, plan_key="first", **said).decode()
        assert "In the first" in page
        assert "In the second" not in page
        with pytest.raises(Unacceptable, match="no plan “nowhere”"):
            print_exception_report(None, plan_key="nowhere", **said)

    def test_an_unknown_group_is_told_with_those_there_are(self) -> None:
        said = {"as_at": TODAY, "format": "html", "user": UNIT, **WHO}
        with pytest.raises(Unacceptable, match="Groups: none yet"):
            print_exception_report("x", **said)
        make_group("Business group")
        with pytest.raises(Unacceptable, match="Groups: business-group"):
            print_exception_report("x", **said)

    def test_without_a_browser_links_lead_to_the_site_of_the_settings(self, settings: Any) -> None:
        make_action(due=LATE)
        said = {"as_at": TODAY, "format": "html", "user": UNIT, **WHO}
        assert (
            'href="http://127.0.0.1:8000/actions/SL-00001/"' in print_exception_report(None, **said).decode()
        )
        settings.CSRF_TRUSTED_ORIGINS = ["https://plans.example.org"]
        assert (
            'href="https://plans.example.org/actions/SL-00001/"'
            in print_exception_report(None, **said).decode()
        )

    def test_a_printed_report_has_a_name_that_says_what_it_is(self) -> None:
        group = make_group("Business group")
        report = services.draft_exception_report(group, as_at=TODAY, **WHO)
        assert report_name(report, "docx") == "exception-report-business-group-2026-06-15.docx"
        of_all = services.draft_exception_report(None, as_at=TODAY, **WHO)
        assert report_name(of_all, "pdf") == "exception-report-the-whole-partnership-2026-06-15.pdf"
