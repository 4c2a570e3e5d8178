"""Every address of the site: each app's own list, and the pages that belong to none of them."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from sightline.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sightline.access.urls")),
    path("", include("sightline.access.urls.steps")),
    path("", include("sightline.knowing.urls")),
    path("", include("sightline.retention.urls")),
    path("", include("sightline.dashboards.urls")),
    path("", include("sightline.sight.urls")),
    path("", include("sightline.meetings.urls")),
    path("", include("sightline.rhythm.urls")),
    path("", include("sightline.plans.urls")),
    path("", include("sightline.challenges.urls")),
    path("", include("sightline.governance.urls")),
    path("", include("sightline.requests.urls")),
    path("", include("sightline.partners.urls")),
    path("", include("sightline.events.urls")),
    path("", include("sightline.oversight.urls")),
    path("", include("sightline.jobs.urls")),
    path("", include("sightline.messages.urls")),
    path("", include("sightline.search.urls")),
    path("", include("sightline.saved.urls")),
    path("", include("sightline.statutory.urls")),
    path("", include("sightline.carrying.urls")),
    path("", include("sightline.api.urls")),
    path("administration/", views.administration, name="administration"),
    path("health/", views.health, name="health"),
    path("health/ready/", views.ready, name="ready"),
    path("brand.css", views.brand_style, name="brand_style"),
]
if settings.DEMO_SIGN_IN:
    urlpatterns.append(path("", include("sightline.demo.urls")))
if settings.SIGHTLINE_MODE != "production":
    urlpatterns.append(path("components/", views.components, name="components"))

handler400 = "sightline.site.errors.bad_request"
handler403 = "sightline.site.errors.forbidden"
handler404 = "sightline.site.errors.not_found"
handler500 = "sightline.site.errors.server_error"
