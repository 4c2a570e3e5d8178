"""Addresses of oversight."""

from django.urls import path

from sightline.oversight.views import reviews, samples, support, unusual

app_name = "oversight"
urlpatterns = [
    path("support/", support.support, name="support"),
    path("support/mark/", support.supplier_mark, name="supplier_mark"),
    path("support/<int:pk>/", support.session, name="support_session"),
    path("support/<int:pk>/end/", support.session_end, name="support_end"),
    path("access-reviews/", reviews.reviews, name="reviews"),
    path("access-reviews/reviewers/", reviews.reviewers, name="reviewers"),
    path("access-reviews/reviewers/<int:pk>/end/", reviews.reviewer_end, name="reviewer_end"),
    path("access-reviews/<str:key>/", reviews.review, name="review"),
    path("access-reviews/<str:key>/as/<str:format>/", reviews.report, name="review_report"),
    path("access-reviews/<str:key>/<int:pk>/", reviews.grant, name="grant"),
    path("data-protection/", unusual.unusual, name="unusual"),
    path("data-protection/unusual/<int:pk>/", unusual.alert, name="alert"),
    path("data-protection/unusual/<int:pk>/journal/", unusual.alert_journal, name="alert_journal"),
    path("data-protection/samples/", samples.samples, name="samples"),
    path("data-protection/samples/<str:key>/", samples.sample, name="sample"),
    path("data-protection/samples/<str:key>/sign/", samples.sign, name="sign"),
    path("data-protection/samples/<str:key>/as/<str:format>/", samples.report, name="report"),
    path("data-protection/samples/<str:key>/<int:position>/", samples.drawn, name="drawn"),
]
