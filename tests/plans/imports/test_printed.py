"""A plan as its printed table."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from sightline.access.permissions import Refused
from sightline.access.scope import COMMAND_LINE_SCOPE, NOBODY
from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import Dimension, TimescaleKind
from sightline.plans.models import Plan
from sightline.plans.reports.printed import EXPORTS, UnknownExport, export_name, export_plan, printed_plan
from sightline.plans.rules import printing
from sightline.plans.rules.columns import PrintedColumn, columns_of, columns_to_print, heading_to_print
from sightline.plans.selectors.printed import printed_rows
from sightline.plans.services import OwnerGiven, SourceGiven, TimescaleGiven
from sightline.reading.schema import RowRead
from sightline.rendering.document import Paragraph, Table, TableCell
from tests.plans.imports.papers import HEADINGS, imported, paper, plan_of, uploaded
from tests.plans.making import BY, NOW, TODAY, complete, make_action, make_group, make_plan, make_user

pytestmark = pytest.mark.django_db
BAND = ("Priority 1: Neglect is seen early",)
ONE = (
    "1.1",
    "Children are heard",
    "Police / Health",
    "Audit forty files",
    "Scoped.",
    "By 30 May 2026",
    "Amber:",
)
TWO = ("1.2", "", "", "Train every lead", "", "", "")


def table(plan: Plan) -> Table:
    blocks = printed_plan(plan, printed_rows(plan), TODAY).blocks
    return next(block for block in blocks if isinstance(block, Table))


def texts(plan: Plan) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table(plan).rows]


class TestThePrintedTable:
    def test_same_columns_bands_and_empty_cells_as_on_paper(self) -> None:
        plan = plan_of(imported(paper(BAND, ONE, TWO)))
        one, two = plan.actions.order_by("pk")
        assert [c.heading for c in table(plan).columns] == [
            *HEADINGS,
            "Sightline reference",
            "Impact rating",
            "State",
        ]
        assert texts(plan) == [
            ["Priority 1: Neglect is seen early"],
            [*ONE, one.reference, "Not yet known", "In progress"],
            [*TWO, two.reference, "Not yet known", "Not started"],
        ]
        assert table(plan).rows[0].band

    def test_a_rating_is_coloured_and_said(self) -> None:
        plan = plan_of(imported(paper(BAND, ONE, TWO)))
        assert [row.cells[6] for row in table(plan).rows[1:]] == [
            TableCell("Amber:", fill="FFF0B3"),
            TableCell(""),
        ]

    def test_what_changed_since_is_printed_as_it_is_now(self) -> None:
        plan = plan_of(imported(paper(BAND, ONE, TWO)))
        one, two = plan.actions.order_by("pk")
        services.set_owners(one, [OwnerGiven(party=make_group("Quality Group"))], as_at=TODAY, by=BY, now=NOW)
        services.edit_action(
            one, one.version, {}, numbers=["1.1", "3.2"], sources=[SourceGiven("41")], by=BY, now=NOW
        )
        services.rate(one, Dimension.DELIVERY, "red", as_at=TODAY, by=BY, now=NOW)
        services.record_update(one, "A call came.", as_at=TODAY, dated_on=date(2026, 6, 14), by=BY, now=NOW)
        complete(two, TODAY, NOW)
        first, second = texts(plan)[1:]
        assert first[:7] == [
            "1.1 & 3.2",
            "Children are heard",
            "Quality Group",
            "Audit forty files",
            "Scoped.\n14 June 2026: A call came.",
            "By 30 May 2026",
            "Red",
        ]
        # the second row took its owners from the first; they are its own now, and so are printed
        assert (second[2], second[6], second[9]) == ("Police; Health", "Complete", "Complete")

    def test_points_of_a_list_have_their_bullet(self) -> None:
        plan = plan_of(imported(paper(BAND, ONE, ("", "", "", "• Ask the nurses", "", "", ""))))
        assert texts(plan)[2][3] == "• Ask the nurses"

    def test_a_plan_made_on_screen_has_the_usual_columns(self) -> None:
        plan = make_plan()
        make_action(plan, numbers=["1.1"], due="2026-09-30", sources=[SourceGiven("106")])
        assert [c.heading for c in table(plan).columns][:3] == [
            "Number",
            "Source",
            "What difference will this make?",
        ]
        assert texts(plan)[0][:2] == ["1.1", "106"]

    def test_priorities_without_actions_keep_their_place(self) -> None:
        plan = make_plan()
        priorities = [
            services.add_priority(plan, number=n, title=title, by=BY, now=NOW)
            for n, title in (("1", "One"), ("2", "Two"), ("3", "Priority 3"), ("4", "Four"))
        ]
        make_action(plan, text="Loose")
        make_action(plan, priority=priorities[2])
        assert [row.cells[0].text for row in table(plan).rows if row.band] == [
            "Priority 1: One",
            "Priority 2: Two",
            "Priority 3",
            "Priority 4: Four",
        ]

    def test_what_left_the_paper_is_named_under_the_table(self) -> None:
        plan = plan_of(imported(paper(BAND, ONE, TWO)))
        july = datetime(2026, 7, 15, tzinfo=UTC)
        upload = uploaded(paper(BAND, ONE), plan=plan, as_at=date(2026, 7, 1), now=july)
        from sightline.plans.services import imports

        imports.confirm(upload, by=BY, now=july)
        last = printed_plan(plan, printed_rows(plan), TODAY).blocks[-1]
        gone = plan.actions.get(text="Train every lead").reference
        assert last == Paragraph(f"1 action left the document and is not printed: {gone}", style="small")
        assert gone not in str(texts(plan))

    def test_the_key_period_group_and_marking_are_printed(self) -> None:
        plan = make_plan(
            make_group("Quality Group"), period_raw="2026-27", legend={"Green": "green", "Blue": "complete"}
        )
        make_action(plan, tier=Tier.T2)
        document = printed_plan(plan, printed_rows(plan), TODAY)
        assert document.blocks[0] == Paragraph("Key: Green = on track; Blue = complete")
        assert document.facts == (
            ("Period", "2026-27"),
            ("As at", "15 June 2026"),
            ("Group", "Quality Group"),
        )
        assert document.marking == "OFFICIAL-SENSITIVE"

    def test_ticks_and_yes_or_no_are_printed_in_their_columns(self) -> None:
        headings = ("No.", "Action", "Lead", "Achieved", "On target", "Cost")
        rows = [("1", "Audit", "Police", "✓", "", "£1"), ("2", "Train", "Police", "", "✓", "£2")]
        plan = plan_of(imported(paper(*rows, headings=headings)))
        assert [row[:6] for row in texts(plan)] == [list(row) for row in rows]
        headings = ("No.", "Action", "Lead", "Complete Y/N")
        plan = plan_of(
            imported(
                paper(("1", "Audit", "Police", "Y"), ("2", "Ask", "Police", "N"), headings=headings),
                plan_name="B",
            )
        )
        assert [row[3] for row in texts(plan)] == ["Y", "N"]


class TestExport:
    @pytest.mark.parametrize("format", EXPORTS)
    def test_every_format_is_written_and_journalled(self, format: str) -> None:
        plan = plan_of(imported(paper(BAND, ONE, TWO)))
        content = export_plan(plan, format, user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
        assert len(content) > 200
        told = json.loads(Entry.objects.get(type="plans.plan_exported").after)
        assert told == {"format": format, "actions": 2}
        assert export_name(plan, format, TODAY) == f"neglect-plan-2026-06-15.{format}"

    def test_json_holds_everything(self) -> None:
        plan = plan_of(imported(paper(BAND, ONE, TWO)))
        data = json.loads(export_plan(plan, "json", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY))
        assert (data["plan"]["name"], data["plan"]["state"]) == ("Neglect plan", "In force")
        assert data["priorities"] == [
            {
                "number": "1", "kind": "priority", "title": "Neglect is seen early", "aim": "", "owners": "",
                "timescale": "", "strands": [],
            }
        ]  # fmt: skip
        assert [a["cells"]["number"] for a in data["actions"]] == ["1.1", "1.2"]
        assert data["actions"][0]["owners"] == ["Police", "Health"]

    def test_only_what_a_person_reads_goes_out(self) -> None:
        plan = make_plan(make_group())
        make_action(plan, text="For every member")
        make_action(plan, text="For the few", tier=Tier.T2)
        owner = make_user("owner", "agency", "some-agency")
        for user, found in ((owner, False), (COMMAND_LINE_SCOPE, True)):
            for format in ("csv", "json"):
                sent = export_plan(plan, format, user=user, by=BY, on=TODAY).decode()
                assert ("For the few" in sent) is found
                assert "For every member" in sent
        with pytest.raises(Refused):
            export_plan(plan, "csv", user=NOBODY, by=BY, on=TODAY)

    def test_a_format_nobody_writes(self) -> None:
        with pytest.raises(UnknownExport, match="not as “odt”"):
            export_plan(make_plan(), "odt", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)

    def test_a_name_without_letters_falls_back_to_the_key(self) -> None:
        plan = make_plan(name="№ 1 ★")
        plan.name = "★"
        assert export_name(plan, "csv", TODAY) == f"{plan.key}-2026-06-15.csv"


class TestColumns:
    def rows(self, **given: object) -> list[RowRead]:
        return [RowRead(action="Audit", **given)]  # type: ignore[arg-type]

    def meanings(self, headings: list[str], **given: object) -> list[str]:
        return [c.meaning for c in columns_of(headings, self.rows(**given))]

    def test_headings_are_known_by_their_words(self) -> None:
        assert self.meanings(["No.", "Lead", "Action", "Cost"], other={"Cost": ""}) == [
            "number",
            "owners",
            "action",
            "other",
        ]

    def test_a_second_column_of_a_meaning_is_kept_under_its_name(self) -> None:
        assert self.meanings(["Action", "Update", "Comments"], other={"Comments": ""}) == [
            "action",
            "update",
            "other",
        ]

    def test_another_wording_of_a_column_is_not_printed_twice(self) -> None:
        columns = columns_of(["Action", "Lead", "What we will do"], self.rows())
        assert [c.meaning for c in columns] == ["action", "owners", "again"]
        assert [c.heading for c in columns_to_print(columns)][:3] == ["Action", "Lead", "Sightline reference"]

    def test_a_heading_of_two_rows_is_known_by_the_lower(self) -> None:
        wanted = ["When – By when", "When – Progress in 2026", "Action", "Actions – Cost"]
        assert self.meanings(wanted, other={"Actions – Cost": ""}) == [
            "timescale",
            "update",
            "action",
            "other",
        ]

    def test_a_column_without_a_heading_is_known_by_what_no_other_holds(self) -> None:
        columns = columns_of(["Column 1", "Action"], self.rows(number_raw="1.1"))
        assert [(c.meaning, heading_to_print(c)) for c in columns] == [("number", ""), ("action", "Action")]
        assert self.meanings(["Column 1", "Action"]) == ["other", "action"]

    def test_our_own_columns_are_not_added_twice(self) -> None:
        columns = columns_of(["Action", "State", "Impact rating", "Sightline reference"], self.rows())
        assert columns_to_print(columns) == columns
        assert PrintedColumn("State", "state") in columns


class TestPrinting:
    @pytest.mark.parametrize(
        ("raw", "rating", "state", "printed"),
        [
            (("Amber:", "amber", False), "amber", "in_progress", "Amber:"),
            (("Amber:", "amber", False), "red", "in_progress", "Red"),
            (("Amber:", "amber", False), "amber", "complete", "Complete"),
            (("Amber:", "amber", True), "amber", "complete", "Amber:"),
            (("", "green", False), "green", "in_progress", "Green"),
            (("Done", "complete", True), "not_rated", "complete", "Done"),
            (("Done", "complete", True), "not_rated", "in_progress", ""),
            (("", "blank", False), "not_rated", "in_progress", ""),
            (("", "blank", False), "not_rated", "complete", "Complete"),
            (("Paused", "other", False), "not_rated", "in_progress", "Paused"),
            ((), "green", "in_progress", "Green"),
            ((), "not_rated", "complete", "Complete"),
            ((), "not_rated", "not_started", ""),
        ],
    )
    def test_printed_words_stand_while_they_hold(
        self, raw: tuple[object, ...], rating: str, state: str, printed: str
    ) -> None:
        kept = dict(zip(("rating", "rated", "complete"), raw, strict=False))
        assert printing.rating_cell(kept, rating, state) == printed

    def test_timescales(self) -> None:
        due = date(2026, 6, 30)
        assert [
            printing.timescale_cell(*t)
            for t in (("By June", "x", due), ("", "Short term", due), ("", "", due))
        ] == [
            "By June",
            "Short term",
            "By 30 June 2026",
        ]
        assert printing.timescale_cell("", "", None) == ""

    @pytest.mark.parametrize(
        ("text", "items", "cell"),
        [
            ("Audit", [], ("Audit", ())),
            ("Audit:\none\ntwo", ["one", "two"], ("Audit:", ("one", "two"))),
            ("Audit:", ["one", "two"], ("Audit:", ("one", "two"))),
            ("one\ntwo", ["one", "two"], ("", ("one", "two"))),
            ("Audit\none\ntwo\nand then", ["one", "two"], ("Audit\n• one\n• two\nand then", ())),
            (printing.NO_WORDS, [], ("", ())),
        ],
    )
    def test_lists_inside_a_cell(
        self, text: str, items: list[str], cell: tuple[str, tuple[str, ...]]
    ) -> None:
        assert printing.list_in_cell(text, items) == cell

    def test_a_timescale_revised_on_screen_is_printed(self) -> None:
        plan = plan_of(imported(paper(BAND, ONE, TWO)))
        one = plan.actions.order_by("pk")[0]
        given = TimescaleGiven(TimescaleKind.BY_DATE, ["2026-09-01"])
        services.revise_timescale(one, one.version, given, reason="Staff left", as_at=TODAY, by=BY, now=NOW)
        assert texts(plan)[1][5] == "By 1 September 2026"

    def test_an_outcome_without_a_priority_is_printed(self) -> None:
        plan = plan_of(imported(paper(ONE, TWO)))
        assert [row[1] for row in texts(plan)] == ["Children are heard", ""]
