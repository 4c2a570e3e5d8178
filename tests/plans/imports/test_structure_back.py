"""Strands, functions, a key of its own and actions of other plans: exported, and read back to the same plan."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sightline.access.scope import COMMAND_LINE_SCOPE
from sightline.plans import services
from sightline.plans.choices import PriorityKind
from sightline.plans.models import Action, Plan, Strand
from sightline.plans.reports.printed import export_plan
from sightline.plans.rules.importing import cells_of
from sightline.plans.rules.printing import kind_of_mark, strand_parts
from sightline.plans.selectors.imports import merge_of, rows_of
from sightline.plans.selectors.printed import printed_rows
from sightline.plans.services.imports import ImportRefused, withdraw
from sightline.plans.services.places import place_action
from sightline.plans.services.rolling import begin_roll_over
from sightline.reading.interpreters.titles import title_of
from tests.plans.imports.papers import imported, plan_of, read, uploaded
from tests.plans.making import BY, NOW, TODAY, make_action, make_plan

pytestmark = pytest.mark.django_db
AS = {"by": BY, "now": NOW}
FORMATS = ["docx", "xlsx", "csv", "md"]


def rich_plan() -> Plan:
    """Two priorities, one with strands, and a function that has the number of a priority."""
    plan = make_plan(legend={"On track": "green", "Slipping": "amber"})
    one = services.add_priority(plan, number="1", title="Neglect is seen early", **AS)
    two = services.add_priority(plan, number="2", title="Children are heard", **AS)
    function = services.add_priority(plan, number="1", title="Training", kind=PriorityKind.FUNCTION, **AS)
    schools = services.add_strand(one, number="1a", title="Schools and colleges", **AS)
    health = services.add_strand(one, title="Health", **AS)
    for number, priority, strand in (
        ("1.1", one, schools), ("1.2", one, health), ("1.3", one, None), ("2.1", two, None), ("1.4", function, None),
    ):  # fmt: skip
        make_action(plan, text=f"Do what {number} asks", numbers=[number], priority=priority, strand=strand)
    return plan


def structure(plan: Plan) -> list[tuple[str, str, str]]:
    found = plan.actions.select_related("priority", "strand").order_by("order", "pk")
    return [(a.current_number_label, str(a.priority), str(a.strand or "")) for a in found]


@pytest.mark.parametrize("ending", FORMATS)
def test_it_comes_back_to_its_plan_and_changes_nothing(ending: str) -> None:
    plan = rich_plan()
    place_action(make_action(make_plan(name="Elsewhere"), text="Ask"), plan, number="9", as_at=TODAY, **AS)
    sent = export_plan(plan, ending, user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
    after = read(sent, ending)
    bare = [{cell: text for cell, text in cells_of(row).items() if text} for row in after.rows]
    assert bare == [{cell: text for cell, text in row.cells.items() if text} for row in printed_rows(plan)]
    upload = uploaded(sent, ending, plan=plan)
    assert merge_of(upload, plan, rows_of(upload).kept).changes_nothing


@pytest.mark.parametrize("ending", FORMATS)
def test_it_comes_back_to_a_new_plan_with_the_same_structure(ending: str) -> None:
    plan = rich_plan()
    sent = export_plan(plan, ending, user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
    again = plan_of(imported(sent, ending, plan_name="The same again"))
    assert structure(again) == structure(plan)
    kinds = [(p.kind, p.number, p.title) for p in again.priorities.order_by("order", "pk")]
    assert kinds == [(p.kind, p.number, p.title) for p in plan.priorities.order_by("order", "pk")]
    # A strand is no column that nobody knows: it is not kept twice.
    assert all("Strand" not in action.other for action in again.actions.all())
    twice = export_plan(again, ending, user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
    assert read(twice, ending).document.columns.count("Strand") == 1


def test_another_strand_on_paper_moves_the_action_and_can_be_taken_back() -> None:
    plan = rich_plan()
    sent = export_plan(plan, "csv", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
    imported(sent, "csv", plan=plan)
    changed = sent.decode("utf-8-sig").replace("1a Schools and colleges", "1b Early years")
    later = NOW + timedelta(hours=1)
    upload = imported(changed, "csv", plan=plan, now=later)
    moved = Action.objects.get(plan=plan, current_number_label="1.1")
    assert (str(moved.strand), moved.strand.priority.number) == ("1b Early years", "1")
    withdraw(upload, by=BY, now=later + timedelta(hours=1))
    moved.refresh_from_db()
    assert str(moved.strand) == "1a Schools and colleges"
    assert not Strand.objects.filter(number="1b").exists()


def test_an_import_whose_actions_stand_elsewhere_is_not_withdrawn() -> None:
    sent = export_plan(rich_plan(), "csv", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
    upload = imported(sent, "csv", plan_name="Again")
    action = plan_of(upload).actions.first()
    assert action is not None
    place_action(action, make_plan(name="Other"), as_at=TODAY, **AS)
    with pytest.raises(ImportRefused, match="stand in other plans"):
        withdraw(upload, **AS)


def test_an_import_whose_plan_is_being_rolled_over_is_not_withdrawn() -> None:
    sent = export_plan(rich_plan(), "csv", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
    upload = imported(sent, "csv", plan_name="Again")
    begin_roll_over(plan_of(upload), next_name="Next", as_at=TODAY, **AS)
    with pytest.raises(ImportRefused, match="being rolled over"):
        withdraw(upload, **AS)


def test_the_key_is_printed_in_exports() -> None:
    sent = export_plan(rich_plan(), "md", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY).decode()
    assert "Key: On track = on track; Slipping = at risk" in sent


@pytest.mark.parametrize(
    ("mark", "kind", "number"),
    [
        ("3", "priority", "3"),
        ("Function 3", "function", "3"),
        ("Function", "priority", "Function"),
        ("", "priority", ""),
    ],
)
def test_a_mark_says_what_a_row_stands_under(mark: str, kind: str, number: str) -> None:
    assert kind_of_mark(mark) == (kind, number)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("2a Schools", ("2a", "Schools")),
        ("Schools", ("", "Schools")),
        ("1.2 Health visitors", ("1.2", "Health visitors")),
    ],
)
def test_a_strands_number_stands_before_its_title(words: str, parts: tuple[str, str]) -> None:
    assert strand_parts(words) == parts


@pytest.mark.parametrize(
    "text", ["The function 1 of the panel is to listen", "Function of the board: to meet"]
)
def test_a_sentence_with_the_word_is_no_title(text: str) -> None:
    assert title_of(text) is None
