"""Every address of the product: each app brings its own, this file only gathers them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from okr_platform import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("account/", include("people.account_urls")),
    path("api/v1/", include("okr_platform.api_urls")),
    path("", include("people.urls")),
    path("", include("activity.urls")),
    path("", include("notices.urls")),
    path("", include("objectives.urls")),
    path("", include("alignment.urls")),
    path("", include("checkins.urls")),
    path("", include("integrations.urls")),
    path("", include("dashboards.urls")),
]

handler400 = "okr_platform.error_views.bad_request"
handler403 = "okr_platform.error_views.permission_denied"
handler404 = "okr_platform.error_views.not_found"
handler500 = "okr_platform.error_views.server_error"
