"""What may be published stands apart from what is private: on updates, actions, the page of a plan and its files."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from docx import Document

from sightline.events.choices import StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.models import Action, PublishableText, Update
from sightline.plans.pages import publishable as pages
from sightline.plans.reports import publishable as reports
from sightline.plans.rules.tiers import may_be_published
from sightline.plans.selectors.publishable import having_some, publishable_actions
from sightline.plans.services.telling import Telling, tell_update
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_plan, make_user
from tests.plans.viewing import DAY, THEN, many_actions, old_action, old_plan, signed_in, words

WHO: dict[str, Any] = {"by": BY, "now": NOW}
MAY = date(2026, 5, 1)
BOARD = {"as_at": MAY, "agreed_by": "The executive, 30 April"}


def test_only_what_every_member_reads_may_be_published() -> None:
    assert may_be_published(Tier.T0, Tier.T1)
    assert not may_be_published(Tier.T1, Tier.T2)
    assert not may_be_published(Tier.T3)


def agree(action: Action, text: str = "Schools ring first.", **given: Any) -> PublishableText:
    return services.set_publishable(action, action.version, text, **{**BOARD, **WHO, **given})


@pytest.mark.django_db
class TestWords:
    def test_words_are_rows_of_history_the_newest_counts_and_nothing_withdraws_them(self) -> None:
        action = make_action()
        agree(action)
        agree(action, " Every school rings first. ", as_at=TODAY)
        agree(action, "", as_at=TODAY, agreed_by="")
        kept = action.publishable_texts.values_list("text", "as_at", "agreed_by", "entered_by_label")
        assert list(kept) == [
            ("Schools ring first.", MAY, "The executive, 30 April", "A test"),
            ("Every school rings first.", TODAY, "The executive, 30 April", "A test"),
            ("", TODAY, "", "A test"),
        ]
        entries = Entry.objects.filter(type="plans.publishable_set").order_by("pk")
        assert [json.loads(entry.before)["text"] for entry in entries] == [
            "", "Schools ring first.", "Every school rings first.",
        ]  # fmt: skip
        assert entries[0].tier == Tier.T1
        # Who agreed is a person's name: it can be shredded, so it does not stand in the entry itself.
        assert "30 April" not in entries[0].after

    @pytest.mark.parametrize(
        ("text", "given", "sentence"),
        [
            ("Words", {"agreed_by": " "}, "Say who agreed"),
            ("Words", {"as_at": date(2030, 1, 1)}, "lies ahead"),
            (" ", {}, "nothing to withdraw"),
        ],
    )
    def test_words_without_somebody_who_agreed_days_ahead_and_nothing_are_refused(
        self, text: str, given: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(Unacceptable, match=sentence):
            agree(make_action(), text, **given)
        assert not PublishableText.objects.exists()

    def test_a_day_before_the_last_is_refused(self) -> None:
        action = make_action()
        agree(action, as_at=TODAY)
        with pytest.raises(Unacceptable, match="is of 15 June 2026"):
            agree(action, "Others", as_at=MAY)

    def test_the_second_of_two_who_write_is_told(self) -> None:
        action = make_action()
        seen = action.version
        agree(action)
        with pytest.raises(StaleRecord):
            services.set_publishable(Action.objects.get(pk=action.pk), seen, "Mine", **BOARD, **WHO)
        assert [row.text for row in action.publishable_texts.all()] == ["Schools ring first."]

    @pytest.mark.parametrize("closed", ["action", "plan"])
    def test_nothing_of_a_closed_action_may_be_but_what_was_is_withdrawn(self, closed: str) -> None:
        plan = make_plan()
        action = make_action(plan)
        agree(action)
        closed_one = action if closed == "action" else plan
        type(closed_one).objects.filter(pk=closed_one.pk).update(tier=Tier.T2)
        action = Action.objects.get(pk=action.pk)
        with pytest.raises(Unacceptable, match="not read by every member"):
            agree(action, "More words", as_at=TODAY)
        with pytest.raises(Unacceptable, match="not read by every member"):
            services.record_update(action, "Begun", publishable="Begun", as_at=TODAY, **WHO)
        assert agree(Action.objects.get(pk=action.pk), "", as_at=TODAY).text == ""

    def test_the_database_wants_somebody_who_agreed(self) -> None:
        stamp = {"recorded_at": NOW, "entered_by_label": "A test", "as_at": TODAY}
        with pytest.raises(IntegrityError), transaction.atomic():
            PublishableText.objects.create(action=make_action(), text="Words", **stamp)

    def test_an_update_keeps_its_publishable_words_apart(self) -> None:
        action = make_action()
        made = tell_update(action, Telling("Ms Grey is ill", TODAY, publishable=" Half are trained. "), **WHO)
        assert (made.text, made.publishable) == ("Ms Grey is ill", "Half are trained.")
        entry = Entry.objects.get(type="plans.update_recorded")
        assert json.loads(entry.after)["publishable"] == "Half are trained."
        services.record_update(action, "Nothing for others", as_at=TODAY, **WHO)
        assert Update.objects.order_by("pk").last().publishable == ""  # type: ignore[union-attr]
        assert "publishable" not in json.loads(
            Entry.objects.filter(type="plans.update_recorded").last().after
        )  # type: ignore[union-attr]


@pytest.mark.django_db
class TestActionPage:
    def test_the_unit_writes_changes_and_withdraws_it_on_screen(self) -> None:
        action = old_action(old_plan())
        unit, at = signed_in(make_user("unit")), f"/actions/{action.reference}/"
        assert "Nothing is agreed yet." in words(unit.get(at))
        form = unit.get(f"{at}publishable/").context["form"]
        sent = {"seen": form["seen"].value(), "text": "Schools ring first.", "agreed_by": "The executive"}
        day = {"as_at-day": "1", "as_at-month": "5", "as_at-year": "2020"}
        refused = unit.post(f"{at}publishable/", {**sent, **day, "agreed_by": ""})
        assert refused.status_code == 422
        assert "Say who agreed that it may be published." in words(refused)
        assert unit.post(f"{at}publishable/", {**sent, **day}).status_code == 302
        page = unit.get(at)
        assert "Schools ring first." in words(page)
        assert "Agreed by The executive, 1 May 2020" in words(page)
        assert "May be published, agreed by The executive" in words(page)
        beside = unit.post(f"{at}publishable/", {**sent, **day, "text": "Other words"})
        assert beside.status_code == 422
        assert "Somebody else saved this" in words(beside)
        assert beside.context["page"].theirs[0].value == "Schools ring first."
        form = unit.get(f"{at}publishable/").context["form"]
        assert form["text"].value() == "Schools ring first."
        emptied = {"seen": form["seen"].value(), "text": "", "agreed_by": "", **day}
        assert unit.post(f"{at}publishable/", emptied).status_code == 302
        assert "Nothing any more: withdrawn, 1 May 2020." in words(unit.get(at))

    def test_an_owner_says_what_of_an_update_may_be_and_writes_nothing_of_the_action(self) -> None:
        action = old_action(old_plan(), make_agency("The constabulary"))
        owner, at = (
            signed_in(make_user("owner", "agency", "the-constabulary")),
            f"/actions/{action.reference}/",
        )
        sent = {"seen": "0", "text": "Ms Grey is ill", "publishable": "Half are trained.", "blocked": "no"}
        sent |= {
            "received_how": "screen",
            "dated_on-day": "2",
            "dated_on-month": "3",
            "dated_on-year": "2020",
        }
        answer = owner.post(f"{at}update/", sent)
        assert answer.status_code == 302, answer.context["form"].errors
        page = owner.get(at)
        account = page.context["page"].updates[0]
        assert (account.text, account.publishable) == ("Ms Grey is ill", "Half are trained.")
        assert "May be published" in words(page)
        assert owner.get(f"{at}publishable/").status_code == 403
        assert f"{at}publishable/" not in words(page)

    def test_a_closed_action_asks_for_none_and_says_why(self) -> None:
        action = old_action(old_plan(), tier=Tier.T2)
        unit, at = signed_in(make_user("unit")), f"/actions/{action.reference}/"
        assert "publishable" not in unit.get(f"{at}update/").context["form"].fields
        page = unit.get(at)
        assert "Nothing: this action is read only by those it concerns." in words(page)
        assert not page.context["page"].publishable.may_edit

    def test_words_of_an_update_closed_since_are_held_back(self) -> None:
        action = old_action(old_plan())
        agree(action, as_at=DAY, now=THEN)
        services.record_update(action, "Begun", publishable="It has begun.", as_at=DAY, by=BY, now=THEN)
        services.edit_action(action, action.version, {"tier": Tier.T2}, **WHO)
        page = signed_in(make_user("unit")).get(f"/actions/{action.reference}/")
        assert page.context["page"].publishable.mark == "Held back: not read by every member"
        assert (page.context["page"].publishable.text, page.context["page"].publishable.may_edit) == (
            "",
            True,
        )

    def test_it_reads_as_it_stood_on_a_day(self) -> None:
        action = old_action(old_plan())
        agree(action, as_at=date(2020, 4, 1), now=THEN.replace(month=4))
        agree(action, "Later words", as_at=date(2020, 6, 1), now=THEN.replace(month=6))
        unit = signed_in(make_user("unit"))
        on = {day: unit.get(f"/actions/{action.reference}/?as_at={day}").context["page"].publishable
              for day in ("2020-03-15", "2020-05-01", "2020-07-01")}  # fmt: skip
        assert [shown.text for shown in on.values()] == ["", "Schools ring first.", "Later words"]
        assert not any(shown.may_edit for shown in on.values())


def told_plan() -> tuple[Any, list[Action]]:
    """A plan of four: with words of its own, with those of updates, with neither, and with words withdrawn."""
    plan = old_plan(make_group("Neglect group"))
    texts = ("Private promise one", "Private promise two", "Private promise three", "Private promise four")
    actions = [old_action(plan, text=text, numbers=[f"1.{n}"]) for n, text in enumerate(texts, 1)]
    with_text, with_update, _, withdrawn = actions
    agree(with_text, "Schools ring first.", as_at=DAY)
    agree(withdrawn, "Not any more", as_at=DAY)
    agree(withdrawn, "", as_at=DAY)
    say: dict[str, Any] = {"by": BY, "now": NOW, "as_at": date(2020, 5, 1)}
    services.record_update(with_update, "Private account", publishable="Older words", **say)
    late = {**say, "as_at": date(2020, 6, 1)}
    services.record_update(
        with_update,
        "=Private() account",
        publishable="=Half() are trained.",
        dated_on=date(2020, 5, 20),
        **late,
    )
    services.record_update(with_update, "Private news, nothing for others", **late)
    return plan, actions


@pytest.mark.django_db
class TestPlanPage:
    def test_each_action_stands_with_what_may_be_published_and_which_have_none(self) -> None:
        plan, _ = told_plan()
        reader = signed_in(make_user("scrutineer"))
        page = reader.get(f"/plans/{plan.key}/publishable/")
        rows = page.context["page"].listing.rows
        assert [(row.label, row.text, row.update, row.update_on) for row in rows] == [
            ("1.1", "Schools ring first.", "", None),
            ("1.2", "", "=Half() are trained.", date(2020, 5, 20)),
            ("1.3", "", "", None),
            ("1.4", "", "", None),
        ]
        assert rows[0].agreed == "Agreed by The executive, 30 April, 2 March 2020"
        for private in ("Private account", "Private news", "Older words", "Not any more"):
            assert private not in words(page)
        assert not any(row.edit for row in rows)
        unit = signed_in(make_user("unit")).get(f"/plans/{plan.key}/publishable/")
        edits = [row.edit for row in unit.context["page"].listing.rows]
        assert [signed_in(make_user("unit")).get(edit).status_code for edit in edits] == [200] * 4
        assert f"/plans/{plan.key}/publishable/" in words(reader.get(f"/plans/{plan.key}/"))

    @pytest.mark.parametrize(
        ("query", "found"),
        [("?which=with", ["1.1", "1.2"]), ("?which=without", ["1.3", "1.4"]), ("?which=never", None)],
    )
    def test_it_is_narrowed_and_taken_away_as_shown(self, query: str, found: list[str] | None) -> None:
        plan, _ = told_plan()
        unit = signed_in(make_user("unit"))
        page = unit.get(f"/plans/{plan.key}/publishable/{query}").context["page"]
        wanted = found or ["1.1", "1.2", "1.3", "1.4"]
        assert [row.label for row in page.listing.rows] == wanted
        taken = unit.get(f"/plans/{plan.key}/publishable/csv/{query}")
        lines = b"".join(taken.streaming_content).decode("utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == wanted

    def test_files_hold_the_agreed_words_alone(self) -> None:
        plan, _ = told_plan()
        client = signed_in(make_user("unit"))
        at = f"/plans/{plan.key}/publishable/"
        csv = b"".join(client.get(f"{at}csv/").streaming_content).decode("utf-8-sig")
        assert csv.splitlines() == [
            "Number,What may be published,Latest update,Day of the update",
            "1.1,Schools ring first.,,",
            "1.2,,'=Half() are trained.,2020-05-20",
            "1.3,,,",
            "1.4,,,",
        ]
        html = client.get(f"{at}html/").content.decode()
        document = Document(io.BytesIO(client.get(f"{at}docx/").content))
        word = "\n".join(cell.text for row in document.tables[-1].rows for cell in row.cells)
        for file in (csv, html, word):
            assert "Schools ring first." in file
            assert "Half() are trained." in file
            for private in ("Private", "executive", "Older words", "Not any more", "A test"):
                assert private not in file
        assert client.get(f"{at}pdf/").status_code == 404
        noted = Entry.objects.filter(type="plans.publishable_printed").order_by("pk")
        assert [json.loads(entry.after)["format"] for entry in noted] == ["csv", "html", "docx"]

    def test_closed_actions_never_stand_there_for_anybody(self) -> None:
        plan, actions = told_plan()
        group = make_user("chair", "group", "neglect-group")
        services.edit_action(actions[0], actions[0].version, {"tier": Tier.T2}, **WHO)
        sealed = old_action(plan, text="Sealed promise", numbers=["9.9"], tier=Tier.T2)
        for user in (make_user("unit"), group, make_user("scrutineer"), make_user("executive")):
            client = signed_in(user)
            assert client.get(f"/actions/{sealed.reference}/").status_code == 200
            page = client.get(f"/plans/{plan.key}/publishable/")
            assert [row.label for row in page.context["page"].listing.rows] == ["1.2", "1.3", "1.4"]
            assert page.context["page"].listing.count.number == 3
            taken = b"".join(client.get(f"/plans/{plan.key}/publishable/csv/").streaming_content).decode()
            for found in (words(page), taken):
                assert "Schools ring" not in found
                assert "Sealed" not in found
                assert "9.9" not in found

    def test_a_closed_plan_says_why_it_is_empty_and_nobody_else_knows_of_it(self) -> None:
        plan, actions = told_plan()
        services.edit_plan(plan, plan.version, {"tier": Tier.T2}, **WHO)
        unit, at = signed_in(make_user("unit")), f"/plans/{plan.key}/publishable/"
        for query in ("", "?which=with"):
            page = unit.get(f"{at}{query}")
            assert "Nothing of this plan may be published" in words(page)
            assert "Schools ring" not in words(page)
            assert not page.context["page"].listing.rows
        for format in reports.PUBLISHABLE_FORMATS:
            assert unit.get(f"{at}{format}/").status_code == 404
        other = signed_in(make_user("owner", "agency", make_agency().key))
        assert other.get(at).status_code == 404
        assert not Entry.objects.filter(type="plans.publishable_printed").exists()
        assert not publishable_actions(make_user("unit"), plan).exists()
        assert len(actions) == 4

    def test_an_empty_plan_says_what_to_do_first(self) -> None:
        page = signed_in(make_user("unit")).get(f"/plans/{old_plan().key}/publishable/")
        assert "First add an action to the plan" in words(page)

    @pytest.mark.parametrize("number", [1, 3, 300])
    def test_it_asks_no_more_for_more_actions(self, number: int, django_assert_max_num_queries: Any) -> None:
        plan, client = old_plan(), signed_in(make_user("unit"))
        many_actions(plan, number, make_group())
        stamp = {
            "recorded_at": THEN,
            "entered_by_label": "A test",
            "as_at": DAY,
            "agreed_by": "The executive",
        }
        PublishableText.objects.bulk_create(
            PublishableText(action=action, text=f"Words {action.pk}", **stamp)
            for action in plan.actions.all()
        )
        found = {}
        for address in ASKED:
            with django_assert_max_num_queries(12) as asked:
                answer = client.get(f"/plans/{plan.key}/publishable/{address}")
                whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200
            assert whole
            found[address] = len(asked)
        assert found == ASKED

    def test_writing_and_showing_it_asks_at_most_twelve_times(
        self, django_assert_max_num_queries: Any
    ) -> None:
        action = old_action(old_plan(), make_group(), make_agency())
        agree(action, as_at=DAY)
        client, at = signed_in(make_user("unit")), f"/actions/{action.reference}/"
        for address in (at, f"{at}publishable/", f"{at}update/"):
            with django_assert_max_num_queries(12):
                answer = client.get(address)
            assert answer.status_code == 200
        sent = {
            "seen": str(Action.objects.get(pk=action.pk).version),
            "text": "Words",
            "agreed_by": "The executive",
        }
        sent |= {"as_at-day": "1", "as_at-month": "5", "as_at-year": "2020"}
        with django_assert_max_num_queries(12):
            assert client.post(f"{at}publishable/", sent).status_code == 302


ASKED = {"": 5, "?which=with": 5, "csv/": 6, "docx/": 6}


@pytest.mark.django_db
def test_a_paper_too_long_says_so_and_an_empty_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, _ = told_plan()
    user = make_user("unit")
    monkeypatch.setattr(reports, "MOST", 2)
    found = list(publishable_actions(user, plan)[: reports.MOST + 1])
    long = reports.publishable_paper(plan, found, "html", DAY).decode()
    assert "Only the first 2 actions are printed." in long
    assert "1.3" not in long
    assert (
        "Nothing is agreed for publication yet." in reports.publishable_paper(plan, [], "html", DAY).decode()
    )
    assert having_some(publishable_actions(user, plan), some=True).count() == 2
    assert pages.exports_of(plan)["CSV"] == f"/plans/{plan.key}/publishable/csv/"
