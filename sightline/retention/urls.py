"""Addresses of retention."""

from django.urls import path

from sightline.retention.views import certificates, disposals, holds, overview, table, wholes

app_name = "retention"
urlpatterns = [
    path("retention/", overview.overview, name="overview"),
    path("retention/rules/", table.rules, name="rules"),
    path("retention/rules/file.<slug:format>", table.rules_file, name="rules_file"),
    path("retention/rules/<slug:key>/", table.rule, name="rule"),
    path("retention/rules/<slug:key>/confirm/", table.confirm, name="confirm"),
    path("retention/rules/<slug:key>/change/", table.change, name="change"),
    path("retention/holds/", holds.holds, name="holds"),
    path("retention/holds/new/", holds.new, name="hold_new"),
    path("retention/holds/<int:number>/", holds.hold, name="hold"),
    path("retention/disposals/", disposals.disposals, name="disposals"),
    path("retention/disposals/<int:number>/", disposals.disposal, name="disposal"),
    path("retention/disposals/<int:number>/approve/", disposals.approve, name="approve"),
    path("retention/disposals/<int:number>/send-back/", disposals.send_back, name="send_back"),
    path("retention/disposals/<int:number>/carry-out/", disposals.carry_out, name="carry_out"),
    path("retention/records/<slug:rule>/<int:number>/", disposals.record, name="record"),
    path("retention/of/<slug:app>/<slug:model>/<int:number>/", wholes.whole, name="whole"),
    path("retention/certificates/", certificates.certificates, name="certificates"),
    path("retention/certificates/<slug:number>/", certificates.certificate, name="certificate"),
    path(
        "retention/certificates/<slug:number>.<slug:format>",
        certificates.certificate_file,
        name="certificate_file",
    ),
]
