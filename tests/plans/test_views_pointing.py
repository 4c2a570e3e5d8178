"""What a plan's actions refer to: told on the action and on a page of the plan, and matched by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.events.choices import Tier
from sightline.plans.choices import ReferenceKind
from sightline.plans.models import Action, Plan, Reference
from sightline.plans.services import ReferenceGiven
from sightline.plans.services.pointing import match_reference
from tests.plans.making import BY, NOW, make_action, make_agency, make_group, make_plan, make_user

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}
NOT_YET = "Not matched to an action yet."


@pytest.fixture
def unit(client: Client) -> Client:
    client.force_login(make_user("unit"))
    return client


@pytest.fixture
def plan() -> Plan:
    return make_plan(make_group("Voice group"))


def pointing(plan: Plan, number: str = "2.1", other: str = "", **given: Any) -> Reference:
    kind = ReferenceKind.OTHER_PLAN if other else ReferenceKind.IN_TEXT
    action = make_action(plan, references=[ReferenceGiven(kind, number, other)], **given)
    return action.references.get()


def listed(client: Client, plan: Plan, which: str = "") -> list[tuple[str, str, str]]:
    """Each row: the words, the action matched, why there is none."""
    page = client.get(reverse("plans:pointing", args=[plan.key]), {"which": which}).context["page"]
    return [(row.words, row.target, row.says) for row in page.listing.rows]


def address(reference: Reference) -> str:
    return reverse("plans:point", args=[reference.action.reference, reference.pk])


def send(client: Client, reference: Reference, meant: object, other: str = "") -> Any:
    reference.refresh_from_db()
    data = {"meant": str(meant), "other": other, "seen": str(reference.version)}
    return client.post(address(reference), data)


def test_each_reference_says_why_it_is_not_matched(plan: Plan, unit: Client) -> None:
    for number in ("2.1", "7", "7"):
        make_action(plan, numbers=[number])
    young = make_plan(name="Young plan")
    make_action(young, numbers=["1"])
    for _ in range(2):
        make_plan(name="Twin plan")
    given = [
        ("2.1", ""),
        ("8", ""),
        ("7", ""),
        ("1", "Young plan"),
        ("9", "young PLAN"),
        ("1", "Old"),
        ("1", "Twin plan"),
    ]
    for number, other in given:
        pointing(plan, number, other, numbers=["0"])
    assert [says for _, _, says in listed(unit, plan)] == [
        "No action of this plan has this number.",
        "2 actions have this number.",
        "No action of that plan has this number.",
        "No plan of this name is here yet.",
        "2 plans have this name.",
    ]
    assert [(words, target.split(" ")[0]) for words, target, _ in listed(unit, plan, "matched")] == [
        ("2.1", "2.1"),
        ("Young plan 1", "1"),
    ]
    assert len(listed(unit, plan, "every")) == 7


def test_somebody_says_which_is_meant_and_takes_it_back(plan: Plan, unit: Client) -> None:
    reference = pointing(plan)
    meant = make_action(make_plan(name="Other plan"), text="Train every school", numbers=["5"])
    assert send(unit, reference, "other", meant.reference).status_code == 302
    reference.refresh_from_db()
    assert (reference.target, reference.by_hand) == (meant, True)
    shown = unit.get(reverse("plans:action", args=[reference.action.reference])).content.decode()
    assert f'/actions/{meant.reference}/">5 Train every school</a>' in shown
    assert address(reference) in shown
    assert unit.get(address(reference)).context["form"].initial["meant"] == str(meant.pk)
    assert send(unit, reference, "words").status_code == 302
    assert listed(unit, plan, "words") == [
        ("2.1", "", "Kept as words: somebody said that no action is meant.")
    ]
    assert send(unit, reference, "open").status_code == 302
    assert listed(unit, plan) == [("2.1", "", "No action of this plan has this number.")]


def test_those_it_may_mean_and_those_that_hold_the_words_are_offered(plan: Plan, unit: Client) -> None:
    reference = pointing(plan)
    twins = [make_action(plan, numbers=["2.1"], text="Twin", refresh=False) for _ in range(2)]
    Reference.objects.update(target=None)
    page = unit.get(address(reference)).context["form"]
    offered = [value for value, _ in page.fields["meant"].choices]
    assert offered == [str(twins[0].pk), str(twins[1].pk), "other", "words"]
    school = make_action(make_plan(name="Schools"), text="Train every school", numbers=["5"])
    answer = send(unit, reference, "other", "every school")
    assert answer.status_code == 422
    assert "These actions hold those words: choose one of them above" in answer.content.decode()
    assert f"5 Train every school ({school.reference}, Schools)" in answer.content.decode()
    assert send(unit, reference, school.pk, "every school").status_code == 302
    assert Reference.objects.get().target == school


def test_what_is_not_there_is_told(plan: Plan, unit: Client) -> None:
    reference = pointing(plan)
    for typed in ("", "SL-99999", "nothing like it"):
        answer = send(unit, reference, "other", typed)
        assert answer.status_code == 422
        assert "No action that you can read has this reference" in answer.content.decode()
    assert send(unit, reference, "other", reference.action.reference).status_code == 422
    assert send(unit, reference, "7777").status_code == 422
    other = make_action(plan)
    assert unit.get(reverse("plans:point", args=[other.reference, reference.pk])).status_code == 404
    assert Reference.objects.get().target is None


def test_the_second_of_two_is_told(plan: Plan, unit: Client) -> None:
    reference, meant = pointing(plan), make_action(plan, numbers=["5"])
    match_reference(reference, 1, meant, **WHO)
    answer = unit.post(address(reference), {"meant": "words", "seen": "1"})
    assert answer.status_code == 422
    assert "Somebody else saved this while you were writing" in answer.content.decode()
    assert Reference.objects.get().target == meant


def test_an_action_tells_what_its_words_lead_to(plan: Plan, unit: Client) -> None:
    reference = pointing(plan)
    page = unit.get(reverse("plans:action", args=[reference.action.reference])).context["page"]
    assert [(p.words, p.note, p.match) for p in page.pointers] == [
        ("Refers to 2.1", NOT_YET, address(reference))
    ]


class TestWhatIsReadByFew:
    """A secret action is at the one end or the other of a reference."""

    @pytest.fixture
    def reader(self, client: Client) -> Client:
        client.force_login(make_user("owner", "agency", make_agency().key))
        return client

    @pytest.fixture
    def secret(self) -> Action:
        return make_action(make_plan(name="Secret plan", tier=Tier.T2), text="Secret words", numbers=["2.1"])

    def test_a_secret_end_is_as_if_it_were_not_there(
        self, plan: Plan, secret: Action, reader: Client
    ) -> None:
        reference = pointing(plan, other="Secret plan")
        assert reference.target == secret
        shown = reader.get(reverse("plans:action", args=[reference.action.reference]))
        assert [(p.words, p.link, p.note, p.match) for p in shown.context["page"].pointers] == [
            ("Refers to Secret plan 2.1", "", NOT_YET, "")
        ]
        told = listed(reader, plan)
        assert told == [("Secret plan 2.1", "", "No plan of this name is here yet.")]
        assert listed(reader, plan, "matched") == []
        for answer in (shown, reader.get(reverse("plans:pointing", args=[plan.key]))):
            assert secret.reference not in answer.content.decode()
            assert secret.text not in answer.content.decode()

    def test_a_secret_beginning_is_not_told(self, plan: Plan, reader: Client) -> None:
        open_one = make_action(plan, numbers=["3.3"])
        secret = pointing(plan, "3.3", text="Secret words", tier=Tier.T2)
        assert secret.target == open_one
        assert listed(reader, plan, "every") == []
        shown = reader.get(reverse("plans:action", args=[open_one.reference]))
        assert shown.context["page"].pointers == ()
        assert reader.get(reverse("plans:pointing", args=[secret.action.plan.key])).status_code == 200

    def test_nobody_matches_who_may_not_write(self, plan: Plan, secret: Action, reader: Client) -> None:
        reference = pointing(plan)
        assert reader.get(address(reference)).status_code == 403
        assert send(reader, reference, "other", secret.reference).status_code == 403
        assert Reference.objects.get().target is None


@pytest.mark.parametrize("number", [1, 3, 300])
def test_both_pages_ask_as_often_for_many(plan: Plan, unit: Client, number: int) -> None:
    first = make_action(plan, numbers=["0"])
    make_plan(name="Other plan")
    Reference.objects.bulk_create(
        Reference(
            action=first, kind="other_plan" if n % 2 else "in_text", plan_text="Other plan", number=str(n)
        )
        for n in range(1, number + 1)
    )
    with CaptureQueriesContext(connection) as asked:
        assert len(listed(unit, plan)) == min(number, 50)
    assert len(asked) <= 12
    with CaptureQueriesContext(connection) as of_one:
        assert unit.get(address(Reference.objects.select_related("action").first())).status_code == 200  # type: ignore[arg-type]
    assert len(of_one) <= 13  # one of them is this test's own
    if number == 300:
        reference = Reference.objects.latest("pk")
        data = {"meant": "words", "other": "", "seen": "1"}
        where = address(reference)
        with CaptureQueriesContext(connection) as sent:
            assert unit.post(where, data).status_code == 302
        assert len(sent) <= 12, [query["sql"][:90] for query in sent]
