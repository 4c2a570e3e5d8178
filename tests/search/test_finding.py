"""What is kept in the index and found in it: the same on both databases, and only by those who may read it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from sightline.access.choices import ScopeKind
from sightline.access.scope import NOBODY, Held, Scope
from sightline.definitions.synonyms import standard
from sightline.events.choices import Tier
from sightline.events.services import deed
from sightline.partners.choices import AgencyKind, Sector
from sightline.partners.services import (
    change_agency,
    create_agency,
    create_group,
    create_person,
    forget_alias,
    remember_alias,
)
from sightline.plans import permissions, selectors, services
from sightline.plans.choices import EvidenceQuarter, SourceKind
from sightline.plans.models import Action, Evidence, Import, Update
from sightline.plans.services.imports import confirm, read_upload, set_as_at, upload, withdraw
from sightline.plans.services.ledger import Said, respond
from sightline.search import services as search
from sightline.search.models import SearchEntry
from sightline.search.rules.query import parse
from sightline.search.selectors import entries, hits, jump, kinds_found, readable
from tests.plans.making import BY, NOW, TODAY, complete, make_action, make_group, make_plan
from tests.plans.seen import scopes
from tests.plans.test_visible import world as world  # a fixture: records of each tier, owned in each way

pytestmark = pytest.mark.django_db
UNIT = Scope(None, (Held("unit", ScopeKind.PARTNERSHIP),))
STRANGER = Scope(None, (Held("owner", ScopeKind.AGENCY, "a-nowhere"),))


def found(text: str, user: Scope = UNIT, only: str = "", exact: bool = False) -> list[str]:
    """What is found, as "kind: title", best first."""
    query = parse(text, None if exact else standard())
    numbers = [hit.number for hit in hits(user, query, only)]
    return [f"{entry.kind}: {entry.title}" for entry in entries(numbers)]


def record_update(action: Action, text: str) -> Update:
    return services.record_update(action, text, as_at=date(2026, 6, 2), by=BY, now=NOW)


def test_words_in_any_order_in_every_form() -> None:
    make_action(text="Audit every re-referral where neglect was known")
    assert found("neglected audits") == ["action: 1.1 Audit every re-referral where neglect was known"]
    assert found("neglect police") == []


def test_phrases_left_out_words_prefixes_and_numbers() -> None:
    plan = make_plan()
    make_action(plan, text="Agree the strategy for discussion", numbers=["1.1"])
    make_action(plan, text="Hold a strategy discussion in a day", numbers=["1.1c"])
    assert found('"strategy discussion"') == ["action: 1.1c Hold a strategy discussion in a day"]
    assert found("strategy discussion -day") == ["action: 1.1 Agree the strategy for discussion"]
    assert len(found("strat*")) == 2
    assert found("1.1c") == ["action: 1.1c Hold a strategy discussion in a day"]


def test_words_of_the_same_meaning_unless_exact() -> None:
    make_action(text="Map child sexual exploitation")
    assert found("CSE") == ["action: 1.1 Map child sexual exploitation"]
    assert found("CSE", exact=True) == []
    make_action(text="Ask young people", numbers=["2"])
    assert "action: 2 Ask young people" in found("children")


def test_a_title_ranks_above_what_stands_below_it() -> None:
    action = make_action(text="Hold a review")
    record_update(action, "Neglect came up in the review, and neglect again.")
    make_action(action.plan, text="Neglect toolkit", numbers=["2"])
    assert found("neglect")[0] == "action: 2 Neglect toolkit"


def test_everything_people_write_is_found() -> None:
    action = make_action(make_plan(name="Zebra plan"), text="Zebra action")
    record_update(action, "Zebra update")
    services.record_evidence(
        action,
        EvidenceQuarter.AUDIT,
        "Zebra evidence",
        dated_on=date(2026, 6, 2),
        files=[ContentFile(b"Stripes were counted.", "zebra-count.txt")],
        by=BY,
        now=NOW,
    )
    said = record_update(action, "Stripes")
    services.return_update(said, "Which zebra?", as_at=TODAY, by=BY, now=NOW)
    services.claim_completion(action, "Zebras are safe", as_at=TODAY, by=BY, now=NOW)
    services.set_embedding_test(action, "Are zebras safe still?", due_on=TODAY, as_at=TODAY, by=BY, now=NOW)
    priority = services.add_priority(action.plan, number="1", title="Zebra priority", by=BY, now=NOW)
    services.add_outcome(priority, text="Zebra outcome", by=BY, now=NOW)
    source = services.create_source("Zebra source", SourceKind.AUDIT, by=BY, now=NOW)
    asked = services.create_recommendation(source, number="4", text="Zebra asked for", by=BY, now=NOW)
    respond(asked, None, Said(TODAY, private=["The zebra is agreed"]), by=BY, now=NOW)
    services.add_strand(priority, title="Zebra strand", by=BY, now=NOW)
    services.draft_exception_report(None, as_at=TODAY, plan=action.plan, by=BY, now=NOW)
    upload(ContentFile(b"x", "zebra.txt"), "zebra.txt", by=BY, now=NOW, enqueue_reading=False)
    create_group("Zebra group", by=BY)
    create_agency("Zebra agency", by=BY)
    create_person("Zebra Person", by=BY)
    assert sorted(each.partition(":")[0] for each in found("zebra")) == [
        "action", "agency", "claim", "evidence", "file", "group", "import", "ledger", "outcome", "person", "plan",
        "priority", "question", "recommendation", "report", "source", "strand", "test", "update",
    ]  # fmt: skip
    assert found("zebra", only="outcome") == ["outcome: Zebra outcome"]


def test_what_is_said_later_of_it_is_found_too() -> None:
    action = make_action()
    evidence = services.record_evidence(
        action, EvidenceQuarter.AUDIT, "Seen", dated_on=date(2026, 6, 2), by=BY, now=NOW
    )
    services.add_files(evidence, [ContentFile(b"Stripes", "zebra.txt")], by=BY, now=NOW)
    claim = services.claim_completion(action, "It is done", as_at=TODAY, by=BY, now=NOW)
    services.withdraw_claim(claim, "A zebra is missing", by=BY, now=NOW)
    complete(action)
    test = services.set_embedding_test(action, "Lasted?", due_on=TODAY, as_at=TODAY, by=BY, now=NOW)
    services.record_embedding_result(test, False, finding="A zebra fled", on=TODAY, by=BY, now=NOW)
    assert sorted(each.partition(":")[0] for each in found("zebra")) == ["claim", "file", "test"]


def test_an_edit_is_found_by_its_new_words_alone() -> None:
    action = make_action(text="Zebra words")
    services.edit_action(action, action.version, {"text": "Other things"}, by=BY, now=NOW)
    assert found("zebra") == []
    assert found("other things") == ["action: 1.1 Other things"]
    source = services.create_source("Old title", SourceKind.AUDIT, by=BY, now=NOW)
    services.edit_source(source, source.version, {"title": "New title"}, by=BY, now=NOW)
    assert (found("old title"), found("new title")) == ([], ["source: New title"])


def test_other_names_of_partners() -> None:
    agency = create_agency("Wealdshire Police", by=BY)
    alias = remember_alias("The Quokkas", agency, by=BY)
    assert found("quokka") == ["agency: Wealdshire Police"]
    assert alias
    forget_alias(alias, by=BY)
    assert found("quokka") == []
    change_agency(
        agency, name="County Police", short_name="", sector=Sector.POLICE, kind=AgencyKind.RELEVANT,
        predecessor=None, starts_on=None, ends_on=None, version=1, by=BY,
    )  # fmt: skip
    assert (found("wealdshire"), found("county")) == ([], ["agency: County Police"])


HEADS = "Action No.\tAction\tLead\tTimescale\tStatus\tUpdate"
PAPER = f"{HEADS}\n1.1\tAsk zebras\tNobody\tBy 31 March 2027\tGreen\tZebras asked\n"


def test_a_withdrawn_import_leaves_nothing_behind() -> None:
    file = ContentFile(PAPER.encode(), name="plan.tsv")
    made = upload(file, "plan.tsv", plan_name="Stripes", by=BY, now=NOW, enqueue_reading=False)
    read_upload(made, by=BY)
    done = confirm(set_as_at(Import.objects.get(), TODAY, by=BY, now=NOW), by=BY, now=NOW)
    assert {each.partition(":")[0] for each in found("zebra")} == {"action", "update"}
    assert "plan: Stripes" in found("stripes")
    withdraw(done, by=BY, now=NOW)
    assert found("zebra") == []
    assert found("stripes") == ["import: plan.tsv"]
    assert set(SearchEntry.objects.values_list("kind", flat=True)) == {"import"}


def test_a_part_of_a_deed_taken_out_again_stays_out_and_put_in_again_stays_in() -> None:
    action = make_action(text="Zebra")
    said = record_update(action, "Zebra said")

    @deed
    def out_and_in(last: bool) -> None:
        search.drop(Update, [said.pk])
        search.keep_words(said)
        if not last:
            search.drop_guarded("action", [action.pk])

    out_and_in(True)
    assert len(found("zebra")) == 2
    out_and_in(False)
    assert found("zebra") == []


def test_a_number_leads_straight_to_its_action() -> None:
    action = make_action()
    number = str(int(action.reference[3:]))
    for text in (action.reference, action.reference.lower(), f" sl {number} ", f"SL-{number}"):
        assert jump(UNIT, text) == f"/actions/{action.reference}/"
    assert jump(UNIT, "SL-99999") is None
    assert jump(UNIT, "audit") is None
    Action.objects.update(tier=Tier.T2)
    assert jump(STRANGER, action.reference) is None


def secret() -> Action:
    """A confidential action with words said of it that stand nowhere else."""
    action = make_action(make_plan(), create_agency("Somewhere", by=BY), text="Quokka action", tier=Tier.T2)
    record_update(action, "Quokka update")
    services.record_evidence(
        action, EvidenceQuarter.DATA, "Quokka data", dated_on=date(2026, 6, 2), by=BY, now=NOW
    )
    return action


def test_confidential_words_are_found_by_nobody_who_may_not_read_them() -> None:
    secret()
    assert len(found("quokka")) == 3
    assert found("quokka", STRANGER) == []
    assert kinds_found(STRANGER, parse("quokka", None)) == []
    assert found("quokka", NOBODY) == []


def test_an_action_that_becomes_confidential_is_hidden_at_once() -> None:
    action = make_action(text="Quokka action")
    record_update(action, "Quokka update")
    assert len(found("quokka", STRANGER)) == 2
    services.edit_plan(action.plan, action.plan.version, {"tier": Tier.T2}, by=BY, now=NOW)
    assert found("quokka", STRANGER) == []
    assert len(found("quokka")) == 2


@given(scope=scopes)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_found_equals_what_may_be_read(world: None, scope: Scope) -> None:
    kept = readable(scope).values_list("kind", "record_id")
    may_read = {("action", action.pk) for action in selectors.actions_visible_to(scope)}
    may_read |= {("plan", plan.pk) for plan in selectors.plans_visible_to(scope)}
    may_read |= {("source", source.pk) for source in selectors.sources_visible_to(scope)}
    may_read |= {("report", report.pk) for report in selectors.reports_visible_to(scope)}
    assert set(kept) - may_read == set()
    wanted = {"plan", "source", "report"}
    assert {each for each in kept if each[0] in wanted} == {each for each in may_read if each[0] in wanted}


def test_a_search_holds_every_action_that_may_be_read_and_no_other(world: None) -> None:
    services.refresh_current(Action.objects.all(), now=NOW)
    query = parse("audit", None)
    by_action = selectors.with_parties(Action.objects.select_related("plan__group"))
    for scope in (UNIT, STRANGER, NOBODY, Scope(9001, (Held("owner", ScopeKind.GROUP, "g-one"),))):
        numbers = [hit.number for hit in hits(scope, query, "action")]
        held = set(SearchEntry.objects.filter(pk__in=numbers).values_list("record_id", flat=True))
        assert held == {each.pk for each in by_action if permissions.can_view_action(scope, each)}


def test_a_record_that_is_gone_is_never_found() -> None:
    action = make_action(text="Zebra")
    Action.objects.filter(pk=make_action(text="Zebra two").pk).delete()
    assert found("zebra") == [f"action: 1.1 {action.text}"]


def test_one_update_costs_one_query_of_the_index_whatever_else_it_changes() -> None:
    action = make_action()

    @deed
    def two_things() -> None:
        record_update(action, "A word")
        services.edit_action(action, 1, {"text": "Another text"}, by=BY, now=NOW)

    with CaptureQueriesContext(connection) as queries:
        two_things()
    assert len([query for query in queries if "search_" in query["sql"]]) == 1


def test_rebuilding_gives_the_same_and_mending_puts_in_what_is_missing() -> None:
    action = secret()
    create_group("A group", by=BY)
    before = sorted(SearchEntry.objects.values_list("kind", "title", "title_words", "body_words"))
    SearchEntry.objects.all().delete()
    assert search.rebuild() == len(before)
    assert sorted(SearchEntry.objects.values_list("kind", "title", "title_words", "body_words")) == before
    SearchEntry.objects.filter(kind="update").delete()
    Evidence.objects.filter(action=action).delete()
    assert search.mend() == 1
    assert len(found("quokka")) == 2
    assert search.mend() == 0


def test_odd_text_is_no_fault() -> None:
    make_action(text="Audit")
    for text in (
        '"',
        "' OR 1=1 --",
        "NEAR(a b)",
        "audit* -",
        "a:*",
        "\\",
        "(audit",
        "&|!",
        "\0audit",
        "audit\u2028",
    ):
        found(text)
    assert found("(audit)") == ["action: 1.1 Audit"]


def test_groups_own_confidential_actions_are_found_by_them() -> None:
    group = make_group("g-own")
    make_action(make_plan(group), text="Quokka", tier=Tier.T2)
    chair = Scope(None, (Held("chair", ScopeKind.GROUP, "g-own"),))
    assert found("quokka", chair) == ["action: 1.1 Quokka"]
