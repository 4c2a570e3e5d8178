"""A plan's key, its functions and its strands, changed by hand; two people at once."""

from __future__ import annotations

from typing import Any

import pytest

from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.models import Action, Plan
from tests.plans.making import BY, make_group, make_user
from tests.plans.test_views_planning import said, today
from tests.plans.viewing import THEN, old_action, old_plan, outcome_of, priority_of, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Any:
    return signed_in(make_user("unit"))


@pytest.fixture
def plan() -> Plan:
    return old_plan(make_group(), legend={"On it": "green"})


def legend(*pairs: tuple[str, str], seen: int = 1) -> dict[str, Any]:
    answers: dict[str, Any] = {"seen": seen}
    for place, (word, rating) in enumerate(pairs):
        answers |= {f"word-{place}": word, f"rating-{place}": rating}
    return answers


def test_a_plans_own_key_is_seen_and_changed(client: Any, plan: Plan) -> None:
    address = f"/plans/{plan.key}/key/"
    form = client.get(address).context["form"]
    assert [(word.value(), rating.value()) for word, rating in form.rows()][:2] == [
        ("On it", "green"),
        ("", ""),
    ]
    saved = client.post(address, legend(("On it", "green"), ("", ""), ("Slipping", "amber")))
    plan.refresh_from_db()
    assert (saved.status_code, plan.legend) == (302, {"On it": "green", "Slipping": "amber"})
    assert "Slipping" in words(client.get(f"/plans/{plan.key}/"))
    assert "At risk" in words(client.get(f"/plans/{plan.key}/edit/"))
    assert Entry.objects.filter(type="plans.plan_edited").count() == 1
    stale = client.post(address, legend(("Other", "red")))
    assert (stale.status_code, [row.key for row in stale.context["page"].theirs]) == (
        422,
        ["On it", "Slipping"],
    )


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([("Late", "")], "Say what “Late” means."),
        ([("Late", "red"), ("late", "amber")], "“late” stands in the key already."),
    ],
)
def test_a_key_that_says_nothing_or_two_things_is_refused(
    client: Any, plan: Plan, pairs: list[tuple[str, str]], sentence: str
) -> None:
    refused = client.post(f"/plans/{plan.key}/key/", legend(*pairs))
    assert (refused.status_code, sentence in words(refused)) == (422, True)


def test_a_function_stands_beside_the_priorities(client: Any, plan: Plan) -> None:
    home = f"/plans/{plan.key}"
    added = client.post(f"{home}/priorities/new/", {"kind": "function", "number": "1", "title": "Training"})
    function = plan.priorities.get()
    assert (said(added), str(function), function.kind) == (
        ["Function 1 was added."], "Function 1: Training", "function",
    )  # fmt: skip
    old_action(plan, priority=function)
    page = words(client.get(f"{home}/"))
    assert ("Function 1: Training" in page, "Goes on beside the priorities" in page) == (True, True)
    form = client.get(f"{home}/priorities/{function.pk}/").context["form"]
    assert form["kind"].value() == "function"


def test_strands_are_added_changed_and_chosen_for_an_action(client: Any, plan: Plan) -> None:
    home, priority, other = f"/plans/{plan.key}", priority_of(plan), priority_of(plan, "2", "Voice")
    action = old_action(plan, priority=priority)
    assert "strand" not in client.get(f"/actions/{action.reference}/edit/").context["form"].fields
    added = client.post(f"{home}/priorities/{priority.pk}/strands/new/", {"number": "1a", "title": "Schools"})
    strand = priority.strands.get()
    assert (said(added), str(strand)) == (["The strand “1a Schools” was added."], "1a Schools")
    answers = {"seen": "1", "number": "1a", "title": "Schools and colleges"}
    assert client.post(f"{home}/strands/{strand.pk}/", answers).status_code == 302
    stale = client.post(f"{home}/strands/{strand.pk}/", answers)
    assert [row.value for row in stale.context["page"].theirs] == ["1a", "Schools and colleges"]
    edit = {"text": "Audit", "numbers": "1.1", "tier": "T1", "strand": strand.pk, "seen": action.version}
    refused = client.post(f"/actions/{action.reference}/edit/", {**edit, "priority": other.pk})
    assert "This strand belongs to another priority." in words(refused)
    assert (
        client.post(f"/actions/{action.reference}/edit/", {**edit, "priority": priority.pk}).status_code
        == 302
    )
    action.refresh_from_db()
    assert action.strand == strand
    assert "1a Schools and colleges" in words(client.get(f"{home}/"))
    assert client.get(f"{home}/strands/{strand.pk + 1}/").status_code == 404


def test_a_new_action_takes_the_priority_of_its_strand(client: Any, plan: Plan) -> None:
    priority = priority_of(plan)
    outcome_of(priority)
    strand = services.add_strand(priority, title="Schools", by=BY, now=THEN)
    client.post(f"/plans/{plan.key}/actions/new/", {"text": "Audit", "strand": strand.pk, **today()})
    action = Action.objects.get()
    assert (action.strand, action.priority) == (strand, priority)


def test_rolling_over_is_not_offered_as_a_plain_change_of_state(client: Any) -> None:
    plan = old_plan(make_group(), state="in_force")
    form = client.get(f"/plans/{plan.key}/state/").context["form"]
    assert [value for value, _ in form.fields["to"].choices] == ["closed"]
