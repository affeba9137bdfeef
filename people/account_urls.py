"""Signing in and out, and a new password. Only these of the sign-in library's pages are open."""

from __future__ import annotations

from allauth.account import views
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import RedirectView

asks = require_http_methods(["GET", "HEAD", "POST"])
"""The library's views would take PUT, PATCH and DELETE as well."""

urlpatterns = [
    path("login/", asks(views.login), name="account_login"),
    path("logout/", asks(views.logout), name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", require_safe(RedirectView.as_view(pattern_name="account_login")), name="account_signup"),
    path("password/change/", asks(views.password_change), name="account_change_password"),
    path(
        "password/set/",
        require_safe(RedirectView.as_view(pattern_name="settings")),
        name="account_set_password",
    ),
    path("reauthenticate/", asks(views.reauthenticate), name="account_reauthenticate"),
    path("password/reset/", asks(views.password_reset), name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        asks(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
