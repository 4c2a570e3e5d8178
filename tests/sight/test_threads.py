"""The line of sight: both ways, in words and as a picture, for whom it may be seen, at a fixed cost."""

from __future__ import annotations

import io
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import DeliveryState
from sightline.plans.models import Action, ActionSource, Addressee, Recommendation
from sightline.plans.services import SourceGiven
from tests.plans.making import BY
from tests.plans.viewing import DAY, THEN, many_actions, old_action, old_plan, signed_in, words
from tests.sight.world import WHO, Thread, make_thread

pytestmark = pytest.mark.django_db
TODAY_NOW = THEN.replace(month=7)
# What one number of actions asked for, the others must ask for too.
QUERIES: dict[str, set[int]] = {}


@pytest.fixture
def told() -> Thread:
    return make_thread()


def starts(told: Thread) -> dict[str, Any]:
    return {
        "source": told.source.key,
        "recommendation": told.asked.pk,
        "priority": told.priority.pk,
        "outcome": told.outcome.pk,
        "action": told.done.reference,
    }


def get(user: Any, kind: str, key: Any, way: str = "") -> Any:
    return signed_in(user).get(f"/line-of-sight/{kind}/{key}/{way}")


def page_of(user: Any, kind: str, key: Any, way: str = "") -> Any:
    return get(user, kind, key, way).context["page"]


def step(page: Any, key: str) -> list[str]:
    return [item.words for each in page.steps if each.key == key for item in each.items]


@pytest.mark.parametrize("kind", ["source", "recommendation", "priority", "outcome", "action"])
def test_from_every_record_the_thread_leads_to_source_and_evidence(told: Thread, kind: str) -> None:
    page = page_of(told.chair, kind, starts(told)[kind])
    assert [each.key for each in page.steps] == ["sources", "asked", "aims", "promised", "came"]
    assert "Inspection of 2020" in step(page, "sources")
    assert "Recommendation 9: See children sooner" in step(page, "asked")
    assert "Children are seen sooner" in step(page, "aims")
    assert "1.1 Visit within a day" in step(page, "promised")
    (came,) = [i for each in page.steps if each.key == "came" for i in each.items if "Visit" in i.words]
    assert came.details[:4] == (
        "1 update, the last of 2 March 2020.",
        "Evidence from data (1).",
        "No embedding test is set.",
        "Impact: not yet known.",
    )


def test_why_looks_up_and_what_came_of_it_looks_down(told: Thread) -> None:
    def keys(kind: str, way: str) -> list[str]:
        return [each.key for each in page_of(told.unit, kind, starts(told)[kind], way).steps]

    assert keys("action", "why/") == ["sources", "asked", "aims", "promised"]
    assert keys("action", "what-came-of-it/") == ["came"]
    assert keys("recommendation", "why/") == ["sources", "asked"]
    assert keys("recommendation", "what-came-of-it/") == ["aims", "promised", "came"]
    assert keys("source", "why/") == ["sources"]
    assert keys("priority", "what-came-of-it/") == ["promised", "came"]


def test_every_loose_end_is_called_out(told: Thread) -> None:
    page = page_of(told.chair, "source", told.source.key)
    assert [end.sentence for end in page.loose] == [
        "It is open, and no update has ever come.",
        "It is complete, and nobody has said what changed for children.",
    ]
    services.add_outcome(told.priority, text="Children speak", **WHO)
    sentences = [end.sentence for end in page_of(told.chair, "priority", told.priority.pk).loose]
    assert "No action that you can see works towards it." in sentences


@pytest.mark.parametrize("kind", ["source", "recommendation", "priority", "outcome", "action"])
@pytest.mark.parametrize("way", ["", "why/", "what-came-of-it/"])
def test_every_loose_end_leads_to_its_place_or_where_the_page_has_none_to_the_record(
    told: Thread, kind: str, way: str
) -> None:
    page = page_of(told.chair, kind, starts(told)[kind], way)
    places = {f"#{item.key}" for step in page.steps for item in step.items}
    hrefs = {href for end in page.loose for _, href in end.records if href}
    assert all(href in places or href.startswith("/actions/") for href in hrefs)
    if way == "" and kind == "source":
        assert hrefs
        assert hrefs <= places


def test_what_one_may_not_read_is_neither_shown_nor_counted_nor_hinted_at(told: Thread) -> None:
    for kind, key in starts(told).items():
        text = words(get(told.outsider, kind, key))
        for hidden in (
            "Speak with one family",
            told.secret.reference,
            "Review of a child",
            "/sources/review-of",
        ):
            assert hidden not in text
    page = page_of(told.outsider, "source", told.source.key)
    assert page.sentence.startswith("1 action:")
    # Only a T2 action answers it: for whoever may not know of that, nothing does.
    assert page.loose[0].records == (("Recommendation 12: Ask children", ""),)
    assert page.tier == "T1"
    whole = page_of(told.unit, "source", told.source.key)
    assert (whole.sentence[:10], whole.tier) == ("2 actions:", "T2")
    assert "Review of a child" in step(page_of(told.unit, "action", told.done.reference), "sources")


def test_a_start_one_may_not_know_of_is_not_there(told: Thread) -> None:
    assert get(told.outsider, "action", told.secret.reference).status_code == 404
    assert get(told.outsider, "source", told.secret_source.key).status_code == 404
    hidden = services.create_recommendation(told.secret_source, number="1", text="Hidden", **WHO)
    assert get(told.outsider, "recommendation", hidden.pk).status_code == 404
    assert get(told.unit, "recommendation", hidden.pk).status_code == 200


@pytest.mark.parametrize(
    ("kind", "key"),
    [("source", "none"), ("recommendation", "0"), ("recommendation", "9" * 40), ("plan", "x"), ("outcome", "-1"),
     ("priority", "²"), ("action", "SL-99999")],
)  # fmt: skip
def test_an_address_of_nothing_is_not_there(told: Thread, kind: str, key: str) -> None:
    assert get(told.unit, kind, key).status_code == 404


def test_the_picture_holds_every_record_as_a_link_and_says_what_it_shows(told: Thread) -> None:
    page = page_of(told.chair, "source", told.source.key)
    svg = fromstring(page.picture)
    names = "{http://www.w3.org/2000/svg}"
    links = [(each.get("href"), each.findtext(f"{names}rect/{names}title")) for each in svg.iter(f"{names}a")]
    assert (
        f"/actions/{told.done.reference}/",
        "1.1 Visit within a day. Complete. Answers Recommendation 9",
    ) in links
    assert len(links) == sum(len(each.items) for each in page.steps)
    assert svg.get("role") == "group"
    assert "Everything in the picture stands in the list." in page.alt


def test_more_than_sixty_records_are_a_list_that_leafs(told: Thread) -> None:
    plan = old_plan(told.group, name="Long plan")
    many_actions(plan, 70, told.group)
    priority = plan.priorities.get()
    page = page_of(told.unit, "priority", priority.pk)
    assert (page.picture, len(step(page, "promised"))) == (None, 60)
    assert (
        page.too_many
        == "More than 60 records belong to this thread, so it is told as a list, without a picture."
    )
    second = page_of(told.unit, "priority", priority.pk, "?page=2")
    assert len(step(second, "promised")) == 10
    assert page_of(told.unit, "source", told.source.key).too_many == ""


@pytest.mark.parametrize("number", [1, 3, 300])
def test_a_thread_asks_as_often_for_one_action_as_for_three_hundred(told: Thread, number: int) -> None:
    plan = old_plan(told.group, name="Long plan")
    many_actions(plan, number, told.group)
    ActionSource.objects.bulk_create(
        ActionSource(action=action, recommendation=told.asked) for action in plan.actions.all()
    )
    Recommendation.objects.bulk_create(
        Recommendation(source=told.source, number=str(n), text="More") for n in range(number)
    )
    client, counted = signed_in(told.unit), set()
    starts_of = {**starts(told), "priority": plan.priorities.get().pk}
    for kind in ("source", "recommendation", "priority"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/line-of-sight/{kind}/{starts_of[kind]}/").status_code == 200
        counted.add(len(asked))
    assert max(counted) <= 12
    assert QUERIES.setdefault("thread", counted) == counted


def test_an_action_leads_back_to_the_reports_it_stood_in(told: Thread) -> None:
    report = services.draft_exception_report(None, as_at=TODAY_NOW.date(), by=BY, now=TODAY_NOW)
    services.issue_exception_report(report, by=BY, now=TODAY_NOW)
    item = page_of(told.unit, "action", told.done.reference, "what-came-of-it/").steps[0].items[0]
    assert item.links == (
        ("Exception report for the partnership, 2 July 2020", f"/reports/exceptions/{report.pk}/"),
    )
    # An owner reads no reports, so is not told of any.
    found = page_of(told.outsider, "action", told.done.reference, "what-came-of-it/").steps[0].items[0]
    assert found.links == ()


@pytest.mark.parametrize(("format", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE")])
def test_a_thread_is_taken_away_as_a_file_and_journalled(told: Thread, format: str, begins: bytes) -> None:
    address = f"/line-of-sight/source/{told.source.key}/download/{format}/"
    answer = signed_in(told.outsider).get(address)
    assert answer.content.startswith(begins)
    assert "line-of-sight-source-inspection-of-2020-" in answer["Content-Disposition"]
    assert Entry.objects.filter(type__endswith="thread_taken").count() == 1
    if format == "html":
        assert "Speak with one family" not in answer.content.decode()
        assert "Visit within a day" in answer.content.decode()
        assert "<svg" in answer.content.decode()
    assert signed_in(told.unit).get(address.replace(format, "exe")).status_code == 404


def test_the_file_holds_the_picture_and_every_step(told: Thread) -> None:
    answer = signed_in(told.unit).get(f"/line-of-sight/action/{told.done.reference}/download/docx/?way=why")
    paper = Document(io.BytesIO(answer.content))
    assert len(paper.inline_shapes) == 1
    headings = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Where it comes from",
        "What was asked",
        "What should be different",
        "What was promised",
    ]


def test_a_thread_without_anything_says_so(told: Thread) -> None:
    lonely = old_action(old_plan(name="Bare plan"), text="Alone", numbers=[])
    page = page_of(told.unit, "action", lonely.reference, "why/")
    assert [(each.key, each.nothing) for each in page.steps if not each.items] == [
        ("sources", "No source that you can see is named."),
        ("asked", "No recommendation that you can see is named."),
        ("aims", "No priority or outcome is named."),
    ]
    assert page.picture is None


def test_printed_words_that_lead_nowhere_are_said_to(told: Thread) -> None:
    action = old_action(told.plan, text="From paper", sources=[SourceGiven("106")])
    page = page_of(told.unit, "action", action.reference)
    (item,) = next(each.items for each in page.steps if each.key == "promised")
    assert item.details[0] == "Answers “106” as printed, matched to nothing"
    assert item.loose == ("No source that you can see is named for it.",)


def test_each_record_has_the_two_questions_one_click_away(told: Thread) -> None:
    client = signed_in(told.outsider)
    action = words(client.get(f"/actions/{told.done.reference}/"))
    assert f'href="/line-of-sight/action/{told.done.reference}/why/">Why are we doing this?' in action
    assert f'href="/line-of-sight/action/{told.done.reference}/what-came-of-it/">What came of it?' in action
    source = words(client.get(f"/sources/{told.source.key}/"))
    assert f"/line-of-sight/source/{told.source.key}/what-came-of-it/" in source
    assert f"/line-of-sight/recommendation/{told.asked.pk}/what-came-of-it/" in source
    plan = words(client.get(f"/plans/{told.plan.key}/"))
    assert f"/line-of-sight/priority/{told.priority.pk}/" in plan
    assert f"/line-of-sight/outcome/{told.outcome.pk}/" in plan


def test_an_action_closed_otherwise_has_come_to_its_end(told: Thread) -> None:
    action = old_action(told.plan, text="Dropped", numbers=["1.9"])
    services.change_state(action, DeliveryState.CLOSED_OTHER, as_at=DAY, reason="Not needed", **WHO)
    page = page_of(told.unit, "action", action.reference)
    assert page.loose == ()
    assert Action.objects.get(pk=action.pk).state == "closed_other"


def test_an_action_carried_over_continues_the_thread_for_whoever_may_read_both(told: Thread) -> None:
    following = old_plan(told.group, name="Next plan")
    goes_on = old_action(following, text="Visit within an hour", numbers=["2.1"])
    hidden = old_action(following, text="Hidden before", numbers=["2.2"], tier=Tier.T2)
    ends = old_action(following, text="Goes on from hidden", numbers=["2.3"])
    Action.objects.filter(pk=goes_on.pk).update(carried_from=told.done)
    Action.objects.filter(pk=ends.pk).update(carried_from=hidden)

    def tied(user: Any, action: Action) -> list[str]:
        page = page_of(user, "action", action.reference)
        return [words for each in page.steps if each.key == "promised" for words, _ in each.items[0].tied]

    assert tied(told.outsider, told.done) == ["Goes on as 2.1 Visit within an hour, in Next plan"]
    assert tied(told.outsider, goes_on) == ["Carried over from 1.1 Visit within a day, in Neglect plan"]
    assert tied(told.outsider, ends) == []
    assert tied(told.unit, ends) == ["Carried over from 2.2 Hidden before, in Next plan"]


def test_what_each_addressee_answered_stands_beside_what_was_asked(told: Thread) -> None:
    asked = services.create_recommendation(
        told.source, number="15", text="Share what is known", addressed_to=["The Constabulary"], **WHO
    )
    Addressee.objects.filter(recommendation=asked).update(current_acceptance="partly", current_step=3)
    page = page_of(told.outsider, "recommendation", asked.pk)
    (item,) = next(each.items for each in page.steps if each.key == "asked")
    assert item.details[-1] == "To The Constabulary: accepted in part; seen in practice."


def test_an_actions_page_names_no_source_that_one_may_not_read_on_any_day(told: Thread) -> None:
    changed = {"sources": [SourceGiven("106")], "by": BY, "now": TODAY_NOW}
    address = f"/actions/{told.done.reference}/"
    assert "Review of a child" not in words(signed_in(told.outsider).get(address))
    assert "Review of a child" in words(signed_in(told.unit).get(address))
    services.edit_action(told.done, told.done.version, {}, **changed)
    then = f"{address}?as_at=2020-04-01"
    assert "Review of a child" not in words(signed_in(told.outsider).get(then))
    assert "Review of a child" in words(signed_in(told.unit).get(then))
