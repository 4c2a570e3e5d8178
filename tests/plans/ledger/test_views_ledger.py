"""The ledger on screen: its lists, a recommendation's page, and every form of it."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import QueryDict

from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.choices import Acceptance, EvidenceQuarter, Step
from sightline.plans.models import Addressee, LedgerLine, Recommendation
from sightline.plans.pages import ledger as pages
from sightline.plans.pages.recommendation import recommendation_page
from sightline.plans.selectors.ledger import get_recommendation
from sightline.plans.services import Said, SourceGiven
from sightline.plans.services.likeness import gather_words
from tests.plans.ledger.asking import addressee_of, ask_for, make_source
from tests.plans.making import BY, complete, make_agency, make_group, make_user
from tests.plans.viewing import DAY, THEN, old_action, old_plan, signed_in, words

pytestmark = pytest.mark.django_db
TODAY = date(2021, 1, 1)
OLD: dict[str, Any] = {"published_on": date(2019, 6, 1), "now": THEN}


def old_source(title: str = "Review of Child M", **given: Any) -> Any:
    return make_source(title, **{**OLD, **given})


def said(*public: str, private: tuple[str, ...] = ()) -> Said:
    return Said(DAY, public, private)


def sent(**more: Any) -> dict[str, Any]:
    day = {"as_at-day": "2", "as_at-month": "3", "as_at-year": "2020"}
    return {"public": "", "private": "", "said_by": "", "received_how": "email", "seen": "0", **day, **more}


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def texts(user: Any, query: str = "", source: Any = None) -> list[tuple[str, str]]:
    asked = QueryDict(query)
    if source:
        page = pages.source_ledger(user, source, asked, TODAY)
    else:
        page = pages.whole_ledger(user, asked, TODAY, may_export=True)
    return [(row.number, row.to) for row in page.listing.rows]


class TestTheList:
    def test_a_row_for_each_recommendation_and_each_it_is_addressed_to(self, unit: Any) -> None:
        make_agency("Police")
        source = old_source()
        made = ask_for(source, "Police", "Borough Councils", now=THEN)
        old_action(old_plan(), sources=[SourceGiven("1", recommendation=made)])
        services.accept(addressee_of(made, "Police"), Acceptance.PARTLY, said("Half"), by=BY, now=THEN)
        services.take_step(
            addressee_of(made, "Police"), Step.SEEN, said("Seen"), quarter=EvidenceQuarter.AUDIT, by=BY, now=THEN
        )  # fmt: skip
        page = pages.source_ledger(unit, source, QueryDict(), TODAY)
        first, second = page.listing.rows
        assert (first.to, first.note, first.acceptance, first.step, first.is_impact, first.answers) == (
            "Police", "", "Accepted in part", "Seen in practice", True, 1,
        )  # fmt: skip
        assert (second.to, second.note, second.acceptance, second.step, second.is_impact) == (
            "Borough Councils", "Kept as printed: not matched to anybody", "Not recorded", "No step yet",
            False,
        )  # fmt: skip
        assert (first.due, first.due_on, first.is_late) == ("At 6 months", date(2019, 12, 1), True)
        assert first.href == f"/sources/{source.key}/recommendations/{made.pk}/"

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("words=fathers", ["1"]),
            ("words=police", ["1"]),
            ("kind=audit", []),
            ("kind=review", ["1", "2", "3", "4"]),
            ("to=agency:police", ["1"]),
            ("to=group:neglect-group", ["2"]),
            ("to=unmatched", ["4"]),
            ("to=named", ["1", "2", "4"]),
            ("to=nobody", ["3"]),
            ("to=nonsense", ["1", "2", "3", "4"]),
            ("acceptance=no", ["1"]),
            ("acceptance=unknown", ["2", "3", "4"]),
            ("step=1", ["2"]),
            ("step=impact", ["3"]),
            ("step=no-impact", ["1", "2", "4"]),
            ("overdue=on", ["2", "3", "4"]),
            ("theme=fathers", ["1"]),
            ("theme=nonsense", ["1", "2", "3", "4"]),
            ("sort=step", ["1", "4", "2", "3"]),
            ("sort=-step", ["3", "2", "1", "4"]),
            ("sort=progress", ["2", "3", "4", "1"]),
        ],
    )
    def test_it_is_narrowed_and_sorted(self, unit: Any, query: str, found: list[str]) -> None:
        make_agency("Police")
        make_group("Neglect Group")
        source = old_source()
        one = ask_for(source, "Police", now=THEN)
        two = ask_for(source, "Neglect Group", number="2", text="See babies", now=THEN)
        three = ask_for(source, number="3", text="Ask schools", now=THEN)
        ask_for(source, "Borough Councils", number="4", text="Tell parents", now=THEN)
        services.set_themes(one, 1, ["fathers"], by=BY, now=THEN)
        services.accept(addressee_of(one), Acceptance.NO, said("Not ours"), by=BY, now=THEN)
        services.take_step(addressee_of(two), Step.TOLD, said("Told"), by=BY, now=THEN)
        services.take_step(
            addressee_of(three), Step.SHOWN, said("Shown"), quarter=EvidenceQuarter.DATA, by=BY, now=THEN
        )
        assert [number.removeprefix("Recommendation ") for number, _ in texts(unit, query)] == found

    def test_it_is_taken_away_as_it_is_narrowed(self, unit: Any) -> None:
        source = old_source()
        ask_for(source, text="=Meet fathers", now=THEN)
        ask_for(source, number="2", text="See babies", now=THEN)
        client = signed_in(unit)
        answer = client.get(f"/sources/{source.key}/ledger/csv/?words=fathers")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [(row["Text"], row["Ladder"], row["Overdue"]) for row in rows] == [
            ("'=Meet fathers", "No step yet", "Yes")
        ]
        assert (
            answer["Content-Disposition"]
            == f'attachment; filename="recommendations-{source.key} (OFFICIAL-SENSITIVE).csv"'
        )
        assert len(client.get("/recommendations/csv/").content.splitlines()) == 3

    def test_what_one_may_not_read_is_in_no_list_count_or_file(self) -> None:
        make_agency("Police")
        made = ask_for(old_source(tier=Tier.T2), "Police", text="Secret words", now=THEN)
        reader = make_user("owner", "agency", "police")
        client = signed_in(reader)
        home = f"/sources/{made.source.key}/recommendations/{made.pk}/"
        assert texts(reader) == []
        assert b"Secret" not in client.get("/recommendations/csv/").content
        addressee = addressee_of(made)
        paths = ("", "edit/", f"to/{addressee.pk}/accepted/", f"to/{addressee.pk}/ladder/")
        assert {client.get(home + path).status_code for path in paths} <= {403, 404}
        assert client.get(home).status_code == 404
        assert client.get(f"/sources/{made.source.key}/ledger/").status_code == 404
        assert client.get(f"/sources/{made.source.key}/addendum/all/html/").status_code == 404

    def test_an_action_one_may_not_read_is_not_counted(self) -> None:
        made = ask_for(old_source(), now=THEN)
        old_action(old_plan(tier=Tier.T2), sources=[SourceGiven("1", recommendation=made)])
        reader = make_user("owner", "agency", make_agency().key)
        page = pages.whole_ledger(reader, QueryDict(), TODAY, may_export=True)
        assert [row.answers for row in page.listing.rows] == [0]

    @pytest.mark.parametrize("number", [1, 3, 300])
    def test_lists_ask_no_more_for_more_rows(
        self, unit: Any, number: int, django_assert_max_num_queries: Any
    ) -> None:
        source = old_source()
        made = ask_for(source, now=THEN)
        Addressee.objects.bulk_create(
            Addressee(recommendation=made, raw=f"Agency {n}") for n in range(number)
        )
        client = signed_in(unit)
        counts = []
        for path in ("/recommendations/", f"/sources/{source.key}/ledger/", "/themes/", "/themes/neglect/"):
            with django_assert_max_num_queries(12) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        assert counts == [5, 6, 5, 7]

    def test_empty_lists_say_what_to_do_first(self, unit: Any) -> None:
        client = signed_in(unit)
        assert "Add what a source asks for" in words(client.get("/recommendations/"))
        assert "No theme has been chosen yet" in words(client.get("/themes/"))


class TestThePage:
    def test_it_shows_whom_what_and_how_far(self, unit: Any) -> None:
        make_agency("Police")
        made = ask_for(old_source(), "Police", "ICB", response=["We agree."], as_at=DAY, now=THEN)
        police = addressee_of(made, "Police")
        services.accept(police, Acceptance.YES, said(private=("Costly.",)), by=BY, now=THEN)
        services.report_progress(police, 6, said("Half way."), by=BY, now=THEN)
        services.take_step(police, Step.SEEN, said("Seen."), quarter=EvidenceQuarter.AUDIT, by=BY, now=THEN)
        services.take_step(police, Step.CHANGED, said("Not seen again."), by=BY, now=THEN)
        services.show_evidence(police, EvidenceQuarter.CHILDREN, said("They say so."), by=BY, now=THEN)
        page = recommendation_page(unit, get_recommendation(unit, made.source.key, made.pk), TODAY)
        assert page.title == "Recommendation 1"
        assert [line.public for line in page.responses] == [("We agree.",)]
        shown, other = page.addressees
        assert (shown.name, shown.acceptance, shown.step, shown.impact) == (
            "Police", "Accepted", "Trained or changed",
            "This does not count as impact. It stood on “seen in practice” before and has fallen back.",
        )  # fmt: skip
        assert shown.why[0].private == ("Costly.",)
        assert [(rung.name, rung.mark, rung.is_impact, len(rung.shown)) for rung in shown.rungs] == [
            ("Told", "", False, 0),
            ("Trained or changed", "now", False, 1),
            ("Seen in practice", "was", True, 1),
            ("Outcome shown", "", True, 0),
        ]
        assert [(m.name, m.due, m.is_late, len(m.lines)) for m in shown.milestones] == [
            ("At 6 months", "1 December 2019", False, 1),
            ("At 12 months", "1 June 2020", True, 0),
            ("At 24 months", "1 June 2021", False, 0),
        ]
        assert [line.heading for line in shown.evidence] == ["Evidence: children and families"]
        assert (other.name, other.acceptance) == ("ICB", "Acceptance not recorded")
        assert len(page.history) == 6
        assert page.history[-1].words == "All it is addressed to. Response"
        html = words(signed_in(unit).get(f"/sources/{made.source.key}/recommendations/{made.pk}/"))
        for text in (
            "Fell back from here",
            "Stands here",
            "counts as impact",
            "For partners only:",
            "Overdue",
        ):
            assert text in html

    def test_those_gone_stay_with_their_words_and_may_answer_no_more(self, unit: Any) -> None:
        made = ask_for(old_source(), "Police", now=THEN)
        services.report_progress(addressee_of(made), None, said("Begun."), by=BY, now=THEN)
        services.edit_recommendation(made, 1, {"addressed_to": []}, by=BY, now=THEN)
        page = recommendation_page(unit, get_recommendation(unit, made.source.key, made.pk), TODAY)
        assert [(a.name, a.note, bool(a.doings)) for a in page.gone] == [
            ("Police", "Addressed to until 2 March 2020", False)
        ]
        assert [(a.name, a.note) for a in page.addressees] == [("Nobody is named", "The unit answers for it")]
        gone = addressee_of(made, "Police")
        path = f"/sources/{made.source.key}/recommendations/{made.pk}/to/{gone.pk}/progress/"
        assert signed_in(unit).get(path).status_code == 404

    @pytest.mark.parametrize("number", [1, 3, 300])
    def test_it_asks_no_more_for_more(
        self, unit: Any, number: int, django_assert_max_num_queries: Any
    ) -> None:
        made = ask_for(old_source(), "Police", now=THEN)
        addressee = addressee_of(made)
        for each in range(3):
            ask_for(old_source(f"Review {each}"), text="Meet fathers in every home", now=THEN)
        about = {"recommendation": made, "addressee": addressee, "as_at": DAY, "recorded_at": THEN}
        LedgerLine.objects.bulk_create(
            LedgerLine(kind="progress", public=["x"], **about) for _ in range(number)
        )
        gather_words()
        client = signed_in(unit)
        with django_assert_max_num_queries(12) as queries:
            response = client.get(f"/sources/{made.source.key}/recommendations/{made.pk}/")
        assert "Review 0" in words(response)
        assert len(queries) == 11


class TestForms:
    def paths(self, made: Recommendation) -> tuple[str, str]:
        home = f"/sources/{made.source.key}/recommendations/{made.pk}/"
        return home, f"{home}to/{addressee_of(made).pk}/"

    def test_an_agency_answers_for_itself_and_for_nobody_else(self) -> None:
        make_agency("Police")
        make_agency("ICB")
        made = ask_for(old_source(), "Police", "ICB", now=THEN)
        home, _ = self.paths(made)
        client = signed_in(make_user("owner", "agency", "police"))
        own, other = (addressee_of(made, name).pk for name in ("Police", "ICB"))
        answers = sent(value="partly", public="One thing.\n\nAnother.", private="Costly", said_by="Chief")
        response = client.post(f"{home}to/{own}/accepted/", answers)
        assert response["Location"] == f"{home}#addressee-{own}"
        line = LedgerLine.objects.get()
        assert (line.acceptance, line.public, line.private, line.said_by, line.received_how, line.as_at) == (
            "partly", ["One thing.", "Another."], ["Costly"], "Chief", "email", DAY,
        )  # fmt: skip
        refused = client.post(f"{home}to/{other}/accepted/", answers)
        assert refused.status_code == 403
        assert client.post(f"{home}response/", sent(public="For all")).status_code == 403
        assert LedgerLine.objects.count() == 1

    def test_a_chair_answers_for_their_group(self) -> None:
        make_group("Neglect Group")
        made = ask_for(old_source(), "Neglect Group", now=THEN)
        _, to = self.paths(made)
        client = signed_in(make_user("chair", "group", "neglect-group"))
        assert client.post(f"{to}progress/", sent(months="6", public="Half")).status_code == 302

    @pytest.mark.parametrize(
        ("path", "answers", "sentence"),
        [
            ("accepted/", {"value": "no"}, "Say why it is not accepted whole."),
            ("progress/", {"months": "6"}, "Write what is said, in one of the two boxes."),
            ("evidence/", {"quarter": "data", "seen": ""}, "Write what is said"),
            ("ladder/", {"step": "3", "public": "Audit"}, "this step counts as impact"),
            ("ladder/", {"step": "0", "public": "x"}, "It stands on that step already."),
            ("response/", {}, "Write what is said"),
            ("ladder/", {"step": "9"}, "Select"),
        ],
    )
    def test_what_is_missing_is_said(self, unit: Any, path: str, answers: Any, sentence: str) -> None:
        _, to = self.paths(ask_for(old_source(), "Police", now=THEN))
        response = signed_in(unit).post(to + path, sent(**answers))
        assert response.status_code == 422
        assert sentence in words(response) or path == "ladder/"

    def test_every_kind_of_line_is_recorded(self, unit: Any) -> None:
        made = ask_for(old_source(), "Police", now=THEN)
        home, to = self.paths(made)
        client = signed_in(unit)
        for path, answers in (
            (f"{to}progress/", {"months": "0", "public": "Begun"}),
            (f"{to}evidence/", {"quarter": "data", "public": "Figures", "seen": ""}),
            (f"{to}ladder/", {"step": "4", "quarter": "data", "public": "Better"}),
            (f"{to}response/", {"public": "Ours"}),
            (f"{home}response/", {"public": "All of us"}),
        ):
            assert client.post(path, sent(**answers)).status_code == 302, path
        lines = LedgerLine.objects.order_by("pk").values_list(
            "kind", "months", "quarter", "step", "addressee"
        )
        number = addressee_of(made).pk
        assert list(lines) == [
            ("progress", None, "", None, number),
            ("evidence", None, "data", None, number),
            ("step", None, "data", 4, number),
            ("response", None, "", None, number),
            ("response", None, "", None, None),
        ]

    def test_a_response_is_changed_and_the_second_to_change_it_is_told(self, unit: Any) -> None:
        made = ask_for(old_source(), response=["We agree.", "We act."], as_at=DAY, now=THEN)
        home, _ = self.paths(made)
        old = LedgerLine.objects.get()
        client = signed_in(unit)
        form = client.get(f"{home}response/?replaces={old.pk}").context["form"]
        assert (form["public"].value(), form["seen"].value()) == ("We agree.\nWe act.", str(old.pk))
        answers = sent(public="We act at once.", seen=str(old.pk))
        assert client.post(f"{home}response/?replaces={old.pk}", answers).status_code == 302
        told = client.post(f"{home}response/?replaces={old.pk}", answers)
        assert told.status_code == 422
        assert "We act at once." in words(told)
        assert LedgerLine.objects.count() == 2
        for wrong in ("x", "99999", "9" * 30):
            assert client.get(f"{home}response/?replaces={wrong}").status_code == 404

    def test_two_who_say_the_same_thing_at_once(self, unit: Any) -> None:
        _, to = self.paths(ask_for(old_source(), "Police", now=THEN))
        client = signed_in(unit)
        assert client.post(f"{to}accepted/", sent(value="yes")).status_code == 302
        second = client.post(f"{to}accepted/", sent(value="no", public="Not ours"))
        assert second.status_code == 422
        assert "What was saved meanwhile" in words(second)

    def test_a_recommendation_is_changed_under_its_version(self, unit: Any) -> None:
        made = ask_for(old_source(), "Police", now=THEN)
        home, _ = self.paths(made)
        client = signed_in(unit)
        form = client.get(f"{home}edit/").context["form"]
        assert (form["text"].value(), form["addressed_to"].value(), form["seen"].value()) == (
            "Meet fathers",
            "Police",
            "1",
        )
        answers = {"number": "2", "title": "Fathers", "text": "See them", "addressed_to": "ICB", "seen": "1"}
        response = client.post(f"{home}edit/", answers)
        assert response["Location"] == home
        assert [str(m) for m in get_messages(response.wsgi_request)][-1] == "Recommendation 2 was saved."
        stale = client.post(f"{home}edit/", answers)
        assert (stale.status_code, [row.key for row in stale.context["page"].theirs]) == (
            422, ["Printed number", "Title", "What it asks for", "Addressed to"],
        )  # fmt: skip

    def test_one_may_look_before_adding_whether_it_was_asked_for(self, unit: Any) -> None:
        older = ask_for(old_source("Review of Child A"), text="Dads should be met before a birth", now=THEN)
        source = old_source("Review of Child B", published_on=date(2020, 1, 1))
        gather_words()
        client = signed_in(unit)
        page = client.post(
            f"/sources/{source.key}/recommendations/new/",
            {
                "number": "",
                "title": "",
                "text": "Meet fathers before every birth",
                "addressed_to": "",
                "look": "1",
            },
        )
        assert page.status_code == 200
        assert page.context["form"]["text"].value() == "Meet fathers before every birth"
        assert [like.href for like in page.context["page"].likes] == [
            f"/sources/{older.source.key}/recommendations/{older.pk}/"
        ]
        assert Recommendation.objects.count() == 1
        nothing = client.post(f"/sources/{source.key}/recommendations/new/", {"text": "", "look": "1"})
        assert "Nothing like it was found" in words(nothing)

    @pytest.mark.parametrize("path", ["addendum/all/docx", "addendum/published/xlsx", "addendum/all/pdf"])
    def test_the_addendum_is_taken_away(self, unit: Any, path: str) -> None:
        made = ask_for(old_source(), now=THEN)
        client = signed_in(unit)
        answer = client.get(f"/sources/{made.source.key}/{path}/")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith('attachment; filename="review-of-child-m-addendum-')
        assert client.get(f"/sources/{made.source.key}/addendum/all/exe/").status_code == 404
        assert client.get(f"/sources/{made.source.key}/addendum/some/pdf/").status_code == 404


class TestThemes:
    def test_they_are_chosen_suggested_and_never_set_by_themselves(self, unit: Any) -> None:
        made = ask_for(old_source(), text="Meet dads before a birth", now=THEN)
        home = f"/sources/{made.source.key}/recommendations/{made.pk}/"
        client = signed_in(unit)
        assert "Its words suggest: Fathers and other men in the home." in words(client.get(home))
        form = client.get(f"{home}themes/").context["form"]
        assert form.fields["themes"].choices[0] == (
            "fathers",
            "Fathers and other men in the home (its words suggest it)",
        )
        assert form["themes"].value() == []
        assert (
            client.post(f"{home}themes/", {"themes": ["fathers", "under_ones"], "seen": "1"}).status_code
            == 302
        )
        assert [m.theme for m in made.theme_marks.all()] == ["fathers", "under_ones"]
        stale = client.post(f"{home}themes/", {"themes": [], "seen": "1"})
        assert (stale.status_code, made.theme_marks.count()) == (422, 2)
        assert client.post(f"{home}themes/", {"themes": ["nonsense"], "seen": "2"}).status_code == 422

    def test_a_theme_over_the_years_and_across_sources(self, unit: Any) -> None:
        made = ask_for(old_source(), now=THEN)
        services.set_themes(made, 1, ["fathers"], by=BY, now=THEN)
        services.take_step(
            addressee_of(made), Step.SHOWN, said("Yes"), quarter=EvidenceQuarter.DATA, by=BY, now=THEN
        )
        action = old_action(old_plan(), text="Meet fathers")
        complete(action, as_at=DAY, now=THEN)
        action.refresh_from_db()
        services.set_themes(action, action.version, ["fathers"], by=BY, now=THEN)
        hidden = old_action(old_plan(tier=Tier.T2, name="Hidden"), text="Secret words")
        services.set_themes(hidden, hidden.version, ["fathers"], by=BY, now=THEN)
        reader = make_user("owner", "agency", make_agency().key)
        page = words(signed_in(reader).get("/themes/fathers/"))
        assert (
            "1 recommendation, of which 1 with impact; 1 action, of which 1 complete and 0 embedded." in page
        )
        assert "Secret" not in page
        assert "2 actions" in words(signed_in(unit).get("/themes/fathers/"))
        assert signed_in(unit).get("/themes/nonsense/").status_code == 404

    def test_an_actions_themes_and_what_was_asked_before(self, unit: Any) -> None:
        ask_for(old_source(), text="Meet fathers before each birth", now=THEN)
        action = old_action(old_plan(), text="Dads are met before a birth")
        gather_words()
        client = signed_in(unit)
        page = client.get(f"/actions/{action.reference}/before/")
        assert "Review of Child M" in words(page)
        assert client.get(f"/actions/{action.reference}/themes/").status_code == 200
        version = str(action.version)
        assert (
            client.post(
                f"/actions/{action.reference}/themes/", {"themes": ["fathers"], "seen": version}
            ).status_code
            == 302
        )

    def test_one_may_look_before_an_action_is_added_or_changed(self, unit: Any) -> None:
        ask_for(old_source(), text="Meet fathers before each birth", now=THEN)
        plan = old_plan()
        action = old_action(plan, text="Agree a budget")
        gather_words()
        client = signed_in(unit)
        for path in (f"/plans/{plan.key}/actions/new/", f"/actions/{action.reference}/edit/"):
            page = client.post(path, {"text": "Dads are met before a birth", "look": "1"})
            assert page.status_code == 200, path
            assert "Review of Child M" in words(page)
        assert plan.actions.count() == 1
        assert "Has it been asked for before?" in words(client.get(f"/actions/{action.reference}/"))
