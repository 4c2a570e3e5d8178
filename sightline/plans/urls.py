"""Addresses of plans, actions and sources; each subject has its own list."""

from django.urls import path

from sightline.plans.views import across as across_views
from sightline.plans.views import actions as action_views
from sightline.plans.views import answering as answering_views
from sightline.plans.views import bulk as bulk_views
from sightline.plans.views import completing as completing_views
from sightline.plans.views import handing_over as handing_over_views
from sightline.plans.views import imports as import_views
from sightline.plans.views import ledger as ledger_views
from sightline.plans.views import places as place_views
from sightline.plans.views import planning as planning_views
from sightline.plans.views import plans as plan_views
from sightline.plans.views import pointing as pointing_views
from sightline.plans.views import promises as promise_views
from sightline.plans.views import publishable as publishable_views
from sightline.plans.views import recommendations as recommendation_views
from sightline.plans.views import reports as report_views
from sightline.plans.views import returns as return_views
from sightline.plans.views import rolling as rolling_views
from sightline.plans.views import rounds as round_views
from sightline.plans.views import sources as source_views
from sightline.plans.views import structure as structure_views
from sightline.plans.views import versions as version_views

app_name = "plans"

plans = [
    path("plans/", plan_views.plan_list, name="list"),
    path("plans/new/", planning_views.plan_new, name="new"),
    path("plans/<slug:key>/", plan_views.plan, name="plan"),
    path("plans/<slug:key>/edit/", planning_views.planning, name="edit"),
    path("plans/<slug:key>/edit/head/", planning_views.plan_edit, name="plan_edit"),
    path("plans/<slug:key>/state/", planning_views.plan_state, name="state"),
    path("plans/<slug:key>/priorities/new/", structure_views.priority_new, name="priority_new"),
    path("plans/<slug:key>/priorities/<int:number>/", structure_views.priority_edit, name="priority_edit"),
    path(
        "plans/<slug:key>/priorities/<int:number>/outcomes/new/",
        structure_views.outcome_new,
        name="outcome_new",
    ),
    path("plans/<slug:key>/outcomes/<int:number>/", structure_views.outcome_edit, name="outcome_edit"),
    path(
        "plans/<slug:key>/priorities/<int:number>/strands/new/", structure_views.strand_new, name="strand_new"
    ),
    path("plans/<slug:key>/strands/<int:number>/", structure_views.strand_edit, name="strand_edit"),
    path("plans/<slug:key>/key/", structure_views.legend, name="legend"),
    path("plans/<slug:key>/actions/new/", planning_views.action_new, name="action_new"),
    path("plans/<slug:key>/quarters/", planning_views.quarters, name="quarters"),
    path("plans/<slug:key>/references/", pointing_views.pointing, name="pointing"),
    path("plans/<slug:key>/publishable/", publishable_views.publishable, name="publishable"),
    path(
        "plans/<slug:key>/publishable/<str:format>/",
        publishable_views.download,
        name="publishable_download",
    ),
    path("plans/<slug:key>/rounds/", round_views.rounds, name="rounds"),
    path("groups/<slug:key>/rounds/", round_views.group_rounds, name="group_rounds"),
    path("plans/<slug:key>/next/", rolling_views.roll_over, name="roll_over"),
    path("plans/<slug:key>/next/finish/", rolling_views.roll_over_finish, name="roll_over_finish"),
    path("plans/<slug:key>/next/give-up/", rolling_views.roll_over_give_up, name="roll_over_give_up"),
    path("plans/<slug:key>/rows.csv", plan_views.rows, name="rows"),
    path("plans/<slug:key>/export/<str:format>/", plan_views.export, name="export"),
]

imports = [
    path("imports/", import_views.import_list, name="imports"),
    path("imports/new/", import_views.import_new, name="import_new"),
    path("imports/<int:number>/", import_views.import_, name="import"),
    path("imports/<int:number>/about/", import_views.import_about, name="import_about"),
    path("imports/<int:number>/owners/", import_views.import_owners, name="import_owners"),
    path("imports/<int:number>/rows/<int:index>/", import_views.import_row, name="import_row"),
    path("imports/<int:number>/changes/", import_views.import_changes, name="import_changes"),
    path("imports/<int:number>/confirm/", import_views.import_confirm, name="import_confirm"),
    path("imports/<int:number>/withdraw/", import_views.import_withdraw, name="import_withdraw"),
    path("imports/<int:number>/discard/", import_views.import_discard, name="import_discard"),
]

across = [
    path("actions/", across_views.action_list, name="actions"),
    path("actions/export/csv/", across_views.actions_export, name="actions_export"),
    path("exceptions/", across_views.exception_list, name="exceptions"),
    path("exceptions/export/csv/", across_views.exceptions_export, name="exceptions_export"),
]

actions = [
    path("actions/<str:reference>/", action_views.action, name="action"),
    path("actions/<str:reference>/update/", action_views.update, name="action_update"),
    path("actions/<str:reference>/rating/<str:dimension>/", action_views.rate, name="action_rate"),
    path("actions/<str:reference>/dates/<int:number>/", promise_views.date_answer, name="date_answer"),
    path("actions/<str:reference>/state/", action_views.state, name="action_state"),
    path("actions/<str:reference>/done/", completing_views.claim, name="claim"),
    path("actions/<str:reference>/done/<int:number>/", completing_views.decide, name="claim_decide"),
    path(
        "actions/<str:reference>/done/<int:number>/take-back/",
        completing_views.take_back,
        name="claim_take_back",
    ),
    path(
        "actions/<str:reference>/updates/<int:number>/question/",
        completing_views.question,
        name="update_question",
    ),
    path("actions/<str:reference>/evidence/", action_views.evidence, name="action_evidence"),
    path(
        "actions/<str:reference>/evidence/<int:number>/files/",
        action_views.evidence_files,
        name="evidence_files",
    ),
    path("actions/<str:reference>/files/<int:number>/", action_views.file, name="file"),
    path("actions/<str:reference>/files/<int:number>/newer/", version_views.newer, name="file_newer"),
    path(
        "actions/<str:reference>/files/<int:number>/versions/", version_views.versions, name="file_versions"
    ),
    path("actions/<str:reference>/test/", action_views.test, name="action_test"),
    path("actions/<str:reference>/test/<int:number>/", action_views.test_result, name="action_test_result"),
    path("actions/<str:reference>/before/", recommendation_views.action_before, name="action_before"),
    path("actions/<str:reference>/publishable/", publishable_views.edit, name="publishable_edit"),
    path("actions/<str:reference>/themes/", recommendation_views.action_themes, name="action_themes"),
    path("actions/<str:reference>/edit/", promise_views.edit, name="action_edit"),
    path("actions/<str:reference>/sources/", promise_views.sources, name="action_sources"),
    path("actions/<str:reference>/owners/", promise_views.owners, name="action_owners"),
    path("actions/<str:reference>/timescale/", promise_views.timescale, name="action_timescale"),
    path("actions/<str:reference>/refers/<int:number>/", pointing_views.point, name="point"),
    path("actions/<str:reference>/waits/", promise_views.wait, name="action_wait"),
    path("actions/<str:reference>/waits/<int:number>/end/", promise_views.wait_end, name="action_wait_end"),
]

places = [
    path("actions/<str:reference>/places/new/", place_views.place_new, name="place_new"),
    path("actions/<str:reference>/places/<int:number>/end/", place_views.place_end, name="place_end"),
]

many = [
    path("changes/new/", bulk_views.choose, name="bulk_choose"),
    path("changes/<int:number>/", bulk_views.change, name="bulk"),
    path("changes/<int:number>/what/", bulk_views.say, name="bulk_say"),
    path("changes/<int:number>/do/", bulk_views.finish, name="bulk_finish"),
    path("changes/<int:number>/give-up/", bulk_views.give_up, name="bulk_give_up"),
    path("owners/<str:kind>/<int:number>/", handing_over_views.hand_over, name="hand_over"),
    path(
        "owners/<str:kind>/<int:number>/take-away/<str:format>/",
        handing_over_views.hand_over_download,
        name="hand_over_download",
    ),
]

sources = [
    path("sources/", source_views.source_list, name="sources"),
    path("sources/new/", source_views.source_new, name="source_new"),
    path("sources/<slug:key>/", source_views.source, name="source"),
    path("sources/<slug:key>/edit/", source_views.source_edit, name="source_edit"),
    path("sources/<slug:key>/ledger/", ledger_views.source_ledger, name="source_ledger"),
    path("sources/<slug:key>/ledger/csv/", ledger_views.source_ledger_csv, name="source_ledger_csv"),
    path("sources/<slug:key>/addendum/<str:text>/<str:format>/", ledger_views.addendum, name="addendum"),
    path("recommendations/", ledger_views.recommendation_list, name="recommendations"),
    path("recommendations/csv/", ledger_views.recommendations_csv, name="recommendations_csv"),
    path("themes/", recommendation_views.theme_list, name="themes"),
    path("themes/<slug:key>/", recommendation_views.theme, name="theme"),
]

_ONE = "sources/<slug:key>/recommendations/<int:number>/"
_TO = f"{_ONE}to/<int:addressee>/"
recommendations = [
    path(
        "sources/<slug:key>/recommendations/new/",
        recommendation_views.recommendation_new,
        name="recommendation_new",
    ),
    path(_ONE, recommendation_views.recommendation, name="recommendation"),
    path(f"{_ONE}edit/", recommendation_views.recommendation_edit, name="recommendation_edit"),
    path(f"{_ONE}themes/", recommendation_views.recommendation_themes, name="recommendation_themes"),
    path(f"{_ONE}response/", ledger_views.respond_for_all, name="recommendation_response"),
    path(f"{_TO}ask/", return_views.ask, name="ledger_ask"),
    path(f"{_TO}ask/<int:link>/end/", return_views.ask_end, name="ledger_ask_end"),
    path("return/<str:secret>/recommendation/", return_views.answer, name="return_recommendation"),
    path("return/<str:secret>/recommendation/sent/", return_views.done, name="return_done"),
    path(f"{_TO}accepted/", ledger_views.accept, name="ledger_accept"),
    path(f"{_TO}response/", ledger_views.respond, name="ledger_respond"),
    path(f"{_TO}progress/", ledger_views.progress, name="ledger_progress"),
    path(f"{_TO}ladder/", ledger_views.step, name="ledger_step"),
    path(f"{_TO}evidence/", ledger_views.evidence, name="ledger_evidence"),
]

reports = [
    path("reports/exceptions/", report_views.report_list, name="reports"),
    path("reports/exceptions/<int:number>/", report_views.report, name="report"),
    path("reports/exceptions/<int:number>/issue/", report_views.report_issue, name="report_issue"),
    path(
        "reports/exceptions/<int:number>/download/<str:format>/",
        report_views.report_download,
        name="report_download",
    ),
]

answers = [
    path("answers/<str:kind>/<int:number>/", answering_views.answer_name, name="answer_name"),
    path("answers/<int:number>/end/", answering_views.answer_end, name="answer_end"),
]

urlpatterns = [
    *across,
    *actions,
    *answers,
    *many,
    *places,
    *imports,
    *reports,
    *recommendations,
    *sources,
    *plans,
]
