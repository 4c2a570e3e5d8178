"""Every address of the site: each app's own list, and the pages that belong to none of them."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from sightline.site import views

APPS = ("access", "dashboards", "plans", "partners", "jobs", "demo")

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", views.health, name="health"),
    path("brand.css", views.brand_style, name="brand_style"),
]
urlpatterns += [
    path("", include(f"sightline.{app}.urls")) for app in APPS if find_spec(f"sightline.{app}.urls")
]
if settings.SIGHTLINE_MODE != "production":
    urlpatterns.append(path("components/", views.components, name="components"))

handler400 = "sightline.site.errors.bad_request"
handler403 = "sightline.site.errors.forbidden"
handler404 = "sightline.site.errors.not_found"
handler500 = "sightline.site.errors.server_error"
